from datetime import date

import pytest

from etl.jobs import accessibility
from tests.etl.jobs.conftest import observations

WAITING, COMPLETED = "vardgaranti-operation-vantande", "vardgaranti-operation-genomford"


def month(indicator, number, **more):
    return {"indicator": indicator, "period_start": date(2024, number, 1), **more}


def test_both_halves_of_every_pair_name_each_other(catalogue):
    pairs = accessibility.pairs(catalogue)
    assert pairs[WAITING] == COMPLETED
    assert {other: one for one, other in pairs.items()} == pairs


def test_a_pair_delivered_together_is_fine(catalogue, extracted):
    rows = observations(month(WAITING, 1), month(COMPLETED, 1), month("vardgaranti-telefon", 2))
    assert accessibility.cross_check(rows, extracted(), catalogue).is_empty()


@pytest.mark.parametrize(("came", "missing"), [(WAITING, COMPLETED), (COMPLETED, WAITING)])
def test_one_half_alone_is_one_warning_for_all_its_periods(catalogue, extracted, came, missing):
    both = [month(came, 1), month(missing, 1)]
    alone = [month(came, number, area=area) for number in range(2, 7) for area in ("1480", "1401")]
    problems = accessibility.cross_check(observations(*both, *alone), extracted(), catalogue)
    assert problems.height == 1
    found = problems.row(0, named=True)
    assert (found["code"], found["severity"]) == ("counterpart_missing", "warning")
    assert found["value"] == catalogue.indicators[came].name
    assert catalogue.indicators[missing].name in found["expected"]
    assert "februari 2024, mars 2024, april 2024 och 2 till" in found["expected"]


def test_the_job_fills_the_indicators_of_its_subject(catalogue):
    filled = accessibility.JOB.indicators(catalogue)
    assert "vardgaranti-telefon" in filled
    assert "kontinuitetsindex" not in filled

from datetime import date

import pytest

from etl.jobs import funds
from etl.jobs.agreed_sums import agreed, wrong_figures
from etl.jobs.delivery import check
from tests.conftest import ROOT
from tests.etl import files
from tests.etl.jobs.conftest import observations

NBSP = "\u00a0"
TOTAL = 81_314_959


def figure(area="14", value=TOTAL, **other):
    usual = {"indicator": "medel-psykisk-halsa", "period_start": date(2021, 1, 1), "period_type": "year"}
    return {**usual, "area": area, "value": value, **other}


def told(problems):
    return problems.select("code", "severity", "row").rows()


@pytest.mark.parametrize(
    "row",
    [
        figure(),
        figure("1440", TOTAL),
        figure("1440", 0),
        figure("vs-skaraborg", 1_000_000.5),
        figure("00", 90_000_000_000),
        figure(value=1, period_start=date(2020, 1, 1)),
        figure(value=1, period_start=date(2021, 7, 1), period_type="half_year"),
        figure(value=1, sex="women"),
        figure(value=None, flag="missing"),
    ],
)
def test_what_the_agreement_allows_is_let_through(catalogue, row):
    assert wrong_figures(observations(row), catalogue, "Värde").is_empty()


@pytest.mark.parametrize(
    "row",
    [
        figure(value=TOTAL - 1),
        figure(value=TOTAL + 0.01),
        figure(value=0),
        figure("1440", 90_000_000_000),
        figure("1440", TOTAL + 0.5),
        figure("drn-norra", TOTAL + 1),
        figure(value=TOTAL + 1, period_start=date(2021, 1, 1), period_type="half_year"),
        figure(value=TOTAL + 1, sex="women"),
    ],
)
def test_what_it_does_not_is_told_with_its_row(catalogue, row):
    assert told(wrong_figures(observations(row), catalogue, "Värde")) == [("agreed_sum", "error", 2)]


def test_the_error_tells_both_sums_and_points_to_the_template_for_money(catalogue, extracted):
    rows = observations(figure(value=TOTAL - 1))
    problem = funds.cross_check(rows, extracted(), catalogue).row(0, named=True)
    assert problem["value"].replace(NBSP, " ") == "81 314 958 kr"
    assert problem["expected"].replace(NBSP, " ") == "vad som är överenskommet för året, 81 314 959 kr"
    assert problem["column"] == "Värde"
    assert "mallen för medel" in problem["hint"]


def test_areas_that_are_fine_one_by_one_can_be_too_much_together(catalogue):
    half = TOTAL / 2
    municipalities = [figure(area, half) for area in ("1440", "1480", "1490")]
    assert told(wrong_figures(observations(*municipalities), catalogue, None)) == [("agreed_sum", "error", 2)]
    assert wrong_figures(observations(*municipalities[:2]), catalogue, None).is_empty()


def test_two_divisions_divide_the_same_money(catalogue):
    rows = observations(figure("vs-skaraborg", TOTAL), figure("drn-norra", TOTAL), figure("1480", TOTAL))
    assert wrong_figures(rows, catalogue, None).is_empty()


def test_agreements_of_a_year_are_added_up(catalogue):
    item = next(iter(catalogue.agreements.values()))
    two = catalogue.model_copy(
        update={"agreements": {name: item.model_copy(update={"id": name}) for name in ("a", "b")}}
    )
    assert agreed(two).select("year", "agreed").rows() == [(2021, 2 * item.total)]


@pytest.mark.parametrize(
    ("area", "value", "codes"),
    [
        ("Västra Götaland", "81314958", ["agreed_sum"]),
        ("Ale", "90000000000", ["agreed_sum"]),
        ("Västra Götaland", "81314959", []),
    ],
)
def test_the_template_for_indicators_is_no_way_around_the_check(knowledge, area, value, codes):
    checked = check(files.csv([files.row("medel-psykisk-halsa", area, "2021", value)]), knowledge)
    assert checked.report.errors["code"].to_list() == codes


def test_the_published_sums_are_let_through(knowledge):
    content = (ROOT / "data" / "published" / "medel.csv").read_bytes()
    assert check(content, knowledge, origin="published").ok

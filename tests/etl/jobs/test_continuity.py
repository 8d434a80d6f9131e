import pytest

from etl.jobs import continuity
from tests.etl.jobs.conftest import observations

REGISTER, SURVEY = "fast-lakarkontakt-register", "fast-lakarkontakt-enkat"


@pytest.mark.parametrize(
    ("rows", "warned"),
    [
        ([(REGISTER, "Primärvårdsregister", "uploaded"), (SURVEY, "Befolkningsenkät", "uploaded")], False),
        ([(REGISTER, "Utdrag", "uploaded"), ("kontinuitetsindex", "Utdrag", "uploaded")], False),
        ([(REGISTER, "Utdrag", "uploaded"), (SURVEY, "Utdrag", "uploaded")], True),
        ([(REGISTER, "Exempeldata", "example"), (SURVEY, "Exempeldata", "example")], False),
        ([(REGISTER, None, "uploaded"), (SURVEY, None, "uploaded")], False),
    ],
)
def test_one_source_is_either_a_register_or_a_survey(catalogue, extracted, rows, warned):
    frame = observations(
        *({"indicator": name, "source": source, "origin": origin} for name, source, origin in rows)
    )
    problems = continuity.cross_check(frame, extracted(), catalogue)
    expected = [("mixed_perspectives", "warning", "Utdrag")] if warned else []
    assert problems.select("code", "severity", "value").rows() == expected

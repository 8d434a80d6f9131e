import pytest

from etl.swedish_cli import _unexpected, _verbose_first
from etl.warehouse import UnknownBatchError


@pytest.mark.parametrize(
    ("args", "first"),
    [
        (["check", "a.csv", "--verbose"], ["--verbose", "check", "a.csv"]),
        (["--verbose", "check"], ["--verbose", "check"]),
        (["check"], ["check"]),
    ],
)
def test_the_flag_may_stand_after_the_verb(args, first):
    assert _verbose_first(args) == first


def test_the_programs_own_errors_speak_for_themselves():
    assert _unexpected(UnknownBatchError(7)).startswith("Det finns ingen leverans med nummer 7.")


@pytest.mark.parametrize("error", [ValueError("bad"), RuntimeError(), KeyError("x")])
def test_other_errors_are_one_swedish_line(error):
    told = _unexpected(error)
    assert told.startswith(f"Något gick fel ({type(error).__name__}).")
    assert "\n" not in told

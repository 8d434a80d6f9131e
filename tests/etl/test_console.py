import pytest

from etl import console
from etl.jobs.delivery import Checked
from etl.warehouse import Comparison
from schemas.problem import Report, problem
from schemas.results import Outcome

NBSP = "\u00a0"


def wrong(row, code="bad_number", severity="error"):
    return problem(
        code, severity=severity, sheet="Blad1", row=row, column="Värde", value=f"x{row}", expected="ett tal",
        hint="Rätta talet.",
    )  # fmt: skip


def checked(*problems, **parts):
    facts = {"jobs": ("accessibility",), "shape": "a", "shape_name": "Mallen", "rows": 12345, **parts}
    return Checked(Report.of(*problems), **facts)


def test_the_same_mistake_is_told_once_with_its_rows(capsys):
    console.show_checked(checked(*(wrong(row) for row in range(2, 22))), "a.csv")
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.startswith(f"a.csv: Mallen, 12{NBSP}345{NBSP}rader, tillgänglighet.\n")
    assert "Fel (20 gånger): blad Blad1, kolumn Värde: ”x2”, ”x3”, ”x4”, väntat ett tal." in told.out
    assert "Rad 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …" in told.out
    assert "De första 10 av 20 fel:" in told.out
    assert told.out.endswith("Filen har 20 fel. Inget är lagrat.\n")
    assert all(line == line.rstrip() for line in told.out.splitlines())


def test_a_warning_does_not_stop_the_file(capsys):
    console.show_checked(checked(wrong(2, severity="warning")), "a.csv")
    told = capsys.readouterr().out
    assert "Varning: blad Blad1" in told
    assert "Filen är godkänd." in told


def test_markup_in_a_file_is_shown_as_it_is(capsys):
    file = problem("x", value="[red]1[/red] [/]", expected="ett tal", hint="Rätta.")
    console.show_checked(checked(file), "[bold]a.csv")
    told = capsys.readouterr().out
    assert "[red]1[/red] [/]" in told
    assert "[bold]a.csv" in told


def test_a_comparison_in_words():
    assert console.comparison_text(Comparison(new=1200, revised=3, unchanged=0)) == (
        f"Nya uppgifter: 1{NBSP}200. Ändrade: 3. Oförändrade: 0."
    )


def test_progress_is_silent_when_nobody_watches(capsys):
    with console.steps(2) as on_step:
        on_step("Öppnar filen")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_word_and_a_symbol_of_its_own(outcome):
    symbol, word = console._judged(outcome).split(" ", 1)
    assert word
    assert [console._judged(other).split(" ")[0] for other in Outcome].count(symbol) == 1

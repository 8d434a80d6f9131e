import pytest
import structlog

from etl import console
from etl.jobs.comparison import Comparison
from etl.jobs.delivery import Checked
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
    console.show_checked(checked(*(wrong(row) for row in [*range(2, 22), 40])), "a.csv")
    told = capsys.readouterr()
    assert told.err == ""
    assert told.out.startswith(f"a.csv: Mallen, 12{NBSP}345{NBSP}rader, tillgänglighet.\n")
    assert (
        "Fel (21 gånger): blad Blad1, kolumn Värde: ”x2”, ”x3”, ”x4” och 18 till, väntat ett tal.\n"
        in told.out
    )
    assert "\n  Rätta talet.\n  Rad 2–21, 40\n" in told.out
    assert told.out.endswith("Filen har 21 fel. Inget är lagrat.\n")
    assert all(line == line.rstrip() for line in told.out.splitlines())


def test_suggestions_are_told_for_each_text(capsys):
    def unknown(row, value, hint):
        return problem(
            "unknown_area", sheet="", row=row, column="Område", value=value, expected="en kommun", hint=hint
        )

    rows = [unknown(row, "Sakra", "Menade du Skara?") for row in (2, 3, 9)]
    rows += [unknown(row, f"Ort {row}", "Finns inte.") for row in range(10, 20)]
    console.show_checked(checked(*rows), "a.csv")
    told = capsys.readouterr().out
    assert told.splitlines()[1:-1] == [
        "Fel (13 gånger): kolumn Område: väntat en kommun.",
        "  ”Ort 10”, ”Ort 11”, ”Ort 12” och 7 till (10 gånger): Finns inte.",
        "    Rad 10–19",
        "  ”Sakra” (3 gånger): Menade du Skara?",
        "    Rad 2, 3, 9",
    ]


def test_different_expectations_are_told_for_each(capsys):
    rows = [
        problem("out", sheet="", row=row, column="Värde", value="500", expected=f"högst {top}", hint="Rätta.")
        for row, top in ((2, 100), (3, 365))
    ]
    console.show_checked(checked(*rows), "a.csv")
    told = capsys.readouterr().out
    assert "Fel (2 gånger): kolumn Värde: se vad som är väntat för varje.\n" in told
    assert "  ”500”: väntat högst 365. Rätta.\n    Rad 3\n" in told


def test_what_is_not_written_out_is_counted(capsys):
    many = [wrong(row, code=f"c{row}") for row in range(100)]
    cases = [
        problem("w", sheet="", row=row, column="A", value="x", expected="e", hint=f"h{row}")
        for row in range(50)
    ]
    console.show_checked(checked(*many, *cases), "a.csv")
    told = capsys.readouterr().out
    assert "  … och 40 till.\n" in told
    assert "Ytterligare 41\u00a0sorter visas inte här." in told


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


def test_a_traceback_in_the_log_tells_no_values(capsys):
    secret = "hemligt-" + "varde"
    console.log_to_stderr(verbose=True)
    try:
        raise ValueError("fel")
    except ValueError as error:
        structlog.get_logger("prov").error("det gick fel", exc_info=error)
    finally:
        structlog.reset_defaults()
    told = capsys.readouterr().err
    assert "det gick fel" in told
    assert "Traceback" in told
    assert "ValueError: fel" in told
    assert secret not in told

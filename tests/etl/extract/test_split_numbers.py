from __future__ import annotations

import pytest

from tests.etl.extract.build import extracted, lines

LONG = "Indikator,Område,Period,Värde,Källa"


def told(found) -> list[tuple]:
    return found.problems.filter(code="split_number").select("severity", "row").rows()


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([LONG, "a,Skara,2024-01,70,5,"], 2),
        ([LONG, "a,Skara,2024-01,70,VGR", "a,Mark,2024-01,70,5,VGR"], 3),
        (["Titel, med komma", "", LONG, "a,Mark,2024-01,70,5 %,VGR"], 4),
        ([LONG, 'a,"två\nrader",2024-01,70,5,'], 2),
        (["Indikator,Område,2022,2023", "a,Skara,70,5,71,5"], 2),
        (["Nyckeltal,Område,Period,Värde", "a,Skara,2024,70,5"], 2),
    ],
)
def test_decimal_commas_among_commas_are_an_error(rows, row):
    assert told(extracted(lines(*rows))) == [("error", row)]


def test_the_error_counts_the_rows_and_says_what_to_do():
    problems = extracted(lines(LONG, *["a,Skara,2024-01,70,5,"] * 2)).problems.filter(code="split_number")
    assert problems["hint"].item() == (
        "2\u00a0rader har fler celler än rubrikraden. Filens celler skiljs åt med komma, så ett tal med decimalkomma "
        "delas i två. Spara filen med semikolon mellan cellerna."
    )


@pytest.mark.parametrize(
    "rows",
    [
        [LONG, 'a,Skara,2024-01,"70,5",VGR', "a,Mark,2024-01,70.5,"],
        [LONG, "a,Skara,2024-01,70,VGR", "Uttag, av Anna, med råd, av Bo, och Per, och Eva"],
        [LONG.replace(",", ";"), "a;Skara;2024-01;70,5;VGR;1,5"],
        [f"{LONG},,", "a,Skara,2024-01,70,VGR,,"],
    ],
)
def test_other_rows_are_none(rows):
    assert told(extracted(lines(*rows))) == []

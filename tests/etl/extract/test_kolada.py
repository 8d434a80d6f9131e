from __future__ import annotations

import pytest

from etl.extract import kolada
from tests.etl.extract.build import extracted, lines, workbook, xlsx

HEADING = ["Nyckeltal", "Område", "Period", "Värde"]


def test_the_real_export(shared_data):
    found = extracted((shared_data / "kolada_gui_export_long_2021-07-09.xlsx").read_bytes())
    assert (found.shape, found.rows.height) == ("kolada-long", 290 * 3 * 2)
    assert found.rows.row(0, named=True) == {
        "indicator": "Medellivslängd kvinnor, år",
        "area": "Ale",
        "period": "2018",
        "sex": None,
        "age": None,
        "value": "83.01",
        "numerator": None,
        "denominator": None,
        "standard_deviation": None,
        "flag": None,
        "source": "Kolada",
        "sheet": "Exported from Hypergene",
        "row": 5,
    }
    assert found.problems.select("code", "severity", "row", "value").rows() == [
        ("average_skipped", "warning", 2, "Alla kommuner")
    ]


@pytest.mark.parametrize(
    "area",
    [
        "Alla kommuner",
        "Alla regioner",
        "Genomsnitt",
        "Fyrbodal kommunalförbund (ovägt medel)",
        "Riket, ovägt medel",
    ],
)
def test_unweighted_averages_are_never_figures(area):
    found = extracted(xlsx({"Export": [HEADING, ["N1", area, "2020", "5"], ["N1", "Ale", "2020", "4"]]}))
    assert found.rows["area"].to_list() == ["Ale"]
    assert found.problems["code"].to_list() == ["average_skipped"]


def test_only_averages_leave_no_rows():
    found = extracted(xlsx({"Export": [HEADING, ["N1", "Alla kommuner", "2020", "5"]]}))
    assert found.problems["code"].to_list() == ["average_skipped", "no_rows"]


def test_the_symbols_are_koladas_own():
    marks = extracted(lines(";".join(HEADING), "a;b;c;-")).conventions.marks
    assert marks == {"-": "missing", ".": "missing", "..": "suppressed"}


@pytest.mark.parametrize(
    ("heading", "claimed"),
    [
        (HEADING, True),
        (["Värde", "Period", "Område", "Nyckeltal"], True),
        (["Indikator", "Område", "Period", "Värde"], False),
        ([*HEADING, "Källa"], False),
        (HEADING[:3], False),
    ],
)
def test_an_export_is_told_from_the_template_by_its_headings(heading, claimed):
    assert kolada.claims(workbook(Blad=[heading])) == claimed

from __future__ import annotations

import polars as pl
import pytest

from etl.extract.heads import PERIOD_MARK, is_part, label_of, normal, parts_of, period_in, read_head
from etl.transform import periods
from schemas.mapping import Column


def cells(*rows):
    width = max(len(row) for row in rows)
    filled = [[*row, *[None] * (width - len(row))] for row in rows]
    return pl.DataFrame(filled, schema={f"c{place}": pl.String for place in range(width)}, orient="row")


@pytest.mark.parametrize(
    ("heading", "period", "label"),
    [
        ("2023", "2023", ""),
        ("2023.0", "2023.0", ""),
        ("Andel 2023", "2023", "andel"),
        ("Andel (%) 2023", "2023", "andel"),
        ("Andel (2023)", "2023", "andel"),
        ("2023 Antal", "2023", "antal"),
        ("antal_2023", "2023", "antal"),
        ("år 2023", "år 2023", ""),
        ("jan 2024", "jan 2024", ""),
        ("Kv 1 2024", "Kv 1 2024", ""),
        ("2024K1", "2024K1", ""),
        ("2024-05", "2024-05", ""),
        ("2024-05-01 00:00:00", "2024-05-01 00:00:00", ""),
        ("Säsongen 2022–2023", "Säsongen 2022-2023", ""),
        ("HT2023", "HT2023", ""),
        ("v15 2024", "v15 2024", ""),
        ("Utfall t.o.m. 2023-08", "2023-08", "utfall t.o.m"),
        ("Vaccinerade 2023 (prel)", "2023", "vaccinerade"),
        ("Maj", "Maj", ""),
        ("kv 2", "kv 2", ""),
        ("Antal 65+", None, "antal 65+"),
        ("Postnummer 20231", None, "postnummer 20231"),
        ("2 020", None, "2 020"),
        ("År", None, "år"),
        ("n_min1", None, "n min1"),
        ("", None, ""),
    ],
)
def test_periods_in_headings(heading, period, label):
    said = parts_of(heading)
    assert (said.period, said.sex, said.label) == (period, None, label)
    if period and not is_part(heading):
        assert periods.parse(pl.Series([period]))["period_type"][0] is not None, "the transform reads it"


@pytest.mark.parametrize(
    ("heading", "sex", "label"),
    [
        ("Kvinnor", "Kvinnor", ""),
        ("Andel män 2023", "män", "andel"),
        ("Kvinnor och män", "Kvinnor och män", ""),
        ("Totalt antal", "Totalt", "antal"),
        ("Antal manuella", None, "antal manuella"),
    ],
)
def test_sexes_in_headings(heading, sex, label):
    said = parts_of(heading, sexes=True)
    assert (said.sex, said.label) == (sex, label)


@pytest.mark.parametrize(
    ("this_year", "next_year"),
    [
        ("2023", "2024"),
        ("Andel 2023", "Andel 2024"),
        ("Befolkning 2022-12-31", "befolkning  2023-12-31"),
        ("jan", "feb"),
    ],
)
def test_next_years_heading_is_the_same(this_year, next_year):
    assert normal(this_year) == normal(next_year)
    assert normal(this_year).endswith(PERIOD_MARK)


def test_other_headings_are_not():
    assert len({normal(text) for text in ("Andel", "Antal", "Andel 2023", "Antal 2023", "2023", "")}) == 6


@pytest.mark.parametrize(
    ("heading", "says", "label"),
    [
        ("Andel 2023", {"period"}, "andel"),
        ("Andel", {"period"}, None),
        ("Andel kvinnor", {"sex"}, "andel"),
        ("Andel", {"sex"}, None),
        ("Andel", {"period", "sex"}, None),
        ("Andel 2023", {"period", "sex"}, "andel"),
        ("Andel 2023", {"indicator"}, f"andel {PERIOD_MARK}"),
        ("MPR dos 1", {"indicator"}, "mpr dos 1"),
        ("Kvinnor 2023", {"period"}, "kvinnor"),
    ],
)
def test_what_a_heading_says_besides(heading, says, label):
    assert label_of(heading, says) == label


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Vaccinerade barn 2023", "2023"),
        ("Uttag", None),
        ("Blad1", None),
        ("Utfall maj 2024, kommuner", "maj 2024"),
    ],
)
def test_a_period_in_a_title(text, period):
    assert period_in(text) == period


def test_headings_in_one_row_are_as_in_the_file():
    head = read_head(cells(["Titel"], ["  Kommun ", "andel_inom_90", None]), 2)
    assert (head.row, head.names) == (2, ("Kommun", "andel_inom_90", ""))


def test_merged_headings_stand_for_the_columns_to_their_right():
    table = cells(
        ["Län", None, "2022", None, "2023", None], ["", "Kommun", "Antal", "Andel", "Antal", "Andel"]
    )
    assert read_head(table, 2, 2).names == (
        "Län", "Kommun", "2022 Antal", "2022 Andel", "2023 Antal", "2023 Andel",
    )  # fmt: skip


def test_three_rows_of_headings():
    table = cells([None, "Andel"], [None, "2022", None], ["Kommun", "Kvinnor", "Män"])
    assert read_head(table, 3, 3).names == ("Kommun", "Andel 2022 Kvinnor", "Andel 2022 Män")


def test_an_empty_column_ends_a_merged_heading():
    table = cells(["2022", None, None, None], ["Antal", "Andel", None, "Källa"])
    assert read_head(table, 2, 2).names == ("2022 Antal", "2022 Andel", "", "Källa")


@pytest.mark.parametrize(("row", "height"), [(3, 1), (1, 2), (9, 1)])
def test_a_sheet_may_end_above_its_headings(row, height):
    assert read_head(cells(["a"], ["b"]), row, height) is None


HEAD = read_head(cells(["Kommun", "Antal", "Antal", "2021", "2022", None, "Källa"]), 1)


@pytest.mark.parametrize("index", range(7))
def test_a_remembered_column_is_found_again(index):
    assert HEAD.place(HEAD.column(index)) == index


@pytest.mark.parametrize(
    ("column", "place"),
    [
        (Column(column=0, heading="KOMMUN:"), 0),
        (Column(column=4, heading="Kommun"), 0),
        (Column(column=9, heading="källa"), 6),
        (Column(column=1, heading="Antal", nth=1), 1),
        (Column(column=0, heading="Antal", nth=1), 2),
        (Column(column=0, heading="Antal", nth=2), None),
        (Column(column=0, heading="2022"), 4),
        (Column(column=0, heading="2019"), 3),
        (Column(column=5), 5),
        (Column(column=0), None),
        (Column(column=7), None),
        (Column(column=99, heading="Enhet"), None),
    ],
)
def test_a_column_is_known_by_its_heading(column, place):
    assert HEAD.place(column) == place

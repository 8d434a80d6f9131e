from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import mapped
from etl.extract.model import OBSERVATION_TEXT, Sheet, Workbook
from etl.jobs.mappings import guessed
from etl.jobs.readings import readings
from etl.transform.observations import to_observations
from schemas.mapping import Asked, Column, Fixed, Headings, Mapping, Only, SheetName, Spread, Title
from tests.etl.extract.build import opened
from tests.etl.extract.test_heads import cells

INDICATOR = Fixed(text="mpr-dos-1")
LONG = {
    "indicator": INDICATOR,
    "area": Column(column=0, heading="Kommun"),
    "period": Column(column=1, heading="År"),
    "value": Column(column=2, heading="Andel"),
}
WIDE = {
    "indicator": INDICATOR,
    "area": Column(column=0, heading="Kommun"),
    "period": Headings(),
    "value": Spread(label=""),
}


def book(*rows, name=""):
    return Workbook("csv", (Sheet(name, cells(*rows)),))


def mapping(fields, row=1, **more):
    return Mapping(name="x", header_row=row, fields=fields, **more)


def read(workbook, told):
    found = mapped.read(workbook, told)
    assert found.rows.columns[: len(OBSERVATION_TEXT) + 2] == [*OBSERVATION_TEXT, "sheet", "row"]
    return found


def rows(found, *names):
    return found.rows.select(*names).rows()


def codes(found):
    return found.problems["code"].to_list()


def test_a_long_table():
    found = read(
        book(["Kommun", "År", "Andel"], ["Ale", " 2023 ", "90,5"], [], ["Mark", "2022", ""]), mapping(LONG)
    )
    assert rows(found, "indicator", "area", "period", "value", "row") == [
        ("mpr-dos-1", "Ale", "2023", "90,5", 2),
        ("mpr-dos-1", "Mark", "2022", None, 4),
    ]
    assert (found.shape, found.kind) == ("mapped", "observations")
    assert found.headings["value"] == "Andel"
    assert found.headings["numerator"] == "Täljare"
    assert codes(found) == []


def test_conventions_are_the_mappings():
    told = mapping(LONG, marks={"-": "zero"}, share="fraction", unknown_areas="skip")
    found = read(book(["Kommun", "År", "Andel"], ["Ale", "2023", "-"]), told).conventions
    assert (found.marks, found.share, found.unknown_areas) == ({"-": "zero"}, "fraction", "skip")


def test_a_column_for_each_year():
    table = book(["Kommun", "2022", "Not", "2023"], ["Ale", "1", "x", "2"], ["Mark", None, None, "-"])
    found = read(table, mapping(WIDE))
    assert sorted(rows(found, "area", "period", "value", "row", "heading_value")) == [
        ("Ale", "2022", "1", 2, "2022"),
        ("Ale", "2023", "2", 2, "2023"),
        ("Mark", "2023", "-", 3, "2023"),
    ]


def test_several_figures_for_each_year_and_one_for_all():
    fields = {
        **WIDE,
        "value": Spread(label="andel"),
        "numerator": Spread(label="antal"),
        "denominator": Column(column=1, heading="Invånare"),
    }
    table = book(
        ["Kommun", "Invånare", "Antal 2022", "Andel 2022", "Antal 2023", "Andel 2023"],
        ["Ale", "10", "1", "10", None, "20"],
        ["Mark", "20", None, None, None, None],
    )
    found = read(table, mapping(fields))
    assert sorted(rows(found, "area", "period", "value", "numerator", "denominator")) == [
        ("Ale", "2022", "10", "1", "10"),
        ("Ale", "2023", "20", None, "10"),
    ]


def test_sexes_and_periods_in_headings_over_two_rows():
    fields = {**WIDE, "sex": Headings(), "value": Spread(label="")}
    table = book([None, "Kvinnor", None, "Män"], ["Kommun", "2022", "2023", "2022"], ["Ale", "1", "2", "3"])
    found = read(table, mapping(fields, row=2, header_height=2))
    assert sorted(rows(found, "sex", "period", "value")) == [
        ("Kvinnor", "2022", "1"),
        ("Kvinnor", "2023", "2"),
        ("Män", "2022", "3"),
    ]


def test_indicators_in_headings():
    fields = {name: LONG[name] for name in ("area", "period")} | {"indicator": Headings()}
    told = mapping(fields, indicators={"mpr": "mpr-dos-1", "hpv": "hpv-flickor", "annat": None})
    table = book(["Kommun", "År", "MPR (%)", "HPV", "Annat"], ["Ale", "2023", "1", "2", "3"])
    found = read(table, told)
    assert rows(found, "indicator", "period", "value", "heading_value") == [
        ("mpr-dos-1", "2023", "1", "MPR (%)"),
        ("hpv-flickor", "2023", "2", "HPV"),
    ]


def test_the_texts_of_a_column_are_the_indicators_that_were_told():
    fields = {**LONG, "indicator": Column(column=3, heading="Mått")}
    told = mapping(fields, indicators={"Vår MPR": "mpr-dos-1", "Annat": None})
    table = book(
        ["Kommun", "År", "Andel", "Mått"],
        *(["Ale", "2023", "1", name] for name in ("VÅR MPR ", "Annat", "hpv-flickor", "okänt", None)),
    )
    found = read(table, told)
    assert found.rows["indicator"].to_list() == ["mpr-dos-1", "hpv-flickor", "okänt", None]
    assert codes(found) == ["indicator_skipped"]
    assert found.problems["value"].to_list() == ["Annat"]


@pytest.mark.parametrize(
    ("part", "text", "year", "period"),
    [
        ("month", "5", "2023", "2023-05"),
        ("month", "12", "2023.0", "2023-12"),
        ("quarter", "2", "2023", "2023K2"),
        ("week", "7", "2023", "2023 v.7"),
        ("half_year", "1", "2023", "2023H1"),
        ("month", "maj", "2023", "maj 2023"),
        ("month", "2024-01", "2023", "2024-01"),
        ("month", "5", None, "5"),
    ],
)
def test_a_year_in_a_column_of_its_own(part, text, year, period):
    fields = {**LONG, "period": Column(column=1, heading="Månad"), "year": Column(column=3, heading="År")}
    table = book(["Kommun", "Månad", "Andel", "År"], ["Ale", text, "1", year])
    assert read(table, mapping(fields, part=part)).rows["period"].to_list() == [period]


@pytest.mark.parametrize(
    ("dates_as", "period"),
    [
        (None, "2023-08-31"),
        ("month", "2023-08"),
        ("quarter", "2023K3"),
        ("half_year", "2023H2"),
        ("year", "2023"),
    ],
)
def test_what_dates_stand_for(dates_as, period):
    table = book(["Kommun", "År", "Andel"], ["Ale", "2023-08-31 00:00:00", "1"], ["Mark", "maj 2023", "1"])
    found = read(table, mapping(LONG, dates_as=dates_as))
    expected = "2023-08-31 00:00:00" if dates_as is None else period
    assert found.rows["period"].to_list() == [expected, "maj 2023"]


def test_a_period_above_the_headings():
    fields = {**LONG, "period": Title()}
    table = book(["Vaccinerade barn"], [None, "Läget i maj 2023"], ["Kommun", "Andel"], ["Ale", "1"])
    assert read(table, mapping(fields, row=3)).rows["period"].to_list() == ["maj 2023"]
    untold = read(
        book(["Vaccinerade barn"], ["x"], ["Kommun", "Andel"], ["Ale", "1"]), mapping(fields, row=3)
    )
    assert (codes(untold), untold.rows.height) == (["missing_period"], 0)


def sheets(**named):
    return Workbook("xlsx", tuple(Sheet(name, cells(*table)) for name, table in named.items()))


def test_one_sheet_for_each_year():
    fields = {**LONG, "period": SheetName()}
    head = ["Kommun", "Andel"]
    workbook = sheets(
        **{"2022": [head, ["Ale", "1"]], "År 2023": [head, ["Ale", "2"]], "Om": [["Text"], ["Mer"]]}
    )
    found = read(workbook, mapping(fields, sheet="2022"))
    assert rows(found, "period", "value", "sheet") == [("2022", "1", "2022"), ("År 2023", "2", "År 2023")]
    assert codes(found) == ["sheet_skipped"]
    assert found.problems["sheet"].to_list() == ["Om"]
    alone = read(workbook, mapping(fields, sheet="År 2023", every_sheet=False))
    assert alone.rows["value"].to_list() == ["2"]
    assert alone.problems["sheet"].to_list() == ["2022", "Om"]


def test_one_sheet_for_each_area():
    fields = {**LONG, "area": SheetName()}
    head = ["År", "Andel"]
    found = read(sheets(Ale=[head, ["2023", "1"]], Mark=[head, ["2023", "2"]]), mapping(fields, sheet="Ale"))
    assert rows(found, "area", "value") == [("Ale", "1"), ("Mark", "2")]


def test_only_some_rows():
    told = mapping(LONG, only=Only(place=Column(column=3, heading="Form"), texts=("Totalt", "")))
    table = book(
        ["Kommun", "År", "Andel", "Form"],
        *(
            ["Ale", "2023", str(place), form]
            for place, form in enumerate(("Totalt", "Privat", None, " Totalt"))
        ),
    )
    found = read(table, told)
    assert found.rows["value"].to_list() == ["0", "2", "3"]
    (warning,) = found.problems.iter_rows(named=True)
    assert (warning["code"], warning["row"], warning["column"]) == ("row_not_chosen", 3, "Form")
    assert (warning["value"], warning["expected"]) == ("Privat", "Totalt, tomt")
    assert warning["hint"].startswith("1\u00a0rad lästes inte.")


def test_empty_cells_that_mean_the_same_as_above():
    table = book(
        ["Kommun", "År", "Andel"],
        ["Ale", "2022", "1"],
        [None, "2023", "2"],
        ["Mark", "2022", None],
        [None, None, "4"],
    )
    found = read(table, mapping(LONG, fill_down=True))
    assert rows(found, "area", "period", "value") == [
        ("Ale", "2022", "1"), ("Ale", "2023", "2"), ("Mark", "2022", None), ("Mark", "2022", "4"),
    ]  # fmt: skip


def test_what_stands_above_may_stand_in_a_row_that_is_not_read():
    told = mapping(LONG, fill_down=True, only=Only(place=Column(column=3, heading="Form"), texts=("Totalt",)))
    table = book(
        ["Kommun", "År", "Andel", "Form"],
        ["Ale", "2022", "1", "Privat"],
        [None, None, "2", "Totalt"],
        [None, "2023", "3", None],
    )
    assert rows(read(table, told), "area", "period", "value") == [("Ale", "2022", "2"), ("Ale", "2023", "3")]


def test_footnotes_and_sums_are_passed_over_and_told():
    table = book(
        ["Kommun", "År", "Andel"],
        ["Ale", "2023", "1"],
        ["Totalt", "2023", "1"],
        ["Genomsnitt alla", "2023", "1"],
        ["Källa: kommunerna"],
        [None, None, None, "En kommentar"],
        ["Mark", "2023", None],
    )
    found = read(table, mapping(LONG))
    assert found.rows["area"].to_list() == ["Ale", "Mark"]
    assert set(found.problems["severity"]) == {"warning"}
    told = {code: (row, value) for code, row, value in found.problems.select("code", "row", "value").rows()}
    assert told == {"note_skipped": (5, "Källa: kommunerna"), "sum_skipped": (3, "Totalt")}


def test_a_long_footnote_is_cut():
    found = read(book(["Kommun", "År", "Andel"], ["Ale", "2023", "1"], ["x" * 5000]), mapping(LONG))
    assert len(found.problems["value"][0]) == 200


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (mapping({**LONG, "value": LONG["area"]}), "mapping_same_column"),
        (mapping({name: LONG[name] for name in ("indicator", "area", "period")}), "mapping_without_figures"),
        (mapping(LONG, row=9), "mapping_header_row"),
        (mapping({**LONG, "value": Column(column=40)}), "missing_column"),
        (mapping({**LONG, "value": Column(column=2, heading="Antal")}), "missing_column"),
        (mapping(LONG, only=Only(place=Column(column=3, heading="Form"), texts=("x",))), "missing_column"),
        (mapping(WIDE), "mapping_no_headings"),
        (mapping({**LONG, "period": Asked()}), "period_to_tell"),
    ],
)
def test_a_mapping_that_does_not_fit_is_told(told, code):
    found = read(book(["Kommun", "År", "Andel"], ["Ale", "2023", "1"]), told)
    assert codes(found) == [code]
    assert found.problems["severity"].to_list() == ["error"]
    assert found.rows.is_empty()


def test_a_year_that_stands_twice_is_told():
    found = read(book(["Kommun", "2022", "2022 "], ["Ale", "1", "2"]), mapping(WIDE))
    assert codes(found) == ["duplicate_column"]
    assert found.rows.is_empty()


@pytest.mark.parametrize("workbook", [Workbook("csv", ()), book(["Kommun", "År", "Andel"])])
def test_nothing_to_read(workbook):
    found = read(workbook, mapping(LONG))
    assert codes(found) == ["no_rows"]


def test_problems_name_the_analysts_own_headings_and_rows(catalogue):
    table = book(["Kommun", "Utfall 2022", "Utfall 2023"], ["Ale", "abc", "90"], ["Alee", "80", "190"])
    found = read(table, mapping({**WIDE, "value": Spread(label="utfall")}))
    _, problems = to_observations(found, catalogue, origin="uploaded")
    errors = problems.filter(severity="error").select("code", "row", "column", "value").rows()
    assert sorted(errors) == [
        ("bad_number", 2, "Utfall 2022", "abc"),
        ("unknown_area", 3, "Kommun", "Alee"),
        ("unknown_area", 3, "Kommun", "Alee"),
        ("value_out_of_bounds", 3, "Utfall 2023", "190"),
    ]


REAL = {
    "fohm_influensa_65plus_2022-2023.csv": ({"indicator": "influensa-65", "period": "2022/2023"}, 1),
    "kchd_vantetid_kpi_per_dim_synthetic.tsv": ({"indicator": "vardgaranti-operation-genomford"}, 46),
    "scb_pxweb_raw_latin1_utl_harkomst_2021-07-09.csv": (
        {"indicator": "utskrivningsklar-medelvardtid"},
        49 * 19,
    ),
    "vg_covid_by_delregion_2022-10-27.csv": (
        {"indicator": "covid19-minst-1-dos", "period": "2022-10-27"},
        28,
    ),
}


@pytest.mark.parametrize("file", REAL)
def test_real_files_need_the_indicator_and_no_more_than_a_period(shared_data, catalogue, file):
    workbook = opened((shared_data / file).read_bytes())
    fixed, count = REAL[file]
    told = guessed(workbook, catalogue, name=file)
    fields = told.fields | {name: Fixed(text=text) for name, text in fixed.items()}
    assert set(told.asks) <= set(fixed)
    found = read(workbook, told.model_copy(update={"fields": fields}))
    assert not (found.problems["severity"] == "error").any()
    assert readings(catalogue).area(found.rows["area"]).count() == count


def test_real_values_of_many_indicators(shared_data, catalogue):
    workbook = opened((shared_data / "kolada_values_sample_v3.csv").read_bytes())
    told = guessed(workbook, catalogue, name="x")
    assert told.fields["indicator"] == Column(column=4, heading="kpi")
    found = read(
        workbook, told.model_copy(update={"indicators": {"N00945": "akut-4-timmar", "N03703": None}})
    )
    assert set(found.rows["indicator"]) >= {"akut-4-timmar"}
    assert "N03703" not in set(found.rows["indicator"])
    assert codes(found) == ["indicator_skipped"]


NAMES = st.sampled_from(["Ale", "Mark", "Borås", "Göteborg", "1480 Göteborg", "Okänt"])
FIGURES = st.sampled_from(["1", "12,5", "1 299", "-", "..", "75 %", "abc"])
HEADINGS = ("Kommun", "Tid", "Utfall", "Antal", "Av", "Könsgrupp", "Anteckning")


@settings(deadline=None)
@given(data=st.data())
def test_a_long_table_comes_back_as_it_was(data):
    order = data.draw(st.permutations(range(len(HEADINGS))))
    table = data.draw(
        st.lists(
            st.tuples(
                NAMES, st.sampled_from(["2021", "2022-05", "maj 2023"]), *[FIGURES] * 3, st.just("K"), FIGURES
            ),
            min_size=1,
            max_size=8,
        )
    )
    above = data.draw(st.integers(0, 3))
    lines = [HEADINGS, *table]
    workbook = book(
        *([f"Rad {place}"] for place in range(above)), *([row[place] for place in order] for row in lines)
    )
    at = {name: Column(column=order.index(place), heading=name) for place, name in enumerate(HEADINGS)}
    told = mapping(
        {
            "indicator": INDICATOR,
            "area": at["Kommun"],
            "period": at["Tid"],
            "value": at["Utfall"],
            "numerator": at["Antal"],
            "denominator": at["Av"],
            "sex": at["Könsgrupp"],
        },
        row=above + 1,
    )
    found = read(workbook, told)
    assert rows(found, "area", "period", "value", "numerator", "denominator", "sex", "row") == [
        (*row[:6], above + 2 + place) for place, row in enumerate(table)
    ]


@settings(deadline=None)
@given(data=st.data())
def test_a_wide_table_comes_back_as_it_was(data):
    years = data.draw(st.lists(st.integers(1990, 2060), min_size=1, max_size=5, unique=True))
    labels = data.draw(
        st.lists(st.sampled_from(["", "andel", "antal i"]), min_size=1, max_size=2, unique=True)
    )
    towns = data.draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
    columns = data.draw(st.permutations([(label, year) for year in years for label in labels]))
    figures = {
        (town, label, year): data.draw(st.one_of(st.none(), FIGURES))
        for town in towns
        for label, year in columns
    }
    table = book(
        ["Kommun", *(f"{label.title()} {year}".strip() for label, year in columns)],
        *([town, *(figures[town, label, year] for label, year in columns)] for town in towns),
    )
    roles = dict(zip(("value", "numerator"), labels, strict=False))
    told = mapping({**WIDE, **{name: Spread(label=label) for name, label in roles.items()}})
    expected = sorted(
        (town, str(year), *(figures[town, roles[name], year] for name in roles))
        for town in towns
        for year in years
        if any(figures[town, label, year] is not None for label in labels)
    )
    found = read(table, told)
    assert sorted(rows(found, "area", "period", *roles), key=str) == sorted(expected, key=str)


@settings(deadline=None)
@given(data=st.data())
def test_no_mapping_and_no_table_makes_it_fall(data):
    text = st.one_of(
        st.none(), st.text(max_size=6), st.sampled_from(["2023", "Kommun", "Andel 2022", "Kvinnor"])
    )
    table = data.draw(st.lists(st.lists(text, min_size=1, max_size=5), max_size=5))
    columns = st.builds(Column, column=st.integers(0, 6), heading=st.sampled_from(["", "Kommun", "2023"]))
    fields = data.draw(
        st.fixed_dictionaries(
            {
                "indicator": st.one_of(st.just(INDICATOR), columns, st.just(Headings())),
                "area": st.one_of(columns, st.just(SheetName())),
                "period": st.one_of(columns, st.just(Headings()), st.just(Title()), st.just(SheetName())),
                "value": st.one_of(columns, st.just(Spread(label=""))),
            },
            optional={"sex": st.one_of(columns, st.just(Headings())), "year": columns, "numerator": columns},
        )
    )
    told = mapping(
        fields,
        row=data.draw(st.integers(2, 4)),
        header_height=data.draw(st.integers(1, 2)),
        fill_down=data.draw(st.booleans()),
        indicators={"": "mpr-dos-1"},
    )
    workbook = book(*table, name="2023") if table else Workbook("csv", ())
    found = read(workbook, told)
    assert found.rows.height or found.problems.height


@pytest.mark.benchmark_suite
def test_a_million_rows_are_read_in_seconds():
    count = 1_000_000
    table = pl.DataFrame(
        {
            "c0": ["Kommun", *["Ale", "Mark"] * (count // 2)],
            "c1": ["År", *["2023"] * count],
            "c2": ["Andel", *["90,5"] * count],
        }
    )
    begun = time.perf_counter()
    found = mapped.read(Workbook("csv", (Sheet("", table),)), mapping(LONG))
    assert found.rows.height == count
    assert time.perf_counter() - begun < 5

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.model import Conventions
from etl.transform.observations import to_observations
from schemas.catalogue import RollUp
from schemas.columns import OBSERVATION_SCHEMA
from schemas.gate import admit
from schemas.problem import Report
from schemas.tables import Observation
from tests.etl.extract.build import extracted
from tests.etl.transform.build import figures, told

SWEDEN = Conventions(marks={"-": "missing", "..": "suppressed"}, unknown_areas="skip")
BANDS = Conventions(marks={}, unknown_areas="skip", ages="bands")


@pytest.fixture(scope="module")
def read(catalogue):
    def _read(*rows: dict, **kwargs):
        return to_observations(figures(*rows, **kwargs), catalogue, origin="uploaded")

    return _read


def test_a_row_becomes_canonical(read):
    rows, problems = read(
        {"indicator": "Telefon samma dag", "area": "Göteborgs kommun", "period": "maj 2024", "sex": "Kvinnor",
         "age": "Totalt", "value": "75,5", "numerator": "1 510", "denominator": "2 000", "flag": "preliminär",
         "source": "VGR"},
    )  # fmt: skip
    assert problems.is_empty()
    assert rows.schema == pl.Schema(OBSERVATION_SCHEMA)
    assert rows.row(0, named=True) == {
        "indicator": "vardgaranti-telefon", "area": "1480", "period_start": date(2024, 5, 1), "period_type": "month",
        "sex": "women", "age": "total", "value": 75.5, "numerator": 1510.0, "denominator": 2000.0,
        "standard_deviation": None, "flag": "preliminary", "origin": "uploaded", "source": "VGR", "sheet": "Blad",
        "row": 2,
    }  # fmt: skip


def test_empty_cells_mean_the_total_and_the_headline_group(read):
    rows, _ = read({"indicator": "covid19-minst-1-dos", "period": "2022-10-27", "value": "80"})
    assert rows.select("sex", "age").row(0) == ("total", "12+")


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ({"value": "75,5"}, 75.5),
        ({"value": "75,5 %"}, 75.5),
        ({"numerator": "151", "denominator": "200"}, 75.5),
        ({"value": "75,5", "numerator": "151", "denominator": "200"}, 75.5),
        ({"value": "76", "numerator": "151", "denominator": "200"}, 76),
        ({"value": "0", "numerator": "0", "denominator": "200"}, 0),
        ({"value": "33,33333333333333", "numerator": "1", "denominator": "3"}, 33.33333333333333),
        ({"value": "75,5", "numerator": "151"}, 75.5),
    ],
)
def test_values_and_the_value_left_out(read, cells, value):
    rows, problems = read(cells)
    assert problems.is_empty()
    assert rows["value"].item() == pytest.approx(value)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"indicator": "kontinuitetsindex", "period": "2024", "value": "0,9 %"}, "Värde"),
        ({"indicator": "utskrivningsklar-medelvardtid", "period": "2024", "value": "5 %"}, "Värde"),
        ({"indicator": "utskrivningsklar-medelvardtid", "period": "2024", "value": "5 kr"}, "Värde"),
        ({"value": "75 kr"}, "Värde"),
        ({"value": "24", "numerator": "12 %", "denominator": "50"}, "Täljare"),
        ({"value": "24", "numerator": "12", "denominator": "50 kr"}, "Nämnare"),
    ],
)
def test_a_unit_that_a_number_can_t_have_is_told(read, cells, column):
    rows, problems = read(cells)
    assert rows.is_empty()
    assert told(problems) == [("bad_number", 2, column)]


def test_kronor_may_have_their_unit(read):
    rows, problems = read({"indicator": "medel-psykisk-halsa", "period": "2024", "value": "1 234 kr"})
    assert "bad_number" not in problems["code"].to_list()
    assert rows["value"].to_list() == [1234]


def test_a_unit_below_an_unknown_indicator_is_not_told_beside_it(read):
    _, problems = read({"indicator": "Medellivslängd", "value": "80 %"})
    assert problems["code"].to_list() == ["unknown_indicator"]


def test_counts_that_were_read_with_decimals_are_told(read):
    rows, problems = read({"value": "85.5", "numerator": "1.026", "denominator": "1.200"})
    assert rows["value"].to_list() == [85.5]
    assert problems.select("code", "severity", "column", "value").rows() == [
        ("count_not_whole", "warning", "Täljare", "1.026"),
        ("count_not_whole", "warning", "Nämnare", "1.200"),
    ]


def test_only_counts_must_be_whole(read):
    cells = {"indicator": "kontinuitetsindex", "period": "2024", "value": "0.62"}
    _, problems = read(cells | {"numerator": "62.5", "denominator": "100.5"})
    assert "count_not_whole" not in problems["code"].to_list()


MEAN = {"indicator": "utskrivningsklar-medelvardtid", "period": "2024", "value": "7,5", "denominator": "40"}


@pytest.mark.parametrize(
    ("cells", "deviation"),
    [
        ({"standard_deviation": "8,1"}, 8.1),
        ({"standard_deviation": "1 208,25"}, 1208.25),
        ({"standard_deviation": "8.125", "value": "7.5"}, 8.125),
        ({"standard_deviation": "8,1", "value": None, "numerator": "300"}, 8.1),
        ({"standard_deviation": None}, None),
        ({"standard_deviation": ".."}, None),
    ],
)
def test_a_mean_comes_with_its_standard_deviation(read, cells, deviation):
    rows, problems = read(MEAN | cells)
    assert problems.is_empty()
    assert rows.select("value", "denominator", "standard_deviation").row(0) == (7.5, 40, deviation)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"standard_deviation": "-0,1"}, "out_of_range"),
        ({"standard_deviation": "stor"}, "bad_number"),
        ({"standard_deviation": "1e400"}, "bad_number"),
        ({"standard_deviation": "#DIVISION/0!"}, "excel_error"),
        ({"standard_deviation": "8,1", "value": None, "flag": "undertryckt"}, "flag_contradicts"),
        ({"standard_deviation": "8,1", "value": None, "flag": "saknas"}, "flag_contradicts"),
    ],
)
def test_a_standard_deviation_that_can_t_be_is_told_by_its_row(read, cells, code):
    rows, problems = read(MEAN, MEAN | {"area": "1490"} | cells)
    assert told(problems) == [(code, 3, "Standardavvikelse")]
    assert (problems["severity"].item(), rows.height) == ("error", 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"denominator": None}, "deviation_without_number"),
        ({"denominator": "1"}, "deviation_without_number"),
        ({"standard_deviation": "0"}, "no_deviation"),
    ],
)
def test_a_standard_deviation_of_no_use_is_kept_and_told(read, cells, code):
    rows, problems = read(MEAN | {"standard_deviation": "8,1"} | cells)
    assert told(problems) == [(code, 2, "Standardavvikelse")]
    assert (problems["severity"].item(), rows["value"].item()) == ("warning", 7.5)
    assert rows["standard_deviation"].item() is not None


def test_only_a_mean_has_a_standard_deviation(read):
    deviation = {"standard_deviation": "8,1"}
    rows, problems = read(
        MEAN | deviation,
        {"value": "75"} | deviation,
        {"value": "76", "area": "1490"} | deviation,
        MEAN | {"indicator": "utskrivningsklar-dagar-65"} | deviation,
        MEAN | {"indicator": "kontinuitetsindex", "value": "0,5"} | deviation,
        MEAN | {"indicator": "medel-psykisk-halsa"} | deviation,
    )
    assert rows["standard_deviation"].to_list() == [8.1, None, None, None, None, None]
    assert [row for row in told(problems) if row[0] == "deviation_not_read"] == [
        ("deviation_not_read", row, "Standardavvikelse") for row in (3, 5, 6, 7)
    ]
    assert problems["hint"][0] == "Standardavvikelsen för vardgaranti-telefon lästes inte, på 2 rader."
    assert set(problems["severity"]) == {"warning"}


def test_a_sum_of_days_is_no_mean(catalogue):
    days = catalogue.indicators["utskrivningsklar-medelvardtid"]
    summed = {**catalogue.indicators, days.id: days.model_copy(update={"roll_up": RollUp.SUM})}
    delivered = figures(MEAN | {"standard_deviation": "8,1"})
    rows, problems = to_observations(
        delivered, catalogue.model_copy(update={"indicators": summed}), origin="uploaded"
    )
    assert rows.select("value", "standard_deviation").row(0) == (7.5, None)
    assert told(problems) == [("deviation_not_read", 2, "Standardavvikelse")]


def test_a_ratio_that_is_no_share_is_counted_without_the_hundred(read):
    rows, problems = read(
        {
            "indicator": "utskrivningsklar-medelvardtid",
            "period": "2024",
            "numerator": "10",
            "denominator": "4",
        }
    )
    assert problems.is_empty()
    assert rows["value"].item() == 2.5


def test_what_is_no_ratio_of_its_parts_is_not_counted(read):
    parts = {"indicator": "kontinuitetsindex", "period": "2024", "numerator": "10", "denominator": "40"}
    assert told(read(parts)[1]) == [("missing_value", 2, "Värde")]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"value": "2,5"}, []),
        ({"value": "2,7"}, ["value_disagrees"]),
        ({"numerator": "4000"}, ["value_out_of_bounds"]),
    ],
)
def test_a_ratio_that_is_no_share_is_held_against_its_parts_and_bounds(read, cells, codes):
    days = {
        "indicator": "utskrivningsklar-medelvardtid",
        "period": "2024",
        "numerator": "10",
        "denominator": "4",
    }
    assert read({**days, **cells})[1]["code"].to_list() == codes


@pytest.mark.parametrize(
    ("cells", "flag", "rest"),
    [
        ({"flag": "saknas"}, "missing", (None, None, None)),
        ({"value": "..", "denominator": "200"}, "suppressed", (None, None, 200.0)),
        ({"value": "<5"}, "suppressed", (None, None, None)),
        ({"numerator": "<5", "denominator": "200"}, "suppressed", (None, None, 200.0)),
        ({"value": "2", "numerator": "<5", "denominator": "200"}, None, (2.0, None, 200.0)),
    ],
)
def test_a_figure_that_is_not_given_has_a_flag_and_no_value(read, cells, flag, rest):
    rows, problems = read(cells)
    assert problems.is_empty()
    assert rows.select("flag", "value", "numerator", "denominator").row(0) == (flag, *rest)


def test_nothing_of_none_is_missing_with_a_warning(read):
    rows, problems = read({"numerator": "0", "denominator": "0"})
    assert rows.select("flag", "value", "numerator", "denominator").row(0) == ("missing", None, None, None)
    assert problems.select("code", "severity", "column").row(0) == ("empty_denominator", "warning", "Nämnare")


WRONG = [
    ({"indicator": None, "value": "1"}, "missing_value", "Indikator"),
    ({"indicator": "Medellivslängd", "value": "1"}, "unknown_indicator", "Indikator"),
    ({"area": None, "value": "1"}, "missing_value", "Område"),
    ({"area": "0180", "value": "1"}, "unknown_area", "Område"),
    ({"period": None, "value": "1"}, "missing_value", "Period"),
    ({"period": "2024-13", "value": "1"}, "bad_period", "Period"),
    ({"sex": "okänt", "value": "1"}, "unknown_sex", "Kön"),
    ({"age": "vuxna", "value": "1"}, "unknown_age", "Ålder"),
    ({"age": "18+", "value": "1"}, "unknown_age", "Ålder"),
    ({"flag": "kanske", "value": "1"}, "unknown_flag", "Flagga"),
    ({"value": None}, "missing_value", "Värde"),
    ({"numerator": "5"}, "missing_value", "Värde"),
    ({"value": "åtta"}, "bad_number", "Värde"),
    ({"value": "-"}, "bad_number", "Värde"),
    ({"value": "1", "numerator": "1,2,3", "denominator": "100"}, "bad_number", "Täljare"),
    ({"value": "1", "denominator": "hundra"}, "bad_number", "Nämnare"),
    ({"value": "100,1"}, "value_out_of_bounds", "Värde"),
    ({"value": "-1"}, "value_out_of_bounds", "Värde"),
    ({"value": "1", "numerator": "-1"}, "out_of_range", "Täljare"),
    ({"value": "1", "denominator": "0"}, "out_of_range", "Nämnare"),
    ({"numerator": "5", "denominator": "0"}, "out_of_range", "Nämnare"),
    ({"numerator": "201", "denominator": "200"}, "numerator_too_large", "Täljare"),
    ({"value": "75,6", "numerator": "151", "denominator": "200"}, "value_disagrees", "Värde"),
    ({"value": "74", "numerator": "151", "denominator": "200"}, "value_disagrees", "Värde"),
    ({"value": "5", "flag": "saknas"}, "flag_contradicts", "Flagga"),
    ({"numerator": "5", "denominator": "10", "flag": "undertryckt"}, "flag_contradicts", "Flagga"),
]


@pytest.mark.parametrize(("cells", "code", "column"), WRONG)
def test_each_mistake_is_told_once_with_its_place_and_the_row_is_left_out(read, cells, code, column):
    rows, problems = read({"value": "50"}, {**cells, "period": cells.get("period", "2024-06")})
    assert told(problems) == [(code, 3, column)]
    problem = problems.row(0, named=True)
    assert (problem["sheet"], problem["severity"]) == ("Blad", "error")
    assert problem["value"] == cells.get({"Värde": "value", "Täljare": "numerator", "Nämnare": "denominator"}.get(
        column, {"Indikator": "indicator", "Område": "area", "Period": "period", "Kön": "sex", "Ålder": "age",
                 "Flagga": "flag"}.get(column, "")))  # fmt: skip
    assert problem["expected"]
    assert problem["hint"].endswith((".", "?"))
    assert rows["row"].to_list() == [2]


def test_all_mistakes_of_a_row_are_told_at_once(read):
    _, problems = read({"indicator": "x", "area": "y", "period": "z", "sex": "q", "value": "w", "flag": "v"})
    assert set(problems["code"]) == {
        "unknown_indicator", "unknown_area", "bad_period", "unknown_sex", "bad_number", "unknown_flag",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        ({"area": "Götebor"}, "Menade du Göteborg (1480)?"),
        ({"indicator": "Telefon samma da"}, "(vardgaranti-telefon)?"),
        ({"area": "9941"}, "Områdena står i mallens förklaringsblad."),
    ],
)
def test_a_near_name_is_suggested(read, cells, hint):
    _, problems = read({**cells, "value": "50"})
    assert problems["hint"].item().endswith(hint)


def test_two_rows_about_the_same_are_both_told_however_they_are_written(read):
    rows, problems = read(
        {"value": "50"},
        {"value": "60", "area": "Göteborg", "period": "maj 2024"},
        {"value": "1", "area": "Ale"},
    )
    assert told(problems) == [("duplicate_key", 2, "Indikator"), ("duplicate_key", 3, "Indikator")]
    assert problems["value"].to_list() == [
        "vardgaranti-telefon, 1480, 2024-05",
        "vardgaranti-telefon, Göteborg, maj 2024",
    ]
    assert rows["row"].to_list() == [4]


def test_the_same_place_and_time_of_another_group_is_another_row(read):
    rows, problems = read({"value": "50"}, {"value": "60", "sex": "Män"}, {"value": "40", "sex": "Kvinnor"})
    assert (rows.height, problems.height) == (3, 0)


@pytest.mark.parametrize(
    ("source", "origin"),
    [
        ("Exempeldata, skapad", "example"),
        ("exempeldata", "example"),
        ("Ej exempeldata", "example"),
        (None, "uploaded"),
    ],
)
def test_example_data_is_known_by_its_source(read, source, origin):
    rows, _ = read({"value": "1", "source": source})
    assert rows["origin"].item() == origin


@pytest.mark.parametrize(("value", "number"), [("75,5", 75.5), ("1.234", 1.234)])
def test_a_lone_point_is_a_decimal_mark_without_evidence(read, value, number):
    rows, _ = read({"indicator": "utskrivningsklar-medelvardtid", "period": "2024", "value": value})
    assert rows["value"].item() == number


def test_decimal_commas_elsewhere_in_the_file_make_a_point_separate_thousands(read):
    rows, problems = read({"value": "50,5", "numerator": "1.010", "denominator": "2.000"})
    assert problems.is_empty()
    assert rows.select("numerator", "denominator").row(0) == (1010.0, 2000.0)


@pytest.mark.parametrize(
    ("period", "usual", "kind"),
    [
        ("2024-05-01 00:00:00", "vardgaranti-telefon", "month"),
        ("2024-05-01", "vardgaranti-telefon", "month"),
        ("2024-05-02", "vardgaranti-telefon", "date"),
        ("2024-05-01", "covid19-minst-1-dos", "date"),
        ("2024", "vardgaranti-telefon", "year"),
    ],
)
def test_a_month_that_excel_made_a_date_is_a_month_again(read, period, usual, kind):
    rows, problems = read({"indicator": usual, "period": period, "value": "50"})
    assert rows["period_type"].item() == kind
    became_month = kind == "month"
    assert told(problems) == ([("date_as_month", 2, "Period")] if became_month else [])


def test_areas_outside_the_county_are_left_out_and_told_once(read):
    rows, problems = read(
        {"value": "1"},
        {"value": "2", "area": "0180"},
        {"value": "-", "area": "1280"},
        {"value": "fel", "area": "0180"},
        conventions=SWEDEN,
    )
    assert rows["area"].to_list() == ["1480"]
    assert problems.select("code", "severity", "row", "value").rows() == [
        ("outside_county", "warning", 3, "0180, 1280")
    ]
    assert problems["hint"].item().startswith("3\u00a0rader för 2\u00a0områden")


def test_the_symbols_of_the_source_are_used(read):
    rows, problems = read({"value": "-"}, {"value": "..", "area": "Ale"}, conventions=SWEDEN)
    assert problems.is_empty()
    assert rows["flag"].to_list() == ["missing", "suppressed"]


def test_bands_stand_where_the_source_has_bands(read):
    row = {"indicator": "covid19-minst-1-dos", "period": "2022-10-27", "numerator": "5", "denominator": "10"}
    ages = ("18-29", "90 eller äldre")
    rows, problems = read(*({**row, "age": age} for age in ages), conventions=BANDS)
    assert problems.is_empty()
    assert rows["age"].to_list() == ["18-29", "90+"]


def test_the_heading_of_a_problem_may_depend_on_the_indicator(read):
    headings = {"numerator": "Antal", "numerator/covid19-dos-3": "Antal 3 doser"}
    row = {"period": "2022-10-27", "age": "18+", "numerator": "11", "denominator": "10"}
    _, problems = read(
        {**row, "indicator": "covid19-dos-3"}, {**row, "indicator": "covid19-minst-1-dos"}, headings=headings
    )
    assert problems["column"].to_list() == ["Antal 3 doser", "Antal"]


def test_no_rows_give_no_rows(catalogue):
    rows, problems = to_observations(figures(), catalogue, origin="uploaded")
    assert rows.schema == pl.Schema(OBSERVATION_SCHEMA)
    assert (rows.height, problems.height) == (0, 0)


CELLS = st.fixed_dictionaries(
    {},
    optional={
        "indicator": st.sampled_from(["akut-4-timmar", "kontinuitetsindex", "x", None]),
        "area": st.sampled_from(["Ale", "vs-simba", "0180", None]),
        "period": st.sampled_from(["2024", "2023/2024", "2024-13", None]),
        "value": st.sampled_from(["50", "0,5", "101", "-1", "..", "<5", "x", "1e400"]),
        "numerator": st.sampled_from(["0", "5", "500", "-1", "x", "<5"]),
        "denominator": st.sampled_from(["0", "10", "1.000", "x"]),
        "flag": st.sampled_from(["saknas", "preliminär", "x"]),
        "age": st.sampled_from(["18+", "Totalt", "x"]),
    },
)


@settings(deadline=None, max_examples=150)
@given(st.lists(CELLS, min_size=1, max_size=6))
def test_every_row_is_either_handed_on_or_told(catalogue, rows):
    file = figures(*rows)
    good, problems = to_observations(file, catalogue, origin="uploaded")
    wrong = set(problems.filter(severity="error")["row"])
    assert wrong.isdisjoint(good["row"])
    assert wrong | set(good["row"]) == set(file.rows["row"])
    assert admit(good, Observation)[1].is_empty()


def test_what_is_handed_on_passes_the_gate(read):
    rows, _ = read(
        {"value": "50"},
        {"value": "..", "area": "VGR"},
        {"numerator": "0", "denominator": "0", "area": "Ale"},
        {"numerator": "3", "denominator": "9", "area": "Fyrbodal"},
        *(cells for cells, _, _ in WRONG),
    )
    assert rows.height > 2
    assert admit(rows, Observation)[1].is_empty()


@pytest.mark.parametrize(
    ("file", "rows"),
    [("fohm_covid19_vaccine_2021-06-10.xlsx", 49 * 8 * 2), ("fohm_covid19_vaccine_2022-10-27.xlsx", 49 * 28)],
)
def test_the_real_workbooks(catalogue, shared_data, file, rows):
    got, problems = to_observations(
        extracted((shared_data / file).read_bytes()), catalogue, origin="uploaded"
    )
    assert got.height == rows
    assert problems["code"].to_list() == ["outside_county"]
    assert admit(got, Observation)[1].is_empty()


def test_the_real_workbook_adds_up_to_every_delregion(catalogue, shared_data):
    content = (shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx").read_bytes()
    rows, _ = to_observations(extracted(content), catalogue, origin="uploaded")
    oracle = pl.read_csv(shared_data / "vg_covid_by_delregion_2022-10-27.csv")
    lowest = pl.col("age").str.extract(r"^(\d+)").cast(pl.Int64)
    columns = {"covid19-minst-1-dos": "n_min1", "covid19-minst-2-doser": "n_min2", "covid19-dos-3": "n_dose3"}
    compared = 0
    for area in catalogue.delregioner("vardsamverkan"):
        own = rows.filter(pl.col("area").is_in([item.id for item in catalogue.members(area.id)]))
        for line in oracle.filter(delregion=area.name).iter_rows(named=True):
            group = own.filter(lowest >= int(line["age_group"].removesuffix("+")))
            for indicator, column in columns.items():
                if line[column] is not None:
                    sums = group.filter(indicator=indicator).select(pl.col("numerator", "denominator").sum())
                    assert sums.row(0) == (line[column], line["population"])
                    compared += 1
    assert compared == 6 * 11


def test_the_real_export_is_all_unknown_indicators_in_few_lines(catalogue, shared_data):
    content = (shared_data / "kolada_gui_export_long_2021-07-09.xlsx").read_bytes()
    rows, problems = to_observations(extracted(content), catalogue, origin="uploaded")
    assert rows.is_empty()
    lines = Report.of(problems).grouped()
    assert lines.select("code", "severity", "count").rows() == [
        ("unknown_indicator", "error", 49 * 6),
        ("outside_county", "warning", 1),
    ]
    found = {item["value"]: item["count"] for item in lines["values"][0].to_list()}
    assert found == {"Medellivslängd kvinnor, år": 49 * 3, "Medellivslängd män, år": 49 * 3}


@pytest.mark.benchmark_suite
def test_two_hundred_thousand_wrong_rows_are_cheap(catalogue):
    count = 200_000
    row = figures({"area": "9999", "period": "2024-99", "value": "x", "sex": "Q"}).rows
    many = pl.concat([row] * count).with_columns(
        pl.int_range(2, count + 2, dtype=pl.Int64).alias("row"),
        pl.format("fel {}", pl.int_range(count)).alias("indicator"),
    )
    file = replace(figures({}), rows=many)
    start = time.perf_counter()
    rows, problems = to_observations(file, catalogue, origin="uploaded")
    grouped = Report.of(problems).grouped()
    taken = time.perf_counter() - start
    assert rows.is_empty()
    assert problems.height == 5 * count
    assert grouped["count"].sum() == 5 * count
    assert taken < 6, "four times what it takes on two slow cores"

"""Roll-up by hand, against FoHM's own workbook, and its properties."""

from __future__ import annotations

import fastexcel
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from scipy import stats

from etl.measures import frames
from etl.measures.pipeline import judged
from etl.measures.rollup import NO_WEIGHTS, NOBODY, REFUSED
from tests.etl.measures import county
from tests.etl.measures.county import counted, indicator, observations, only

NO_MONEY = county.allocations()
ALL = list(county.MUNICIPALITIES)


def series(rows, item=None, people=None, catalogue=None):
    catalogue = catalogue or county.catalogue([item or indicator()])
    known = county.population() if people is None else people
    return judged(observations(*rows), NO_MONEY, catalogue, known)[0]


COUNTED = [
    counted("1401", 50, 100),
    counted("1402", 9, 10),
    counted("1403", 1, 90),
    counted("1404", 30, 40),
    counted("1405", 10, 10),
]


def test_ratio_of_sums_in_every_division():
    found = series(COUNTED)
    north = only(found, area="e-norr")
    assert (north["numerator"], north["denominator"], north["value"]) == (60, 200, 30.0)
    assert (north["method"], north["members"], north["members_expected"]) == ("ratio_of_sums", 3, 3)
    assert (north["level"], north["division"]) == ("delregion", "ett")
    assert only(found, area="e-syd")["value"] == 80.0
    assert only(found, area="t-land")["value"] == pytest.approx(50 / 150 * 100)
    assert only(found, area="t-stad")["value"] == 50.0
    assert only(found, area="14")["value"] == 40.0
    # the mean of the municipalities' shares would be 66,2: never that
    assert only(found, area="14")["lower"] < 40 < only(found, area="14")["upper"]


def test_an_index_is_a_plain_ratio():
    rows = [counted(area, 3, 10, indicator="i") | {"value": 0.3} for area in ALL]
    found = series(rows, indicator("i", unit="index", highest=1))
    assert only(found, area="14")["value"] == pytest.approx(0.3)
    row = only(found, area="14")
    # 15 cases of 50 by Byar's formula: 15 (1 - 1/135 - 1.96 / (3 sqrt 15))^3 / 50
    assert row["lower"] == pytest.approx(15 * (1 - 1 / 135 - 1.959964 / (3 * 15**0.5)) ** 3 / 50)
    assert (row["interval_method"], row["interval_level"]) == ("byar", 0.95)


DAYS = indicator("d", unit="days", direction="lower", highest=1e9)


def mean_of(area, values, **more):
    """What is delivered of a municipality's single values."""
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else None
    counts = {
        "numerator": float(sum(values)),
        "denominator": float(len(values)),
        "standard_deviation": spread,
    }
    return {"indicator": "d", "area": area, "value": float(np.mean(values)), **counts, **more}


def interval_of(values):
    return stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))


def values(least):
    return st.lists(st.integers(0, 300).map(float), min_size=least, max_size=30)


@given(st.tuples(values(2), *[values(1)] * 4), st.sampled_from([0.0, 1e6]), st.booleans())
@settings(max_examples=50, deadline=None)
def test_a_whole_has_the_interval_of_all_its_values_together(parted, base, weighted):
    raw = {area: [base + value for value in own] for area, own in zip(ALL, parted, strict=True)}
    item = DAYS.model_copy(update={"roll_up": "population_weighted"}) if weighted else DAYS
    rows = [mean_of(area, own) for area, own in raw.items()]
    found = series([{**row, "numerator": None} for row in rows] if weighted else rows, item)
    for area, parts in (("14", ALL), ("e-norr", ALL[:3]), ("t-land", ALL[1:])):
        together = [value for part in parts for value in raw[part]]
        row = only(found, area=area)
        assert row["value"] == pytest.approx(np.mean(together))
        if len(set(together)) == 1:
            assert row["upper"] is None or row["upper"] == pytest.approx(row["value"])
            continue
        lower, upper = interval_of(together)
        half = (upper - lower) / 2
        assert row["upper"] - row["value"] == pytest.approx(half, rel=1e-6)
        assert row["lower"] == pytest.approx(max(lower, 0.0), abs=1e-6 * half)


def test_a_whole_with_a_part_of_unknown_spread_has_no_interval():
    rows = [mean_of(area, [1.0, 5.0, 9.0]) for area in ALL]
    rows[3] = rows[3] | {"standard_deviation": None}
    found = series(rows, DAYS)
    assert [only(found, area=area)["interval_method"] for area in ("e-norr", "e-syd", "14")] == [
        "student", None, None
    ]  # fmt: skip
    assert only(found, area="14")["value"] == 5.0


def test_a_mean_weighted_by_inhabitants_has_no_interval():
    item = DAYS.model_copy(update={"roll_up": "population_weighted"})
    rows = [mean_of(area, [1.0, 5.0, 9.0]) | {"numerator": None, "denominator": None} for area in ALL]
    row = only(series(rows, item), area="14")
    assert (row["value"], row["method"], row["interval_method"]) == (5.0, "population_weighted", None)


def test_incomplete_is_no_value_and_says_who_lacks():
    found = series([counted("1401", 1, 2), {"area": "1402", "flag": "missing"}, counted("1404", 1, 2)])
    north = only(found, area="e-norr")
    assert north["value"] is None
    assert (north["members"], north["members_expected"], north["flag"]) == (1, 3, "missing")
    assert north["reason"] == "Uppgift saknas för 2 av 3 kommuner: Beta, Gamma"
    assert only(found, area="t-stad")["value"] == 50.0


def test_more_than_three_names_are_cut():
    county_row = only(series([counted("1403", 1, 2)]), area="14")
    assert county_row["reason"] == "Uppgift saknas för 4 av 5 kommuner: Alfa, Beta, Delta med flera"


def test_suppressed_at_source_has_its_own_reason():
    rows = [*COUNTED[:3], {"area": "1404", "flag": "suppressed"}]
    found = series(rows)
    south = only(found, area="e-syd")
    assert south["reason"] == (
        "Uppgift saknas för 1 av 2 kommuner: Epsilon. Uppgiften är dold hos källan för 1 av 2 kommuner: Delta"
    )
    assert south["flag"] == "suppressed"
    assert only(found, area="1404")["reason"] == "Dold hos källan"


def test_a_flagged_row_counts_as_nothing_even_with_numbers():
    rows = [*COUNTED[:4], counted("1405", 10, 10, flag="missing")]
    found = series(rows)
    assert only(found, area="1405")["value"] is None
    assert only(found, area="e-syd")["reason"] == "Uppgift saknas för 1 av 2 kommuner: Epsilon"


def test_a_share_without_counts_cannot_be_summed():
    found = series([*COUNTED[:4], {"area": "1405", "value": 100.0}])
    assert only(found, area="e-syd")["reason"] == "Täljare och nämnare saknas för 1 av 2 kommuner: Epsilon"
    assert only(found, area="1405")["value"] == 100.0


@pytest.mark.parametrize(("lacking", "word"), [("numerator", "Täljare"), ("denominator", "Nämnare")])
def test_only_the_count_that_is_lacking_is_said_to_be(lacking, word):
    found = series([*COUNTED[:4], {**counted("1405", 10, 10), lacking: None}])
    assert only(found, area="e-syd")["reason"] == f"{word} saknas för 1 av 2 kommuner: Epsilon"


def test_means_without_numerators_are_those_with_them():
    """A mean times the number it is of is what its values add up to."""
    whole = [mean_of(area, [1.0, 5.0, 9.0 + place]) for place, area in enumerate(ALL)]
    names = ["value", "numerator", "denominator", "lower", "upper", "interval_method", "reason"]
    wanted, found = (
        series(rows, DAYS).filter(pl.col("level") != "kommun").sort("area")[names]
        for rows in (whole, [{**row, "numerator": None} for row in whole])
    )
    assert found["value"].null_count() == found["lower"].null_count() == 0
    assert_frame_equal(found, wanted)
    bare = [{**row, "numerator": None, "denominator": None} for row in whole]
    assert only(series(bare, DAYS), area="14")["value"] is None


def test_preliminary_spreads_upward_only():
    rows = [*COUNTED[:4], counted("1405", 10, 10, flag="preliminary")]
    found = series(rows)
    assert only(found, area="e-syd")["flag"] == "preliminary"
    assert only(found, area="14")["flag"] == "preliminary"
    assert only(found, area="e-norr")["flag"] is None


def test_period_types_and_groups_are_not_mixed():
    rows = [
        counted("1404", 1, 2),
        counted("1405", 1, 2, period_type="month"),
        counted("1404", 1, 2, sex="women"),
        counted("1405", 1, 2, sex="men"),
        counted("1404", 1, 2, age="65+"),
    ]
    south = series(rows).filter(area="e-syd")
    assert south.height == 5
    assert south["value"].null_count() == 5


def test_weighted_by_inhabitants():
    item = indicator(roll_up="population_weighted")
    rows = [{"area": "1404", "value": 50.0}, {"area": "1405", "value": 100.0}]
    south = only(series(rows, item), area="e-syd")
    assert south["value"] == pytest.approx((50 * 4000 + 100 * 1000) / 5000)
    assert (south["method"], south["numerator"], south["denominator"]) == ("population_weighted", None, None)


def test_weighted_by_the_rows_own_denominators_where_all_have_one():
    item = indicator(roll_up="population_weighted")
    rows = [
        {"area": "1404", "value": 50.0, "denominator": 30.0},
        {"area": "1405", "value": 100.0, "denominator": 10.0},
    ]
    south = only(series(rows, item), area="e-syd")
    assert (south["value"], south["denominator"]) == (62.5, 40.0)
    half = [rows[0], {"area": "1405", "value": 100.0}]
    assert only(series(half, item), area="e-syd")["value"] == pytest.approx(60.0)


def test_no_weights_no_value():
    item = indicator(roll_up="population_weighted")
    rows = [{"area": "1404", "value": 50.0}, {"area": "1405", "value": 100.0}]
    south = only(series(rows, item, county.population({"1404": 4000})), area="e-syd")
    assert (south["value"], south["reason"]) == (None, NO_WEIGHTS)


def test_sum_and_refusal():
    rows = [{"area": area, "value": 10.0} for area in ALL]
    total = only(series(rows, indicator(roll_up="sum", unit="days")), area="14")
    assert (total["value"], total["method"]) == (50.0, "sum")
    refused = only(series(rows, indicator(roll_up="none")), area="14")
    assert (refused["value"], refused["method"], refused["reason"]) == (None, None, REFUSED)


def test_a_delivered_figure_wins_over_a_roll_up():
    found = series([*COUNTED, {"area": "14", "value": 41.0}, {"area": "e-syd", "flag": "missing"}])
    assert (only(found, area="14")["value"], only(found, area="14")["method"]) == (41.0, "direct")
    # "missing" says nothing that the municipalities don't say better
    assert only(found, area="e-syd")["value"] == 80.0


def test_what_the_source_hides_is_not_worked_out():
    for batch in (1, 2):
        parts = [row | {"batch": batch} for row in COUNTED]
        found = only(series([*parts, {"area": "14", "flag": "suppressed"}]), area="14")
        assert (found["value"], found["method"], found["reason"]) == (None, "direct", "Dold hos källan")


@pytest.mark.parametrize(
    ("direct", "parts", "roll_up", "wins"),
    [
        (1, [1, 1, 1, 1, 1], "ratio_of_sums", "direct"),
        (3, [2, 1, 2, 2, 2], "ratio_of_sums", "direct"),
        (1, [2, 2, 2, 2, 2], "ratio_of_sums", "ratio_of_sums"),
        # the newest part counts: one municipality was corrected
        (2, [1, 1, 3, 1, 1], "ratio_of_sums", "ratio_of_sums"),
        (1, [2, 2, 2, 2, 2], "sum", "sum"),
        (2, [2, 2, 2, 2, 2], "sum", "direct"),
        # an approximation never beats what was delivered
        (1, [2, 2, 2, 2, 2], "population_weighted", "direct"),
        (1, [2, 2, 2, 2, 2], "none", "direct"),
        # nor does what has no value
        (1, [2, 2, 2, 2], "ratio_of_sums", "direct"),
    ],
)
def test_a_complete_roll_up_wins_when_it_is_newer(direct, parts, roll_up, wins):
    rows = [row | {"batch": batch} for row, batch in zip(COUNTED, parts, strict=False)]
    own = {"area": "14", "value": 41.0, "batch": direct}
    found = only(series([*rows, own], indicator(roll_up=roll_up)), area="14")
    assert found["method"] == wins
    assert (found["value"] == 41.0) is (wins == "direct")
    assert found["batch"] == (direct if wins == "direct" else max(parts))


def test_newer_examples_do_not_win_over_what_is_real():
    rows = [row | {"batch": 2, "origin": "example"} for row in COUNTED]
    found = only(series([*rows, {"area": "14", "value": 41.0, "batch": 1}]), area="14")
    assert (found["value"], found["origin"]) == (41.0, "published")


def test_a_sum_rests_on_the_newest_batch_and_tells_its_sources():
    rows = [
        counted("1404", 1, 2, batch=3, source="A"),
        counted("1405", 1, 2, batch=7, source="B", origin="uploaded"),
    ]
    south = only(series(rows), area="e-syd")
    assert (south["batch"], south["origin"], south["source"]) == (
        7,
        "uploaded",
        "Flera källor, bland andra A",
    )


SHARES = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=5
)


@settings(max_examples=40, deadline=None)
@given(SHARES, st.randoms(use_true_random=False))
def test_a_ratio_of_sums_lies_among_its_parts_whatever_their_order(shares, random):
    rows = [counted(area, *share) for area, share in zip(ALL, shares, strict=True)]
    found = series(rows)
    random.shuffle(rows)
    assert found.equals(series(rows))
    parts = found.filter(level="kommun")["value"]
    whole = only(found, area="14")
    assert whole["value"] == pytest.approx(sum(x for x, _ in shares) / sum(n for _, n in shares) * 100)
    assert parts.min() - 1e-9 <= whole["value"] <= parts.max() + 1e-9


def workbook_rows(path) -> pl.DataFrame:
    """Municipalities of the county and age bands from FoHM's workbook, read without the project's reader."""
    sheet = fastexcel.read_excel(path).load_sheet("Vaccinerade kommun och ålder").to_polars()
    return sheet.filter(pl.col("Län") == "14").select(
        pl.col("Kommun").alias("area"),
        pl.col("Ålder").alias("band"),
        pl.col("Befolkning").cast(pl.Float64).alias("denominator"),
        pl.col("Antal minst 1 dos").cast(pl.Float64).alias("numerator"),
    )


def test_covid_coverage_of_every_delregion(shared_data):
    """Every delregion and the county as in the sums made by hand from the workbook of 27 October 2022."""
    known = pl.read_csv(shared_data / "municipalities.csv", schema_overrides={"code": pl.String})
    expected = pl.read_csv(shared_data / "vg_covid_by_delregion_2022-10-27.csv")
    bands = workbook_rows(shared_data / "fohm_covid19_vaccine_2022-10-27.xlsx")
    old = ["70-79", "80-89", "90 eller äldre"]
    groups = {"60+": ["60-69", *old], "70+": old}
    observed = pl.concat(
        bands.filter(pl.col("band").is_in(wanted))
        .group_by("area")
        .agg(pl.col("numerator", "denominator").sum())
        .with_columns(age=pl.lit(age))
        for age, wanted in groups.items()
    )
    real = _real_catalogue(known)
    rows = observed.with_columns(indicator=pl.lit("andel"), value=None).to_dicts()
    found = series(rows, catalogue=real).filter(pl.col("level") != "kommun")
    names = {item.id: item.name for item in real.areas.values()}
    compared = found.with_columns(pl.col("area").replace(names).alias("delregion")).join(
        expected.rename({"age_group": "age"}), on=["delregion", "age"]
    )
    assert compared.height == 7 * len(groups)
    assert compared["numerator"].to_list() == compared["n_min1"].to_list()
    assert compared["denominator"].to_list() == compared["population"].to_list()
    assert compared["value"].to_list() == pytest.approx((compared["share_min1"] * 100).to_list(), abs=1e-4)


def _real_catalogue(known: pl.DataFrame):
    base = county.catalogue([indicator(ages=["60+", "70+"])])
    area = type(next(iter(base.areas.values())))
    membership = type(base.memberships[0])
    names = known["vardsamverkansomrade"].unique().to_list()
    areas = [
        base.areas["00"],
        area(id="14", name="Västra Götaland", level="län", parent="00"),
        *(area(id=name, name=name, level="delregion", division="ett", parent="14") for name in names),
        *(area(id=c, name=n, level="kommun", parent="14") for c, n in known.select("code", "name").rows()),
    ]
    memberships = [
        membership(division="ett", municipality=code, area=name, evidence="confirmed", source="text")
        for code, name in known.select("code", "vardsamverkansomrade").rows()
    ]
    changes = {"areas": {item.id: item for item in areas}, "memberships": memberships}
    return base.model_copy(update=changes)


def test_members_of_the_real_county(shared_data):
    known = pl.read_csv(shared_data / "municipalities.csv", schema_overrides={"code": pl.String})
    members = frames.members(_real_catalogue(known))
    counts = dict(members.group_by("area").len().rows())
    assert (counts["14"], counts["Fyrbodal"], counts["SAMLA"]) == (49, 15, 2)


def test_no_ratio_where_all_denominators_are_zero():
    rows = [{"area": code, "numerator": 0.0, "denominator": 0.0, "value": 0.0} for code in ("1404", "1405")]
    catalogue = county.catalogue()
    found, _ = judged(observations(*rows), county.allocations(), catalogue, county.population())
    south = only(found, area="e-syd")
    assert (south["value"], south["flag"], south["reason"]) == (None, "missing", NOBODY)

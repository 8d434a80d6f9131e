"""What is hidden can't be worked out from all that is shown, whoever tries."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.catalogue import load_catalogue
from etl.measures import frames
from etl.measures.pipeline import known_rows, series_of
from tests.conftest import ROOT
from tests.etl.measures import county
from tests.etl.measures.county import indicator, observations
from tests.etl.measures.suppression.attacker import AGES, Attack

ALL = list(county.MUNICIPALITIES)
KEY = ["area", "sex", "age"]


def rule(numerator, denominator, least, thin):
    """Why a figure is small, worked out apart from the measures."""
    if numerator is not None and 1 <= numerator < least:
        return "few", least
    if None not in (numerator, denominator) and 1 <= denominator - numerator < least:
        return "left", least
    if denominator is not None and denominator < thin:
        return "thin", thin
    return None


def small(rows, least, thin):
    """The small figures of rows with their counts: key → rule."""
    found = {}
    for row in rows:
        why = rule(row["numerator"], row["denominator"], least, thin)
        if why:
            found[tuple(row[name] for name in KEY)] = why
    return found


def attacked(series, true, families, least, thin, **options):
    """What somebody learns who is told which figures are small, and by which rule.

    Left out is what the rules tell him by themselves, before he has seen a figure.
    """
    hidden = series.filter(flag="suppressed").to_dicts()
    why = small(true, least, thin)
    told, attack = Attack(families, **options), Attack(families, **options)
    for row in hidden:
        if tuple(row[name] for name in KEY) in why:
            for one in (told, attack):
                one.knows(row, *why[tuple(row[name] for name in KEY)])
    for row in series.filter(pl.col("flag").ne_missing("suppressed")).iter_rows(named=True):
        attack.sees(row)
    found = attack.learns(hidden) if hidden else []
    return sorted(set(found) - set(told.learns(hidden))) if found else []


def published(rows, divisions, centres=None, **changes):
    """The series as the pages get it."""
    catalogue = county.catalogue([indicator(**changes)], divisions=divisions, centres=centres)
    known = known_rows(observations(*rows), catalogue)
    return series_of(known, county.allocations(), catalogue, county.population())[0]


def protected(rows, least, thin, divisions, centres=None):
    return published(rows, divisions, centres, minimum_numerator=least, minimum_denominator=thin)


def unprotected(rows, divisions, centres=None):
    return published(rows, divisions, centres).to_dicts()


def families_of(divisions, centres=None):
    """Area → what it is made of: municipalities, and in their place their vårdcentraler where they have any."""
    made_of = {"14": ALL} | {area: codes for parts in divisions.values() for area, codes in parts.items()}
    below = {code: parts for code, parts in (centres or {}).items() if parts}
    return {
        area: [one for code in codes for one in below.get(code, [code])] for area, codes in made_of.items()
    } | below


@st.composite
def divided(draw):
    """One to three divisions of the five municipalities."""
    found = {}
    for name in "abc"[: draw(st.integers(1, 3))]:
        places = draw(st.lists(st.integers(0, 2), min_size=5, max_size=5))
        parts = {f"{name}-{place}": [] for place in sorted(set(places))}
        for code, place in zip(ALL, places, strict=True):
            parts[f"{name}-{place}"].append(code)
        found[name] = parts
    return found


#: Whether figures are given by sex, and for which age groups.
BREAKDOWNS = [
    (False, ["total"]),
    (False, ["total"]),
    (True, ["total"]),
    (False, ["18+", "65+"]),
    (False, ["total", "18+", "65+", "18-64"]),
    (True, ["18+", "65+"]),
]


@st.composite
def worlds(draw):
    """Rows of one period: what is small, lacking, hidden at the source and given for both sexes varies."""
    by_sex, ages = draw(st.sampled_from(BREAKDOWNS))
    top = draw(st.sampled_from([6, 30, 200]))
    counts = st.integers(0, top).flatmap(
        lambda many: st.tuples(st.one_of(st.integers(0, many), st.just(many), st.just(0)), st.just(many))
    )
    rows = []
    for code in ALL:
        atoms = {(sex, age): draw(counts) for sex in ("women", "men")[: 1 + by_sex] for age in range(4)}
        for age in ages:
            for sex in ("total", "women", "men") if by_sex else ("total",):
                mine = [
                    atom for (one, at), atom in atoms.items() if sex in ("total", one) and at in AGES[age]
                ]
                n, d = (sum(part) for part in zip(*mine, strict=True))
                value = n / d * 100 if d else None
                rows.append(
                    {"area": code, "sex": sex, "age": age, "numerator": n, "denominator": d, "value": value}
                )
    return rows


#: Women and both by age, and the men of one age alone: numerator and denominator. Of the men of 18 and above nobody
#: delivers a figure, but 11 of 23 are left of both less the women, so that 12 at most of those from 65 aren't counted,
#: as 42 at most of the women: of both together 54.
MEN_LACKING = {
    ("total", "18+"): (18, 72),
    ("women", "18+"): (7, 49),
    ("total", "65+"): (12, 66),
    ("women", "65+"): (1, 43),
    ("men", "65+"): (11, 23),
}


def test_ages_of_a_sex_that_nobody_delivered_bound_what_is_hidden():
    rows = [
        {"area": code, "sex": sex, "age": age, "numerator": n, "denominator": d, "value": n / d * 100}
        for code in ALL
        for (sex, age), (n, d) in MEN_LACKING.items()
    ]
    divisions = {"a": {"a-0": ALL[:2], "a-1": ALL[2:]}}
    series, true = protected(rows, 5, 0, divisions), unprotected(rows, divisions)
    assert attacked(series, true, families_of(divisions), 5, 0, ages=4, sexes=("women", "men")) == []


#: Counts of those from 18 and from 65 in each municipality; the last one's first figure is lacking.
LARGE_AMONG_SMALL = {
    "1401": ((0, 4), (0, 1)), "1402": ((1, 1), (1, 1)), "1403": ((3, 3), (3, 3)), "1404": ((0, 2), (0, 2)),
    "1405": ((None, None), (0, 1)),
}  # fmt: skip


def test_what_is_shown_after_all_is_shown_of_all_areas_that_are_the_same():
    rows = [
        {"area": code, "sex": "total", "age": age, "numerator": n, "denominator": d, "value": n / d * 100}
        for code, counts in LARGE_AMONG_SMALL.items()
        for age, (n, d) in zip(("18+", "65+"), counts, strict=True)
        if (n, d) != (None, None)
    ]
    divisions = {
        "a": {"a-0": ["1401", "1402", "1404", "1405"], "a-1": ["1403"]},
        "b": {"b-0": ["1401", "1403"], "b-1": ["1402", "1404", "1405"]},
        "c": {"c-0": ["1402", "1405"], "c-1": ["1403"], "c-2": ["1401", "1404"]},
    }
    series, true = protected(rows, 2, 2, divisions), unprotected(rows, divisions)
    assert attacked(series, true, families_of(divisions), 2, 2, ages=4, sexes=("total",)) == []
    assert series.filter(pl.col("area").is_in(["1403", "a-1", "c-1"]))["value"].to_list() == [100.0] * 6


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    worlds(),
    divided(),
    st.sampled_from([0, 2, 3, 5, 10]),
    st.sampled_from([0, 2, 5, 20]),
    st.lists(st.integers(0, 1000), max_size=3),
)
def test_nobody_learns_a_hidden_count(rows, divisions, least, thin, lacking):
    gone = {place % len(rows) for place in lacking}
    rows = [row for place, row in enumerate(rows) if place not in gone]
    series = protected(rows, least, thin, divisions)
    true = unprotected(rows, divisions)
    known = {tuple(row[name] for name in KEY): row for row in true}
    several = len({row["age"] for row in rows}) > 1
    sexes = ("women", "men") if any(row["sex"] != "total" for row in rows) else ("total",)
    options = {"ages": 4 if several else 1, "sexes": sexes}
    assert attacked(series, true, families_of(divisions), least, thin, **options) == []
    for row in series.to_dicts():
        before = known[tuple(row[name] for name in KEY)]
        if row["flag"] == "suppressed":
            assert row["value"] is row["numerator"] is row["denominator"] is None
        else:
            assert row == before
            assert rule(row["numerator"], row["denominator"], least, thin) is None


@st.composite
def worlds_of_centres(draw):
    """Rows of one period and the vårdcentraler of each municipality; the rows of all levels add up.

    People are told apart by vårdcentral in some municipalities. Now the county's figure is delivered and now it is
    the sum of the municipalities, now only vårdcentraler and municipalities without any are, and a few rows lack.
    """
    by_sex, ages = draw(st.sampled_from([BREAKDOWNS[0], BREAKDOWNS[2], BREAKDOWNS[3]]))
    top = draw(st.sampled_from([6, 30, 200]))
    counts = st.integers(0, top).flatmap(
        lambda many: st.tuples(st.one_of(st.integers(0, many), st.just(many), st.just(0)), st.just(many))
    )
    numbers = draw(st.lists(st.sampled_from([0, 0, 1, 2, 3]), min_size=5, max_size=5))
    centres = {
        code: [f"vc-{code}-{place}" for place in range(number)]
        for code, number in zip(ALL, numbers, strict=True)
        if number
    }
    made_of = {code: centres.get(code, [code]) for code in ALL}
    made_of |= {one: [one] for own in centres.values() for one in own}
    kinds = [(sex, age) for sex in ("women", "men")[: 1 + by_sex] for age in range(4)]
    atoms = {one: {kind: draw(counts) for kind in kinds} for one, own in made_of.items() if own == [one]}
    if draw(st.booleans()):
        made_of = {code: own for code, own in made_of.items() if code not in centres}
    if draw(st.booleans()):
        made_of["14"] = list(atoms)
    rows = []
    for area, parts in made_of.items():
        for sex, age in product(("total", "women", "men") if by_sex else ("total",), ages):
            mine = [
                count
                for part in parts
                for (one, at), count in atoms[part].items()
                if sex in ("total", one) and at in AGES[age]
            ]
            n, d = (sum(part) for part in zip(*mine, strict=True))
            value = n / d * 100 if d else None
            rows.append(
                {"area": area, "sex": sex, "age": age, "numerator": n, "denominator": d, "value": value}
            )
    gone = {place % len(rows) for place in draw(st.lists(st.integers(0, 1000), max_size=3))}
    return [row for place, row in enumerate(rows) if place not in gone], centres


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds_of_centres(), divided(), st.sampled_from([0, 2, 3, 5, 10]), st.sampled_from([0, 2, 5, 20]))
def test_nobody_learns_a_hidden_count_of_a_health_centre_or_its_municipality(world, divisions, least, thin):
    rows, centres = world
    series, true = protected(rows, least, thin, divisions, centres), unprotected(rows, divisions, centres)
    several = len({row["age"] for row in rows}) > 1
    sexes = ("women", "men") if any(row["sex"] != "total" for row in rows) else ("total",)
    options = {"ages": 4 if several else 1, "sexes": sexes}
    assert attacked(series, true, families_of(divisions, centres), least, thin, **options) == []
    known = {tuple(row[name] for name in KEY): row for row in true}
    for row in series.filter(pl.col("flag").ne_missing("suppressed")).to_dicts():
        assert row == known[tuple(row[name] for name in KEY)]
        assert rule(row["numerator"], row["denominator"], least, thin) is None


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.integers(1, 150).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
        min_size=5,
        max_size=5,
    ),
    divided(),
    st.sampled_from([3, 5]),
)
def test_rounded_shares_with_their_denominators_tell_nothing(counts, divisions, least):
    families = families_of(divisions)
    true = {area: counts[place] for place, area in enumerate(ALL)}
    true |= {
        area: tuple(map(sum, zip(*(true[code] for code in codes), strict=True)))
        for area, codes in families.items()
    }
    rows = [county.counted(area, *true[area]) for area in families]
    for area in ALL:
        n, d = true[area]
        rows.append({"area": area, "value": round(n / d * 100, 1), "denominator": float(d)})
    series = protected(rows, least, 10, divisions)
    facts = [{"area": area, "sex": "total", "age": "total"} for area in true]
    facts = [row | dict(zip(("numerator", "denominator"), true[row["area"]], strict=True)) for row in facts]
    assert attacked(series, facts, families, least, 10, ages=1, sexes=("total",)) == []


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), divided(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_names_matter(rows, divisions, random):
    series = protected(rows, 5, 20, divisions)
    again = list(rows)
    random.shuffle(again)
    assert protected(again, 5, 20, divisions).equals(series)
    renamed = {
        f"x{division}": {f"x{area}": codes for area, codes in parts.items()}
        for division, parts in divisions.items()
    }
    other = protected(rows, 5, 20, renamed).with_columns(
        pl.col("area").str.strip_prefix("x"), pl.col("division").str.strip_prefix("x")
    )
    order = ["age", "sex", "division", "area"]
    assert other.sort(order).equals(series.sort(order))


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds(), divided())
def test_nothing_is_hidden_where_nothing_is_small(rows, divisions):
    # every count a hundred times as large, and five more that aren't counted, so that no difference is small either
    rows = [
        {**row, "numerator": 100 * row["numerator"], "denominator": 200 * row["denominator"], "value": None}
        for row in rows
        if row["denominator"] > 0
    ]
    series = protected(rows, 5, 20, divisions)
    assert series.filter(flag="suppressed").is_empty()
    assert series.to_dicts() == unprotected(rows, divisions)


@pytest.mark.parametrize("seed", [1, 2])
def test_nobody_learns_a_hidden_count_in_the_real_divisions(seed):
    knowledge = load_catalogue(ROOT / "data" / "catalogue")
    catalogue, item = knowledge.catalogue, "mpr-dos-1"
    draw = np.random.default_rng(seed)
    rows = []
    for area in catalogue.municipalities:
        many = int(draw.lognormal(5, 1.2)) + 10
        rows.append(county.counted(area.id, int(draw.binomial(many, 0.93)), many, indicator=item))
    known = known_rows(observations(*rows), catalogue)
    series, _ = series_of(known, county.allocations(), catalogue, knowledge.population)
    rules = frames.rules(catalogue).filter(indicator=item).row(0, named=True)
    families = {
        area: sorted(codes)
        for area, codes in frames.members(catalogue).group_by("area").agg("municipality").iter_rows()
    }
    true = [{"sex": "total", "age": "total", **row} for row in rows]
    options = {"ages": 1, "sexes": ("total",)}
    limits = rules["minimum_numerator"], rules["minimum_denominator"]
    assert series.filter(flag="suppressed").height > 3
    assert attacked(series, true, families, *limits, **options) == []
    above = series.filter(pl.col("level") != "kommun")
    assert above.filter(pl.col("value").is_not_null()).height > above.height / 2
    assert above.filter(area="14")["value"].null_count() == 0

"""What is hidden can't be worked out from all that is shown, whoever tries."""

from __future__ import annotations

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
    """What somebody learns who is told which figures are small, and by which rule."""
    attack = Attack(families, **options)
    shown = series.filter(pl.col("flag").ne_missing("suppressed"))
    for row in shown.iter_rows(named=True):
        attack.sees(row)
    hidden = series.filter(flag="suppressed").to_dicts()
    why = small(true, least, thin)
    for row in hidden:
        if tuple(row[name] for name in KEY) in why:
            attack.knows(row, *why[tuple(row[name] for name in KEY)])
    return attack.learns(hidden) if hidden else []


def published(rows, divisions, **changes):
    """The series as the pages get it."""
    catalogue = county.catalogue([indicator(**changes)], divisions=divisions)
    known = known_rows(observations(*rows), catalogue)
    return series_of(known, county.allocations(), catalogue, county.population())[0]


def protected(rows, least, thin, divisions):
    return published(rows, divisions, minimum_numerator=least, minimum_denominator=thin)


def unprotected(rows, divisions):
    return published(rows, divisions).to_dicts()


def families_of(divisions):
    return {"14": ALL} | {area: codes for parts in divisions.values() for area, codes in parts.items()}


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


@st.composite
def worlds(draw):
    """Rows of one period: what is small, lacking, hidden at the source and given for both sexes varies."""
    by_sex = draw(st.booleans())
    ages = draw(st.sampled_from([["total"], ["total"], ["18+", "65+"], ["total", "18+", "65+", "18-64"]]))
    top = draw(st.sampled_from([6, 30, 200]))
    counts = st.integers(0, top).flatmap(
        lambda many: st.tuples(st.one_of(st.integers(0, many), st.just(many), st.just(0)), st.just(many))
    )
    rows = []
    for code in ALL:
        atoms = {(sex, age): draw(counts) for sex in ("women", "men")[: 1 + by_sex] for age in range(4)}
        for age in ages:
            for sex in ("total", "women", "men") if by_sex else ("total",):
                mine = [atom for (one, at), atom in atoms.items() if sex in ("total", one) and at in AGES[age]]
                n, d = (sum(part) for part in zip(*mine, strict=True))
                value = n / d * 100 if d else None
                rows.append({"area": code, "sex": sex, "age": age, "numerator": n, "denominator": d, "value": value})
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    worlds(),
    divided(),
    st.sampled_from([0, 2, 3, 5, 10]),
    st.sampled_from([0, 2, 5, 20]),
    st.lists(st.integers(0, 1000), max_size=3),
    st.randoms(use_true_random=False),
)
def test_nobody_learns_a_hidden_count(rows, divisions, least, thin, lacking, random):
    gone = {place % len(rows) for place in lacking}
    rows = [row for place, row in enumerate(rows) if place not in gone]
    series = protected(rows, least, thin, divisions)
    true = unprotected(rows, divisions)
    known = {tuple(row[name] for name in KEY): row for row in true}
    several = len({row["age"] for row in rows}) > 1
    options = {"ages": 4 if several else 1, "sexes": ("women", "men") if rows and _sexed(rows) else ("total",)}
    assert attacked(series, true, families_of(divisions), least, thin, **options) == []
    for row in series.to_dicts():
        before = known[tuple(row[name] for name in KEY)]
        if row["flag"] == "suppressed":
            assert row["value"] is row["numerator"] is row["denominator"] is None
        else:
            assert {**row, "batch": None} == {**before, "batch": None}
            assert rule(row["numerator"], row["denominator"], least, thin) is None
    again = list(rows)
    random.shuffle(again)
    assert protected(again, least, thin, divisions).equals(series)


def _sexed(rows):
    return any(row["sex"] != "total" for row in rows)

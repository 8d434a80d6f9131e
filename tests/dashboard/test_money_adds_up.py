"""Whatever is allocated, and however the county is divided: what is shown adds up to the agreed total, to the öre."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import money, money_file, money_stages
from dashboard.charts import flow, style
from dashboard.charts.picture import Said
from dashboard.components import money_recipients, money_table
from dashboard.money_file import HEADS
from etl.catalogue import load_catalogue
from etl.measures.population import newest
from tests.conftest import ROOT
from tests.dashboard.dom import parse
from tests.dashboard.funds import AGREEMENT, allocations, kronor

KNOWN = load_catalogue(ROOT / "data" / "catalogue")
CATALOGUE = KNOWN.catalogue
PEOPLE = newest(KNOWN.population, CATALOGUE.municipalities)

PLACES = [("kommun", area.id) for area in CATALOGUE.municipalities]
PLACES += [("länsgemensamt", area.id) for area in CATALOGUE.areas.values() if area.division]
PLACES += [("länsgemensamt", CATALOGUE.county.id), ("region", CATALOGUE.county.id)]

#: Öre: nothing, an öre, kronor with and without öre, and more than the whole agreement.
ORE = st.one_of(st.sampled_from([0, 1, 100, 8131495900]), st.integers(0, 10**12))


@st.composite
def allocation(draw: st.DrawFn) -> pl.DataFrame:
    """Rows that the intake lets in: what is used and repaid is never more than what was allocated."""
    told = []
    for number in range(draw(st.integers(1, 12))):
        level, area = draw(st.sampled_from(PLACES))
        purpose = draw(st.sampled_from([f"ändamål {letter}" for letter in "abcdefghi"]))
        ore = draw(ORE)
        who = (purpose, level, area, f"mottagare {number}")
        told.append((*who, "allocated", Decimal(ore).scaleb(-2), "example"))
        for kind in draw(st.sampled_from([(), ("used",), ("repaid",), ("used", "repaid")])):
            told.append((*who, kind, Decimal(draw(st.integers(0, ore // 2))).scaleb(-2), "example"))
    return allocations(*told)


CHOICES = st.sampled_from(
    [
        (division, chosen)
        for division in CATALOGUE.divisions
        for chosen in (None, *(area.id for area in CATALOGUE.delregioner(division)))
    ]
)


def column(rows: list[list[str]], place: int) -> list[Decimal]:
    return [kronor(row[place]) for row in rows]


@settings(max_examples=25, deadline=None)
@given(rows=allocation(), choice=CHOICES, short=st.sampled_from([0, 1, 1000]))
def test_what_is_shown_adds_up(rows: pl.DataFrame, choice: tuple[str, str | None], short: int) -> None:
    division, chosen = choice
    given_out = money.total(rows)
    agreed = given_out.to_integral_value(ROUND_CEILING) + short
    grouped = money.grouped(rows, CATALOGUE, division, chosen)
    parts = money.parts(grouped, CATALOGUE, division, chosen)
    purposes, whole = money.by(grouped, "purpose"), money.everything(grouped, "Allt")
    stages = money_stages.stages("Avtalet", agreed, grouped, parts, chosen)

    _the_way(stages, agreed)
    for table in (
        money_table.sums("", "", parts, whole, example=True),
        money_table.sums("", "", purposes, whole, example=True),
    ):
        *body, total = parse(table).rows
        for place in (1, 2, 3, 4):
            assert sum(column(body, place)) == kronor(total[place])
        assert kronor(total[1]) == given_out
        assert sum(column([total], 2) + column([total], 3) + column([total], 4)) == given_out
    _per_delregion(rows, parts, division, chosen, given_out)
    _recipients(grouped, parts, whole, chosen, given_out)
    names = {**{key: area.name for key, area in CATALOGUE.areas.items()}, **money.NAMES}
    *lines, last = money_file.rows("Avtalet", grouped, names, names)
    place = HEADS.index("Fördelat")
    assert last[place] == given_out == sum(line[place] for line in lines)


def _labels(stages: money_stages.Stages, *, narrow: bool) -> list[tuple[object, Decimal]]:
    """Where each label of the picture stands, and the kronor in it."""
    made = flow.figure(flow.Flow(stages, Said("", "", "")), style.LIGHT, narrow=narrow)
    return [
        (item["x"], kronor(re.sub("<[^>]+>", " ", item["text"])))
        for item in made["layout"]["annotations"]
        if "kr" in item["text"]
    ]


def _the_way(stages: money_stages.Stages, agreed: Decimal) -> None:
    wide = _labels(stages, narrow=False)
    columns = {at: sum(amount for other, amount in wide if other == at) for at, _ in wide}
    assert set(columns.values()) == {agreed}
    assert sum(amount for _, amount in _labels(stages, narrow=True)) == 3 * agreed
    *body, total = parse(money_table.cross("", stages, example=True)).rows
    assert kronor(total[-1]) == agreed
    for place in range(1, len(total)):
        assert sum(column(body, place)) == kronor(total[place])
    for row in (*body, total):
        assert sum(kronor(cell) for cell in row[1:-1]) == kronor(row[-1])


def _per_delregion(
    rows: pl.DataFrame, parts: list[money.Sums], division: str, chosen: str | None, given_out: Decimal
) -> None:
    shares = money.shares(rows, CATALOGUE.agreements[AGREEMENT], CATALOGUE, division, PEOPLE)
    beside = [sums for sums in parts if sums.id in (money.COMMON, money.REGION, money.ELSEWHERE)]
    drawn = money_table.shares(
        "", money.folded(shares, chosen), beside, chosen=chosen, with_split=True, example=True
    )
    *body, total = parse(drawn).rows
    assert sum(column(body, 1)) == kronor(total[1]) == given_out
    assert sum(column(body, 4)) == kronor(total[4]) == CATALOGUE.agreements[AGREEMENT].total


def _recipients(
    grouped: pl.DataFrame, parts: list[money.Sums], whole: money.Sums, chosen: str | None, given_out: Decimal
) -> None:
    pairs = [
        (part, money.by(grouped.filter(pl.col("group") == part.id), "recipient", "level")) for part in parts
    ]
    drawn = parse(money_recipients.html(pairs, whole, chosen, example=True))
    *amounts, total = [kronor(item.text) for item in drawn.all("span", css="fp-amount")]
    assert sum(amounts) == total == given_out
    for details in drawn.all("details"):
        *body, own = details.rows
        assert sum(column(body, 1)) == kronor(own[1]) == kronor(details.one("summary").text)


@pytest.mark.parametrize("amount", ["0", "0.01", "81314959", "123456789012.34"])
def test_kronor_are_read_back_as_they_were_written(amount: str) -> None:
    (row,) = parse(
        money_table.sums("", "", [], money.Sums("", "", Decimal(amount), None, None), example=False)
    ).rows
    assert kronor(row[1]) == Decimal(amount)

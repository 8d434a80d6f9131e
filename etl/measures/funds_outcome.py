"""Money beside outcome: what each delregion was allocated for a purpose, and the figures that the purpose names.

The two stand side by side. Nothing here compares them, orders by them or computes anything from both: a handful of
delregioner that differ in much else can't tell what the money has done. Every page that shows them together shows
`CAVEAT`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.measures import frames
from etl.measures.frames import is_example
from etl.measures.funds import spread
from etl.measures.population import inhabitants
from schemas.catalogue import Level
from schemas.results import ASSESSMENT_SCHEMA, JUDGEMENT_SCHEMA

if TYPE_CHECKING:
    from schemas.catalogue import Agreement, Catalogue

#: What is said wherever money and outcome are shown together.
CAVEAT = "Siffrorna står bredvid varandra; de visar inte att pengarna har påverkat utfallet."

#: What is said where no purpose of an agreement names an indicator.
NO_INDICATORS = "Ingen läst källa knyter ändamålen i överenskommelsen till någon indikator."

_MONEY: dict[str, pl.DataType] = {
    "agreement": pl.String(),
    "purpose": pl.String(),
    "area": pl.String(),
    "division": pl.String(),
    "year": pl.Int32(),
    "kronor": pl.Float64(),
    "inhabitants": pl.Int64(),
    "kronor_per_inhabitant": pl.Float64(),
    "example_money": pl.Boolean(),
}
_FIGURE = ["age", "target", "period_start", "period_type", "value", "judgement", "origin", "flag", "reason"]
_SAID = ["variation", "assurance", "trend"]

#: One row per agreement, purpose, delregion and indicator that the purpose names, and target of it; a row
#: without indicator where the purpose names none. `example_money` and `origin` tell what is generated.
OUTCOME_SCHEMA: dict[str, pl.DataType] = {
    **_MONEY,
    "indicator": pl.String(),
    **{name: JUDGEMENT_SCHEMA[name] for name in _FIGURE},
    **{name: ASSESSMENT_SCHEMA[name] for name in _SAID},
}

#: Marks for a chart: a day, a few words, where they were read, and whether they are about money.
MARKS_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "date": pl.Date(),
    "label": pl.String(),
    "source": pl.String(),
    "is_money": pl.Boolean(),
}


def outcome(
    assessed: pl.DataFrame, allocations: pl.DataFrame, catalogue: Catalogue, population: pl.DataFrame
) -> pl.DataFrame:
    """Kronor per inhabitant, beside the newest figures of the indicators that the purpose names.

    A municipality's money counts in its delregion of every division, a delregion's in that delregion, and the
    county's in none (`etl.measures.funds`). A delregion that got nothing for a purpose has 0 kronor.

    Args:
        assessed: `ASSESSED_SCHEMA`.
        allocations: `ALLOCATION_SCHEMA`; examples of an agreement give way to real rows.
        catalogue: Agreements, delregioner, and the purposes' indicators.
        population: `POPULATION_SCHEMA`.

    Returns:
        `OUTCOME_SCHEMA`, in the catalogue's order of agreements, purposes as delivered, divisions and areas.
    """
    money = _per_purpose(allocations, catalogue, population)
    headline = {item.id: item.headline_age for item in catalogue.indicators.values()}
    figures = assessed.filter(pl.col("sex") == "total").select("indicator", "area", *_FIGURE, *_SAID)
    figures = figures.filter(
        pl.col("age") == pl.col("indicator").replace_strict(headline, default=None, return_dtype=pl.String)
    )
    return (
        money.join(_named(catalogue), on=["agreement", "purpose"], how="left", maintain_order="left_right")
        .join(figures, on=["indicator", "area"], how="left", maintain_order="left_right")
        .select(pl.col(name).cast(dtype) for name, dtype in OUTCOME_SCHEMA.items())
    )


def _per_purpose(allocations: pl.DataFrame, catalogue: Catalogue, population: pl.DataFrame) -> pl.DataFrame:
    """`_MONEY` for every delregion of every agreement and purpose that has allocations."""
    areas, members = frames.areas(catalogue), frames.members(catalogue)
    rows = allocations.filter(
        (pl.col("kind") == "allocated") & pl.col("agreement").is_in(list(catalogue.agreements))
    ).with_columns(is_example(pl.col("origin")).alias("example_money"), pl.col("year").cast(pl.Int32))
    rows = rows.filter(pl.col("example_money") == pl.col("example_money").all().over("agreement"))
    key = ["agreement", "purpose", "year"]
    purposes = rows.group_by(key, maintain_order=True).agg(pl.col("example_money").first())
    sums = spread(rows, areas, members).group_by(*key, "area").agg(pl.col("amount").sum())
    places = areas.filter(pl.col("level") == Level.DELREGION).select("area", "division")
    kronor = pl.col("amount").fill_null(0).cast(pl.Float64)
    order = {name: place for place, name in enumerate(catalogue.agreements)}
    return (
        purposes.join(places, how="cross", maintain_order="left_right")
        .join(sums, on=[*key, "area"], how="left", maintain_order="left")
        .join(
            inhabitants(rows.select("year"), population, members),
            on=["area", "year"],
            how="left",
            maintain_order="left",
        )
        .with_columns(kronor.alias("kronor"), (kronor / pl.col("inhabitants")).alias("kronor_per_inhabitant"))
        .sort(pl.col("agreement").replace_strict(order, return_dtype=pl.Int32), maintain_order=True)
        .select(pl.col(name).cast(dtype) for name, dtype in _MONEY.items())
    )


def _named(catalogue: Catalogue) -> pl.DataFrame:
    """Columns agreement, purpose, indicator: which indicators the purposes name."""
    rows = [
        (agreement.id, purpose, indicator)
        for agreement in catalogue.agreements.values()
        for purpose, indicators in agreement.purpose_indicators.items()
        for indicator in indicators
    ]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("agreement", "purpose", "indicator"), pl.String()), orient="row"
    )


def marks(catalogue: Catalogue) -> pl.DataFrame:
    """The days to mark in the indicators' charts: decisions, and money whose purpose names the indicator.

    A mark says what happened that day and never that the figures have followed from it.

    Returns:
        `MARKS_SCHEMA`, in order of indicator and date. A decision is marked in the charts of its subjects, in
        all where it has none.
    """
    rows = [
        (item.id, decision.date, decision.mark, decision.source, False)
        for item in catalogue.indicators.values()
        for decision in catalogue.decisions
        if decision.mark and (not decision.subjects or item.subject in decision.subjects)
    ]
    rows += [
        (indicator, agreement.decided_on, f"Medel beslutade: {purpose}", _source(agreement), True)
        for agreement in catalogue.agreements.values()
        for purpose, indicators in agreement.purpose_indicators.items()
        for indicator in indicators
    ]
    found = pl.DataFrame(rows, schema=MARKS_SCHEMA, orient="row")
    order = {name: place for place, name in enumerate(catalogue.indicators)}
    place = pl.col("indicator").replace_strict(order, default=None, return_dtype=pl.Int32)
    return found.sort(place, "date", "is_money", maintain_order=True)


def _source(agreement: Agreement) -> str:
    return f"{agreement.source.publisher}: {agreement.source.title}"

"""Att prata om: what a steering group should spend its time on, the most urgent first.

One point per indicator for all the areas that it holds for: what is bad everywhere is said once, and what holds
for the same indicator at a lower priority is added to it.
Areas are told in the catalogue's order, never by how they do: there is no ranking of delregioner. Among points
of the same priority those that hold in more areas come first, then the catalogue's order of indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from etl.measures import reasons, wording
from etl.measures.points import PRIORITIES, Kind, prepared
from etl.measures.projection import HORIZON
from etl.measures.wording import named, places, sentence
from schemas.catalogue import TargetKind
from schemas.swedish import count_text, listing

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: How many points are told; the rest are counted.
MOST = 8

#: How many indicators with the same obstacle are named in one point.
MOST_NAMED = 3

_SAME = ["indicator", "age"]

POINTS_SCHEMA: dict[str, pl.DataType] = {
    "indicator": pl.String(),
    "area": pl.String(),
    "age": pl.String(),
    "target": pl.String(),
    "priority": pl.Int32(),
    "sentence": pl.String(),
    "lead": pl.String(),
    "kind": pl.String(),
    "areas": pl.List(pl.String()),
    "indicators": pl.List(pl.String()),
    "ages": pl.List(pl.String()),
}


def talking_points(
    rows: pl.DataFrame, catalogue: Catalogue, division: str, *, most: int = MOST
) -> pl.DataFrame:
    """The points, in order.

    Args:
        rows: `ASSESSED_SCHEMA`; rows of other divisions and municipalities are left out.
        catalogue: The catalogue that the judgements were made with.
        division: Id of the division whose delregioner are told of.
        most: How many points to tell.

    Returns:
        `POINTS_SCHEMA`: `indicator`, `area`, `age` and `target` where the point is about one of them, else
        null; `areas` and `indicators` are all of them, and `ages` the age group of each of `indicators`. `lead`
        is as much of `sentence` as a headline needs: what is most urgent of the point, without what else holds
        for the indicator. `kind` is one of `etl.measures.points.Kind`; when there are more than `most`, a last
        row of the kind `rest` tells how many more.
    """
    ready = prepared(rows, catalogue, division).filter(pl.col("kind").is_not_null())
    urgent = _urgent(ready)
    leading = urgent.unique(_SAME, keep="first", maintain_order=True)
    found = pl.concat([leading, _unjudged(ready)], how="diagonal_relaxed")
    found = _in_order(found, catalogue)
    told = [_point(row, urgent, catalogue, division) for row in found.head(most).iter_rows(named=True)]
    if found.height > most:
        told.append(_rest(found.height - most))
    return pl.DataFrame(told, schema=POINTS_SCHEMA, orient="row")


def leading(ready: pl.DataFrame, catalogue: Catalogue, division: str) -> str | None:
    """The `lead` of the first point alone.

    Args:
        ready: From `etl.measures.points.prepared`, the rows to choose among; of kinds that tell of a figure.
        catalogue: The catalogue that the judgements were made with.
        division: Id of the division whose delregioner are told of.

    Returns:
        None where there is no point.
    """
    urgent = _urgent(ready)
    if urgent.is_empty():
        return None
    found = _in_order(urgent.unique(_SAME, keep="first", maintain_order=True), catalogue)
    return _point(found.row(0, named=True), urgent, catalogue, division)["lead"]


def _in_order(found: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    order = {name: place for place, name in enumerate(catalogue.indicators)}
    first = pl.col("indicators").list.first().replace_strict(order, default=None, return_dtype=pl.Int32)
    keys = {"_wide": pl.col("areas").list.len(), "_many": pl.col("indicators").list.len(), "_first": first}
    return (
        found.with_columns(_priority(), **keys)
        .sort("priority", *keys, descending=[False, True, True, False], maintain_order=True)
        .drop(list(keys))
    )


def _priority() -> pl.Expr:
    priorities = {str(kind): place for kind, place in PRIORITIES.items()}
    return pl.col("kind").replace_strict(priorities, return_dtype=pl.Int32).alias("priority")


def _urgent(ready: pl.DataFrame) -> pl.DataFrame:
    """One row per indicator, age group and kind, and target where the point is about it; most urgent first."""
    rows = ready.filter(pl.col("kind") != Kind.CANNOT_BE_JUDGED)
    about_target = pl.col("kind").is_in([Kind.WILL_BE_MISSED, Kind.WILL_NOT_LAST]) | ~pl.col("is_worse")
    rows = rows.with_columns(pl.when(about_target).then("target").alias("_target"))
    process, pace = pl.col("is_missed_by_process"), pl.col("is_missed_by_pace")
    return (
        rows.group_by("indicator", "age", "_target", "kind", maintain_order=True)
        .agg(
            pl.col("target").first(),
            pl.col("area").unique(maintain_order=True).alias("areas"),
            pl.col("is_worse").all(),
            process.any().alias("any_by_process"),
            (pace & ~process).any().alias("any_by_pace"),
            (pl.col("is_wrong_way") & ~process & ~pace).any().alias("any_wrong_way"),
            (pl.col("is_late") & ~process).any().alias("any_late"),
            (pl.col("origin") == "example").any().alias("example"),
        )
        .with_columns(
            _priority(), pl.concat_list("indicator").alias("indicators"), pl.concat_list("age").alias("ages")
        )
        .sort("priority", maintain_order=True)
        .drop("_target", "priority")
    )


def _unjudged(ready: pl.DataFrame) -> pl.DataFrame:
    """One row per obstacle and the areas it stands in the way in; all indicators with the same one together."""
    rows = ready.filter(pl.col("kind") == Kind.CANNOT_BE_JUDGED)
    value = pl.col("value").is_not_null()
    waiting = value & pl.col("year_change").is_null() & pl.col("reason").str.contains("att jämföra med")
    return (
        rows.with_columns(
            pl.when(waiting)
            .then(pl.lit("Det finns ingen tidigare uppgift att jämföra med"))
            .otherwise(pl.coalesce("reason", pl.lit(reasons.NO_FIGURE)))
            .alias("reason")
        )
        .group_by("indicator", "age", "target", "kind", "reason", maintain_order=True)
        .agg(pl.col("area").unique(maintain_order=True).alias("areas"), _example())
        .group_by("kind", "reason", "areas", maintain_order=True)
        .agg(
            pl.col("indicator").alias("indicators"),
            pl.col("age").alias("ages"),
            pl.col("target").alias("targets"),
            pl.col("example").any(),
        )
        .with_columns(
            pl.when(pl.col("targets").list.len() == 1).then(pl.col(f"{name}s").list.first()).alias(name)
            for name in ("indicator", "age", "target")
        )
    )


def _example() -> pl.Expr:
    shown = pl.col("value").is_not_null()
    return ((pl.col("origin") == "example") & shown).fill_null(value=False).any().alias("example")


def _point(row: dict[str, Any], urgent: pl.DataFrame, catalogue: Catalogue, division: str) -> dict[str, Any]:
    if row["kind"] == Kind.CANNOT_BE_JUDGED:
        parts, clauses = [row], [_cannot_be_judged(row, catalogue, division)]
    else:
        same = urgent.filter(pl.col("indicator") == row["indicator"], pl.col("age") == row["age"])
        parts = list(same.iter_rows(named=True))
        clauses = [_said(parts[0], catalogue, division)]
        clauses += [_also(part, catalogue, division) for part in parts[1:]]
        clauses[0] = f"{named(catalogue.indicators[row['indicator']], row['age'])}: {clauses[0]}"
    areas = list(dict.fromkeys(area for part in parts for area in part["areas"]))
    mark = wording.EXAMPLE if any(part["example"] for part in parts) else ""
    kept = {name: row[name] for name in POINTS_SCHEMA if name in row}
    alone = areas[0] if len(areas) == 1 else None
    said = {"sentence": sentence(mark + "; ".join(clauses)), "lead": sentence(mark + clauses[0])}
    return {**kept, "area": alone, "areas": areas, **said}


def _where(row: dict[str, Any], catalogue: Catalogue, division: str, *, nowhere: bool = False) -> str:
    delregioner = catalogue.delregioner(division)
    inside = [area for area in delregioner if area.id in row["areas"]]
    county = catalogue.county if catalogue.county.id in row["areas"] else None
    return places(inside, delregioner, county, nowhere=nowhere)


def _said(row: dict[str, Any], catalogue: Catalogue, division: str) -> str:
    where, goal = _where(row, catalogue, division), _goal(row, catalogue)
    if row["kind"] == Kind.WORSE:
        return f"värdet är säkerställt sämre än länets i {where}, utan säkerställd försämring"
    if row["kind"] == Kind.WILL_BE_MISSED:
        return f"{goal} {_missed(row, catalogue)} {where} {_why_missed(row)}"
    if row["kind"] == Kind.WILL_NOT_LAST:
        return f"{goal} är nått nu i {where}, men nås vanligen inte med dagens process"
    worse = "där värdet redan är säkerställt sämre än länets"
    also = worse if row["is_worse"] else f"där {goal} missas med dagens process"
    return f"läget har försämrats i {where}, {also}"


def _also(row: dict[str, Any], catalogue: Catalogue, division: str) -> str:
    """What holds for the same indicator in other areas, or of another target of it."""
    where, goal = _where(row, catalogue, division), _goal(row, catalogue)
    if row["kind"] == Kind.WORSE:
        return f"värdet är säkerställt sämre än länets även i {where}"
    if row["kind"] == Kind.WILL_BE_MISSED:
        return f"{goal} {_missed(row, catalogue, 'även ')} {where} {_why_missed(row)}"
    return _said(row, catalogue, division)


def _missed(row: dict[str, Any], catalogue: Catalogue, also: str = "") -> str:
    """`missas i`; `nås inte i tid i` where the projection tells a later year in which it is reached."""
    if not row["any_late"]:
        return f"missas {also}i"
    target = catalogue.targets.get(row["target"] or "")
    by = "i tid" if target and target.milestones else f"till {HORIZON.year}"
    return f"nås inte {by} {also}i"


def _why_missed(row: dict[str, Any]) -> str:
    """By the process, by the pace, or only because it goes the wrong way: the pace may then be read as enough."""
    ways = [word for word, name in (("process", "process"), ("takt", "pace")) if row[f"any_by_{name}"]]
    why = [f"med dagens {' eller '.join(ways)}"] if ways else []
    why += ["om det fortsätter åt fel håll"] if row["any_wrong_way"] else []
    return " eller ".join(why)


def _goal(row: dict[str, Any], catalogue: Catalogue) -> str:
    target = catalogue.targets.get(row["target"] or "")
    if target is None or target.kind is TargetKind.RELATIVE_CHANGE:
        return "målet"
    return wording.target_text(target, target.value, catalogue.indicators[row["indicator"]])


def _cannot_be_judged(row: dict[str, Any], catalogue: Catalogue, division: str) -> str:
    where = _where(row, catalogue, division, nowhere=True)
    reason = sentence(row["reason"])
    if len(row["targets"]) > MOST_NAMED:
        count = count_text(len(row["targets"]), "mål", "mål")
        return f"det finns {count} som inte kan bedömas i {where}. {reason}"
    names = [
        named(catalogue.indicators[indicator], age)
        for indicator, age in zip(row["indicators"], row["ages"], strict=True)
    ]
    names = list(dict.fromkeys(names))
    if len(names) > 1:
        return f"målen för {listing([f'”{name}”' for name in names])} kan inte bedömas i {where}. {reason}"
    goals = "målet" if len(row["targets"]) == 1 else "målen"
    return f"{names[0]}: {goals} kan inte bedömas i {where}. {reason}"


def _rest(count: int) -> dict[str, Any]:
    said = f"Det finns {count_text(count, 'punkt', 'punkter')} till."
    return {
        "priority": PRIORITIES[Kind.REST],
        "sentence": said,
        "lead": said,
        "kind": str(Kind.REST),
        "areas": [],
        "indicators": [],
        "ages": [],
    }

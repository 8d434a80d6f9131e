"""The table of an indicator's story: every period, so far and projected, with what each layer says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import verdicts
from dashboard.charts.story import period
from dashboard.components.figures_table import Cell, FiguresTable
from dashboard.signals import VARIATIONS
from etl.measures.target_line import asked_at
from schemas.results import Variation

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.story import Story

Row = dict[str, Any]

#: Columns whose numbers have no decimals.
_WHOLE = frozenset({"Täljare", "Nämnare"})

_PRELIMINARY = "Preliminärt värde"


def table(story: Story, source: str) -> FiguresTable:
    """The table, newest first; a column that no row has anything in is left out.

    Args:
        story: What is told.
        source: Where the figures come from.
    """
    columns = _columns(story)
    ahead = [_row(columns, {**row, "ahead": True}) for row in story.ahead.reverse().iter_rows(named=True)]
    so_far = [_row(columns, row) for row in story.points.reverse().iter_rows(named=True)]
    rows = [*ahead, *so_far]
    kept = [place for place in range(len(columns)) if any(row[place] is not None for row in rows)]
    heads = list(columns)
    return FiguresTable(
        name=story.indicator.name,
        caption=f"{story.area.name}: {verdicts.unit_line(story.indicator)}",
        heads=[heads[place] for place in kept],
        rows=[[row[place] for place in kept] for row in rows],
        decimals=story.indicator.decimals,
        source=source,
        is_example=story.said.is_example,
        whole=_WHOLE,
    )


def _row(columns: dict[str, Callable[[Row], Cell]], row: Row) -> list[Cell]:
    return [tell(row) for tell in columns.values()]


def _columns(story: Story) -> dict[str, Callable[[Row], Cell]]:
    """The columns' names, and what each says of a period."""
    path = story.goal.path if story.goal else []
    return {
        "Period": lambda row: period(row).label,
        "Slag": _kind,
        "Värde": lambda row: row["value"],
        "Nedre": lambda row: row["lower"],
        "Övre": lambda row: row["upper"],
        "Mål": lambda row: asked_at(path, row["period_end"]),
        "Slump eller verkligt": _signal,
        "Varför": lambda row: _rule(story, row),
        "Medel": lambda row: row.get("mean"),
        "Nedre gräns": lambda row: row.get("lower_limit"),
        "Övre gräns": lambda row: row.get("upper_limit"),
        "Händelse": lambda row: _events(story, row),
        "Täljare": lambda row: row.get("numerator"),
        "Nämnare": lambda row: row.get("denominator"),
        "Anmärkning": lambda row: (
            row.get("missing") or (_PRELIMINARY if row.get("flag") == "preliminary" else None)
        ),
        **_areas(story),
    }


def _kind(row: Row) -> str:
    """What the row is, and how sure the bounds beside it are."""
    if row.get("ahead"):
        return "Prognos, 80\u00a0%-band"
    return "Utfall" if row["lower"] is None else "Utfall, 95\u00a0%-intervall"


def _signal(row: Row) -> str | None:
    return VARIATIONS[row["signal"]].word if row.get("signal") else None


def _rule(story: Story, row: Row) -> str | None:
    if not row.get("rule") or row.get("signal") in (None, Variation.COMMON):
        return None
    return verdicts.point_rule(row, story.indicator)


def _events(story: Story, row: Row) -> str | None:
    within = [mark for mark in story.marks if row["period_start"] <= mark.day <= row["period_end"]]
    return "; ".join(f"{mark.text} {mark.day:%Y-%m-%d}" for mark in within) or None


def _areas(story: Story) -> dict[str, Callable[[Row], Cell]]:
    """A column an area, with the word for generated figures in its name."""
    columns: dict[str, Callable[[Row], Cell]] = {}
    for area, own in story.others:
        values = dict(own.select("period_start", "value").iter_rows())
        generated = (own["origin"] == "example").any()
        name = f"{area.name} (exempeldata)" if generated else area.name
        columns[name] = _reader(values)
    return columns


def _reader(values: dict[Any, float]) -> Callable[[Row], Cell]:
    return lambda row: None if row.get("ahead") else values.get(row["period_start"])

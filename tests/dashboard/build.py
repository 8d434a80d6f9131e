"""Figures, lines and series to draw, with as little said as a test needs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.board import Figure, Line
from schemas.period import Period, PeriodType
from schemas.results import SERIES_SCHEMA

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue, Indicator, Target

#: A name that would be code if it were put into markup as it stands.
HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;"

COUNTY = "14"
SKARABORG = "vs-skaraborg"


def figure(area: str = SKARABORG, **changed: Any) -> Figure:
    """One area's figure: 72,4 %, up by 1,3 since the year before, not on the way."""
    usual: dict[str, Any] = {
        "area": area,
        "level": "län" if area == COUNTY else "delregion",
        "value": 72.4,
        "numerator": 724.0,
        "denominator": 1000.0,
        "lower": 69.5,
        "upper": 75.1,
        "period_start": date(2024, 1, 1),
        "period_type": "year",
        "method": "direct",
        "flag": None,
        "origin": "uploaded",
        "source": "Västra Götalandsregionen",
        "previous_start": date(2023, 1, 1),
        "previous_value": 71.1,
        "change": 1.3,
        "change_is_certain": True,
        "course": "better",
        "required": 80.0,
        "target_value": 80.0,
        "judgement": "not_on_the_way",
        "reason": "72,4 %, målet är 80 %",
        "batch": 1,
    }
    return Figure(**{**usual, **changed})


def without_value(area: str = SKARABORG, **changed: Any) -> Figure:
    """A figure that isn't there, and why."""
    gone = dict.fromkeys(
        (
            "value", "numerator", "denominator", "lower", "upper", "previous_start", "previous_value", "change",
            "change_is_certain", "course", "required",
        )
    )  # fmt: skip
    usual = {"judgement": "cannot_be_judged", "reason": "Underlaget är för litet", **gone}
    return figure(area, **{**usual, **changed})


def line(catalogue: Catalogue, indicator: str, figures: list[Figure], *, has_target: bool = True) -> Line:
    """A row of the overview for an indicator of the catalogue and its first target."""
    target = catalogue.targets_of(indicator)[0] if has_target else None
    item = catalogue.indicators[indicator]
    return Line(item, target, item.headline_age, {one.area: one for one in figures})


def renamed(catalogue: Catalogue, name: str) -> Catalogue:
    """The catalogue with `name` wherever a text of its own is shown."""
    source = {"publisher": name, "title": name, "address": f"https://x.test/{name}"}
    indicators: dict[str, Indicator] = {
        key: item.model_copy(
            update={
                "name": f"{name}{key}", "short_name": name, "definition": name, "numerator": name,
                "denominator": name, "owner": name, "source": item.source.model_copy(update=source),
            }
        )
        for key, item in catalogue.indicators.items()
    }  # fmt: skip
    targets: dict[str, Target] = {
        key: item.model_copy(
            update={"label": name, "note": name, "source": item.source.model_copy(update=source)}
        )
        for key, item in catalogue.targets.items()
    }
    areas = {key: area.model_copy(update={"name": f"{name}{key}"}) for key, area in catalogue.areas.items()}
    return catalogue.model_copy(update={"indicators": indicators, "targets": targets, "areas": areas})


def series(*rows: dict[str, Any]) -> pl.DataFrame:
    """A series frame; each row says at least area, period code and value."""
    full = []
    for row in rows:
        period = Period.from_code(row["period"])
        assert period is not None
        usual = {
            **dict.fromkeys(SERIES_SCHEMA),
            "indicator": "mpr-dos-1",
            "level": "delregion",
            "period_start": period.start,
            "period_end": period.end,
            "period_type": str(PeriodType(period.type)),
            "sex": "total",
            "age": "total",
            "method": "direct",
            "origin": "uploaded",
            "source": "Folkhälsomyndigheten",
        }
        full.append({**usual, **{key: value for key, value in row.items() if key != "period"}})
    return pl.DataFrame(full, schema=SERIES_SCHEMA)

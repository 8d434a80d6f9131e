"""Figures as text: the one place where a number becomes words on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas import swedish

if TYPE_CHECKING:
    from decimal import Decimal

    from dashboard.board import Figure
    from schemas.catalogue import Indicator

MISSING = "–"

_ARROWS = {1: "▲", -1: "▼", 0: "●"}


def value(figure: Figure, indicator: Indicator) -> str:
    """The value with its unit; a dash where there is none."""
    if figure.value is None:
        return MISSING
    return swedish.value_text(figure.value, indicator.unit, indicator.decimals)


def number(amount: float | None, indicator: Indicator) -> str:
    """A value with its unit, from a number."""
    if amount is None:
        return MISSING
    return swedish.value_text(amount, indicator.unit, indicator.decimals)


def interval(figure: Figure, indicator: Indicator) -> str:
    """The 95 % interval, `81,2–83,0 %`, or a dash."""
    return swedish.interval_text(figure.lower, figure.upper, indicator.unit, indicator.decimals)


def change(figure: Figure, indicator: Indicator) -> str:
    """The change since the period before, with its unit, `+1,3 procentenheter`."""
    if figure.change is None:
        return MISSING
    return swedish.change_text(figure.change, indicator.unit, indicator.decimals)


def arrow(figure: Figure, indicator: Indicator) -> str:
    """The change in short, `▲ 1,3`; empty where there is none to tell."""
    if figure.change is None:
        return ""
    shown = swedish.rounded(figure.change, indicator.decimals)
    sign = (shown > 0) - (shown < 0)
    return f"{_ARROWS[sign]} {swedish.number(abs(shown), indicator.decimals)}"


def course_css(figure: Figure) -> str:
    """The class that colours a change: only one that is more than chance is called better or worse."""
    if not figure.change_is_certain:
        return "fp-unchanged"
    return {"better": "fp-better", "worse": "fp-worse"}.get(figure.course or "", "fp-unchanged")


def certainty(figure: Figure) -> str:
    """Whether the change is more than chance, in a few words."""
    if figure.change is None:
        return ""
    if figure.change_is_certain is None:
        return "osäkerheten kan inte räknas ut"
    return "säkerställd förändring" if figure.change_is_certain else "kan bero på slump"


def count(amount: float | None) -> str:
    """A count of people or contacts, `1 299 275`."""
    return MISSING if amount is None else swedish.number(amount, 0)


def period(figure: Figure) -> str:
    """The figure's period as a person reads it."""
    return figure.period.label if figure.period else MISSING


def kronor(amount: Decimal) -> str:
    """Kronor as exact as they are, `1 000 kr` or `1 000,10 kr`: no rounding hides anything of a sum."""
    return swedish.kronor(amount, 0 if amount == amount.to_integral_value() else 2)

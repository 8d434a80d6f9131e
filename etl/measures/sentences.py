"""What is said of one indicator in one area: the figure, whether it has really changed, and where it is going.

One to three sentences from the same row that the page, the report and the programming interface show, so that
no number in them differs from one beside them: numbers are rounded as on screen, a distance to a target is that
between the two numbers shown, and a change is the row's own.

`har förbättrats` and `har försämrats` are written only where a rule fired and nothing contradicts it
(`etl.measures.findings`); a figure that has moved without any rule firing "kan bero på slump".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.measures import reasons, wording
from etl.measures.findings import Finding, finding, known, moved, signal
from etl.measures.frames import SEASONAL
from etl.measures.outlook import outlook
from etl.measures.trend import POINTS
from etl.measures.wording import sentence
from schemas.catalogue import Direction, RollUp, TargetKind
from schemas.period import Period, PeriodType
from schemas.results import Compared, Outcome
from schemas.swedish import change_words, rounded, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas.catalogue import Catalogue, Indicator, Target

_CHANGED = {
    Finding.BETTER: "läget har förbättrats",
    Finding.WORSE: "läget har försämrats",
    Finding.MIXED: "tecknen pekar åt olika håll",
}


def sentences(row: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    """One to three Swedish sentences on one indicator in one area.

    Args:
        row: A row of `schemas.results.ASSESSED_SCHEMA`. What isn't in it counts as not known.
        catalogue: The catalogue that the judgement was made with.

    Returns:
        The figure and how it stands to the target; whether it has really changed; whether the target will be
        reached, or why that can't be judged. `Exempeldata: ` stands first where the figure is generated.
    """
    indicator, target = catalogue.indicators[row["indicator"]], catalogue.targets.get(row.get("target") or "")
    where = wording.place(catalogue.areas[row["area"]])
    value = known(row.get("value"))
    if value is None:
        reason = sentence(row.get("reason") or reasons.NO_FIGURE)
        told = [f"för {where} finns inget värde att visa.", reason]
    else:
        ending = _not_judged(row, indicator, target) if _is_unjudged(row) else outlook(row)
        told = [_figure(row, value, where, indicator, target), _change(row, indicator, target)]
        told += [ending] if ending else []
    mark = wording.EXAMPLE if row.get("origin") == "example" else ""
    return [mark + told[0] if mark else wording.capital(told[0]), *told[1:]]


def _is_unjudged(row: Mapping[str, Any]) -> bool:
    return row["judgement"] == Outcome.CANNOT_BE_JUDGED


def _figure(
    row: Mapping[str, Any], value: float, where: str, indicator: Indicator, target: Target | None
) -> str:
    """The figure and the target: `i Skaraborg var andelen 72,4 % år 2024, 7,6 procentenheter under målet 80 %`."""
    noun = wording.subject(indicator.unit)
    number = value_text(value, indicator.unit, indicator.decimals)
    preliminary = "preliminärt " if row.get("flag") == "preliminary" else ""
    when = ""
    if row.get("period_start") is not None and row.get("period_type") is not None:
        when = f" {wording.during(Period(row['period_start'], PeriodType(row['period_type'])))}"
    stands = (
        _stands(row, value, indicator, target)
        if target and not _is_set_for_others(row, indicator, target)
        else ""
    )
    return f"i {where} var {noun} {preliminary}{number}{when}{stands}."


def _is_set_for_others(row: Mapping[str, Any], indicator: Indicator, target: Target) -> bool:
    """True where no figure, or not this area's, is to be held against the target."""
    of_a_part = indicator.roll_up is RollUp.SUM and row.get("level") != target.level
    return _is_unjudged(row) and (target.cannot_be_judged is not None or of_a_part)


def _stands(row: Mapping[str, Any], value: float, indicator: Indicator, target: Target) -> str:
    """How the figure stands to the target, as the end of a sentence; empty where its level isn't known."""
    asked = known(row.get("target_value"))
    said = wording.target_text(target, asked, indicator)
    if target.kind is TargetKind.RANGE:
        return f", {_beside_range(value, indicator, target)} {said}"
    if asked is None or (indicator.direction is Direction.NONE):
        return ""
    if _meets(value, asked, indicator):
        return f", vilket når {said}"
    side = "under" if rounded(value, indicator.decimals) < rounded(asked, indicator.decimals) else "över"
    return (
        f", {wording.distance(value, asked, indicator)} {side} {said}"
        f"{_overdue(row, target)}{_on_path(row, value, asked, indicator, target)}"
    )


def _meets(value: float, asked: float, indicator: Indicator) -> bool:
    shown, level = rounded(value, indicator.decimals), rounded(asked, indicator.decimals)
    return shown <= level if indicator.direction is Direction.LOWER else shown >= level


def _beside_range(value: float, indicator: Indicator, target: Target) -> str:
    shown = rounded(value, indicator.decimals)
    low, high = (rounded(end or 0.0, indicator.decimals) for end in (target.low, target.high))
    if low <= shown <= high:
        return "inom"
    near, side = (low, "under") if shown < low else (high, "över")
    return f"{wording.distance(value, near, indicator)} {side}"


def _overdue(row: Mapping[str, Any], target: Target) -> str:
    end = row.get("period_end")
    if not target.milestones or end is None or end <= target.milestones[-1].date:
        return ""
    return f", som skulle ha nåtts {target.milestones[-1].date.year}"


def _on_path(row: Mapping[str, Any], value: float, asked: float, indicator: Indicator, target: Target) -> str:
    """What the target's path asks for at the figure's date, where that is still something less."""
    required = known(row.get("required"))
    end = row.get("period_end")
    if required is None or end is None or not target.milestones or end > target.milestones[-1].date:
        return ""
    if rounded(required, indicator.decimals) == rounded(asked, indicator.decimals):
        return ""
    level = wording.goal(required, indicator)
    if _meets(value, required, indicator):
        return f", men det räcker för målets väg, som nu kräver {level}"
    return f" och inte i fas med målets väg, som nu kräver {level}"


def _change(row: Mapping[str, Any], indicator: Indicator, target: Target | None) -> str:
    """Whether the figure has really changed, as a sentence."""
    found = finding(row, indicator, target)
    change = known(row.get("year_change"))
    noun = wording.subject(indicator.unit)
    if found in (Finding.INCREASED, Finding.DECREASED):
        return sentence(_neutral(row, indicator, noun, "ökat" if found is Finding.INCREASED else "minskat"))
    if found is not None:
        clauses = [*_moved(row, indicator, noun), *_grounds(row, indicator)]
        return sentence(f"{_CHANGED[found]}: {'; '.join(clauses)}")
    if change is None:
        return sentence(_nothing_to_compare(row))
    if not moved(row, indicator):
        return sentence(f"{wording.unchanged(indicator.unit)} {_compared_with(row)}")
    doubt = "kan bero på slump" if _is_tried(row) else "inte kan prövas och därför kan bero på slump"
    return sentence(f"{noun} {_size(change, indicator)} {_since(row)}, vilket {doubt}")


def _neutral(row: Mapping[str, Any], indicator: Indicator, noun: str, word: str) -> str:
    """`andelen har ökat med 1,3 procentenheter på ett år, mer än slumpen`."""
    change = known(row.get("year_change"))
    size, clauses = "", _grounds(row, indicator)
    if change is not None and moved(row, indicator):
        size = f" {_size(change, indicator).removeprefix('ökade ').removeprefix('minskade ')} {_since(row)}"
        size += ", mer än slumpen" if _is_certain(row) else ""
    elif not clauses:
        clauses = ["skillnaden är mer än slumpen"]
    return f"{noun} har {word}{size}{': ' if clauses and not size else '; ' if clauses else ''}{'; '.join(clauses)}"


def _moved(row: Mapping[str, Any], indicator: Indicator, noun: str) -> list[str]:
    change = known(row.get("year_change"))
    if change is None:
        return ["skillnaden är mer än slumpen"] if _is_certain(row) else []
    if not moved(row, indicator):
        return [f"{wording.unchanged(indicator.unit)} {_compared_with(row)}"]
    certain = ", mer än slumpen" if _is_certain(row) else ""
    return [f"{noun} {_size(change, indicator)} {_since(row)}{certain}"]


def _grounds(row: Mapping[str, Any], indicator: Indicator) -> list[str]:
    """What the chart and the trend saw, each as a clause."""
    clauses = []
    shift = signal(row.get("variation"), indicator.direction)
    if shift:
        clauses.append(wording.rule_words(row.get("variation_rule"), shift))
    way = signal(row.get("trend"), indicator.direction)
    if way:
        newest = f"de {wording.in_words(POINTS)} senaste värdena"
        clauses.append(f"{newest} visar en säkerställd trend {'uppåt' if way > 0 else 'nedåt'}")
    return clauses


def _size(change: float, indicator: Indicator) -> str:
    return change_words(change, indicator.unit, indicator.decimals)


def _is_certain(row: Mapping[str, Any]) -> bool:
    return bool(row.get("year_change_is_certain")) or row.get("before") in _CERTAIN


_CERTAIN = {str(word) for word in Compared if word is not Compared.SIMILAR}


def _is_tried(row: Mapping[str, Any]) -> bool:
    """Whether any rule could be asked at all."""
    asked = (row.get("year_change_is_certain"), row.get("variation"), row.get("trend"), row.get("before"))
    return any(answer is not None for answer in asked)


def _is_seasonal(row: Mapping[str, Any]) -> bool:
    return row.get("period_type") in SEASONAL


def _since(row: Mapping[str, Any]) -> str:
    return wording.since(row.get("previous_start"), row.get("period_type"), seasonal=_is_seasonal(row))


def _compared_with(row: Mapping[str, Any]) -> str:
    return "jämfört med samma period året före" if _is_seasonal(row) else _since(row)


def _nothing_to_compare(row: Mapping[str, Any]) -> str:
    if _is_seasonal(row):
        return "ingen uppgift från samma period året före att jämföra med"
    return "ingen tidigare uppgift att jämföra med"


def _not_judged(row: Mapping[str, Any], indicator: Indicator, target: Target | None) -> str:
    """Why a figure that is there can't be judged, which the sentence before may have said already."""
    reason = row.get("reason")
    number = value_text(known(row.get("value")), indicator.unit, indicator.decimals)
    if not reason or reason.startswith(number):
        if finding(row, indicator, target) is None:
            return "Därför kan det inte bedömas om målet är på väg att nås."
        return sentence(f"{_nothing_to_compare(row)}, så det kan inte bedömas om målet är på väg att nås")
    return sentence(reason)

"""Whether a target will be reached, in words: with the process as it is today, and at today's pace.

A judgement says how things stand: on the way is a figure that keeps up with what the target's path asks for
today, or that gets better for certain. Whether that is enough is the projection's answer. Where it isn't, or
where today's process misses the target, the sentence says both: "på väg, men för långsamt".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.measures.projection import NOT_BEFORE
from etl.measures.wording import sentence
from schemas.results import Assurance, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What is said where the answer can't be told.
NOT_KNOWN = "Det går inte att säga när målet nås."

_PROCESS = {
    str(Assurance.MET): "med dagens process brukar målet nås",
    str(Assurance.MISSED): "med dagens process nås inte målet",
    str(Assurance.INCONSISTENT): "med dagens process nås målet ibland och ibland inte",
}
_PROCESS_REACHED = {
    str(Assurance.MET): "med dagens process fortsätter målet att nås",
    str(Assurance.MISSED): "målet är nått nu, men med dagens process nås det vanligen inte",
    str(Assurance.INCONSISTENT): "målet är nått nu, men med dagens process nås det ibland och ibland inte",
}


def outlook(row: Mapping[str, Any]) -> str | None:
    """The sentence that answers "will we get there?".

    Args:
        row: A row of `ASSESSED_SCHEMA` whose judgement could be made.

    Returns:
        A sentence; None where nothing is known, of the process or the pace or why: for a target that is reached
        when nothing is known of its process.
    """
    assurance = row.get("assurance") or ""
    if row["judgement"] == Outcome.TARGET_REACHED:
        said = _PROCESS_REACHED.get(assurance)
        return sentence(said) if said else None
    process, pace = _PROCESS.get(assurance), _pace(row)
    if process and pace:
        differs = (assurance == Assurance.MISSED) != never(row)
        said = f"{process}, {'men' if differs else 'och'} {pace.format('det')}"
    elif process or pace:
        said = process or (pace or "").format("målet")
    else:
        reason = row.get("projection_reason") or row.get("assurance_reason")
        return f"{NOT_KNOWN} {sentence(reason)}" if reason else None
    return sentence(_bridge(row) + said)


def _bridge(row: Mapping[str, Any]) -> str:
    """What joins the judgement "på väg" with an outlook that is worse than it sounds."""
    if row["judgement"] != Outcome.ON_THE_WAY:
        return ""
    if too_slow(row):
        return "på väg, men för långsamt: "
    alone = row.get("assurance") == Assurance.MISSED and _pace(row) is None
    return "på väg, men " if alone else ""


def pace(row: Mapping[str, Any]) -> str | None:
    """The part of `outlook` that the projection answers, as a sentence; None where it can't be told."""
    said = _pace(row)
    if not said:
        return None
    slow = row["judgement"] == Outcome.ON_THE_WAY and too_slow(row)
    return sentence((_bridge(row) if slow else "") + said.format("målet"))


def never(row: Mapping[str, Any]) -> bool:
    """Whether a projection could be made and doesn't reach the target even at the good end of its band."""
    # A row may come without its band; one that comes with none says nothing of when.
    banded = row.get("projected_lower", row.get("projected")) is not None
    return row.get("reach_first") is None and row.get("projected") is not None and banded


def too_slow(row: Mapping[str, Any]) -> bool:
    """Whether a projection reaches the target after the day it is due even at the good end of its band.

    The day is that of the projection: the target's last date, or the end of 2030 where it has none ahead.
    """
    if never(row):
        return True
    first, due = row.get("reach_first"), row.get("projected_on")
    return first is not None and due is not None and first > due.year


def _pace(row: Mapping[str, Any]) -> str | None:
    """When the target is reached as things go, with a gap for what is reached; None where it can't be told."""
    first, last = row.get("reach_first"), row.get("reach_last")
    if never(row):
        return f"{{}} nås inte före {NOT_BEFORE} i nuvarande takt"
    if first is None:
        return None
    if last is None:
        return f"med dagens takt nås {{}} tidigast {first}, kanske inte före {NOT_BEFORE}"
    if last == first:
        return f"med dagens takt nås {{}} {first}"
    return f"med dagens takt nås {{}} tidigast {first} och senast {last}"

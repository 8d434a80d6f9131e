"""Whether a target will be reached, in words: with the process as it is today, and at today's pace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.measures.projection import NOT_BEFORE
from etl.measures.wording import sentence
from schemas.results import Assurance, Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        A sentence; None for a target that is reached and whose process nothing is known of. Where nothing
        can be said the sentence tells why.
    """
    assurance = row.get("assurance") or ""
    if row["judgement"] == Outcome.TARGET_REACHED:
        said = _PROCESS_REACHED.get(assurance)
        return sentence(said) if said else None
    process, pace = _PROCESS.get(assurance), _pace(row)
    if process and pace:
        differs = (assurance == Assurance.MISSED) != never(row)
        return sentence(f"{process}, {'men' if differs else 'och'} {pace.format('det')}")
    if process or pace:
        return sentence(process or (pace or "").format("målet"))
    reason = row.get("projection_reason") or row.get("assurance_reason")
    return f"Det går inte att säga när målet nås. {sentence(reason)}" if reason else None


def pace(row: Mapping[str, Any]) -> str | None:
    """The part of `outlook` that the projection answers, as a sentence; None where it can't be told."""
    said = _pace(row)
    return sentence(said.format("målet")) if said else None


def never(row: Mapping[str, Any]) -> bool:
    """Whether a projection could be made and doesn't reach the target even at the good end of its band."""
    return row.get("reach_first") is None and row.get("projected") is not None


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

"""The overview in a few sentences: what matters first, and how many of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from etl.measures import wording
from etl.measures.findings import Finding
from etl.measures.points import Kind, prepared
from etl.measures.talking_points import leading
from etl.measures.wording import sentence
from schemas.catalogue import Origin
from schemas.results import Outcome
from schemas.swedish import count_text, number

if TYPE_CHECKING:
    from schemas.catalogue import Area, Catalogue

#: What is told as urgent in the headline; what is reached for now and what can't be judged isn't.
_URGENT = (Kind.WORSE_AND_WORSENING, Kind.WILL_BE_MISSED, Kind.WORSE)

_FIRST = "Att prata om först: "
NOTHING_URGENT = "Inget mål är säkert på väg att missas, och inget värde är säkerställt sämre än länets."
NOT_FOR_LONG = (
    "Inget värde är säkerställt sämre än länets, "
    "men minst ett mål som är nått nu nås vanligen inte med dagens process."
)
NOTHING_KNOWN = "Här finns inga uppgifter att sammanfatta."


class Summary(NamedTuple):
    """The overview in words.

    Attributes:
        headline: What matters first, one sentence.
        supporting: Two to four sentences with counts; none where nothing is known.
    """

    headline: str
    supporting: list[str]


def summary(rows: pl.DataFrame, catalogue: Catalogue, division: str, *, with_reached: bool = True) -> Summary:
    """Sum up the county and one division's delregioner.

    Every number is counted from the rows: targets reached in the county, delregioner where something has got
    better or worse, targets that won't be reached, targets that can't be judged anywhere.

    Args:
        rows: `ASSESSED_SCHEMA`; rows of other divisions and municipalities are left out.
        catalogue: The catalogue that the judgements were made with.
        division: Id of the division.
        with_reached: Tell how many targets the county reaches; not where a title beside it does.
    """
    ready = prepared(rows, catalogue, division)
    known = ready.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return Summary(NOTHING_KNOWN, [])
    mark = wording.EXAMPLE if (known["origin"] == "example").any() else ""
    told = [
        _reached(ready, catalogue) if with_reached else "",
        _courses(ready, catalogue, division),
        _missed(ready),
        _unjudged(ready),
    ]
    return Summary(_headline(ready, catalogue, division, mark), [sentence(mark + one) for one in told if one])


def area_summary(rows: pl.DataFrame, catalogue: Catalogue, area: Area) -> Summary:
    """Sum up one delregion alone.

    Args:
        rows: `ASSESSED_SCHEMA`; rows of other areas are left out.
        catalogue: The catalogue that the judgements were made with.
        area: A delregion.

    Returns:
        As `summary`, told of that delregion; how many targets it reaches isn't said.
    """
    own, division = rows.filter(pl.col("area") == area.id), area.division or ""
    ready = prepared(own, catalogue, division)
    known = ready.filter(pl.col("value").is_not_null())
    if known.is_empty():
        return Summary(NOTHING_KNOWN, [])
    mark = wording.EXAMPLE if (known["origin"] == "example").any() else ""
    told = [_course(ready, wording.place(area)), _missed(ready, "", ""), _unjudged(ready, "")]
    return Summary(_headline(ready, catalogue, division, mark), [sentence(mark + one) for one in told if one])


def _headline(ready: pl.DataFrame, catalogue: Catalogue, division: str, mark: str) -> str:
    """What leads the most urgent point; `mark` where nothing is urgent."""
    lead = leading(ready.filter(pl.col("kind").is_in(_URGENT)), catalogue, division)
    if lead is None:
        return mark + (NOT_FOR_LONG if (ready["kind"] == Kind.WILL_NOT_LAST).any() else NOTHING_URGENT)
    example = wording.EXAMPLE if lead.startswith(wording.EXAMPLE) else ""
    return f"{example}{_FIRST}{lead.removeprefix(wording.EXAMPLE)}"


def _targets(rows: pl.DataFrame) -> int:
    return rows.select("indicator", "age", "target").n_unique()


def _reached(ready: pl.DataFrame, catalogue: Catalogue) -> str:
    """`Västra Götalands län når 3 av 12 mål`; references that nobody decided are told as such."""
    own = ready.filter((pl.col("area") == catalogue.county.id) & pl.col("target").is_not_null())
    if own.is_empty():
        return ""
    reference = any(catalogue.targets[item].origin is Origin.REFERENCE for item in own["target"].unique())
    number_reached = own.filter(pl.col("judgement") == Outcome.TARGET_REACHED).height
    what = "mål och riktmärken" if reference else "mål"
    return f"{wording.place(catalogue.county)} når {number(number_reached)} av {number(own.height)} {what}"


def _courses(ready: pl.DataFrame, catalogue: Catalogue, division: str) -> str:
    """In how many delregioner something has got better, and worse."""
    delregioner = catalogue.delregioner(division)
    inside = ready.filter(pl.col("area") != catalogue.county.id)
    better, worse = (
        inside.filter(pl.col("finding") == found)["area"].n_unique()
        for found in (Finding.BETTER, Finding.WORSE)
    )
    if not better and not worse:
        return "i ingen delregion är någon förändring säkerställd"
    of = f"av {count_text(len(delregioner), 'delregion', 'delregioner')}"
    told = []
    if better:
        told.append(f"förbättrats för minst en indikator i {better} {of}")
    if worse:
        told.append(
            f"försämrats för minst en i {worse} {of}"
            if better
            else f"försämrats för minst en indikator i {worse} {of}"
        )
    return f"läget har {' och '.join(told)}"


def _course(ready: pl.DataFrame, where: str) -> str:
    """For how many indicators it has got better and worse in one area."""
    told = [
        f"{word} för {count_text(count, 'indikator', 'indikatorer')}"
        for found, word in ((Finding.BETTER, "förbättrats"), (Finding.WORSE, "försämrats"))
        if (count := ready.filter(pl.col("finding") == found)["indicator"].n_unique())
    ]
    if not told:
        return f"i {where} är ingen förändring säkerställd"
    return f"i {where} har läget {' och '.join(told)}"


def _missed(
    ready: pl.DataFrame,
    where: str = " i länet eller i minst en delregion",
    nowhere: str = " i länet eller någon delregion",
) -> str:
    """How many of the targets won't be reached there; `nowhere` is said where none is missed."""
    judged = ready.filter(pl.col("target").is_not_null() & (pl.col("judgement") != Outcome.CANNOT_BE_JUDGED))
    if judged.is_empty():
        return ""
    count = _targets(judged.filter(pl.col("is_missed_by_process") | pl.col("is_missed_by_pace")))
    all_of_them = _targets(judged)
    if all_of_them == 1:
        missed = f"missas{where}" if count else f"missas inte{nowhere}"
        return f"det enda bedömda målet {missed} med dagens process eller takt"
    missed = f"{number(count)}{where}" if count else f"inget{nowhere}"
    return f"av {number(all_of_them)} bedömda mål missas {missed} med dagens process eller takt"


def _unjudged(ready: pl.DataFrame, nowhere: str = " någonstans") -> str:
    """How many targets can't be judged there at all."""
    key = ["indicator", "age", "target"]
    everywhere = (
        ready.filter(pl.col("target").is_not_null())
        .group_by(key)
        .agg((pl.col("judgement") == Outcome.CANNOT_BE_JUDGED).all().alias("nowhere"))
    )
    count = int(everywhere["nowhere"].sum())
    return f"av {number(everywhere.height)} mål kan {number(count)} inte bedömas{nowhere}" if count else ""

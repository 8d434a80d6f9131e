"""The same goal from its two sides: what a register says, and what people say when they are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard import links
from dashboard.components import term
from dashboard.components.markup import link, text
from dashboard.components.outcome import badge
from dashboard.words import EXAMPLE_CHIP, PERSPECTIVES
from etl.measures import wording
from etl.measures.reasons import NO_FIGURE
from schemas import swedish
from schemas.period import Period, PeriodType

if TYPE_CHECKING:
    import polars as pl

    from schemas.catalogue import Area, Catalogue

CAPTION = (
    "Samma mål, mätt på två sätt. Registret säger vad som är ordnat, enkäten vad invånarna själva uppger."
)


def html(both: pl.DataFrame, catalogue: Catalogue, *, examples: frozenset[str] = frozenset()) -> str:
    """A row for the register and one for the survey.

    Args:
        both: Rows of `etl.measures.counterparts.side_by_side` for one area.
        catalogue: The catalogue that the judgements were made with.
        examples: Indicators whose figure for the area is generated.
    """
    body = "".join(
        _row(row, side, catalogue, examples)
        for row in both.iter_rows(named=True)
        for side in ("register", "survey")
    )
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Mätt genom", "Indikator", "Värde", "Bedömning")
    )
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(CAPTION)}"><table>'
        f"<caption>{text(CAPTION)}</caption><thead><tr>{term.explained(heads)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(row: dict[str, Any], side: str, catalogue: Catalogue, examples: frozenset[str]) -> str:
    indicator = catalogue.indicators[row[f"{side}_indicator"]]
    area = catalogue.areas[row["area"]]
    chip = f' <span class="fp-chip">{EXAMPLE_CHIP}</span>' if indicator.id in examples else ""
    if row[f"{side}_value"] is None:
        value = text(row[f"{side}_reason"] or NO_FIGURE)
        chip = ""
    else:
        period = Period(row[f"{side}_period_start"], PeriodType(row[f"{side}_period_type"]))
        number = swedish.value_text(row[f"{side}_value"], indicator.unit, indicator.decimals)
        value = f"<strong>{text(number)}</strong> {text(wording.during(period))}"
    judged = badge(row[f"{side}_judgement"]) if row[f"{side}_judgement"] else "Inget mål"
    return (
        f'<tr><th scope="row">{PERSPECTIVES[indicator.perspective]}</th>'
        f"<td>{link(_address(indicator.id, area), text(indicator.name))}</td>"
        f"<td>{value}{chip}</td><td>{judged}</td></tr>"
    )


def _address(indicator: str, area: Area) -> str:
    return links.href(
        links.INDICATOR,
        indikator=indicator,
        indelning=area.division,
        delregion=area.id if area.division else None,
    )

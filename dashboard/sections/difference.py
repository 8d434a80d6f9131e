"""What a change would do: the judgements that turn round, the figures that matter most, and the overview to be."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import access, board, data, filters, frame
from dashboard.components import difference as markup_of
from dashboard.components import markup, matrix
from dashboard.components.difference_cells import changed_cells
from etl.jobs import difference_words as words
from etl.jobs.difference import Difference, difference_of_batch, difference_of_delivery
from etl.jobs.difference_flips import turned
from etl.jobs.difference_source import PublishedOnce
from etl.jobs.difference_xlsx import Provenance, difference_xlsx, file_name
from etl.jobs.documents import with_undelivered
from etl.measures.assessment import unassessed
from schemas import swedish
from schemas.roles import Action

if TYPE_CHECKING:
    from etl.jobs.delivery import Checked

#: The key of a difference whose batch stands in the address, as the one under review: its switches do as well.
IN_ADDRESS = "review-difference"

#: Rows that the page shows at first, and when more are asked for; the workbook has all of them.
SHOWN, MORE = 15, 100

#: Sentences that a fold shows.
_SENTENCES = 40

#: Where a session keeps what was fetched for checking a file, and the difference of that file.
_PUBLISHED, _FOUND = "_published_for_delivery", "_difference_of_delivery"

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@lru_cache(maxsize=2)
def of_batch(_version: int, number: int) -> Difference:
    """The difference that a batch makes in a version of the warehouse."""
    return difference_of_batch(number, data.warehouse(), data.knowledge())


def published() -> PublishedOnce:
    """What is published, for checking a dropped file; `of_delivery` uses what it fetched."""
    st.session_state[_PUBLISHED] = PublishedOnce(data.warehouse())
    return st.session_state[_PUBLISHED]


def of_delivery(checked: Checked) -> Difference:
    """The difference that a dropped file would make; found once a file and version, not once a rerun."""
    version = data.live()
    kept: tuple[Checked, int, Difference] | None = st.session_state.get(_FOUND)
    if kept is None or kept[0] is not checked or kept[1] != version:
        with st.spinner("Räknar ut vad som ändras …"):
            found = difference_of_delivery(
                checked, data.warehouse(), data.knowledge(), published=st.session_state.pop(_PUBLISHED, None)
            )
        kept = (checked, version, found)
        st.session_state[_FOUND] = kept
    return kept[2]


def show(difference: Difference, *, key: str, name: str | None = None) -> None:
    """Draw a difference.

    Figures as delivered hold small counts that the pages hide: whoever may not inspect deliveries sees the
    judgements only.

    Args:
        difference: What changes.
        key: Unique on the page.
        name: The file's name, where it isn't stored yet.
    """
    catalogue = data.catalogue()
    st.markdown(f"**{words.headline(difference)}**")
    refusal = access.allowed(Action.INSPECT, difference.indicators, _has_money(difference))
    most = words.most(difference, catalogue) if refusal is None else ""
    if most:
        frame.remark(most, key=f"{key}-most")
    _judgements(difference, key)
    if refusal is not None:
        frame.remark(refusal.reason, key=f"{key}-refused")
    else:
        _figures(difference, key)
        _download(difference, key, name)
    _preview(difference, key)


def _has_money(difference: Difference) -> bool:
    return bool(difference.money_counts.changed or difference.money_counts.unchanged)


def _judgements(difference: Difference, key: str) -> None:
    """The overview's judgements that turn round; folded away its other cells, and other areas."""
    shown = pl.col("overview")
    first = words.flip_texts(difference.flips.filter(shown & turned()), data.catalogue())
    if first:
        st.subheader("Bedömningar som ändras", anchor=False)
        markup.show(markup_of.sentences(first), key=f"{key}-flips")
    _folded("Andra värden i översikten", difference.flips.filter(shown & ~turned()), f"{key}-cells")
    _folded("Kommuner och andra indelningar", difference.flips.filter(~shown), f"{key}-other-flips")


def _folded(label: str, flips: pl.DataFrame, key: str) -> None:
    if flips.is_empty():
        return
    said = words.flip_texts(flips, data.catalogue())
    with st.expander(f"{label}: {swedish.number(flips.height)} ändras"):
        markup.show(markup_of.sentences(said[:_SENTENCES]), key=key)
        if len(said) > _SENTENCES:
            frame.remark(
                f"De första {_SENTENCES} av {len(said)} meningar; alla finns i arbetsboken.",
                key=f"{key}-more",
            )


def _figures(difference: Difference, key: str) -> None:
    catalogue = data.catalogue()
    total = difference.counts.changed
    if total:
        st.subheader("Tal som ändras", anchor=False)
        shown = difference.ranked(_limit(total, "tal", key))
        markup.show(markup_of.rows(shown, catalogue, total=total), key=f"{key}-rows")
    funds = difference.funds
    if funds.height:
        st.subheader("Belopp som ändras", anchor=False)
        shown = funds.head(_limit(funds.height, "belopp", key))
        markup.show(markup_of.money(shown, catalogue, total=funds.height), key=f"{key}-money")


def _limit(total: int, what: str, key: str) -> int:
    """How many rows to show: a few, or more where they are asked for."""
    if total <= SHOWN:
        return SHOWN
    label = f"Visa alla {swedish.number(total)}" if total <= MORE else f"Visa de första {MORE}"
    return MORE if _switched(f"{label} {what}", f"fler-{what}", key) else SHOWN


def _switched(label: str, name: str, key: str) -> bool:
    """A switch, with its name in the address where that leads to the same difference."""
    return filters.switch(label, name) if key == IN_ADDRESS else st.toggle(label, key=f"{key}-{name}")


def _download(difference: Difference, key: str, name: str | None) -> None:
    if difference.empty and difference.flips.is_empty():
        return
    st.download_button(
        "Hämta hela skillnaden (XLSX)",
        data=lambda: difference_xlsx(difference, _provenance(difference, name), data.catalogue()),
        file_name=file_name(difference),
        mime=_XLSX,
        on_click="ignore",
        icon=":material/download:",
        key=f"{key}-xlsx",
    )


def _provenance(difference: Difference, name: str | None) -> Provenance:
    made_at = datetime.now(UTC)
    if difference.batch is None:
        return Provenance(name or "", made_at)
    with data.warehouse().snapshot() as now:
        facts = now.batch(difference.batch)
    return Provenance(facts["name"], made_at, facts["delivered_at"], facts["delivered_by"])


def _preview(difference: Difference, key: str) -> None:
    """The overview as it would be, with what changes in it marked."""
    if difference.flips.is_empty() and not difference.counts.changed and not difference.money_counts.changed:
        return
    if not _switched("Förhandsvisa översikten", filters.PREVIEW, key):
        return
    catalogue = data.catalogue()
    subjects = {
        catalogue.indicators[name].subject for name in difference.indicators if name in catalogue.indicators
    }
    published = data.judgements(data.live())
    touched = pl.col("indicator").is_in(difference.indicators)
    future = with_undelivered(
        pl.concat([published.filter(~touched), unassessed(difference.after)]), catalogue
    )
    before, after = (
        [line for line in board.lines(judged, catalogue) if line.indicator.subject in subjects]
        for judged in (published, future)
    )
    division = catalogue.default_division
    columns = [catalogue.county, *catalogue.delregioner(division.id)]
    changed = changed_cells(before, after)
    shown = sum(area in {column.id for column in columns} for *_, area in changed)
    frame.remark(_preview_lead(shown), key=f"{key}-preview-lead")
    caption = f"Översikten som den skulle se ut, för länet och {division.name.lower()}"
    drawn = matrix.html(after, columns, division=division.id, caption=caption, changed=changed)
    markup.show(
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{markup.text(caption)}">{drawn}</div>',
        key=f"{key}-matrix",
    )


def _preview_lead(changed: int) -> str:
    if not changed:
        return "Ingen ruta i översikten ändras. Så här ser den ut."
    cells = swedish.count_text(changed, "ruta", "rutor")
    return f"{cells} i översikten ändras. De har en ram och ett ord som säger hur."

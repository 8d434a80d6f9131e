"""One batch: what it is, what has happened to it, its file and warnings, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard import access, data
from dashboard.components import history, markup, notes, report
from dashboard.sections import turning
from schemas import clock, swedish
from schemas.problem import Report
from schemas.roles import Action
from schemas.safe_name import safe_name
from schemas.words import STATUS_WORDS, SUBJECT_WORDS

if TYPE_CHECKING:
    import polars as pl

    from dashboard.log import Entry


def opened(batches: pl.DataFrame) -> frozenset[int]:
    """The batches that the one at the browser may inspect."""
    indicators = data.indicators_of_batches(data.live())
    judged: dict[tuple[frozenset[str], bool], bool] = {}
    found = set()
    for batch, allocations in batches.select("batch", "allocations").iter_rows():
        about = (indicators.get(batch, frozenset()), allocations > 0)
        if about not in judged:
            judged[about] = access.allowed(Action.INSPECT, *about) is None
        if judged[about]:
            found.add(batch)
    return frozenset(found)


def done() -> None:
    """Tell what was just done, after the page has been drawn anew."""
    said = st.session_state.pop(turning.DONE, None)
    if said:
        st.success(said, icon=":material/check:")


def show(batch: dict[str, Any], entries: list[Entry], *, opened: bool) -> None:
    """A batch with its story.

    Args:
        batch: One row of `Snapshot.batches`.
        entries: Its events that may be seen, newest first.
        opened: Whether the batch may be inspected.
    """
    number = batch["batch"]
    name = f": {markup.plain(batch['name'])}" if opened else ""
    st.header(f"Leverans {number}{name}", anchor=False)
    markup.show(notes.facts(_facts(batch, opened=opened)), key="batch-facts")
    markup.show(history.story(entries[::-1], clock.today()), key="story")
    if not opened:
        return
    st.download_button(
        "Hämta filen som den levererades",
        data=lambda: data.warehouse().original(number),
        file_name=safe_name(batch["name"]),
        mime="application/octet-stream",
        on_click="ignore",
        icon=":material/download:",
        key=f"original-{number}",
    )
    _warnings(number)
    turning.show(number, batch["status"])


def _facts(batch: dict[str, Any], *, opened: bool) -> list[tuple[str, str]]:
    rows = swedish.number(batch["observations"] + batch["allocations"])
    sources = data.sources(data.live()).filter(batch=batch["batch"])["source"].to_list()
    told = [
        ("Läge", STATUS_WORDS[batch["status"]].capitalize()),
        ("Ämne", ", ".join(SUBJECT_WORDS.get(job, job) for job in batch["jobs"])),
        ("Källa", markup.text(swedish.listing(sources))),
    ]
    if opened:
        due = clock.moment_text(batch["due"]) if batch["due"] else ""
        size = swedish.number(max(1, round(batch["size"] / 1000)))
        told += [
            ("Publiceras", due),
            ("Innehåll", f"{rows}\u00a0tal, {size}\u00a0kB"),
            ("Kontrollsumma (SHA-256)", f'<span class="fp-small fp-hash">{batch["sha256"]}</span>'),
        ]
    return told


def _warnings(number: int) -> None:
    warnings = data.warehouse().problems(number)
    if warnings.is_empty():
        return
    said = swedish.count_text(warnings.height, "varning", "varningar")
    with st.expander(f"Leveransen hade {said}"):
        markup.show(report.grouped(Report.of(warnings), "warning"), key="batch-warnings")

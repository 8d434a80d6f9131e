"""The questions about a mapped file that few files need, and what all its questions share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import streamlit as st

from dashboard import data
from dashboard import mapping_choices as choosing
from dashboard.mapping_choices import Choice
from etl.extract.guess import Look
from etl.extract.guess_columns import MARKS
from schemas.mapping import Asked, Fixed, Mapping, Only

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from schemas.mapping import Name, Source

Meaning: TypeAlias = Literal["missing", "suppressed", "zero"]

_MEANINGS = {
    "missing": "uppgift saknas",
    "suppressed": "får inte visas",
    "zero": "noll",
    "error": "något som ska rättas",
}
_SHARES = {
    "percent": "procent, 0–100",
    "fraction": "andelar av 1, 0–1",
    "either": "olika, avgör efter talen",
}
_DATES = {
    "day": "dagen",
    "month": "månaden",
    "quarter": "kvartalet",
    "half_year": "halvåret",
    "year": "året",
}
_PARTS = {"month": "månaden", "quarter": "kvartalet", "week": "veckan", "half_year": "halvåret"}
_EVERY_ROW = "none"


@dataclass(frozen=True)
class Form:
    """What the questions are about.

    Attributes:
        key: Begins the key of every question.
        look: The sheet with its headings.
        first: What is filled in from the beginning.
        several_sheets: Whether the workbook has more than one sheet.
    """

    key: str
    look: Look
    first: Mapping
    several_sheets: bool

    def choices(self, name: Name) -> list[Choice]:
        """What a canonical column can be read from."""
        return choosing.choices(name, self.look, data.catalogue(), several_sheets=self.several_sheets)

    def choose(self, label: str, name: Name, found: Sequence[Choice], *, also: str = "") -> Source | None:
        """Ask for one of several choices; None until one is chosen.

        Args:
            label: The question.
            name: The canonical column that it is about.
            found: What can be chosen.
            also: What else the choices depend on.
        """
        by_key = {choice.key: choice for choice in found}
        key = st.selectbox(
            label,
            list(by_key),
            index=choosing.preset(found, self.first.fields.get(name), self.look),
            format_func=lambda key: by_key[key].label if key in by_key else key,
            placeholder="Välj …",
            key=f"{self.key}-{name}-{also}",
        )
        return by_key[key].source if key in by_key else None


@dataclass(frozen=True)
class Extra:
    """Answers to the questions that few files need.

    Attributes:
        fields: Canonical column → where it stands.
        attributes: Other attributes of the mapping.
    """

    fields: dict[Name, Source | None] = field(default_factory=dict)
    attributes: dict[str, Any] = field(default_factory=dict)


def typed(form: Form, name: Name, source: Source | None) -> Source | None:
    """A text written by hand where the file doesn't say it; None until something is written."""
    if not isinstance(source, Asked):
        return source
    known = form.first.fields.get(name)
    text = st.text_input(
        "Vilken period gäller filen?" if name == "period" else "Vilket år gäller filen?",
        value=known.text if isinstance(known, Fixed) else "",
        placeholder="Till exempel 2024, 2024-05 eller 2024K1" if name == "period" else "Till exempel 2024",
        max_chars=40,
        key=f"{form.key}-{name}-text",
    ).strip()
    return Fixed(text=text) if text else None


def ask(form: Form) -> Extra:
    """The further questions."""
    fields: dict[Name, Source | None] = {}
    left, right = st.columns(2)
    with left:
        fields["sex"] = form.choose("Kön", "sex", form.choices("sex"))
        year = form.choose("År, om det står för sig", "year", form.choices("year"))
        fields["year"] = typed(form, "year", year)
    with right:
        fields["age"] = form.choose("Ålder", "age", form.choices("age"))
        fields["flag"] = form.choose("Flagga (preliminär, saknas)", "flag", form.choices("flag"))
        only = _only(form)
    attributes: dict[str, Any] = {"only": only, **_reading(form, with_year=fields["year"] is not None)}
    return Extra(fields, attributes)


def source_of(form: Form) -> Source | None:
    """Ask who made the figures: a column, or one for the whole file."""
    known = form.first.fields.get("source")
    left, right = st.columns(2)
    with left:
        source = form.choose("Källa", "source", form.choices("source"))
    if source is not None:
        return source
    text = right.text_input(
        "Vem har tagit fram talen?",
        value=known.text if isinstance(known, Fixed) else "",
        placeholder="Till exempel Folkhälsomyndigheten",
        max_chars=200,
        key=f"{form.key}-source-text",
    ).strip()
    return Fixed(text=text) if text else None


def _only(form: Form) -> Only | None:
    """Which rows are read."""
    look, known = form.look, form.first.only
    places = {f"c{facts.index}": facts for facts in look.facts}
    first = look.head.place(known.place) if known else None
    options = [_EVERY_ROW, *places]
    key = st.selectbox(
        "Läs bara vissa rader, efter kolumnen",
        options,
        index=options.index(f"c{first}") if f"c{first}" in places else 0,
        format_func=lambda key: (
            "Nej, alla rader läses" if key == _EVERY_ROW else choosing.heading(places[key])
        ),
        key=f"{form.key}-only",
    )
    if key == _EVERY_ROW:
        return None
    texts = choosing.distinct(look, places[key].index)
    kept = [text for text in known.texts if text in texts] if known and key == f"c{first}" else []
    wanted = st.multiselect(
        "Rader som läses", texts, default=kept, placeholder="Välj …", key=f"{form.key}-only-{key}"
    )
    return Only(place=look.head.column(places[key].index), texts=tuple(wanted)) if wanted else None


def _reading(form: Form, *, with_year: bool) -> dict[str, Any]:
    """How cells are read."""
    first, key = form.first, form.key
    left, right = st.columns(2)
    share = left.selectbox(
        "Andelar är skrivna som", list(_SHARES), index=list(_SHARES).index(first.share),
        format_func=_SHARES.__getitem__, key=f"{key}-share",
    )  # fmt: skip
    dates = right.selectbox(
        "Ett datum i periodens kolumn betyder", list(_DATES), index=list(_DATES).index(first.dates_as or "day"),
        format_func=_DATES.__getitem__, key=f"{key}-dates",
    )  # fmt: skip
    part = first.part
    if with_year:
        part = left.selectbox(
            "Ett ensamt tal i periodens kolumn är", list(_PARTS), index=list(_PARTS).index(first.part),
            format_func=_PARTS.__getitem__, key=f"{key}-part",
        )  # fmt: skip
    skip = st.checkbox(
        "Hoppa över områden utanför länet", value=first.unknown_areas == "skip", key=f"{key}-outside"
    )
    fill = st.checkbox(
        "En tom cell betyder samma som cellen ovanför", value=first.fill_down, key=f"{key}-fill"
    )
    every = first.every_sheet
    if form.several_sheets:
        every = st.checkbox("Läs alla blad med samma rubriker", value=every, key=f"{key}-every")
    return {
        "share": share,
        "dates_as": None if dates == "day" else dates,
        "part": part,
        "unknown_areas": "skip" if skip else "error",
        "fill_down": fill,
        "every_sheet": every,
    }


def marks(form: Form, mapping: Mapping) -> dict[str, Meaning]:
    """What each mark that stands for a missing number means."""
    found = choosing.marks_in(form.look, mapping)
    meanings = dict(form.first.marks)
    if not found:
        return meanings
    for place, (text, column) in enumerate(zip(found, side_by_side(len(found), 3), strict=True)):
        usual = form.first.marks.get(text, MARKS[text.lower()])
        said = column.selectbox(
            f"I filen betyder ”{text}”",
            list(_MEANINGS),
            index=list(_MEANINGS).index(usual),
            format_func=_MEANINGS.__getitem__,
            key=f"{form.key}-mark-{place}",
        )
        meanings.pop(text, None)
        if said in ("missing", "suppressed", "zero"):
            meanings[text] = said
    return meanings


def side_by_side(count: int, wide: int) -> list[DeltaGenerator]:
    """Places for questions of one kind, so many beside each other."""
    columns: list[DeltaGenerator] = []
    while len(columns) < count:
        columns += st.columns(wide)
    return columns[:count]

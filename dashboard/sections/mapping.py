"""A file that no reader knows: say what its columns are, see how it will be read, and read it so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import access, data, frame
from dashboard import mapping_choices as choosing
from dashboard.components import mapping_table, markup, report
from dashboard.sections import mapping_more
from dashboard.sections.mapping_more import Extra, Form
from etl.extract.guess import look_at
from etl.extract.mapping_problems import WORDS, senseless
from etl.jobs.mappings import guessed, preview
from etl.jobs.readings import readings
from schemas import swedish
from schemas.mapping import FIGURES, MAX_HEADER_HEIGHT, MAX_HEADER_ROW, Column, Headings, Mapping, Spread
from schemas.roles import Action

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from etl.extract.guess_columns import Readings
    from etl.extract.model import Sheet, Workbook
    from schemas.mapping import Name, Source

_LOOKED = "_mapping_look"
_SKIP = "skip"

_QUESTIONS: dict[Name, str] = {
    "value": "Värde",
    "numerator": "Täljare (om den finns)",
    "denominator": "Nämnare (om den finns)",
    "standard_deviation": "Standardavvikelse (om den finns)",
}


@dataclass(frozen=True)
class Answer:
    """What an analyst said.

    Attributes:
        mapping: How to read the file.
        remember: Whether to keep it for the next file of the same shape.
    """

    mapping: Mapping
    remember: bool


def show(workbook: Workbook, name: str, key: str, start: Mapping | None = None) -> Answer | None:
    """Ask what a file's columns are, with the best guess filled in.

    Args:
        workbook: The file.
        name: Its name.
        key: What tells it from other files.
        start: The mapping to begin with, where there is one already.

    Returns:
        The answer, once the button is pressed.
    """
    form = _form(workbook, name, key, start)
    if form is None:
        st.info("Filen har inga rader att läsa.", icon=":material/info:")
        return None
    first_rows, questions, more = st.container(), st.container(), _more(form)
    with more:
        extra = mapping_more.ask(form)
    with questions:
        mapping = _ask(form, extra)
    with first_rows:
        look = form.look
        table = mapping_table.sheet(look.sheet.cells, look.head.row, look.height, _roles(form, mapping))
        markup.show(table, key="mapping-cells")
    return _finish(workbook, mapping, form)


def _form(workbook: Workbook, name: str, key: str, start: Mapping | None) -> Form | None:
    """The sheet and the headings that the questions are about, and what is filled in from the beginning."""
    known = _kept((key, start))
    called = start.name if start else choosing.name_of(name)

    def guess(sheet: str | None = None, row: int | None = None, height: int | None = None) -> Mapping | None:
        if ("guess", sheet, row, height) not in known:
            known["guess", sheet, row, height] = guessed(
                workbook, data.catalogue(), name=called, sheet=sheet, row=row, height=height
            )
        return known["guess", sheet, row, height]

    sheets = {sheet.name: sheet for sheet in workbook.sheets if sheet.cells.height}
    first = start or guess()
    if first is None or not sheets:
        return None
    prefix = f"map-{key[:8]}"
    sheet = sheets.get(_sheet(list(sheets), first, prefix), next(iter(sheets.values())))
    if sheet.name != first.sheet:
        first = guess(sheet.name) or first
    prefix = f"{prefix}-{list(sheets).index(sheet.name)}"
    row, height = _header(prefix, first, sheet)
    if (row, height) != (first.header_row, first.header_height):
        first = guess(sheet.name, row, height) or first
    if ("look", sheet.name, row, height) not in known:
        known["look", sheet.name, row, height] = look_at(sheet, _readings(), row, height)
    look = known["look", sheet.name, row, height]
    return None if look is None else Form(f"{prefix}-{row}-{height}", look, first, len(sheets) > 1)


def _more(form: Form) -> DeltaGenerator:
    """The place for further questions; open where an answer to one of them has been filled in that leaves out rows."""
    return st.expander("Fler val", expanded=form.first.only is not None)


@lru_cache(maxsize=1)
def _readings() -> Readings:
    return readings(data.catalogue())


def _kept(token: tuple[str, Mapping | None]) -> dict:
    """What was found out about this file at earlier reruns."""
    kept = st.session_state.get(_LOOKED)
    if kept is None or kept[0] != token:
        kept = (token, {})
        st.session_state[_LOOKED] = kept
    return kept[1]


def _sheet(names: list[str], first: Mapping, prefix: str) -> str:
    if len(names) == 1:
        return names[0]
    place = names.index(first.sheet) if first.sheet in names else 0
    return st.selectbox("Blad", names, index=place, key=f"{prefix}-sheet")


def _header(prefix: str, first: Mapping, sheet: Sheet) -> tuple[int, int]:
    most = min(MAX_HEADER_ROW, sheet.cells.height)
    left, right = st.columns(2)
    row = left.number_input(
        "Rubrikerna står på rad", 1, most, value=min(first.header_row, most), key=f"{prefix}-row"
    )
    height = right.number_input(
        "Så många rader rubriker",
        1,
        min(MAX_HEADER_HEIGHT, row),
        value=min(first.header_height, row),
        key=f"{prefix}-{row}-height",
        help="Två där till exempel åren står på raden ovanför. Raden till vänster är då den nedersta.",
    )
    return row, height


def _ask(form: Form, extra: Extra) -> Mapping:
    """The questions that most files need, and the mapping that they make."""
    indicator = form.choose(
        "Vilken indikator gäller talen?",
        "indicator",
        choosing.choices("indicator", form.look, data.catalogue(), several_sheets=form.several_sheets),
    )
    left, right = st.columns(2)
    with left:
        area = form.choose("Område", "area", form.choices("area"))
    with right:
        period = mapping_more.typed(form, "period", form.choose("Period", "period", form.choices("period")))
    fields: dict[Name, Source | None] = {
        **extra.fields,
        "indicator": indicator,
        "area": area,
        "period": period,
    }
    says = frozenset(name for name, source in fields.items() if isinstance(source, Headings))
    taken = {form.look.head.place(source) for source in fields.values() if isinstance(source, Column)}
    indicators = _indicators(form, choosing.texts_of(indicator, form.look, _readings(), says, taken))
    if "indicator" in says:
        frame.remark("Talen läses ur de kolumner som du väljer en indikator för.", key="mapping-by-heading")
    else:
        fields |= _figures(form, says)
    fields["source"] = mapping_more.source_of(form)
    told = {name: source for name, source in fields.items() if source is not None}
    mapping = form.first.model_copy(update={"fields": told, "indicators": indicators, **extra.attributes})
    return mapping.model_copy(update={"marks": mapping_more.marks(form, mapping)})


def _figures(form: Form, says: frozenset[Name]) -> dict[Name, Source | None]:
    found = choosing.figure_choices(form.look, says)
    said = "-".join(sorted(says))
    fields: dict[Name, Source | None] = {}
    for name, place in zip(FIGURES, st.columns(len(FIGURES)), strict=True):
        with place:
            fields[name] = form.choose(_QUESTIONS[name], name, found, also=said)
    return fields


def _indicators(form: Form, texts: dict[str, str]) -> dict[str, str | None]:
    """Which indicator each text of the file is, where its own name doesn't say."""
    if not texts:
        return {}
    items = data.catalogue().indicators
    like = _readings().like
    st.markdown("**Vilka av våra indikatorer är det?** Det som inte finns bland dem läses inte.")
    answers: dict[str, str | None] = {}
    places = mapping_more.side_by_side(len(texts), 2)
    for place, (text, shown) in enumerate(texts.items()):
        options = [_SKIP, *items]
        likely = form.first.indicators.get(text, like(text))
        answer = places[place].selectbox(
            shown or "(tom rubrik)",
            options,
            index=options.index(likely) if likely in items else 0,
            format_func=lambda key: "Läses inte" if key == _SKIP else items[key].name,
            key=f"{form.key}-text-{place}",
        )
        answers[text] = None if answer == _SKIP else answer
    return answers


def _roles(form: Form, mapping: Mapping) -> dict[int, str]:
    """Column → what it is read as."""
    spread = {
        source.label: WORDS[name] for name, source in mapping.fields.items() if isinstance(source, Spread)
    }
    roles: dict[int, str] = {}
    for place, heading in enumerate(form.look.head.names):
        label = choosing.label_of(heading, mapping.said) if mapping.is_spread and heading else None
        if label is not None and mapping.says("indicator") and mapping.indicators.get(label):
            roles[place] = WORDS["value"]
        elif label is not None and label in spread:
            roles[place] = spread[label]
    for name, source in mapping.fields.items():
        found = form.look.head.place(source) if isinstance(source, Column) else None
        if found is not None:
            roles[found] = WORDS[name]
    return roles


def _finish(workbook: Workbook, mapping: Mapping, form: Form) -> Answer | None:
    """How the first rows are read, what to call the mapping, and the button."""
    wrong = senseless(mapping)
    st.subheader("Så läses de första raderna", anchor=False)
    if wrong.height:
        st.info(" ".join(dict.fromkeys(wrong["hint"])), icon=":material/info:")
    else:
        _preview(workbook, mapping)
    refusal = access.allowed(Action.MAP)
    name = st.text_input("Namn på tolkningen", value=mapping.name, max_chars=80, key=f"{form.key}-name")
    remember = st.checkbox(
        "Spara tolkningen, så att nästa fil med samma rubriker läses direkt",
        value=refusal is None,
        disabled=refusal is not None,
        help=refusal.reason if refusal else None,
        key=f"{form.key}-remember",
    )
    if not st.button("Läs filen så här", type="primary", disabled=wrong.height > 0, key="read-as-mapped"):
        return None
    return Answer(mapping.model_copy(update={"name": name.strip() or mapping.name}), remember)


def _preview(workbook: Workbook, mapping: Mapping) -> None:
    rows, told = preview(workbook, mapping, data.catalogue())
    if rows.height:
        markup.show(mapping_table.read(rows, data.catalogue()), key="mapping-rows")
    errors = told.errors
    if errors.is_empty() or "no_rows" in errors["code"]:
        if not rows.height:
            st.info(
                "Inga av de första raderna läses. Se efter vilka indikatorer och rader som är valda.",
                icon=":material/info:",
            )
    else:
        number = swedish.count_text(errors.height, "fel", "fel")
        st.warning(f"{number.capitalize()} i de första raderna.", icon=":material/warning:")
        markup.show(report.grouped(told, "error"), key="mapping-errors")
    if told.warnings.height:
        frame.remark("Att känna till om de första raderna:", key="mapping-warned")
        markup.show(report.grouped(told, "warning"), key="mapping-warnings")

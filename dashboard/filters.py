"""The filters of the pages. Each lives in the URL, so that a copied link opens the same view.

Streamlit binds a widget to the query parameter of the same name and drops values it doesn't know.
"""

from __future__ import annotations

from contextlib import nullcontext
from difflib import get_close_matches
from typing import TYPE_CHECKING

import streamlit as st

from dashboard import data
from dashboard.navigation import going_back, standing_at
from dashboard.words import SUBJECTS
from schemas.catalogue import Agreement, Area, Division, Indicator, Level, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

DIVISION = "indelning"
DELREGION = "delregion"
SUBJECT = "amne"
INDICATOR = "indikator"
AGE = "alder"
AGREEMENT = "overenskommelse"
BATCH = "leverans"
PERSON = "person"
MUNICIPALITY = "kommun"
MAP = "karta"
ALL_CORRECTIONS = "alla-rattelser"
ALL_EVENTS = "alla-handelser"
FUNNEL = "tratt"
PER_CAPITA = "rakneexempel"
PREVIEW = "forhandsvisning"

#: What a map shows.
VALUES, AGAINST_COUNTY = "Värde", "Jämfört med länet"

#: What a funnel is drawn of.
MUNICIPALITIES, HEALTH_CENTRES = "Kommuner", "Vårdcentraler"

ALL_DELREGIONER = "Alla delregioner"
ALL_SUBJECTS = "Alla ämnen"
ALL_MUNICIPALITIES = "Alla kommuner"
ALL_BATCHES = "Alla leveranser"
EVERYBODY = "Alla"

_CHOSEN = "_filters_chosen"
_UNKNOWN = "_filters_unknown"
_PAGE = "_filters_page"
_IS_NEW = "_filters_page_is_new"
_AGE_OF = "_age_of"


def begin(page: str) -> None:
    """Forget what the last page's filters said; called before a page is drawn.

    Args:
        page: The address of the page.
    """
    st.session_state[_CHOSEN] = {}
    st.session_state[_UNKNOWN] = []
    st.session_state[_IS_NEW] = st.session_state.get(_PAGE) != page
    st.session_state[_PAGE] = page


def is_new() -> bool:
    """Whether another page was on screen before this one, or none."""
    return st.session_state.get(_IS_NEW, True)


def chosen() -> dict[str, str]:
    """The filters of the page on screen in words: what is chosen, and what."""
    return st.session_state.get(_CHOSEN, {})


def unknown() -> list[str]:
    """What the address asked for and the page doesn't have, a sentence each."""
    return st.session_state.get(_UNKNOWN, [])


def _arrived(key: str) -> str | None:
    """What the address says for a filter, where it is the address that decides: at the first look, and going back."""
    return st.query_params.get(key) if going_back() or key not in st.session_state else None


#: How much of what can't be chosen is said back.
_SAID = 60


def not_among(label: str, said: str, names: Collection[str], instead: str) -> str:
    """That the address names something that can't be chosen, what is shown instead, and what may have been meant."""
    near = get_close_matches(said, names, n=1)
    hint = f" Menade du ”{near[0]}”?" if near and near[0] != instead else ""
    short = said if len(said) <= _SAID else f"{said[:_SAID]}…"
    return f"”{short}” i adressen går inte att välja som {label.lower()} här. Sidan visar ”{instead}”.{hint}"


def _select(
    label: str,
    names: dict[str, str],
    key: str,
    *,
    index: int | None = 0,
    help: str | None = None,
    asked: str | None = None,
) -> str:
    """A select box over `names` (id → text shown, which is also what the URL says).

    Without `index` the URL says every choice: there is none that it stands at by itself, and the caller has set it,
    having seen what the address asks for.
    """
    options = list(names)
    asked = asked or _arrived(key)
    if st.session_state.get(key) not in (None, *options):
        # The choice belonged to another division or indicator.
        del st.session_state[key]
    found = st.selectbox(
        label,
        options,
        index=index,
        key=key,
        format_func=lambda item: names[item],
        bind="query-params",
        help=help,
        placeholder="Välj",
        required=index is None,
    )
    if found is not None:
        st.session_state.setdefault(_CHOSEN, {})[label] = names[found]
        if asked and asked not in names.values():
            said = not_among(label, asked, names.values(), names[found])
            st.session_state.setdefault(_UNKNOWN, []).append(said)
    return found or ""


def division() -> Division:
    """Which way to divide the county."""
    divisions = data.catalogue().divisions
    default = list(divisions).index(data.catalogue().default_division.id)
    chosen = _select(
        "Indelning",
        {item.id: item.name for item in divisions.values()},
        DIVISION,
        index=default,
        help="Länet delas in på tre sätt som inte sammanfaller. Varje sätt har sina egna delregioner.",
    )
    return divisions[chosen]


def delregion(of: Division, *, everything: str | None = ALL_DELREGIONER) -> Area | None:
    """One delregion of a division, or None for all of them where `everything` names that choice."""
    areas = {area.id: area for area in data.catalogue().delregioner(of.id)}
    names = {key: area.name for key, area in areas.items()}
    if everything is not None:
        names = {"": everything, **names}
    chosen = _select("Delregion", names, DELREGION)
    return areas.get(chosen)


def own_delregion(of: Division, usual: Area) -> Area:
    """One delregion of a division; `usual` where neither the address nor an earlier choice says which.

    What is usual differs from reader to reader, so the address says every choice, this one, too.
    """
    areas = {area.id: area for area in data.catalogue().delregioner(of.id)}
    asked = _arrived(DELREGION)
    names = {key: area.name for key, area in areas.items()}
    if going_back() or DELREGION not in st.session_state:
        is_said = st.query_params.get(DELREGION) in names.values()
    else:
        is_said = st.session_state[DELREGION] in areas
    with nullcontext() if is_said else standing_at(DELREGION, usual.id):
        chosen = _select("Delregion", names, DELREGION, index=None, asked=asked)
    return areas[chosen]


def municipality(of: Area) -> Area | None:
    """One municipality of a delregion, or None for all of them."""
    areas = {area.id: area for area in data.catalogue().members(of.id)}
    names = {"": ALL_MUNICIPALITIES, **{key: area.name for key, area in areas.items()}}
    return areas.get(_select("Kommun", names, MUNICIPALITY))


def subject() -> Subject | None:
    """One subject, or None for all."""
    chosen = _select(
        "Ämne", {"": ALL_SUBJECTS, **{str(key): word for key, word in SUBJECTS.items()}}, SUBJECT
    )
    return Subject(chosen) if chosen else None


def subject_tabs() -> Subject | None:
    """As `subject`, with each subject a press away."""
    names = {"": ALL_SUBJECTS, **{str(key): word for key, word in SUBJECTS.items()}}
    asked = _arrived(SUBJECT)
    if st.session_state.get(SUBJECT) not in (None, *names):
        del st.session_state[SUBJECT]
    chosen = st.segmented_control(
        "Ämne", list(names), default="", required=True, key=SUBJECT, format_func=lambda item: names[item],
        bind="query-params", wrap=True,
    )  # fmt: skip
    shown = names[chosen or ""]
    st.session_state.setdefault(_CHOSEN, {})["Ämne"] = shown
    if asked and asked not in names.values():
        said = not_among("Ämne", asked, names.values(), shown)
        st.session_state.setdefault(_UNKNOWN, []).append(said)
    return Subject(chosen) if chosen else None


def indicator(among: list[Indicator]) -> Indicator:
    """One indicator."""
    indicators = {item.id: item for item in among}
    chosen = _select("Indikator", {key: item.name for key, item in indicators.items()}, INDICATOR)
    return indicators[chosen]


def age_name(age: str) -> str:
    """An age group as its filter has it: `65 år och äldre`, `18-29`."""
    return f"{age.removesuffix('+')} år och äldre" if age.endswith("+") else age


def age(of: Indicator) -> str:
    """One of the indicator's age groups, the headline one until another is chosen; no widget for one only."""
    if st.session_state.get(_AGE_OF, of.id) != of.id:
        # The age group was chosen for another indicator.
        st.session_state.pop(AGE, None)
    st.session_state[_AGE_OF] = of.id
    if len(of.ages) == 1:
        return of.headline_age
    return _select(
        "Ålder",
        {item: age_name(item) for item in of.ages},
        AGE,
    )


def map_mode() -> str:
    """What a map of an indicator shows: the values, or who differs from the county."""
    return _one_of("Kartan visar", (VALUES, AGAINST_COUNTY), MAP)


def funnel_level() -> Level:
    """What the funnel is drawn of: municipalities, or vårdcentraler."""
    chosen = _one_of("Trattdiagrammet visar", (MUNICIPALITIES, HEALTH_CENTRES), FUNNEL)
    return Level.HEALTH_CENTRE if chosen == HEALTH_CENTRES else Level.MUNICIPALITY


def _one_of(label: str, choices: Sequence[str], key: str) -> str:
    """One of two or three choices that stand side by side, the first until another is chosen."""
    if st.session_state.get(key) not in (None, *choices):
        del st.session_state[key]
    chosen = st.segmented_control(
        label, choices, default=choices[0], required=True, key=key,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return chosen or choices[0]


def agreement(among: list[Agreement]) -> Agreement:
    """One agreement that money comes from."""
    agreements = {item.id: item for item in among}
    return agreements[
        _select("Överenskommelse", {key: item.name for key, item in agreements.items()}, AGREEMENT)
    ]


def batch(numbers: list[int]) -> int | None:
    """One batch, or None for all."""
    chosen = _select("Leverans", {"": ALL_BATCHES, **{str(number): str(number) for number in numbers}}, BATCH)
    return int(chosen) if chosen else None


def waiting(numbers: list[int]) -> int:
    """One of the batches that wait for review."""
    return int(_select("Leverans", {str(number): str(number) for number in numbers}, BATCH))


def person(names: list[str]) -> str | None:
    """One of those who have done something, or None for all."""
    return _select("Vem", {"": EVERYBODY, **{name: name for name in names}}, PERSON) or None


def switch(label: str, key: str, *, help: str | None = None) -> bool:
    """Whether something that a page doesn't begin with is shown as well; `key` is its name in addresses."""
    return st.toggle(label, key=key, help=help, bind="query-params")

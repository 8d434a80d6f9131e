"""Om: method, definitions and sources."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from dashboard import data, frame, links
from dashboard.components import definition, markup, notes, outcome, term
from dashboard.words import PERSPECTIVES, SUBJECTS
from schemas import swedish
from schemas.catalogue import Evidence

#: What is said of the method, name and paragraph.
_METHOD = (
    (
        "Bedömning",
        "Varje område bedöms mot målet på fem sätt: målet nått, på väg, inte på väg, fel håll eller kan "
        "inte bedömas. En bedömning som inte går att göra säger alltid varför. Ett ensamt tal, utan något "
        "tidigare att jämföra med, säger till exempel inget om åt vilket håll det går.",
    ),
    (
        "Målets väg",
        "Har målet datum räknas en rak väg mellan dem. Ett mål utan datum gäller hela tiden. Det hela "
        "målet jämförs med värdet så som det visas, med samma antal decimaler.",
    ),
    (
        "Månader och årstid",
        "Pilen visar förändringen sedan perioden före. Bedömningen av månadsvärden jämför i stället med "
        "samma månad året före. Annars skulle varje sommar se ut som en försämring.",
    ),
    (
        "Från kommun till delregion och län",
        "Täljare och nämnare läggs ihop var för sig. Vi tar aldrig genomsnittet av kommunernas "
        "procenttal, eftersom en liten kommun då skulle väga lika tungt som Göteborg. Där det bara går "
        "att väga med invånarantal står det att värdet är ungefärligt. Saknas en kommun visas inget värde "
        "för delregionen.",
    ),
    (
        "Osäkerhet",
        "För andelar med känd täljare och nämnare visas ett 95-procentigt intervall enligt Wilson (1927). "
        "En förändring kallas säkerställd när intervallet för skillnaden, enligt Newcombe (1998, metod "
        "10), inte täcker noll; för ett index med kända antal när intervallet för kvoten inte täcker ett. Ett "
        "medelvärde i dagar får ett intervall där standardavvikelsen är levererad. "
        "Annars kan den bero på slump.",
    ),
    (
        "Små tal",
        "Tal som är så små att någon kan pekas ut visas inte. Gränsen står vid varje indikator. Det finns "
        "ingen gemensam svensk gräns.",
    ),
    (
        "Exempeldata",
        "Verkliga tal per delregion följer här med bara för covid-19, och några enstaka för länet. Övriga "
        "serier är påhittade av ett program med fast frö för att visa hur sidorna fungerar. De är märkta "
        "med ordet Exempeldata överallt och blandas aldrig ihop med verkliga tal i en summa. De "
        "försvinner för ett område när verkliga tal för det området levereras.",
    ),
    (
        "Mål och ursprung",
        "Ingen källa ger färdplanen egna siffermål. Därför står det vid varje mål vems det är: lag, "
        "nationell överenskommelse, WHO, ett riktvärde ur indikatorns beskrivning, eller ett regionalt "
        "eller lokalt beslut.",
    ),
)


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    frame.heading(
        "Så är siffrorna framtagna",
        f"{len(catalogue.indicators)} indikatorer, {len(catalogue.targets)} mål och "
        f"{len(catalogue.municipalities)} kommuner. Allt underlag är filer som kan läsas och rättas.",
    )
    st.header("Metod", anchor=False)
    markup.show(_method(), key="method")
    markup.show(outcome.legend(), key="legend")
    st.header("Indelningar", anchor=False)
    markup.show(
        notes.facts(
            [
                (
                    item.name,
                    f"{markup.text(item.description)} <span class='fp-quiet'>Källa: {markup.text(item.source)}</span>",
                )
                for item in catalogue.divisions.values()
            ]
        ),
        key="divisions",
    )
    frame.remark(_unsure(), key="unsure")
    st.header("Indikatorer och källor", anchor=False)
    markup.show(_indicators(), key="indicators")
    frame.footer()


@lru_cache(maxsize=1)
def _method() -> str:
    said = (f"<p><strong>{markup.text(name)}.</strong> {markup.text(told)}</p>" for name, told in _METHOD)
    return "".join(term.explained(one) for one in said)


def _indicators() -> str:
    catalogue = data.catalogue()
    body = []
    for subject, name in SUBJECTS.items():
        for item in catalogue.indicators.values():
            if item.subject is subject:
                address = links.href(links.INDICATOR, indikator=item.id)
                body.append(
                    f'<tr><th scope="row">{markup.link(address, markup.text(item.name))}</th><td>{name}</td>'
                    f"<td>{PERSPECTIVES[item.perspective]}</td><td>{definition.source_markup(item.source)}</td>"
                    f"<td>{item.kolada_id or ''}</td></tr>"
                )
    head = term.explained(
        '<th scope="col">Indikator</th><th scope="col">Ämne</th><th scope="col">Mäts med</th>'
        '<th scope="col">Källa</th><th scope="col">Kolada</th>'
    )
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Indikatorer och källor"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _unsure() -> str:
    """Which memberships no source confirms, in the default division."""
    catalogue = data.catalogue()
    places: dict[str, list[str]] = {}
    for row in catalogue.memberships:
        if row.division == catalogue.default_division.id and row.evidence is not Evidence.CONFIRMED:
            places.setdefault(row.area, []).append(row.municipality)
    told = swedish.listing(
        [
            f"{catalogue.areas[area].name} ({swedish.count_text(len(names), 'kommun', 'kommuner')})"
            for area, names in places.items()
        ]
    )
    return (
        f"Vilka kommuner som hör till vårdsamverkansområdena är inte läst i en källa för {told}. Där är det härlett "
        "eller obekräftat. Lilla Edet är den enda kommun där uppgifterna pekar åt olika håll. Varje kommun är en "
        "rad i katalogen och kan flyttas."
    )

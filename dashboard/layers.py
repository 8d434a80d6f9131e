"""The layers of an indicator's chart: what a reader can switch on and off, and what each of them means."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import streamlit as st

#: The name of the choice in addresses.
KEY = "lager"


class Layer(StrEnum):
    """One layer of the chart."""

    TARGET = "mal"
    AHEAD = "prognos"
    USUAL = "variation"
    EVENTS = "handelser"
    AREAS = "delregioner"
    INTERVAL = "osakerhet"


class Told(NamedTuple):
    """What a layer is called, and what it means."""

    name: str
    meaning: str


LAYERS: dict[Layer, Told] = {
    Layer.TARGET: Told(
        "Mål",
        "Den streckade linjen: målet, eller de daterade steg på vägen dit som målet har. Fyllda punkter är målets egna "
        "steg. Ringarna är färdplanens avstämningar 2024 och 2028 och dess horisont 2030, på den nivå som målet då "
        "har.",
    ),
    Layer.AHEAD: Told(
        "Prognos",
        "Den prickade linjen: den takt som serien själv har haft, dämpad, så att värdet ändras lite mindre för varje "
        "år framåt. Den vet inget om vad som är planerat. Ytan är ett 80\u00a0%-band: utfallet väntas hamna inom det "
        "fyra gånger av fem. Tidigast och senast är åren då bandets bästa och sämsta kant når målet; år från 2040 "
        "anges inte.",
    ),
    Layer.USUAL: Told(
        "Vanlig variation",
        "Den grå ytan: där hamnar nästan alla värden så länge inget har förändrats. Den räknas ur hur mycket värdet "
        "brukar ändras från en period till nästa. Linjen i mitten är medelvärdet. Ett värde är bättre eller sämre än "
        "vanligt när det ligger utanför ytan, när sju i rad ligger på samma sida om medel eller går åt samma håll, "
        "eller när två av tre ligger nära samma gräns. Annars kan det bero på slump.",
    ),
    Layer.EVENTS: Told(
        "Händelser",
        "Prickade lodräta linjer är dagar då något hände, eller ska hända. De visar inte vad det ledde till. Heldragna "
        "är dagar då den vanliga variationen räknas på nytt.",
    ),
    Layer.AREAS: Told(
        "Delregioner",
        "De tunna linjerna: länet och indelningens delregioner, utan märken och gränser. Samma linjer visas var för "
        "sig längre ned på sidan.",
    ),
    Layer.INTERVAL: Told(
        "Osäkerhet",
        "Den blå ytan runt linjen: ett 95\u00a0%-intervall. Ju färre personer bakom ett värde, desto bredare.",
    ),
}

GAPS = ("Luckor", "En period utan värde är en lucka. Över den dras ingen linje, och den bryter en rad.")

#: The layers that are on until a reader has chosen.
DEFAULT = (Layer.TARGET, Layer.AHEAD, Layer.USUAL, Layer.EVENTS)


def choose() -> frozenset[Layer]:
    """The layers that the reader has chosen, from the address or from the buttons."""
    chosen = st.pills(
        "Visa i diagrammet",
        list(LAYERS),
        selection_mode="multi",
        default=list(DEFAULT),
        format_func=lambda layer: LAYERS[layer].name,
        key=KEY,
        bind="query-params",
    )
    return frozenset(Layer(layer) for layer in chosen)


def reading() -> list[tuple[str, str]]:
    """Every layer with what it means, and what a gap is."""
    return [*LAYERS.values(), GAPS]

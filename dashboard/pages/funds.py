"""Medel: what was allocated to whom, per inhabitant, against the agreed total."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data, filters, frame, money
from dashboard.charts import per_inhabitant, style
from dashboard.components import agreement_facts, markup, money_table, notes
from dashboard.sections import money_outcome
from etl.measures.population import latest_year, newest
from schemas import swedish

if TYPE_CHECKING:
    from schemas.catalogue import Agreement

_LEVELS = {"länsgemensamt": "Länsgemensamt", "region": "Regionen", "kommun": "Kommunerna"}


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    heading, examples = st.container(), st.container()
    columns = st.columns(3)
    with columns[0]:
        agreement = filters.agreement(list(catalogue.agreements.values()))
    with columns[1]:
        division = filters.division()
    version = data.version()
    rows = money.of_agreement(data.allocations(version), agreement)
    with heading:
        _heading(agreement, rows)
    if rows.is_empty():
        st.info(
            f"Ingen fördelning av {agreement.name} är levererad. Hämta mallen för fördelning av medel på sidan "
            "Ladda upp, fyll i den och leverera.",
            icon=":material/info:",
        )
    else:
        if _is_example(rows):
            with examples:
                markup.show(
                    notes.example_banner(
                        f"Summan {swedish.kronor(agreement.total)} är verklig. Hur den fördelades är inte "
                        "offentligt; fördelningen på sidan är exempeldata."
                    ),
                    key="example-notice",
                )
        _division(agreement, rows, division.id, division.name)
        money_outcome.show(version, agreement, division)
        _details(rows)
    st.header("Överenskommelsen", anchor=False)
    everyone = sum(newest(data.knowledge().population, catalogue.municipalities).values())
    markup.show(agreement_facts.html(agreement, everyone), key="agreement")
    frame.footer()


def _heading(agreement: Agreement, rows: pl.DataFrame) -> None:
    total = swedish.kronor(agreement.total)
    if rows.is_empty():
        frame.heading(f"{agreement.name}: {total}", "Hur summan fördelades är inte känt.")
        return
    allocated = money.total(rows)
    if allocated == agreement.total:
        said = f"{total} är fördelade, till sista kronan"
    else:
        said = f"{swedish.kronor(allocated)} av {total} är fördelade"
    used = money.total(rows, "used")
    repaid = money.total(rows, "repaid")
    lead = [f"{agreement.name}."]
    if used or repaid:
        lead.append(
            f"{swedish.kronor(used)} är redovisade som använda och {swedish.kronor(repaid)} som återbetalda."
        )
    frame.heading(frame.as_example(said, _is_example(rows)), " ".join(lead))


def _division(agreement: Agreement, rows: pl.DataFrame, division: str, name: str) -> None:
    catalogue = data.catalogue()
    population = data.knowledge().population
    people = newest(population, catalogue.municipalities)
    shares = money.shares(rows, agreement, catalogue, division, people)
    common = money.common(rows, catalogue)
    st.header(f"Per invånare i {name.lower()}", anchor=False)
    if any(share.allocated for share in shares):
        st.plotly_chart(
            per_inhabitant.figure(
                shares,
                style.palette(st.context.theme.type),
                example=_is_example(rows),
            ),
            theme=None,
            key="per-inhabitant",
            config=style.CONFIG,
            alt=per_inhabitant.alt(shares),
        )
    with_split = st.toggle(
        "Visa räkneexempel: summan delad lika per invånare",
        key="per-capita",
        help="En uträkning att jämföra med, avrundad så att summan stämmer på kronan. Inte ett beslut.",
    )
    markup.show(
        money_table.shares(
            "Fördelat per delregion",
            shares,
            common,
            money.total(rows),
            with_split=with_split,
            example=_is_example(rows),
        )
        + '<p class="fp-small fp-quiet">Pengar till en kommun räknas till kommunens delregion. '
        f"Invånare: SCB, 31 december {latest_year(population)}."
        + (" Räkneexemplet är en uträkning och inte något beslut." if with_split else "")
        + "</p>",
        key="shares",
    )


def _details(rows: pl.DataFrame) -> None:
    example = _is_example(rows)
    st.header("Till vad", anchor=False)
    markup.show(
        money_table.sums("Medel per ändamål", "Ändamål", money.by(rows, "purpose"), example=example),
        key="purposes",
    )
    st.header("Till vem", anchor=False)
    named = rows.with_columns(pl.col("level").replace(_LEVELS))
    recipients = money.by(named, "recipient", "level")
    with st.expander(f"Visa {len(recipients)} mottagare", expanded=len(recipients) <= _FEW):
        markup.show(
            money_table.sums("Medel per mottagare", "Mottagare", recipients, example=example),
            key="recipients",
        )


_FEW = 12


def _is_example(rows: pl.DataFrame) -> bool:
    return (rows["origin"] == "example").any()

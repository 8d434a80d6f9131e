"""Färdplanen: the vision, the six ways of working, whose the indicators are, and the decisions."""

from __future__ import annotations

import streamlit as st

from dashboard import board, data, frame
from dashboard.components import definition, markup, notes, term, timeline, ways
from schemas import clock
from schemas.swedish import count_text


def show() -> None:
    """Draw the page."""
    catalogue = data.catalogue()
    roadmap = catalogue.roadmap
    found = board.lines(data.judgements(data.version()), catalogue)
    today = clock.today()
    late = [item for item in catalogue.decisions if timeline.slipped(item)]
    follow_up = next((year for year in roadmap.follow_ups if year >= today.year), roadmap.horizon)
    frame.heading(
        f"Färdplanen gäller till {roadmap.horizon}. Nästa fördjupade uppföljning är {follow_up}.",
        f"{roadmap.title}. {count_text(len(late), 'beslut', 'beslut').capitalize()} på vägen kom senare än planerat.",
    )
    frame.example_notice(
        line.figures[catalogue.county.id] for line in found if catalogue.county.id in line.figures
    )
    st.header("Målbild", anchor=False)
    vision = "".join(f"<li>{markup.text(item)}</li>" for item in roadmap.vision)
    markup.show(f'<p>En god och nära vård</p><ol class="fp-vision">{vision}</ol>', key="vision")
    st.header("Sex förändrade arbetssätt och indikatorerna som följer dem", anchor=False)
    markup.show(
        f"<p>Symbolen visar {term.html('bedomning', 'hur länet står sig mot målet')}. Färdplanen har inga egna "
        f"siffermål; varje mål har ett eget {term.html('ursprung', 'ursprung')}, som står på indikatorns "
        "sida. Kopplingen mellan indikator och arbetssätt är gjord i den här tjänsten.</p>"
        + ways.html(roadmap, found, catalogue.county),
        key="ways",
    )
    st.header("Huvudmännen", anchor=False)
    markup.show(
        notes.facts(
            [
                ("Regionen", markup.text(roadmap.principals["region"])),
                ("Kommunerna", markup.text(roadmap.principals["kommun"])),
            ]
        ),
        key="principals",
    )
    st.header("Frågorna till varje förslag", anchor=False)
    questions = "".join(f"<li>{markup.text(item)}</li>" for item in roadmap.questions)
    markup.show(
        f"<p>Politiskt samrådsorgan, {term.html('sro')}, ställer tre frågor:</p><ol>{questions}</ol>",
        key="questions",
    )
    st.header("Beslut och tidplaner", anchor=False)
    markup.show(
        term.explained(timeline.html(catalogue.decisions, today))
        + f"<p>Källa: {definition.source_markup(roadmap.source)}</p>",
        key="decisions",
    )
    frame.footer()

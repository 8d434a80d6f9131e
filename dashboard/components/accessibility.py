"""The accessibility statement: the parts that the law asks for, and only what is known.

What Digg, the supervising authority, asks of a statement: https://www.digg.se/kunskap-och-stod/digital-tillganglighet/
skapa-en-tillganglighetsredogorelse
"""

from __future__ import annotations

import re
from datetime import date

from dashboard.components.markup import text
from schemas import clock

#: The day of the assessment that the statement tells of, and of the statement itself.
ASSESSED = date(2026, 11, 22)

REPORT_TO_DIGG = "https://www.digg.se/tdosanmalan"

#: What is known not to meet the requirements, and what a reader can do: the part, the fault and why, the way out.
FAULTS = (
    (
        "Diagram",
        "Värdena i ett diagram visas när du pekar på dem med mus eller finger. I kartorna går de att nå med "
        "piltangenterna, men inte i de andra diagrammen. De ritas av programbiblioteket Plotly, som saknar det "
        "(WCAG 2.1.1).",
        "Varje diagram har en beskrivning i ord och en tabell med samma värden.",
    ),
    (
        "Engelska ord",
        "Fält, menyer och meddelanden kommer från verktyget Streamlit, som bara finns på engelska. De ord som vi "
        "känner till byts mot svenska i webbläsaren. Ord kan vara kvar på engelska i ovanliga felmeddelanden, och "
        "efter en ny version av Streamlit. De är inte märkta som engelska, så en skärmläsare uttalar dem som svenska "
        "(WCAG 3.1.2).",
        "Fälten har svenska namn, och det som är viktigt sägs i vår egen text.",
    ),
    (
        "Kalendern där du väljer dag",
        "Månadernas och veckodagarnas namn följer webbläsarens språk och inte sidans (WCAG 3.1.2).",
        "Dagen kan skrivas i fältet, som 2026-03-01, eller i adressen.",
    ),
    (
        "Rutan där filer släpps",
        "Rutan har en roll i koden som inte hör ihop med dess namn (WCAG 4.1.2).",
        "Knappen i rutan gör samma sak och har ett namn.",
    ),
    (
        "Meddelande om att sidan räknar",
        "Medan sidan räknar visas en symbol uppe till höger, men det sägs inte alltid till den som använder "
        "skärmläsare (WCAG 4.1.3).",
        "När sidan är färdig har rubriken och tabellerna nytt innehåll.",
    ),
    (
        "Breda tabeller",
        "I ett smalt fönster och vid stor förstoring läses de flesta tabeller rad för rad, men några behöver rullas i "
        "sidled. Det är tillåtet för tabeller, men kan vara svårt att överblicka.",
        "En tabell som rullas har ett namn och kan nås med tangentbord. Den rullas då med piltangenterna.",
    ),
    (
        "Filer att hämta",
        "Filer i Excel och bilder av diagram har inte granskats för tillgänglighet.",
        "Samma uppgifter finns på sidorna.",
    ),
)


def summary(owner: str | None) -> str:
    """The sentence below the heading."""
    who = (owner or "").strip() or "Den som driver tjänsten"
    return (
        f"{who} ansvarar för webbplatsen Färdplan. Den är delvis förenlig med lagen om tillgänglighet till digital "
        "offentlig service (DOS-lagen)."
    )


def parts(owner: str | None, contact: str | None) -> list[tuple[str, str]]:
    """The statement's parts in order: heading, and markup.

    Args:
        owner: The public body that provides the pages; None where nobody has said.
        contact: E-mail, web address or words; None where nobody has said.
    """
    return [
        ("Vem som ansvarar", _owner(owner)),
        ("Om något inte fungerar för dig", _contact(contact)),
        ("Tillsyn", _supervision()),
        ("Hur tillgänglig webbplatsen är", _compliance()),
        ("Innehåll som inte är tillgängligt", _faults()),
        ("Undantag", _exceptions()),
        ("Hur vi har prövat", _method()),
    ]


def _owner(owner: str | None) -> str:
    if owner:
        return f"<p>{text(owner)} står bakom webbplatsen Färdplan.</p>"
    return (
        "<p>Den som driver tjänsten har inte angett vilken offentlig aktör som ansvarar för den. Tills det är gjort är "
        "den här redogörelsen inte fullständig. Namnet anges med inställningen <code>FARDPLAN_OWNER</code>.</p>"
    )


def _contact(contact: str | None) -> str:
    if not contact:
        return (
            "<p>Här ska stå vart du vänder dig om något inte går att använda, eller om du behöver innehåll på ett "
            "annat sätt. Den som driver tjänsten har inte angett det. Det görs med inställningen "
            "<code>FARDPLAN_ACCESSIBILITY_CONTACT</code>.</p>"
        )
    return (
        "<p>Hör av dig om något inte går att använda, om du behöver innehåll på ett annat sätt eller om du har hittat "
        f"en brist som inte står här: {_way(contact.strip())}</p>"
    )


def _way(contact: str) -> str:
    """A contact as a link where it is an address that a browser can follow."""
    if re.fullmatch(r"https?://\S+", contact):
        return f'<a href="{text(contact)}">{text(contact)}</a>'
    if re.fullmatch(r"[^\s@<>:/?&]+@[^\s@<>:/?&]+", contact):
        return f'<a href="mailto:{text(contact)}">{text(contact)}</a>'
    return text(contact)


def _supervision() -> str:
    return (
        "<p>Myndigheten för digital förvaltning, Digg, har tillsyn över lagen. Är du inte nöjd med hur dina synpunkter "
        f'tas om hand kan du <a href="{REPORT_TO_DIGG}">anmäla bristande tillgänglighet till Digg</a>.</p>'
    )


def _compliance() -> str:
    return (
        "<p>Webbplatsen är <strong>delvis förenlig</strong> med lagen, på grund av bristerna nedan. Lagens krav möts "
        "genom standarden EN 301 549, som följer WCAG 2.1 på nivå AA. Vi siktar på WCAG 2.2.</p>"
    )


def _faults() -> str:
    rows = "".join(
        f'<tr><th scope="row">{text(part)}</th><td data-head="Brist och skäl">{text(fault)}</td>'
        f'<td data-head="Det du kan göra">{text(instead)}</td></tr>'
        for part, fault, instead in FAULTS
    )
    return (
        '<div class="fp-scroll" tabindex="0" role="region" aria-label="Kända brister">'
        '<table class="fp-stack fp-faults"><caption>Kända brister</caption><thead><tr>'
        '<th scope="col">Del</th><th scope="col">Brist och skäl</th><th scope="col">Det du kan göra</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _exceptions() -> str:
    return (
        "<p>Inget innehåll är undantaget som oskäligt betungande att anpassa (12 § i lagen), och inget är bedömt som "
        "utanför lagen (9 §).</p>"
    )


def _method() -> str:
    day = clock.day_text(ASSESSED)
    return (
        f"<p>Det är en självskattning, gjord {day}. Redogörelsen uppdaterades senast {day}.</p><ul>"
        "<li>Varje sida granskas av programmet axe-core, i ljust och mörkt läge och i brett och smalt fönster, "
        "vid varje ändring av programmet. Ett sådant verktyg hittar bara en del av bristerna.</li>"
        "<li>Varje sida gås igenom med enbart tangentbord, av ett program.</li>"
        "<li>Ingen person som använder hjälpmedel har prövat webbplatsen, och den är inte prövad med "
        "skärmläsare.</li>"
        "<li>Ingen utomstående har granskat den.</li></ul>"
    )

"""Swedish for what Streamlit says in English and has no setting for, said in the browser where it is drawn.

A Swedish screen reader reads English words as Swedish ones (WCAG 3.1.2), and not everybody reads English. What a
new Streamlit says in other words stays English until it is added here.
"""

from __future__ import annotations

#: Whole texts and labels.
EXACT = {
    "Skip to main content": "Hoppa till innehållet",
    "App pages": "Sidor",
    "Main menu": "Meny",
    "Sidebar": "Sidomeny",
    "Expand sidebar": "Visa menyn",
    "Collapse sidebar": "Dölj menyn",
    "Navigate to home page": "Till första sidan",
    "Running...": "Arbetar",
    "Stop": "Avbryt",
    "Stopping...": "Avbryter",
    "Notifications": "Meddelanden",
    "Close": "Stäng",
    "Rerun": "Läs om sidan",
    "Print": "Skriv ut",
    "Settings": "Inställningar",
    "Theme": "Färger",
    "Use system setting": "Som på datorn",
    "Connecting": "Ansluter",
    "Connecting to Streamlit server": "Ansluter till tjänsten",
    "Unable to connect to Streamlit server": "Det går inte att ansluta till tjänsten",
    "Error": "Fel",
    "Connection error": "Ingen förbindelse",
    "Connection timed out.": "Förbindelsen tog för lång tid.",
    "Connection lost. Please wait for the app to reconnect, then try again.": (
        "Förbindelsen bröts. Vänta tills den är tillbaka och försök igen."
    ),
    "Streamlit server is not responding. Are you connected to the internet?": (
        "Tjänsten svarar inte. Kontrollera att datorn har förbindelse med nätet."
    ),
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": (
        "Tjänsten svarar inte. Den kan ha stängts av. Starta den med:"
    ),
    "streamlit run yourscript.py": "fardplan start",
    "Page not found": "Sidan finns inte",
    "The page that you have requested does not seem to exist. Running the app's main page.": (
        "Adressen leder inte till någon sida. Översikten visas i stället."
    ),
    "Script execution error": "Fel i programmet",
    "Network error": "Nätverksfel",
    "Try again": "Försök igen",
    "Please wait...": "Vänta",
    "No results": "Inga träffar",
    "Choose an option": "Välj",
    "Choose options": "Välj",
    "Select all": "Välj alla",
    "Clear value": "Töm fältet",
    "Clear all": "Ta bort alla",
    "Selected values": "Valda",
    "Selectbox options": "Val",
    "Open": "Visa valen",
    "Choose date": "Välj dag",
    "Clear date": "Ta bort dagen",
    "Select...": "Välj",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": (
        "Gå mellan dagarna med piltangenterna. Välj med Enter. Stäng med Escape."
    ),
    "yyyy": "åååå",
    "Empty": "Tomt",
    "Previous month": "Föregående månad",
    "Next month": "Nästa månad",
    "Upload": "Välj fil",
    "Add files": "Lägg till filer",
    "Drag and drop a file here": "Släpp en fil här",
    "Drag and drop files here": "Släpp filer här",
    "file upload": "filer",
    "Upload failed": "Filen kunde inte tas emot",
    "Click to retry upload": "Försök igen",
    "Only one file is allowed.": "Bara en fil åt gången.",
    "Unexpected error. Please try again.": "Något gick fel. Försök igen.",
    "Increment": "Öka",
    "Decrement": "Minska",
    "Clear entry": "Töm fältet",
    "Help": "Hjälp",
    "Scroll tabs left": "Flikarna åt vänster",
    "Scroll tabs right": "Flikarna åt höger",
    "View less": "Visa mindre",
    "Fullscreen": "Hela skärmen",
    "Close fullscreen": "Stäng hela skärmen",
    "Link to heading": "Länk till rubriken",
}

#: Texts with something inside them: a pattern for the browser, and what is said.
PATTERNS = (
    (r"^Help for (.+)$", "Hjälp om $1"),
    (r"^Error: Date set outside allowed range\. Please select a date between (\S+) and (\S+)\.$",
     "Dagen går inte att välja. Välj en dag från $1 till $2."),
    (r"^Error: Date set outside allowed range\. Please select a date on or (before|after) (\S+)\.$",
     "Dagen går inte att välja. Gränsen är $2."),
    (r"^year, (.+)$", "År, $1"),
    (r"^month, (.+)$", "Månad, $1"),
    (r"^day, (.+)$", "Dag, $1"),
    (r"^Remove (.+)$", "Ta bort $1"),
    (r"^Cancel upload of (.+)$", "Avbryt $1"),
    (r"^([\d.,]+\s?[KMG]?B) per file(.*)$", "Högst $1 per fil$2"),
    (r"^File must be (.+) or smaller\.$", "Filen får vara högst $1."),
    (r"^File type must be (?:one of )?(.+)\.$", "Filen ska vara av slaget $1."),
    (r"^You have requested page (\S+), but no corresponding file was found.*$",
     "Det finns ingen sida på adressen $1. Översikten visas i stället."),
)  # fmt: skip

NO_SCRIPT = "Sidorna behöver JavaScript. Slå på det i webbläsaren och läs in sidan igen."

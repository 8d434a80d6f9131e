"""The terms of the pages, each with a short definition in plain Swedish.

A definition says what the program means by the word. The formula behind it stands on the page Metod; whatever is
particular to one indicator stands at the indicator.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.results import Outcome
from schemas.swedish import NO_BREAK_SPACE
from schemas.words import OUTCOME_WORDS

N = NO_BREAK_SPACE

TARGETS = "Mål och bedömning"
FIGURES = "Siffror"
CHANGE = "Förändring och jämförelse"
ORIGINS = "Var siffrorna kommer ifrån"
PLACES = "Platser och de som beslutar"
CARE = "Vård"
MONEY = "Medel"

#: The groups in the order in which the glossary shows them.
GROUPS = (TARGETS, FIGURES, CHANGE, ORIGINS, PLACES, CARE, MONEY)


@dataclass(frozen=True)
class Term:
    """A term.

    Attributes:
        word: The term as a heading, in its basic form.
        says: What it means, one to three sentences.
        group: One of `GROUPS`.
    """

    word: str
    says: str
    group: str


TERMS: dict[str, Term] = {
    "indikator": Term(
        "Indikator",
        "Ett mått som följs över tid. Varje indikator har en definition, en källa och någon som ansvarar för den.",
        FIGURES,
    ),
    "taljare": Term("Täljare", "Det som räknas, till exempel de som är vaccinerade.", FIGURES),
    "namnare": Term("Nämnare", "Det som täljaren räknas av, till exempel alla invånare i åldern.", FIGURES),
    "standardavvikelse": Term(
        "Standardavvikelse",
        "Hur mycket de enskilda värdena bakom ett medelvärde skiljer sig från varandra. Den behövs för att räkna ut "
        "hur osäkert medelvärdet är.",
        FIGURES,
    ),
    "andel": Term("Andel", "Täljaren delad med nämnaren, visad i procent.", FIGURES),
    "procentenheter": Term(
        "Procentenheter",
        f"Skillnaden mellan två tal i procent. Från 70{N}% till 75{N}% är 5 procentenheter.",
        FIGURES,
    ),
    "intervall": Term(
        "Osäkerhetsintervall",
        "Visar hur mycket slumpen kan ha påverkat ett värde. Ett brett intervall betyder ett osäkert värde. "
        f"Intervallen är på 95{N}%.",
        FIGURES,
    ),
    "ungefarligt": Term(
        "Ungefärligt värde",
        "Ett vägt medelvärde av kommunernas värden. Det används där det inte finns antal att lägga ihop.",
        FIGURES,
    ),
    "standardiserat": Term(
        "Åldersstandardiserat värde",
        "Ett värde räknat som om området hade länets fördelning av åldrar. Det är till för att jämföra områden och är "
        "inget områdes verkliga värde.",
        FIGURES,
    ),
    "dolt": Term(
        "Dold uppgift",
        "Ett tal som inte visas för att det är så litet att någon kan pekas ut, eller för att ett sådant tal annars "
        "kunde räknas ut. Varje indikator har sin egen gräns.",
        FIGURES,
    ),
    "mal": Term(
        "Mål",
        "Den nivå som ska nås. Färdplanen har inga egna siffermål. Därför står det vid varje mål vems det är.",
        TARGETS,
    ),
    "ursprung": Term(
        "Målets ursprung",
        "Vem som har satt målet: lag, nationell överenskommelse, WHO, ett riktvärde ur indikatorns beskrivning, eller "
        "ett regionalt eller lokalt beslut.",
        TARGETS,
    ),
    "vag": Term(
        "Målets väg",
        "En rak väg från utgångsläget till målet, genom delmålen där målet har sådana. Den säger vad som krävs i dag.",
        TARGETS,
    ),
    "delmal": Term("Delmål", "Ett steg på målets väg, med ett eget datum.", TARGETS),
    "utgangslage": Term("Utgångsläge", "Värdet som målets väg börjar i.", TARGETS),
    "bedomning": Term(
        "Bedömning",
        "Hur ett område står sig mot målet. Det finns fem svar: målet nått, på väg, inte på väg, fel håll och kan "
        "inte bedömas.",
        TARGETS,
    ),
    "natt": Term(OUTCOME_WORDS[Outcome.TARGET_REACHED], "Värdet når hela målet.", TARGETS),
    "pa-vag": Term(
        OUTCOME_WORDS[Outcome.ON_THE_WAY],
        "Målet är inte nått, men värdet följer målets väg eller blir bättre, mer än slumpen. Om det går fort nog står "
        "för sig.",
        TARGETS,
    ),
    "inte-pa-vag": Term(
        OUTCOME_WORDS[Outcome.NOT_ON_THE_WAY],
        "Målet är inte nått, och förändringen räcker inte eller kan vara slump.",
        TARGETS,
    ),
    "fel-hall": Term(
        OUTCOME_WORDS[Outcome.WRONG_DIRECTION],
        "Målet är inte nått, och värdet blir sämre, mer än slumpen.",
        TARGETS,
    ),
    "kan-inte-bedomas": Term(
        OUTCOME_WORDS[Outcome.CANNOT_BE_JUDGED],
        "Underlaget räcker inte för en bedömning. Skälet står vid värdet på indikatorns sida.",
        TARGETS,
    ),
    "prognos": Term(
        "Prognos",
        "Hur serien fortsätter om det går som det har gått, med ett band för osäkerheten. Prognosen vet inget om vad "
        "som är planerat.",
        TARGETS,
    ),
    "sakerstalld": Term(
        "Säkerställd skillnad",
        "En skillnad som är större än vad slumpen brukar ge. Den säger inget om orsaken.",
        CHANGE,
    ),
    "forandring": Term(
        "Förändring",
        "Skillnaden mot perioden före. Bedömningen av månader, kvartal och halvår jämför i stället med samma period "
        "året före, så att årstiden inte spelar in.",
        CHANGE,
    ),
    "styrdiagram": Term(
        "Styrdiagram",
        "Ett diagram som skiljer verklig förändring från vanlig variation. Det visar medelvärdet och de gränser som "
        "värdena brukar hålla sig inom.",
        CHANGE,
    ),
    "vanlig-variation": Term(
        "Vanlig variation",
        "Så mycket som värdet brukar gå upp och ner av sig självt. Skillnader inom den kan bero på slump.",
        CHANGE,
    ),
    "variation": Term(
        "Bättre eller sämre än vanligt",
        "Värdet avviker mer än den vanliga variationen. Där inget håll är bättre står det högre eller lägre.",
        CHANGE,
    ),
    "klarar-malet": Term(
        "Brukar målet nås?",
        "Den vanliga variationen hålls mot målet. Ligger hela på rätta sidan brukar målet nås, på fel sida nås det "
        "inte, och däremellan nås det ibland.",
        CHANGE,
    ),
    "omrakning": Term(
        "Omräkning",
        "Ett datum från vilket styrdiagrammets medelvärde och gränser räknas på nytt, till exempel vid byte av källa.",
        CHANGE,
    ),
    "trend": Term(
        "Trend",
        "En riktning som håller i sig över flera år, mer än slumpen.",
        CHANGE,
    ),
    "tratt": Term(
        "Trattdiagram",
        "Visar vilka kommuner som avviker mer än slumpen. Små kommuner får vida gränser, så att slumpen inte läggs dem "
        "till last. Ingen rangordnas.",
        CHANGE,
    ),
    "gap": Term(
        "Gap",
        "Skillnaden mellan det högsta och det lägsta värdet bland delregionerna eller kommunerna.",
        CHANGE,
    ),
    "register": Term("Register", "Uppgifter ur vårdens och myndigheternas system.", ORIGINS),
    "enkat": Term(
        "Enkät",
        "Svar från tillfrågade personer. Register och enkät kan ge olika bild av samma mål och vägs aldrig ihop.",
        ORIGINS,
    ),
    "exempeldata": Term(
        "Exempeldata",
        "Påhittade tal som visar hur sidorna fungerar. De säger inget om vården och ersätts när verkliga tal "
        "levereras.",
        ORIGINS,
    ),
    "preliminar": Term(
        "Preliminär uppgift", "En uppgift som den som har lämnat den kallar preliminär och som kan ändras.", ORIGINS
    ),
    "leverans": Term("Leverans", "En fil med uppgifter. Den visas på sidorna först när den är publicerad.", ORIGINS),
    "version": Term(
        "Version",
        "Uppgifterna så som de är vid ett visst tillfälle. Varje publicering och återkallelse ger en ny version.",
        ORIGINS,
    ),
    "rattelse": Term(
        "Rättelse", "En siffra som var publicerad och som en senare leverans har ändrat.", ORIGINS
    ),
    "fardplan": Term(
        "Färdplan",
        "Länsgemensam strategi för god och nära vård i Västra Götaland, gemensam för regionen och de 49 kommunerna.",
        PLACES,
    ),
    "huvudman": Term(
        "Huvudman",
        "Den som ansvarar för primärvården. I länet är det regionen och var och en av de 49 kommunerna, tillsammans "
        "50.",
        PLACES,
    ),
    "indelning": Term(
        "Indelning",
        "Ett sätt att dela länet i delregioner. Det finns tre, och de sammanfaller inte.",
        PLACES,
    ),
    "delregion": Term(
        "Delregion", "En del av länet som består av flera kommuner, eller av en ensam stor.", PLACES
    ),
    "vardsamverkansomrade": Term(
        "Vårdsamverkansområde",
        "Ett av sex områden för delregional vårdsamverkan mellan kommuner och region. De utgår från sjukhusområdena.",
        PLACES,
    ),
    "delregional-namnd": Term(
        "Delregional nämnd", "En av Västra Götalandsregionens fem delregionala nämnder, från 2023.", PLACES
    ),
    "kommunalforbund": Term(
        "Kommunalförbund",
        "Ett av fyra förbund av kommuner. Varberg och Kungsbacka, som ligger i Halland, räknas inte med här.",
        PLACES,
    ),
    "sro": Term(
        "SRO",
        "Politiskt samrådsorgan för regionen och kommunerna i Västra Götaland.",
        PLACES,
    ),
    "vvg": Term(
        "VVG",
        "Vårdsamverkan Västra Götaland, en styrgrupp av tjänstepersoner.",
        PLACES,
    ),
    "vastkom": Term("VästKom", "Kommunernas gemensamma organ i Västra Götaland.", PLACES),
    "vardgaranti": Term(
        "Vårdgaranti",
        "Gränser för hur länge någon får vänta: kontakt med primärvården samma dag, medicinsk bedömning inom tre "
        "dagar, första besök i specialiserad vård inom 90 dagar och operation eller åtgärd inom 90 dagar.",
        CARE,
    ),
    "patientvald-vantan": Term(
        "Patientvald väntan", "När patienten själv har valt att vänta längre. Den räknas inte med.", CARE
    ),
    "fast-lakarkontakt": Term("Fast läkarkontakt", "En namngiven läkare i primärvården.", CARE),
    "kontinuitetsindex": Term(
        "Kontinuitetsindex",
        "Hur samlade en patients läkarbesök är hos en och samma läkare, från 0 (alltid olika) till 1 (alltid samma).",
        CARE,
    ),
    "bup": Term("BUP", "Barn- och ungdomspsykiatrin.", CARE),
    "mpr": Term("MPR", "Vaccin mot mässling, påssjuka och röda hund.", CARE),
    "hpv": Term("HPV", "Humant papillomvirus.", CARE),
    "overenskommelse": Term(
        "Överenskommelse", "Ett avtal om pengar, med en bestämd summa som fördelningen ska stämma med.", MONEY
    ),
    "fordelat": Term("Fördelat", "Kronor som är beslutade till en mottagare.", MONEY),
    "anvant": Term("Använt", "Kronor som mottagaren har redovisat som använda.", MONEY),
    "aterbetalat": Term("Återbetalat", "Kronor som mottagaren har redovisat som återbetalda.", MONEY),
    "lansgemensamt": Term("Länsgemensamt", "Det som gäller hela länet och inte en viss kommun.", MONEY),
}  # fmt: skip

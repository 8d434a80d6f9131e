"""The method page's texts on targets: how a figure is judged, and whether the target will be reached."""

from __future__ import annotations

from dashboard.components.method import Departure, Group, Method
from etl.measures import forecast, going_on, projection, trend
from etl.measures.funds_outcome import CAVEAT
from etl.measures.spc import limits
from etl.measures.wording import in_words
from schemas.results import Outcome
from schemas.swedish import NO_BREAK_SPACE, number
from schemas.words import OUTCOME_WORDS

N = NO_BREAK_SPACE
_CHOSEN = forecast.CHOSEN

#: The judgement's rules in order: what holds, and the outcome. The first that fits decides.
JUDGEMENTS = (
    (
        "Värde, mål, håll eller utgångsläge saknas, eller målet säger självt varför",
        OUTCOME_WORDS[Outcome.CANNOT_BE_JUDGED],
    ),
    ("Värdet når hela målet", OUTCOME_WORDS[Outcome.TARGET_REACHED]),
    ("På en daterad väg: värdet klarar vad vägen kräver i dag", OUTCOME_WORDS[Outcome.ON_THE_WAY]),
    (
        "Ingen väg, eller vägens sista datum har passerat: inget att jämföra med",
        OUTCOME_WORDS[Outcome.CANNOT_BE_JUDGED],
    ),
    (
        "Ingen väg, eller vägens sista datum har passerat: säkerställt bättre",
        OUTCOME_WORDS[Outcome.ON_THE_WAY],
    ),
    ("Säkerställt sämre", OUTCOME_WORDS[Outcome.WRONG_DIRECTION]),
    ("Allt annat", OUTCOME_WORDS[Outcome.NOT_ON_THE_WAY]),
)

TARGETS = Group(
    "Når vi målet?",
    (
        Method(
            "Målets väg",
            "Har målet datum går vägen rakt från utgångsläget genom delmålen och ligger sedan kvar. Ett mål utan datum "
            "gäller hela tiden. Ett mål som är en förändring i procent räknas från utgångsvärdet: källans eget, annars "
            "områdets värde i utgångsperioden. Värdet jämförs så som det visas, med samma decimaler.",
            "målet självt; varje mål visas med vems det är",
            (
                "krav i dag = a + (b − a) × dagar sedan a ÷ dagar mellan a och b",
                "förändring i procent: mål = utgångsvärde × (1 + procent ÷ 100)",
            ),
            "a och b är vägens punkter före och efter dagen.",
        ),
        Method(
            "Klarar dagens process målet?",
            "Styrdiagrammets senaste gränser hålls mot målet. Ligger målet utanför dem på den sämre sidan nås "
            "det varje gång, på den bättre sidan aldrig, och mellan dem ibland och ibland inte, av slump.",
            "Making Data Count; NHSRplotthedots",
        ),
        Method(
            "Prognos: i dagens takt",
            f"Fortsätter serien som den har gått, med ett band som ska täcka 80{N}% av utfallen. Prognosen vet inget "
            f"om vad som är planerat. Den kräver minst {going_on.LEAST_POINTS} värden, för perioder kortare än ett "
            f"år minst {in_words(going_on.LEAST_YEARS)} år, med värden för samma period två år i rad, och bygger på "
            f"de senaste {in_words(_CHOSEN.window_years)} åren.",
            "Theil 1950; Sen 1968, Journal of the American Statistical Association 63, s. 1379–1389; Hirsch, Slack "
            "& Smith 1982, Water Resources Research 18, s. 107–121; Gardner & McKenzie 1985, Management Science 31, "
            "s. 1237–1246",
            (
                "lutning = medianen av alla förändringar mellan samma period olika år × "
                f"enighet^{number(_CHOSEN.agreement)}",
                f"prognos = nivå + lutning × (1 − {number(_CHOSEN.damping, 1)}^år) ÷ "
                f"−ln({number(_CHOSEN.damping, 1)}) + årstid",
                f"band = prognos ± t × √(brus + {number(_CHOSEN.growth, 1)} × rörelse² × "
                f"år^{number(_CHOSEN.spread, 1)})",
            ),
            "Enighet är andelen stigande minus andelen sjunkande förändringar, utan tecken. Brus är halva "
            "medelkvadraten av förändringen från en period till nästa, rörelse² medelkvadraten av förändringen på "
            f"ett år och t gränsen i t-fördelningen. För hela år är faktorn {number(_CHOSEN.growth_yearly, 1)} i "
            f"stället för {number(_CHOSEN.growth, 1)}. Andelar räknas som logaritmerade odds och stannar mellan 0 "
            f"och 100{N}%.",
            "Metoden är vald genom prövning bakåt: den får förutsäga värden som redan är kända, på de serier som "
            f"följer med programmet och på verkliga serier. Bandet ska täcka 70–90{N}% av dem, och metoden jämförs "
            "med samma lutning utan dämpning, med det senaste värdet och med Holts metod. Prövningen körs om vid "
            "varje ändring av programmet.",
        ),
        Method(
            "Året då målet nås",
            "Tidigast är första året då den goda änden av bandet når målet vid årets slut, senast det första då den "
            f"dåliga änden gör det. År från och med {projection.NOT_BEFORE} anges inte: då står "
            f"”{projection.NEVER.lower()}”.",
            "följer av prognosen",
        ),
        Method(
            "På väg, men för långsamt",
            "Bedömningen säger hur det står till: på väg är den som klarar vad vägen kräver i dag, eller som blir "
            "säkerställt bättre. Om det går fort nog är prognosens svar. När inte ens den goda änden av bandet når "
            f"målet i tid, eller till {projection.HORIZON.year} där målet inget datum har, står det ”på väg, men för "
            "långsamt”.",
            "egen regel: ett ord ska inte lova mer än prognosen",
        ),
        Method(
            "Register och enkät",
            "Samma mål kan se nått ut i ett register och onått i en enkät. Båda visas bredvid varandra och vägs "
            "aldrig ihop.",
            "Myndigheten för vård- och omsorgsanalys, Kontinuitet och fast läkarkontakt",
        ),
        Method(
            "Medel och utfall",
            "Kronor per invånare visas bredvid de indikatorer som ändamålet gäller, där en källa säger vilka. "
            f"{CAVEAT} Inget räknas ut ur båda.",
            "egen regel",
        ),
    ),
)

#: Departures from Making Data Count's charts as NHSRplotthedots calculates them.
FROM_MAKING_DATA_COUNT = (
    Departure(
        "En period som saknas eller är dold bryter raden. Ingen förändring räknas över luckan.",
        "Två värden ett halvår ifrån varandra är inte grannar. Annars ger en lucka gränser som är för vida, och sju "
        "i rad kan vara värden med år emellan.",
    ),
    Departure(
        f"Med färre än {limits.MINIMUM_POINTS} värden visas varken gränser eller signaler, och skälet står där.",
        "En varning bredvid en signal är lätt att missa. Gränsen är den som verktygets kod har; dess text nämner en "
        "annan.",
    ),
    Departure(
        "En serie som inte varierar alls har gränser som är lika med medelvärdet.",
        "Verktyget sållar bort alla förändringar och får inga gränser. Skillnader som bara är avrundning i datorn "
        "räknas som ingen skillnad.",
    ),
    Departure(
        "Omräkning och fast utgångsläge kan gälla samtidigt.",
        "En indikator kan ha bytt källa och ändå ha ett bestämt utgångsläge.",
    ),
    Departure(
        "Bedömningen mot målet använder alltid den sista sträckans gränser.",
        "Efter en omräkning säger äldre gränser inget om dagens process.",
    ),
    Departure(
        "Ett värde utanför gränserna räknas också som ett värde nära gränsen.",
        "Starkare tecken ska aldrig ta bort en signal.",
    ),
    Departure(
        "En rad som stiger är en uppgång, även under medelvärdet.",
        "Det är hållet som säger om det blir bättre, inte vilken sida om medelvärdet värdena ligger på.",
    ),
    Departure(
        "Ett mål som ligger på en gräns är nått när värdet då når det varje gång, och båda jämförs så som de visas.",
        "Ordet ska inte säga emot siffrorna på skärmen.",
    ),
    Departure(
        "Årstiden räknas bort för indikatorer som har en.",
        "Annars ger varje sommar en signal.",
    ),
    Departure(
        "Blått och orange får alltid sällskap av ett ord och en symbol.",
        "Färg får inte ensam bära en betydelse.",
    ),
)

#: Departures from Fingertips.
FROM_FINGERTIPS = (
    Departure(
        "Ett år utan värde hoppas över, och det före används i stället. Saknar något av de fem senaste värdena "
        "intervall räknas ingen trend.",
        "Ett dolt eller saknat år ska inte göra att trenden inte kan räknas, men en trend över äldre värden får inte "
        "se ut som en över de senaste.",
    ),
    Departure(
        "Värdena ligger på sina egna år: mellan 2019 och 2021 är det två år även när 2020 saknas.",
        "Annars gör en lucka lutningen brantare än den är.",
    ),
    Departure(
        "Säsonger, från juli till juni, räknas som år.",
        "De är lika långa som år, och influensan följs per säsong.",
    ),
    Departure(
        f"Trend över {in_words(trend.POINTS)} år är en av tre regler, inte den enda.",
        "Månadsvärden har inga år att räkna trend på.",
    ),
    Departure(
        "Två värden som visas lika räknas som lika, vad intervallet än säger.",
        "Ordet ska inte säga emot siffrorna på skärmen.",
    ),
    Departure(
        "Exempeldata jämförs aldrig med verkliga tal.",
        "De är påhittade.",
    ),
    Departure(
        "Dagar per invånare får inget intervall ur antalet dagar.",
        "Dagar kommer flera i taget för samma person, så intervallet skulle bli för smalt.",
    ),
    Departure(
        "Vikterna i en åldersstandardisering är länets egna nämnare.",
        "Det finns ingen svensk standardbefolkning bland källorna.",
    ),
)

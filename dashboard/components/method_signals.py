"""The method page's texts on change and comparison: what is real, what is chance."""

from __future__ import annotations

from dashboard.components.method import Group, Method
from etl.measures import comparison, equality, funnel, trend
from etl.measures.spc import limits, rules, season
from etl.measures.wording import in_words
from schemas.swedish import NO_BREAK_SPACE, listing, number

N = NO_BREAK_SPACE
_LEVELS = listing([f"{number(level, 1 if level % 1 else 0)}{N}%" for level in sorted(comparison.LEVELS)])
_RUN = in_words(rules.RUN)

REAL = Group(
    "Är det verkligt, eller kan det vara slump?",
    (
        Method(
            "Vad som räknas som säkert",
            "En text säger ”har förbättrats” eller ”har försämrats” bara när minst en av tre regler slår till och "
            "ingen av dem, och inte heller förändringen som visas, pekar åt andra hållet. Reglerna är "
            "styrdiagrammet, trenden över flera år och förändringen sedan perioden före (för månader, kvartal "
            "och halvår sedan samma period året före). Slår ingen till står det att förändringen kan bero på slump. "
            "Pekar de åt olika håll står det så. Där inget håll är bättre, och för mål som är ett intervall, står "
            "bara ”har ökat” eller ”har minskat”.",
            "egen regel; skälet är Kroll & Potts 2026, BMJ Leader (leader-2025-001348): påståenden utan stöd i ett "
            "diagram var oftare påståenden om förbättring",
        ),
        Method(
            "Styrdiagram (XmR): gränser",
            "Visar hur mycket ett värde varierar av sig självt. Medelvärdet och gränserna räknas på värdena själva, "
            f"också för andelar. Det krävs minst {limits.MINIMUM_POINTS} värden och {limits.MINIMUM_RANGES} "
            "förändringar mellan värden som följer direkt på varandra; annars visas inga gränser och skälet står "
            "där.",
            "Shewhart 1931; Wheeler 1993, Understanding Variation; sållningen Nelson 1982, Journal of Quality "
            "Technology 14, s. 172–173; som Making Data Count (NHS England) lär ut och NHSRplotthedots räknar",
            (
                "mR = |värde − värdet före|",
                f"gränser = medelvärde ± {number(limits.LIMIT_FACTOR, 2)} × medelvärdet av mR",
                f"sållning: varje mR ≥ {number(limits.SCREENING_FACTOR, 3)} × medelvärdet av mR tas bort, en gång",
            ),
        ),
        Method(
            "Styrdiagram: fyra regler",
            "Den första som passar gäller. Går det åt det bättre hållet är det en förbättring, åt det sämre ett "
            "bekymmer; där inget håll är bättre är det högt eller lågt.",
            "Western Electric 1956, Statistical Quality Control Handbook, i Making Data Counts form och ordning",
            (
                "1. ett värde utanför gränserna",
                f"2. minst {_RUN} värden i rad som alla stiger, eller alla sjunker",
                f"3. minst {in_words(rules.ENOUGH_OF_WINDOW)} av {in_words(rules.WINDOW)} värden i rad på samma sida "
                "om medelvärdet mer än två tredjedelar av vägen från medelvärdet till samma gräns",
                f"4. minst {_RUN} värden i rad på samma sida om medelvärdet",
            ),
            note="Även en process där inget har hänt ger ibland en signal: ju fler värden, desto oftare.",
        ),
        Method(
            "Omräkning och fast utgångsläge",
            "Där katalogen anger ett datum för omräkning börjar medelvärde och gränser om. Där den anger ett "
            "utgångsläge gäller dess gränser vidare. Båda kan gälla samtidigt.",
            "Making Data Count",
        ),
        Method(
            "Årstid",
            "För indikatorer som enligt katalogen följer årstiden räknas den bort innan reglerna prövas. Det kräver "
            f"{in_words(season.WHOLE_YEARS)} hela år av månader eller kvartal.",
            "länkmetoden, Persons 1919, Review of Economic Statistics 1, s. 5–107, med skillnader i stället för kvoter",
            (
                "förändring för månad m = medelvärdet av (värde − månaden före) över åren, minus medelvärdet av de "
                "tolv",
                "årstid för månad m = summan av förändringarna fram till m, flyttad så att de tolv blir 0 tillsammans",
            ),
        ),
        Method(
            "Trend över flera år",
            f"Räknas på de {in_words(trend.POINTS)} senaste årens värden för andelar och antal per invånare. Där den "
            "inte kan räknas står skälet.",
            "Fingertips (Office for Health Improvement and Disparities, England)",
            (
                "vikt = 1 ÷ SE², där SE = (övre gräns − undre gräns) ÷ 3,92",
                f"trend om (lutning ÷ lutningens SE)² > {number(trend.CRITICAL, 4)} och lutningen behåller sitt "
                "tecken när varje värde i tur och ordning utelämnas",
            ),
            f"Lutningen är den vägda minsta kvadrat-metodens. Gränsen motsvarar 99,8{N}% i chi-två-fördelningen med en "
            "frihetsgrad.",
        ),
    ),
)

COMPARED = Group(
    "Är det bättre eller sämre än andra?",
    (
        Method(
            "Jämförelse med länet, riket och tidigare",
            f"Områdets intervall jämförs med länets eller rikets värde, på {_LEVELS}. Täcker intervallet värdet är "
            "det ingen säker skillnad. Med områdets eget tidigare värde jämförs genom intervallet för skillnaden. "
            "Där inget håll är bättre står bara högre eller lägre.",
            "Fingertips jämförelse med ett riktvärde",
            note="Länets värde räknas som säkert, fast området är en del av länet. En skillnad ser därför lite "
            "mindre ut än mot resten av länet.",
        ),
        Method(
            "Trattdiagram: kommuner och vårdcentraler",
            f"Visar vilka kommuner som avviker mer än slumpen från alla kommuner tillsammans, på {_LEVELS}. Små "
            "kommuner får vida gränser, så att slumpen inte läggs dem till last. Ingen rangordnas. Det krävs minst "
            f"{funnel.LEAST_AREAS} kommuner med antal. Där uppgifter per vårdcentral är levererade ritas de på samma "
            "sätt, mot alla vårdcentraler.",
            "Spiegelhalter 2005, Statistics in Medicine 24, s. 1185–1202",
            (
                "gränser = exakta gränser i binomial- eller Poissonfördelningen för mittvärdet och kommunens nämnare",
            ),
            note="En vårdcentrals uppgifter gäller dem som är listade där, var de än bor. De räknas därför aldrig "
            "samman till en kommuns, räknas inte per invånare, bedöms inte mot mål och visas bara i trattdiagrammet.",
        ),
        Method(
            "Trattdiagram: när kommuner eller vårdcentraler skiljer sig åt mer än slumpen",
            f"Med minst {funnel.LEAST_FOR_DISPERSION} kommuner prövas om de varierar mer än slumpen. Gör de det vidgas "
            "gränserna, för annars kunde många kommuner pekas ut för skillnader som ingen har mätt.",
            "Spiegelhalter 2005, Quality and Safety in Health Care 14, s. 347–351; Spiegelhalter m.fl. 2012, "
            "Journal of the Royal Statistical Society A 175, s. 1–47",
            (
                "z = (y − y₀) ÷ s, på arcsinusskala för andelar och kvadratrotsskala för antal",
                f"φ = medelvärdet av z², sedan de lägsta och högsta {number(funnel.WINSORISED * 100)}{N}% har "
                "dragits in",
                f"om antalet × φ är över {number(100 - funnel.DISPERSION_RISK * 100)}{N}%-gränsen i "
                "chi-två-fördelningen: s² ersätts med s² + τ²",
            ),
            "τ² är den variation mellan kommunerna som inte är slump, enligt DerSimonian & Laird.",
        ),
    ),
)

EQUAL = Group(
    "Är det jämlikt?",
    (
        Method(
            "Gapet",
            "Det högsta värdet minus det lägsta bland delregionerna eller kommunerna, med intervall. Bara de två "
            f"ytterligheterna nämns. Det krävs att minst {number(equality.LEAST_PART * 100)}{N}% av områdena har en "
            "uppgift; dolda tal räknas aldrig med.",
            "Newcombe 1998 för andelar; Zou & Donner 2008, Statistics in Medicine 27, s. 1693–1702, för index",
            note="De två är valda för att de ligger längst isär. Gapet är därför större och ser säkrare ut än det "
            "är, särskilt bland många små kommuner. Därför prövas också spridningen mellan alla områden mot slumpen.",
        ),
        Method(
            "Är spridningen mer än slump?",
            "Chi-två-test av att alla områden har samma nivå. Används inte när väntade antal är för små: något under "
            f"{number(equality.LEAST_EXPECTED)} eller mer än {number(equality.PART_WITH_FEW * 100)}{N}% under "
            f"{number(equality.FEW_EXPECTED)}.",
            "Pearson 1900; gränserna Cochran 1954, Biometrics 10, s. 417–451",
            ("χ² = Σ (antal − väntat antal)² ÷ väntat antal",),
        ),
        Method(
            "Hur många det gäller",
            "Hur många fler (eller färre, där lägre är bättre) det skulle vara om varje område på fel sida om "
            "länets nivå hade länets nivå. Bara för andelar. Det som räknas är det som indikatorn räknar, som kan "
            "vara besök och inte personer.",
            "egen uträkning",
            ("antal = Σ (länets andel − områdets andel) × områdets nämnare, över områden sämre än länet",),
        ),
    ),
)

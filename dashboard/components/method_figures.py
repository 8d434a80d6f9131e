"""The method page's texts on the figures: how they are added up, how sure they are, and what is hidden.

Numbers come from the measures themselves, so that the page tells what is done and not what once was done.
"""

from __future__ import annotations

from dashboard.components.method import Group, Method
from etl.measures import interval, intervals, standardised
from etl.measures.suppression import HIDDEN
from etl.measures.wording import in_words
from schemas.swedish import NO_BREAK_SPACE, number

N = NO_BREAK_SPACE
_LEVEL = f"{number(intervals.LEVEL * 100)}{N}%"
_Z = number(interval.Z, 2)

FIGURES = Group(
    "Från kommun till delregion och län",
    (
        Method(
            "Summa av täljare genom summa av nämnare",
            "Så räknas de flesta indikatorer ihop. Det är aldrig ett genomsnitt av kommunernas procenttal, för då "
            "skulle en liten kommun väga lika tungt som en stor. Saknas en enda kommun visas inget värde för "
            "delregionen. För ett medelvärde i dagar som levereras utan täljare är täljaren värdet × nämnaren.",
            "definition av en andel",
            (f"värde = (täljare₁ + täljare₂ + …) ÷ (nämnare₁ + nämnare₂ + …) × 100{N}%",),
        ),
        Method(
            "Vägt medelvärde",
            "Används för värden som inte har någon täljare att lägga ihop, till exempel ett index. Vikten är "
            "nämnaren där den finns, annars antalet invånare i samma ålder, annars alla invånare. Värdet är "
            "ungefärligt och det står bredvid det.",
            "definition av ett vägt medelvärde; invånare från SCB",
            ("värde = (vikt₁ × värde₁ + vikt₂ × värde₂ + …) ÷ (vikt₁ + vikt₂ + …)",),
        ),
        Method(
            "Summa",
            "Kronor läggs ihop. Per invånare är summan delad med invånarna i området.",
            "definition av en summa",
        ),
        Method(
            "Åldersstandardisering",
            "Gör områden med olika åldrar jämförbara. Varje åldersgrupp i området vägs med länets antal i samma grupp. "
            f"Görs bara där åldersgrupper är levererade, minst {in_words(standardised.LEAST_GROUPS)} stycken och "
            f"{standardised.LEAST_COUNT} fall. Ett standardiserat värde är till för att jämföra; det är inget "
            "områdes verkliga värde.",
            "direkt standardisering; intervall enligt Dobson m.fl. 1991, Statistics in Medicine 10, s. 457–462, för "
            "andelar Zou, Huang & Zhang 2009, Computational Statistics & Data Analysis 53, s. 1080–1085",
            ("standardiserat värde = Σ wᵢ × (dᵢ ÷ nᵢ) ÷ Σ wᵢ",),
            "wᵢ är länets nämnare i åldersgrupp i, dᵢ och nᵢ områdets täljare och nämnare.",
        ),
        Method(
            "Små tal döljs",
            "Är täljaren, nämnaren eller de som inte räknats färre än indikatorns gräns visas varken värdet eller "
            "antalen. Dessutom döljs så många andra tal att inget dolt tal kan räknas ut: genom att dra ifrån i "
            "länet eller i någon indelning, mellan en kommun och dess vårdcentraler, mellan kvinnor och män, mellan "
            "åldersgrupper eller ur en andel och dess nämnare. Ett dolt antal ska kunna vara minst två olika heltal. "
            "Det mest umbärliga talet döljs först. "
            f"Alla dolda tal har samma skäl, ”{HIDDEN}”, för att skälet inte ska röja något.",
            "egen metod; det finns ingen gemensam svensk gräns, så varje indikator har sin",
            note="Inte skyddat är det som går att sluta sig till mellan perioder, mellan indikatorer eller med kunskap "
            "från annat håll, till exempel källans egna tabeller.",
        ),
    ),
)

UNCERTAINTY = Group(
    f"Hur säkert är värdet? Intervall på {_LEVEL}",
    (
        Method(
            "Andelar: Wilson",
            f"Används för alla värden i procent där antalen är kända. Intervallet håller sig mellan 0 och 100{N}% och "
            "fungerar också när ingen eller alla räknas.",
            "Wilson 1927, Journal of the American Statistical Association 22, s. 209–212",
            ("(p + z²÷(2n) ± z × √(p(1 − p)÷n + z²÷(4n²))) ÷ (1 + z²÷n)",),
            f"p är andelen, n nämnaren och z {_Z}.",
        ),
        Method(
            "Skillnad mellan två andelar: Newcombe",
            "Avgör om en förändring är säkerställd: den är det när intervallet inte täcker noll.",
            "Newcombe 1998, Statistics in Medicine 17, s. 873–890, metod 10",
            (
                "undre gräns = p₁ − p₂ − √((p₁ − l₁)² + (u₂ − p₂)²)",
                "övre gräns = p₁ − p₂ + √((u₁ − p₁)² + (p₂ − l₂)²)",
            ),
            "l och u är Wilsons gränser för var och en av andelarna.",
            "De två andelarna räknas som oberoende. Där samma personer räknas två gånger, som i en vaccination som "
            "bara kan öka, blir intervallet något för brett: för få förändringar kallas säkerställda, inte för "
            "många.",
        ),
        Method(
            "Antal och index: Byar",
            f"Används från {interval.LEAST_FOR_BYAR} fall och uppåt, delat med nämnaren.",
            "Breslow & Day 1987, Statistical methods in cancer research II; gränsen "
            f"{interval.LEAST_FOR_BYAR} från Fingertips tekniska vägledning",
            (
                "undre gräns = d × (1 − 1÷(9d) − z÷(3√d))³",
                "övre gräns = (d + 1) × (1 − 1÷(9(d + 1)) + z÷(3√(d + 1)))³",
            ),
            f"d är antalet och z {_Z}.",
        ),
        Method(
            "Få fall: exakt intervall",
            f"Används för färre än {interval.LEAST_FOR_BYAR} fall.",
            "Garwood 1936, Biometrika 28, s. 437–442",
            (
                "undre gräns = χ²(0,025; 2d) ÷ 2",
                "övre gräns = χ²(0,975; 2d + 2) ÷ 2",
            ),
            "χ²(a; f) är värdet som chi-två-fördelningen med f frihetsgrader underskrider med sannolikheten a.",
        ),
        Method(
            "Kvot mellan två antal i förhållande till nämnaren",
            "Avgör om ett index har förändrats säkert: när intervallet för kvoten inte täcker 1.",
            "poängmetoden, givet summan av de två antalen: Graham, Mengersen & Morton 2003, Statistics in Medicine 22, "
            "s. 2071–2083",
            ("gränser = L ÷ (1 − L) × nämnare₂ ÷ nämnare₁",),
            "L är Wilsons gränser för det första antalets andel av de två tillsammans.",
        ),
        Method(
            "Medelvärden: Students t",
            "Används för medelvärden i dagar där både antalet värden (nämnaren) och standardavvikelsen är levererade. "
            "Annars visas medelvärdet utan intervall och det står varför. Undre gränsen går aldrig under noll dagar.",
            "Student 1908, Biometrika 6, s. 1–25",
            ("medelvärde ± t × s ÷ √n",),
            "s är standardavvikelsen mellan de enskilda värdena, med n − 1, och t gränsen i t-fördelningen med n − 1 "
            f"frihetsgrader; n minst {interval.LEAST_FOR_MEAN} och s större än noll.",
            "Ett medelvärde som dolda uppgifter ingår i visas utan intervall, för att spridningen inte ska röja dem.",
        ),
        Method(
            "Skillnad mellan två medelvärden: MOVER",
            "Avgör om ett medelvärde i dagar har förändrats säkert, och hur säkert gapet mellan två områden är: när "
            "intervallet för skillnaden inte täcker noll. Båda medelvärdena måste ha ett intervall.",
            "Zou & Donner 2008, Statistics in Medicine 27, s. 1693–1702",
            (
                "undre gräns = m₁ − m₂ − √((m₁ − l₁)² + (u₂ − m₂)²)",
                "övre gräns = m₁ − m₂ + √((u₁ − m₁)² + (m₂ − l₂)²)",
            ),
            "l och u är Students gränser för vart och ett av medelvärdena, m.",
        ),
        Method(
            "Standardavvikelsen för flera kommuner tillsammans",
            "Räknas ur kommunernas antal, medelvärden och standardavvikelser när alla kommuner har dem. Den är då "
            "exakt den som de enskilda värdena har tillsammans: spridningen inom kommunerna och mellan dem.",
            "uppdelning av kvadratsummor, som i variansanalys",
            ("(N − 1) × S² = Σ (nᵢ − 1) × sᵢ² + Σ nᵢ × (mᵢ − M)²",),
            "nᵢ, mᵢ och sᵢ är en kommuns antal, medelvärde och standardavvikelse; N är summan av antalen och M det "
            "gemensamma medelvärdet.",
        ),
        Method(
            "Där inget intervall visas",
            "Dagar kommer flera i taget för samma person och varierar därför mer än antal gör: utan en levererad "
            "standardavvikelse visas inget intervall. Dagar per invånare är inget medelvärde över invånarna, för "
            "dagarna kan gälla andra än dem som räknas i nämnaren, så där används ingen standardavvikelse. Kronor är "
            "beslutade och har ingen slump. En förändring kan då inte prövas mot slumpen.",
            "egen bedömning",
        ),
    ),
)

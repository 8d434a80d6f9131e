"""A difference in sentences."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest

from etl.jobs import difference_words as words
from etl.jobs.difference import Difference
from etl.jobs.difference_flips import FLIP_SCHEMA
from etl.jobs.difference_rank import with_tier
from etl.jobs.difference_rows import Counts, changed_money, changed_rows
from tests.etl.jobs.differences import KNOWN
from tests.etl.measures import county
from tests.etl.measures.county import YEAR_2020, counted, observations

TWO = county.catalogue(
    indicators=[county.indicator("andel")],
    targets=[county.target("mal", label="Mål 80 %"), county.target("annat", value=90, label="Mål 90 %")],
)


def flip(area: str = "e-norr", what: str = "outcome", **more) -> dict:
    usual = {
        **dict.fromkeys(FLIP_SCHEMA),
        "indicator": "andel",
        "target": "mal",
        "age": "total",
        "area": area,
        "what": what,
        "overview": True,
        "old_outcome": "target_reached",
        "new_outcome": "not_on_the_way",
    }
    return {**usual, **more}


def flips(*told: dict) -> pl.DataFrame:
    return pl.DataFrame(list(told), schema=FLIP_SCHEMA)


def difference(
    before: list[dict], after: list[dict], *, withdrawn: bool = False, told: tuple[dict, ...] = (), **more
) -> Difference:
    found = flips(*told)
    rows, counts = changed_rows(observations(*before), observations(*after), KNOWN, withdrawn=withdrawn)
    sums, money = changed_money(county.allocations(), county.allocations())
    return Difference(
        **{
            "kind": "publish", "batch": 7, "version": 3, "indicators": ("andel",),
            "changes": with_tier(rows, found, KNOWN), "counts": counts, "funds": sums, "money_counts": money,
            "flips": found, **more,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (flip(), "e-norr, andel: målet nått → inte på väg"),
        (flip("14"), "Länet, andel: målet nått → inte på väg"),
        (flip(age="18+"), "e-norr, andel 18+: målet nått → inte på väg"),
        (flip(what="appears", old_outcome="cannot_be_judged"), "e-norr, andel: ingen uppgift → inte på väg"),
        (
            flip(what="disappears", new_outcome="cannot_be_judged"),
            "e-norr, andel: målet nått → ingen uppgift",
        ),
        (
            flip(what="real"),
            "e-norr, andel: verkliga tal i stället för exempeldata, målet nått → inte på väg",
        ),
        (
            flip(what="real", new_outcome="target_reached"),
            "e-norr, andel: verkliga tal i stället för exempeldata, fortfarande målet nått",
        ),
        (
            flip(what="example", new_outcome="wrong_direction"),
            "e-norr, andel: exempeldata i stället för verkliga tal, målet nått → fel håll",
        ),
        (flip(old_example=True, new_example=True), "e-norr, andel: målet nått → inte på väg (exempeldata)"),
        (
            flip(what="disappears", old_example=True),
            "e-norr, andel: målet nått (exempeldata) → ingen uppgift",
        ),
        (flip(new_outcome="cannot_be_judged"), "e-norr, andel: målet nått → kan inte bedömas"),
        (
            flip(what="appears", target=None, old_outcome="cannot_be_judged", new_outcome="cannot_be_judged"),
            "e-norr, andel: ingen uppgift → ett värde utan mål",
        ),
    ],
)
def test_a_judgement_that_changes(told, expected):
    assert words.flip_texts(flips(told), KNOWN) == [expected]


def test_areas_that_change_alike_share_a_sentence():
    told = flips(*(flip(area) for area in ("14", "e-norr", "e-syd")), flip("1401", new_outcome="on_the_way"))
    assert words.flip_texts(told, KNOWN) == [
        "Länet, e-norr och e-syd, andel: målet nått → inte på väg",
        "Alfa, andel: målet nått → på väg",
    ]
    many = flips(*(flip(area) for area in county.MUNICIPALITIES))
    assert words.flip_texts(many, KNOWN, named=3) == [
        "Alfa, Beta och 3 till, andel: målet nått → inte på väg"
    ]
    assert words.flip_texts(many, KNOWN, named=5)[0].startswith("Alfa, Beta, Gamma, Delta och Epsilon, ")


def test_of_several_targets_it_is_said_which():
    told = words.flip_texts(flips(flip(), flip(target="annat", new_outcome="wrong_direction")), TWO)
    assert told == [
        "e-norr, andel, Mål 80 %: målet nått → inte på väg",
        "e-norr, andel, Mål 90 %: målet nått → fel håll",
    ]


def test_the_headline_counts_everything():
    before = [counted("14", 1, 2), counted("1401", 1, 2)]
    after = [counted("14", 1, 4), counted("1401", 1, 4), counted("1402", 1, 2)]
    told = (flip(), flip("14"), flip("1401", overview=False))
    assert words.headline(difference(before, after, told=told)) == (
        "2\u00a0bedömningar i översikten ändras (och 1 för kommuner och andra indelningar), 2\u00a0tal revideras "
        "och 1\u00a0tal är nytt."
    )
    assert words.headline(difference(before, after)) == (
        "Ingen bedömning ändras, 2\u00a0tal revideras och 1\u00a0tal är nytt."
    )
    assert words.headline(
        difference([counted("14", 1, 2)], [], withdrawn=True, told=(flip(overview=False),))
    ) == ("1\u00a0bedömning ändras för kommuner och andra indelningar och 1\u00a0tal tas bort.")


def test_another_kind_of_figure_is_no_other_judgement():
    real = {"what": "real", "new_outcome": "target_reached"}
    told = (flip("14"), flip(**real), flip("e-syd", **real), flip("1401", overview=False, **real))
    assert words.headline(difference([], [], told=told)) == (
        "1\u00a0bedömning i översikten ändras och 2\u00a0värden i översikten blir verkliga i stället för exempeldata."
    )
    gone = flip(
        what="disappears", target=None, old_outcome="cannot_be_judged", new_outcome="cannot_be_judged"
    )
    assert words.headline(difference([], [], told=(gone,))) == (
        "Ingen bedömning ändras och 1\u00a0värde i översikten försvinner."
    )
    assert words.flip_texts(flips(flip(what="real", target=None, new_outcome="target_reached")), KNOWN) == [
        "e-norr, andel: verkliga tal i stället för exempeldata"
    ]


def test_money_is_counted_too():
    said = words.headline(difference([], [], money_counts=Counts(new=1, revised=2, removed=3)))
    assert said == (
        "Ingen bedömning ändras, 2\u00a0belopp ändras, 3\u00a0belopp tas bort och 1\u00a0belopp är nytt."
    )


def test_where_nothing_changes_it_is_said_why():
    same = [counted("14", 1, 2)]
    assert words.headline(difference(same, same)) == (
        "Ingenting ändras: leveransens 1\u00a0uppgift stämmer med det som är publicerat."
    )
    assert words.headline(difference([], [], covered=12)) == (
        "Ingenting ändras: senare leveranser gäller i stället för leveransens 12\u00a0tal."
    )
    assert words.headline(difference([], [])) == "Ingenting ändras."
    assert words.headline(difference([], [], told=(flip(),))).startswith(
        "1\u00a0bedömning i översikten ändras."
    )


def test_the_change_that_means_most():
    big = difference([counted("14", 500, 1000)], [counted("14", 900, 1000)])
    assert words.most(big, KNOWN) == "Mest ändras andel, Länet, 2020: 50,0\u00a0% → 90,0\u00a0%."
    new = difference([], [counted("1401", 1, 2, sex="women", age="18+", origin="example")])
    assert words.most(new, KNOWN) == "", "nothing that was there changes"
    assert (
        words.row_place(new.rows.row(0, named=True), KNOWN) == "andel 18+, Alfa, 2020, kvinnor, exempeldata"
    )
    gone = difference([counted("14", 1, 2)], [], withdrawn=True)
    assert words.most(gone, KNOWN) == "Mest ändras andel, Länet, 2020: 50,0\u00a0% tas bort."
    assert words.most(difference([], []), KNOWN) == ""


def row(before: dict, after: dict) -> dict:
    return difference([before], [after]).rows.row(0, named=True)


def test_the_parts_of_a_row():
    told = row(counted("14", 500, 1000), counted("14", 900, 1200))
    assert words.change_text(told, KNOWN) == "+25,0\u00a0procentenheter"
    assert [words.counts_text(told, side) for side in ("old", "new")] == [
        "500 av 1\u00a0000", "900 av 1\u00a0200",
    ]  # fmt: skip
    hidden = row({"area": "14", "value": 3.0}, {"area": "14", "flag": "suppressed"})
    assert (words.figure_text(hidden, "new", KNOWN), words.change_text(hidden, KNOWN)) == (
        "dold hos källan",
        "",
    )
    assert words.counts_text(hidden, "old") == ""
    missing = row({"area": "14", "flag": "missing"}, {"area": "14", "numerator": 2.5, "value": 1.0})
    assert words.figure_text(missing, "old", KNOWN) == "uppgift saknas"
    assert words.counts_text(missing, "new") == "2,5 av –"


MEAN = {"area": "14", "indicator": "dagar", "value": 7.5, "numerator": 300.0, "denominator": 40.0}


def test_a_standard_deviation_is_part_of_what_is_behind_a_row():
    told = row(MEAN, MEAN | {"standard_deviation": 8.1})
    assert words.basis_text(told) == "300 av 40 → 300 av 40, standardavvikelse 8,1"
    assert words.basis_text(row(MEAN, MEAN | {"value": 7.6})) == "300 av 40"
    alone = row({"area": "14", "value": 1.0}, {"area": "14", "value": 1.0, "standard_deviation": 1208.0})
    assert words.basis_text(alone) == "standardavvikelse 1\u00a0208"


def test_what_the_catalogue_has_lost_is_told_by_its_id():
    told = row(
        {"area": "9999", "indicator": "borta", "value": 3.5},
        {"area": "9999", "indicator": "borta", "value": 4.0},
    )
    assert words.row_place(told, KNOWN) == "borta, 9999, 2020"
    assert words.figure_text(told, "old", KNOWN) == "3,5"
    assert words.change_text(told, KNOWN) == ""


def test_a_sum_of_money():
    rows, _ = changed_money(county.allocations(), county.allocations({"area": "14", "amount": Decimal(5)}))
    told = words.money_place(rows.row(0, named=True), KNOWN)
    assert told == "avtal, Ändamål, Mottagare, Länet, fördelat"


def test_a_period_that_is_not_there_is_empty():
    assert words.period_text({"period_type": None, "period_start": None}) == ""
    assert words.period_text({"period_type": "year", "period_start": YEAR_2020}) == "2020"

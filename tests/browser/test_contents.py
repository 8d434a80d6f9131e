"""What the pages say, held against the figures in the warehouse: every cell, written out in another way."""

from __future__ import annotations

from contextlib import closing
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from babel.numbers import format_decimal

from dashboard import links
from etl.catalogue import load_catalogue
from etl.warehouse import Warehouse
from tests.browser import looking
from tests.browser.looking import View, view
from tests.browser.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from schemas.catalogue import Area, Catalogue, Indicator
    from tests.browser.server import Server

Cell = list[str]
Row = list[Cell]
Judgement = dict[str, Any]

AGREED = 81_314_959

WORDS = {
    "target_reached": "Målet nått",
    "on_the_way": "På väg",
    "not_on_the_way": "Inte på väg",
    "wrong_direction": "Fel håll",
    "cannot_be_judged": "Kan inte bedömas",
}
UNITS = {
    "percent": "%",
    "index": "",
    "days": "dagar",
    "days_per_inhabitant": "dagar per invånare",
    "kronor": "kr",
}

#: The texts of every cell of the tables inside an element, seen or not, one for each piece of text.
_ROWS = """(inside, part) => [...inside.querySelectorAll(`table ${part} tr`)].map(row => [...row.cells].map(cell => {
    const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walk.nextNode()) texts.push(walk.currentNode.data.trim());
    return texts.filter(text => text);
}))"""


@pytest.fixture(scope="module")
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="sv-SE")
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


@pytest.fixture(scope="module")
def judged(site: Server) -> dict[tuple[str, str, str], Judgement]:
    """The judgement of every indicator, age group and area."""
    return _judged(site.warehouse)


@lru_cache
def _judged(folder: Path) -> dict[tuple[str, str, str], Judgement]:
    with closing(Warehouse(folder)) as warehouse:
        rows = warehouse.judgements().filter(pl.col("sex") == "total").rows(named=True)
    found = {(row["indicator"], row["age"], row["area"]): row for row in rows}
    assert len(found) == len(rows), (
        "an indicator with two targets has two rows, which this table can't tell apart"
    )
    return found


@pytest.fixture(scope="module")
def allocations(site: Server) -> pl.DataFrame:
    with closing(Warehouse(site.warehouse)) as warehouse:
        return warehouse.allocations()


def number(value: float | Decimal, decimals: int = 0) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format_decimal(rounded, format="#,##0" + ("." + "0" * decimals if decimals else ""), locale="sv")


def with_unit(value: float | None, indicator: Indicator) -> str:
    if value is None:
        return "–"
    return f"{number(value, indicator.decimals)}\u00a0{UNITS[indicator.unit]}".strip("\u00a0")


def kronor(text: str) -> int:
    return 0 if text in ("–", "inte redovisat") else int(text.removesuffix("kr").replace("\u00a0", ""))


def rows(page: Page, key: str, part: str = "tbody") -> list[Row]:
    """The rows of the tables under a key."""
    return page.locator(f".st-key-{key}").evaluate(_ROWS, part)


def age_of(indicator: Indicator, catalogue: Catalogue) -> str:
    targets = catalogue.targets_of(indicator.id)
    return (targets[0].age if targets else None) or indicator.headline_age


def said(cell: Cell, text: str) -> bool:
    """Whether a piece of a cell's text is this, maybe followed by more after a dot."""
    return any(piece == text or piece.startswith(f"{text} ·") for piece in cell)


def arrow(change: float, decimals: int) -> str:
    shown = number(abs(change), decimals)
    nothing = not any(digit in shown for digit in "123456789")
    return f"{'●' if nothing else '▲' if change > 0 else '▼'} {shown}"


def wrong_cell(
    cell: Cell, judgement: Judgement | None, indicator: Indicator, *, has_target: bool
) -> str | None:
    """What a cell of the overview doesn't say; None where it says all."""
    if judgement is None or judgement["value"] is None:
        hidden = judgement is not None and judgement["flag"] == "suppressed"
        wanted = ["Dolt" if hidden else "Ingen uppgift"]
    else:
        value = with_unit(judgement["value"], indicator)
        # The unit of a sum of days stands beside the name.
        wanted = [value.partition("\u00a0dagar per")[0]]
        if has_target:
            wanted.append(WORDS[judgement["judgement"]])
        if judgement["change"] is not None:
            wanted.append(arrow(judgement["change"], indicator.decimals))
    missing = [text for text in wanted if not said(cell, text)]
    return f"{missing} of {cell}" if missing else None


@pytest.mark.parametrize(
    "chosen",
    [{}, {"indelning": "namnd"}, {"indelning": "kommunalforbund"}, {"delregion": "Skaraborg"}],
    ids=lambda chosen: "-".join(chosen.values()),
)
def test_every_cell_of_the_overview(
    site: Server, reader: Page, catalogue: Catalogue, judged: dict, chosen: dict[str, str]
):
    looking.look_at(reader, site.url + view(links.OVERVIEW, **chosen).address)
    delregioner = catalogue.delregioner(chosen.get("indelning", catalogue.default_division.id))
    columns = [
        catalogue.county,
        *(area for area in delregioner if area.name == chosen.get("delregion", area.name)),
    ]
    assert rows(reader, "matrix", "thead")[0] == [["Mål"], *([area.name] for area in columns)]
    names = {indicator.name: indicator for indicator in catalogue.indicators.values()}
    found = [row for row in rows(reader, "matrix") if len(row) > 1]
    addresses = reader.locator(".st-key-matrix tbody th[scope=row] a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    shown = [names[parse_qs(urlsplit(address).query)["indikator"][0]] for address in addresses]
    assert sorted(item.id for item in shown) == sorted(catalogue.indicators)
    wrong = []
    for indicator, row in zip(shown, found, strict=True):
        age = age_of(indicator, catalogue)
        assert said(row[0], indicator.short_name if age == "total" else f"{indicator.short_name} {age}")
        has_target = bool(catalogue.targets_of(indicator.id))
        for area, cell in zip(columns, row[1:], strict=True):
            fault = wrong_cell(
                cell, judged.get((indicator.id, age, area.id)), indicator, has_target=has_target
            )
            wrong += [f"{indicator.id} {area.name}: {fault}"] if fault else []
    assert wrong == []


@pytest.mark.parametrize(
    "name",
    ["vardgaranti-telefon", "kontinuitetsindex", "utskrivningsklar-medelvardtid", "bup-forsta-besok-30",
     "covid19-minst-2-doser", "medel-psykisk-halsa"],
)  # fmt: skip
def test_every_area_of_an_indicator_and_every_period_of_the_county(
    site: Server, reader: Page, catalogue: Catalogue, judged: dict, name: str
):
    indicator = catalogue.indicators[name]
    looking.look_at(reader, site.url + view(links.INDICATOR, indikator=indicator.name).address)
    areas = [catalogue.county, *catalogue.delregioner(catalogue.default_division.id)]
    age = age_of(indicator, catalogue)
    for area, row in zip(areas, rows(reader, "areas"), strict=True):
        figure = judged.get((name, age, area.id))
        assert row[0] == [area.name]
        for text in area_texts(figure, indicator, has_target=bool(catalogue.targets_of(name))):
            assert any(text in piece for cell in row for piece in cell), f"{text} of {area.name}"
    county = judged[name, age, catalogue.county.id]
    heading = reader.locator("h1").inner_text()
    assert with_unit(county["value"], indicator) in heading
    if reader.locator(".st-key-story-table").count():
        shown = outcomes(reader)
        expected = expected_outcomes(site.warehouse, indicator, age, county, areas)
        assert {name: column for name, column in shown.items() if name in expected} == expected
        assert shown.keys() & {area.name for area in areas} == expected.keys() - {"Värde"}
    else:
        assert county["previous_start"] is None, "one period needs no table of all"


def outcomes(page: Page) -> dict[str, list[str]]:
    """The figures of the table below the chart, newest first, by the name of the column."""
    heads = [head[0].partition(" (")[0] for head in rows(page, "story-table", "thead")[0]]
    kind = heads.index("Slag")
    told = [row for row in rows(page, "story-table") if row[kind][0].startswith("Utfall")]
    return {head: [row[place][0] for row in told] for place, head in enumerate(heads)}


def expected_outcomes(
    folder: Path, indicator: Indicator, age: str, county: Judgement, areas: list[Area]
) -> dict[str, list[str]]:
    """The county's values and those of each delregion that has any, for the periods that the county has."""
    with closing(Warehouse(folder)) as warehouse:
        series = warehouse.series(indicator.id).filter(
            age=age, sex="total", period_type=county["period_type"]
        )
    values = {
        (area, start): value
        for area, start, value in series.select("area", "period_start", "value").iter_rows()
        if value is not None
    }
    periods = sorted({start for area, start in values if area == areas[0].id}, reverse=True)
    found = {
        "Värde" if area is areas[0] else area.name: [values.get((area.id, start)) for start in periods]
        for area in areas
    }
    return {
        name: ["–" if value is None else number(value, indicator.decimals) for value in column]
        for name, column in found.items()
        if any(value is not None for value in column)
    }


def area_texts(figure: Judgement | None, indicator: Indicator, *, has_target: bool) -> list[str]:
    """What an area's row in the indicator's table says."""
    if figure is None:
        return ["Ingen uppgift"]
    texts = [with_unit(figure["value"], indicator)]
    if figure["lower"] is not None:
        lower, upper = (number(figure[end], indicator.decimals) for end in ("lower", "upper"))
        texts.append(f"{lower}–{upper}")
    if figure["numerator"] is not None and figure["denominator"] is not None and indicator.roll_up != "sum":
        texts += [number(figure["numerator"]), number(figure["denominator"])]
    return [*texts, WORDS[figure["judgement"]]] if has_target else texts


@pytest.mark.parametrize(
    ("delregion", "kommun"), [("Fyrbodal", None), ("Skaraborg", "Skara"), ("SIMBA", "Kungälv")]
)
def test_every_row_of_a_profile(site, reader, catalogue, judged, delregion: str, kommun: str | None):  # noqa: PLR0917
    named = {area.name: area for area in catalogue.areas.values() if area.division or area.level == "kommun"}
    chosen = {"kommun": kommun} if kommun else {}
    looking.look_at(reader, site.url + view(links.DELREGION, delregion=delregion, **chosen).address)
    own = named[kommun or delregion]
    beside = [catalogue.county] if kommun is None else [named[delregion], catalogue.county]
    indicators = {indicator.name: indicator for indicator in catalogue.indicators.values()}
    found = [row for row in rows(reader, "profile") if row[0][0] in indicators]
    assert sorted(row[0][0] for row in found) == sorted(indicators)
    wrong = []
    for row in found:
        indicator = indicators[row[0][0]]
        age = age_of(indicator, catalogue)
        figures = {area.id: judged.get((indicator.id, age, area.id)) for area in (own, *beside)}
        wrong += wrong_row(row, indicator, own, figures, has_target=bool(catalogue.targets_of(indicator.id)))
    assert wrong == []


def wrong_row(
    row: Row, indicator: Indicator, own: Area, figures: dict[str, Judgement | None], *, has_target: bool
) -> list[str]:
    """What a row of a profile doesn't say."""
    mine = figures[own.id]
    if mine is None:
        return (
            []
            if any("Ingen uppgift" in piece for cell in row for piece in cell)
            else [f"{indicator.id}: {row}"]
        )
    # Own value and trend, then the areas beside.
    cells = [row[1], *row[3 : 2 + len(figures)]]
    values = [with_unit(figure["value"] if figure else None, indicator) for figure in figures.values()]
    faults = [
        f"{indicator.id}: {value} of {cell}"
        for value, cell in zip(values, cells, strict=True)
        if value not in cell
    ]
    if has_target and WORDS[mine["judgement"]] not in row[2 + len(figures)]:
        faults.append(f"{indicator.id}: {mine['judgement']} of {row[2 + len(figures)]}")
    return faults


def test_how_many_targets_each_municipality_of_a_delregion_reaches(
    site: Server, reader: Page, catalogue: Catalogue, judged: dict
):
    looking.look_at(reader, site.url + view(links.DELREGION, delregion="Skaraborg").address)
    place = next(area for area in catalogue.delregioner("vardsamverkan") if area.name == "Skaraborg")
    members = {area.name: area.id for area in catalogue.members(place.id)}
    found = {row[0][0]: row for row in rows(reader, "profile") if row[0][0] in members}
    assert found.keys() == members.keys()
    heads = next(row for row in rows(reader, "profile", "thead") if row[0] == ["Kommun"])
    counted = {head[0]: place for place, head in enumerate(heads) if head[0] in WORDS.values()}
    assert set(counted) == set(WORDS.values())
    for name, area in members.items():
        outcomes = [
            WORDS[row["judgement"]]
            for (_, _, place), row in judged.items()
            if place == area and row["target"] is not None
        ]
        shown = {word: int(found[name][column][0]) for word, column in counted.items()}
        assert shown == {word: outcomes.count(word) for word in counted}, name


def test_the_money_adds_up_to_what_was_agreed(site: Server, reader: Page, allocations: pl.DataFrame):
    looking.look_at(reader, site.url + View(links.FUNDS).address)
    allocated = allocations.filter(kind="allocated")
    assert allocated["amount"].sum() == AGREED
    assert f"{number(AGREED)}\u00a0kr" in reader.locator("h1").inner_text()
    purposes = amounts(rows(reader, "purposes"))
    assert purposes.pop("Summa") == AGREED
    assert purposes == sums(allocated, "purpose")
    shares = amounts(rows(reader, "shares"))
    assert shares.pop("Summa") == AGREED
    assert sum(shares.values()) == AGREED


@pytest.mark.parametrize("division", ["vardsamverkan", "namnd", "kommunalforbund"])
def test_the_tables_of_money_add_up_in_every_division(
    site: Server, reader: Page, allocations: pl.DataFrame, division: str
):
    looking.look_at(reader, site.url + view(links.FUNDS, indelning=division).address)
    tables = ("flow-table", "shares", "used-table", "purposes")
    for key in tables:
        *parts, total = rows(reader, key)
        assert total[0] == ["Summa"], key
        columns = [place for place, cell in enumerate(total) if cell and cell[0].endswith("\u00a0kr")]
        whole = [
            place
            for place in columns
            if all("," not in text for row in parts for text in row[place]) and "," not in total[place][0]
        ]
        assert whole, f"{key} has no column of whole kronor"
        for place in whole:
            added = sum(kronor(row[place][0]) for row in parts if row[place])
            assert added == kronor(total[place][0]), f"{key}, column {place}"
        assert AGREED in {kronor(total[place][0]) for place in whole}, key
    given = [row for row in rows(reader, "recipients") if row[0] != ["Summa"]]
    recipients = (
        allocations.filter(kind="allocated")
        .group_by("recipient", "area", "level")
        .agg(pl.col("amount").sum())
    )
    shown = sorted(
        next(kronor(cell[0]) for cell in row if cell and cell[0].endswith("\u00a0kr")) for row in given
    )
    assert shown == sorted(int(amount) for amount in recipients["amount"])


def amounts(found: list[Row]) -> dict[str, int]:
    """The first cell of each row → its first amount."""
    return {row[0][0]: kronor(row[1][0]) for row in found}


def sums(allocated: pl.DataFrame, column: str) -> dict[str, int]:
    return {
        name: int(amount)
        for name, amount in allocated.group_by(column).agg(pl.col("amount").sum()).iter_rows()
    }

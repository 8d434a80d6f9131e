"""What the sections of Medel have in common: the money arranged once a version and choice, and the charts' frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dashboard import data, frame, money, money_stages
from dashboard.charts.picture import Said
from dashboard.components import drawing, figures_table
from dashboard.sections import charted
from etl.measures.population import latest_year, newest
from schemas import clock, swedish

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from dashboard.components.figures_table import FiguresTable
    from dashboard.money import Share, Sums
    from dashboard.money_stages import Stages
    from dashboard.sections.charted import Chart
    from schemas.catalogue import Agreement

#: Choices kept in memory: each agreement, division and delregion that is looked at.
KEPT = 32

#: More sources than these are counted instead of named.
_NAMED = 2


class View(NamedTuple):
    """What is chosen: the version, ids of the agreement, the division and the delregion, and the theme."""

    version: data.Version
    agreement: str
    division: str
    chosen: str | None
    theme: str | None

    @property
    def plain(self) -> View:
        """The same whatever the theme, for what isn't coloured here."""
        return self._replace(theme=None)


@dataclass(frozen=True)
class Basis:
    """An agreement's money as a choice shows it.

    Attributes:
        agreement: The agreement.
        rows: Its allocations with their part of the county.
        whole: The sum of everything.
        parts: The sums of the parts of the county.
        purposes: The sums per purpose.
        shares: Each delregion's money per inhabitant, whatever is chosen.
        stages: The money's way.
        example: Whether any of it is generated.
        years: The years of the money, as text.
        people_year: The year of the inhabitants.
        foot: Source and date, as they stand in a picture.
        source: Where the allocation comes from, in a file.
    """

    agreement: Agreement
    rows: pl.DataFrame
    whole: Sums
    parts: tuple[Sums, ...]
    purposes: tuple[Sums, ...]
    shares: tuple[Share, ...]
    stages: Stages
    example: bool
    years: str
    people_year: int
    foot: str
    source: str

    @property
    def own(self) -> Sums | None:
        """The chosen delregion's money; None where none is chosen."""
        return self.parts[0] if self.parts and money.OTHERS in {sums.id for sums in self.parts} else None


def basis(view: View) -> Basis:
    """The money as it is shown."""
    return _basis(view.version, view.agreement, view.division, view.chosen)


@lru_cache(maxsize=KEPT)
def _basis(version: data.Version, agreement: str, division: str, chosen: str | None) -> Basis:
    catalogue, population = data.catalogue(), data.knowledge().population
    item = catalogue.agreements[agreement]
    rows = money.grouped(money.of_agreement(data.allocations(version), item), catalogue, division, chosen)
    parts = money.parts(rows, catalogue, division, chosen)
    people = newest(population, catalogue.municipalities)
    return Basis(
        agreement=item,
        rows=rows,
        whole=money.everything(rows, "Hela överenskommelsen"),
        parts=tuple(parts),
        purposes=tuple(money.by(rows, "purpose")),
        shares=tuple(money.shares(rows, item, catalogue, division, people)),
        stages=money_stages.stages(item.name, item.total, rows, parts, chosen),
        example=bool((rows["origin"] == "example").any()),
        years=_years(rows["year"].unique().sort().to_list() or [item.year]),
        people_year=latest_year(population),
        foot=foot(version, [item], rows),
        source=sources(rows),
    )


def _years(years: Sequence[int]) -> str:
    return str(years[0]) if len(years) == 1 else f"{years[0]}{swedish.EN_DASH}{years[-1]}"


def sources(rows: pl.DataFrame) -> str:
    """Where allocations come from; many sources are counted."""
    found = sorted(rows["source"].drop_nulls().unique().to_list())
    if not found:
        return ""
    return swedish.listing(found).rstrip(".") if len(found) <= _NAMED else f"{len(found)} källor"


def foot(version: data.Version, agreements: Sequence[Agreement], rows: pl.DataFrame) -> str:
    """Source and date, as they stand in a picture.

    Args:
        version: The version.
        agreements: Whose sums are shown.
        rows: How they are allocated.
    """
    changed = max(data.batches(version)["changed_at"].to_list(), default=None)
    day = f", {clock.in_sweden(changed):%Y-%m-%d}" if changed else ""
    of_sum = swedish.listing(sorted({item.source.publisher for item in agreements}))
    given = f" Fördelningen: {sources(rows)}." if sources(rows) else ""
    return f"Källa för summan: {of_sum}.{given} Version {data.number(version)}{day}."


def said(basis: Basis, title: str, below: str) -> Said:
    """The words in a picture of the money; without a title where the picture makes its own."""
    return Said(frame.as_example(title, basis.example) if title else "", below, basis.foot, basis.example)


def table(
    basis: Basis,
    caption: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[figures_table.Cell]],
    *,
    summed: bool = True,
) -> FiguresTable:
    """A picture's table for its file; `summed` where the last row is the sum."""
    return figures_table.FiguresTable(
        name=basis.agreement.name,
        caption=caption,
        heads=heads,
        rows=rows,
        decimals=2,
        source=basis.source,
        is_example=basis.example,
        summed=summed,
    )


def below(key: str, said: Said, table: FiguresTable, drawn: str, *, file: str) -> str:
    """What stands below a picture: its files, and its table one click away.

    Args:
        key: The picture's.
        said: The words in it.
        table: Its figures, for the file.
        drawn: Its table as markup.
        file: The file's name.
    """
    tools = drawing.tools(said.title, chart=key, csv=(file, figures_table.download(table)))
    return f"{tools}<details><summary>Visa som tabell</summary>{drawn}</details>"


def show(key: str, chart: Chart) -> None:
    """A picture and what stands below it."""
    charted.pictures(key, chart)
    drawing.show(chart.markup, key=f"{key}-table")

"""Read a file as an analyst's mapping says, whole columns at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from etl.extract import mapping_problems as told
from etl.extract.mapped_cells import cells_of
from etl.extract.mapped_plan import Group, Plan, plans
from etl.extract.mapped_texts import period_text, said_once
from etl.extract.model import HEADING_OF, OBSERVATION_TEXT, Conventions, Extracted, Workbook
from etl.extract.split_numbers import split_numbers
from schemas.mapping import FIGURES, Column, Spread
from schemas.problem import no_problems, problem
from schemas.swedish import count_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.mapping import Mapping, Name

SHAPE = "mapped"


def read(workbook: Workbook, mapping: Mapping) -> Extracted:
    """The rows of a file that is read with a mapping.

    Rows without any figure that hold one text only (footnotes, headings of groups), and rows of sums and
    averages over areas, are passed over with a warning. A column of figures under a heading with a period
    gives a row for each of its cells that holds anything.

    Args:
        workbook: The file.
        mapping: What its columns are.

    Returns:
        Rows as from any reader, beside them `heading_value` and the like where a figure's heading differs
        from row to row. What is wrong with the mapping is among its problems, and then there are no rows.
    """
    wrong = told.senseless(mapping)
    if wrong.is_empty():
        wrong = told.period_to_ask(mapping)
    if wrong.height:
        return _extracted(mapping, _none(), wrong)
    found, problems = plans(workbook, mapping)
    frames, more = [], [problems]
    for plan in found:
        rows, sheet_problems = _sheet_rows(plan, mapping)
        frames.append(rows)
        more.append(sheet_problems)
    rows = pl.concat([_none(), *frames], how="diagonal")
    rows, passed = _indicators(rows, mapping)
    more.append(passed)
    if found and rows.is_empty() and not any((frame["severity"] == "error").any() for frame in more):
        more.append(told.nothing_found())
    return _extracted(mapping, rows, pl.concat(more))


def _none() -> pl.DataFrame:
    return pl.DataFrame(schema={**dict.fromkeys((*OBSERVATION_TEXT, "sheet"), pl.String), "row": pl.Int64})


def _extracted(mapping: Mapping, rows: pl.DataFrame, problems: pl.DataFrame) -> Extracted:
    return Extracted(
        shape=SHAPE,
        shape_name=f"egen tolkning ”{mapping.name}”",
        kind="observations",
        rows=rows,
        headings={
            name: _heading(mapping, name) for name in (*OBSERVATION_TEXT, "year") if name in told.WORDS
        },
        conventions=Conventions(
            marks=dict(mapping.marks), share=mapping.share, unknown_areas=mapping.unknown_areas
        ),
        problems=problems,
    )


def _heading(mapping: Mapping, name: str) -> str:
    """What the analyst calls a canonical column: its heading, or what it holds where it has none."""
    source = mapping.fields.get(name)  # type: ignore[call-overload]
    word = next(text for key, text in told.WORDS.items() if key == name).capitalize()
    if isinstance(source, Column):
        return source.heading or word
    return source.label or word if isinstance(source, Spread) else word


def _sheet_rows(plan: Plan, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    fixed, lacking = said_once(plan, mapping)
    if lacking:
        return _none(), told.period_not_above(plan.sheet, mapping)
    cells, passed = cells_of(plan, mapping)
    passed = split_numbers(plan.sheet, plan.head.row).vstack(passed)
    return pl.concat([_group_rows(cells, group, plan, mapping, fixed) for group in plan.groups]), passed


def _group_rows(
    cells: pl.DataFrame, group: Group, plan: Plan, mapping: Mapping, fixed: dict[Name, str]
) -> pl.DataFrame:
    """The rows that one group of figures gives."""
    texts = {name: _text(name, cells, fixed) for name in OBSERVATION_TEXT if name not in FIGURES}
    for name, said in (("period", group.period), ("sex", group.sex), ("indicator", group.indicator)):
        if said is not None:
            texts[name] = pl.lit(said, pl.String)
    year = _text("year", cells, fixed) if "year" in mapping.fields else None
    texts["period"] = period_text(texts["period"], year, mapping)
    figures = {
        name: pl.col(f"f{group.figures[name]}") if name in group.figures else pl.lit(None, pl.String)
        for name in FIGURES
    }
    rows = cells
    if mapping.is_spread:
        rows = cells.filter(
            pl.any_horizontal(pl.col(f"f{place}").is_not_null() for place in _own(group, plan))
        )
    return rows.select(
        *({**texts, **figures}[name].alias(name) for name in OBSERVATION_TEXT),
        pl.lit(plan.sheet.name, pl.String).alias("sheet"),
        "row",
        *_headings(group, plan, mapping),
    )


def _own(group: Group, plan: Plan) -> list[int]:
    """The columns of a group that aren't also every other group's."""
    shared = {plan.places[name] for name in FIGURES if name in plan.places}
    return [place for place in group.figures.values() if place not in shared] or list(group.figures.values())


def _text(name: str, cells: pl.DataFrame, fixed: dict[Name, str]) -> pl.Expr:
    said = next((text for key, text in fixed.items() if key == name), None)
    if said is not None:
        return pl.lit(said, pl.String)
    return pl.col(name) if name in cells.columns else pl.lit(None, pl.String)


def _headings(group: Group, plan: Plan, mapping: Mapping) -> list[pl.Expr]:
    """The headings of a group's own cells, under the names of what they say."""
    if not mapping.is_spread:
        return []
    names = plan.head.names
    own = {name: names[group.figures[name]] for name in FIGURES if name in group.figures}
    first = names[_own(group, plan)[0]]
    said = {name: first for name in ("period", "sex", "indicator") if mapping.says(name)}
    return [
        pl.lit({**own, **said}.get(name), pl.String).alias(f"{HEADING_OF}{name}")
        for name in (*FIGURES, "period", "sex", "indicator")
        if name in mapping.fields or name == "value"
    ]


def _indicators(rows: pl.DataFrame, mapping: Mapping) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Texts of the file turned into the indicators that the analyst said they are."""
    if not mapping.indicators or mapping.says("indicator"):
        return rows, no_problems()
    passed = _folded([text for text, target in mapping.indicators.items() if target is None])
    text = pl.col("indicator").str.strip_chars().str.to_lowercase()
    gone = rows.filter(text.is_in(passed))
    known = {_fold(key): target for key, target in mapping.indicators.items() if target is not None}
    kept = rows.filter(~text.is_in(passed).fill_null(False)).with_columns(
        pl.coalesce(text.replace_strict(known, default=None, return_dtype=pl.String), "indicator").alias(
            "indicator"
        )
    )
    if gone.is_empty():
        return kept, no_problems()
    warning = problem(
        "indicator_skipped",
        severity="warning",
        sheet=gone["sheet"][0],
        row=gone["row"][0],
        column=_heading(mapping, "indicator"),
        value=", ".join(gone["indicator"].unique(maintain_order=True).head(3)),
        expected="en indikator som läses",
        hint=f"{count_text(gone.height, 'rad', 'rader')} gäller annat än det som tolkningen läser.",
    )
    return kept, warning


def _fold(text: str) -> str:
    return text.strip().lower()


def _folded(texts: Sequence[str]) -> list[str]:
    return [_fold(text) for text in texts]

"""What `fardplan` shows a person: plain Swedish lines, tables, and progress on standard error."""

from __future__ import annotations

import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import structlog
from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from schemas.clock import in_sweden
from schemas.period import Period, PeriodType
from schemas.problem_groups import rows_text, values_text
from schemas.results import Outcome as Judged
from schemas.swedish import count_text, listing, number, value_text
from schemas.words import OUTCOME_WORDS, STATUS_WORDS, SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Generator

    import polars as pl

    from etl.jobs.comparison import Comparison
    from etl.jobs.delivery import Checked, OnStep, Outcome
    from etl.warehouse import Receipt
    from schemas.catalogue import Catalogue
    from schemas.problem import Report

#: Kinds of problems, and cases of one kind, that are written out; the rest are counted.
_SHOWN_GROUPS = 60
_SHOWN_CASES = 10
_PIPED_WIDTH = 400

#: Told apart without colour, as on the pages.
_SYMBOLS = {
    Judged.TARGET_REACHED: "✓",
    Judged.ON_THE_WAY: "↗",
    Judged.NOT_ON_THE_WAY: "→",
    Judged.WRONG_DIRECTION: "▼",
    Judged.CANNOT_BE_JUDGED: "?",
}


def log_to_stderr(*, verbose: bool) -> None:
    """Send the program's log to standard error, so that answers stay alone on standard output.

    A traceback goes there without the values of variables: they can be secrets or rows.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if verbose else logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


@contextmanager
def steps(total: int | None) -> Generator[OnStep]:
    """A progress bar on standard error, when that is a terminal; gives the function to tell each step to."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Förbereder", total=total)

        def on_step(step: str) -> None:
            progress.update(task, advance=1, description=step)

        yield on_step


def _console() -> Console:
    """Standard output: coloured tables on a terminal, whole lines without markup when piped."""
    piped = not sys.stdout.isatty()
    return Console(
        file=sys.stdout, width=_PIPED_WIDTH if piped else None, highlight=False, markup=False, emoji=False
    )


def _print_table(console: Console, table: Table) -> None:
    """The table; without the spaces that fill up its last column when piped."""
    if console.width != _PIPED_WIDTH:
        console.print(table)
        return
    with console.capture() as captured:
        console.print(table)
    console.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))


def _table(*headings: str, right: tuple[str, ...] = ()) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in right else "left", overflow="fold")
    return table


def show_checked(checked: Checked, name: str) -> None:
    """A checked file: what it was taken for, and every kind of problem with its first rows."""
    console = _console()
    _say_recognised(console, checked, name)
    _say_problems(console, checked.report)
    if checked.ok:
        stored = checked.observations.height + checked.allocations.height
        console.print(f"Filen är godkänd. {_uppgifter(stored)} kan lagras.")
    else:
        console.print(f"Filen har {_fel(checked.report.errors.height)}. Inget är lagrat.")


def _uppgifter(count: int) -> str:
    return "En uppgift" if count == 1 else f"{number(count)} uppgifter"


def _fel(count: int) -> str:
    return "ett fel" if count == 1 else f"{number(count)} fel"


def _say_recognised(console: Console, checked: Checked, name: str) -> None:
    if checked.shape_name:
        subjects = listing([SUBJECT_WORDS[job].lower() for job in checked.jobs])
        told = [checked.shape_name, count_text(checked.rows, "rad", "rader"), subjects]
        console.print(f"{name}: {', '.join(part for part in told if part)}.")
    else:
        console.print(f"{name}: kändes inte igen.")


def _say_problems(console: Console, report: Report) -> None:
    groups = report.grouped()
    for group in groups.head(_SHOWN_GROUPS).to_dicts():
        _say_group(console, group)
    if groups.height > _SHOWN_GROUPS:
        left = count_text(groups.height - _SHOWN_GROUPS, "sort", "sorter")
        console.print(f"Ytterligare {left} visas inte här. Alla finns med --json eller --marked.")


def _say_group(console: Console, group: dict[str, Any]) -> None:
    """One kind of mistake: where, how often, what was found, what was expected, what to do."""
    word = "Fel" if group["severity"] == "error" else "Varning"
    times = f" ({number(group['count'])} gånger)" if group["count"] > 1 else ""
    where = _where(group)
    if len(group["cases"]) == 1:
        console.print(f"{word}{times}: {where}{_found(group)}väntat {group['expected']}.")
        console.print(f"  {group['hint']}")
        _say_rows(console, group)
        return
    expected = f"väntat {group['expected']}" if group["expected"] else "se vad som är väntat för varje"
    console.print(f"{word}{times}: {where}{expected}.")
    for case in group["cases"][:_SHOWN_CASES]:
        said = "" if group["expected"] else f"väntat {case['expected']}. "
        often = f" ({number(case['count'])} gånger)" if case["count"] > 1 else ""
        found = values_text(case["values"], case["more_values"]) or "Tomt"
        console.print(f"  {found}{often}: {said}{case['hint']}")
        _say_rows(console, case, indent="    ")
    left = len(group["cases"][_SHOWN_CASES:]) + group["more_cases"]
    if left:
        console.print(f"  … och {number(left)} till.")


def _say_rows(console: Console, told: dict[str, Any], *, indent: str = "  ") -> None:
    rows = rows_text(told["rows"], told["more_rows"])
    if rows:
        console.print(f"{indent}{rows[0].upper()}{rows[1:]}")


def _where(group: dict[str, Any]) -> str:
    parts = [
        f"blad {group['sheet']}" if group["sheet"] else "",
        f"kolumn {group['column']}" if group["column"] else "",
    ]
    named = ", ".join(part for part in parts if part)
    return f"{named}: " if named else ""


def _found(group: dict[str, Any]) -> str:
    found = values_text(group["values"], group["more_values"])
    return f"{found}, " if found else ""


def show_outcome(outcome: Outcome, name: str) -> None:
    """What became of a delivery."""
    if outcome.receipt is None:
        show_checked(outcome.checked, name)
        return
    console, receipt = _console(), outcome.receipt
    _say_recognised(console, outcome.checked, name)
    _say_problems(console, outcome.checked.report)
    state = STATUS_WORDS.get(receipt.status, receipt.status)
    if receipt.already_delivered:
        console.print(
            f"Samma fil levererades redan {in_sweden(receipt.delivered_at):%Y-%m-%d} av {receipt.delivered_by} "
            f"som leverans {receipt.batch} ({state}). Inget nytt är lagrat."
        )
        for line in _what_next(receipt, outcome.replaced_by):
            console.print(line)
        return
    console.print(f"Lagrad som leverans {receipt.batch} ({state}).")
    if outcome.comparison is not None:
        console.print(comparison_text(outcome.comparison))
    if receipt.status == "staged":
        console.print(f"Publicera med: fardplan publish {receipt.batch}")


def _what_next(receipt: Receipt, replaced_by: tuple[int, ...]) -> list[str]:
    """What has become of a file that came before, where its figures aren't shown, and what brings them back."""
    batch = receipt.batch
    match receipt.status:
        case "staged":
            return [f"Publicera med: fardplan publish {batch}"]
        case "withdrawn":
            return [
                f"Leverans {batch} är återkallad, så dess tal visas inte. Återställ den med: "
                f"fardplan restore {batch}"
            ]
        case "rejected":
            return [
                f"Leverans {batch} är avvisad, så dess tal visas inte. Återställ den med: "
                f"fardplan restore {batch}",
                f"Publicera den sedan med: fardplan publish {batch}",
            ]
    return [
        f"En senare leverans, {other}, har ersatt tal i filen. Återkalla den för att få tillbaka dem: "
        f"fardplan withdraw {other}"
        for other in replaced_by
    ]


def comparison_text(comparison: Comparison) -> str:
    """What a delivery changes: `Nya uppgifter: 12. Ändrade: 3. Oförändrade: 400.`."""
    return (
        f"Nya uppgifter: {number(comparison.new)}. Ändrade: {number(comparison.revised)}. "
        f"Oförändrade: {number(comparison.unchanged)}."
    )


def show_batches(batches: pl.DataFrame) -> None:
    """All batches, one line each."""
    console = _console()
    if batches.is_empty():
        console.print("Det finns inga leveranser än. Lägg in en fil med: fardplan load FIL")
        return
    table = _table("Nr", "Status", "Fil", "Levererad av", "När (UTC)", "Uppgifter", right=("Nr", "Uppgifter"))
    for row in batches.to_dicts():
        table.add_row(
            str(row["batch"]),
            STATUS_WORDS.get(row["status"], row["status"]),
            row["name"],
            row["delivered_by"],
            f"{row['delivered_at']:%Y-%m-%d %H:%M}",
            number(row["observations"] + row["allocations"]),
        )
    _print_table(console, table)


def show_status(rows: pl.DataFrame, catalogue: Catalogue) -> None:
    """Judgements as from `etl.jobs.documents.status_rows`, one line each."""
    console = _console()
    table = _table("Indikator", "Ålder", "Område", "Period", "Värde", "Mål", "Bedömning", right=("Värde",))
    example = False
    for row in rows.to_dicts():
        item = catalogue.indicators[row["indicator"]]
        mark = "*" if row["origin"] == "example" else ""
        example = example or bool(mark)
        target = catalogue.targets.get(row["target"] or "")
        reason = f": {row['reason']}" if row["reason"] else ""
        table.add_row(
            item.short_name,
            "" if row["age"] == "total" else row["age"],
            catalogue.areas[row["area"]].name,
            _period(row),
            value_text(row["value"], item.unit, item.decimals) + mark,
            target.label if target else "",
            f"{_judged(row['judgement'])}{reason}" if target or reason else "",
        )
    _print_table(console, table)
    if example:
        console.print("* Exempeldata: påhittade siffror som visar hur det kommer att se ut.")


def _period(row: dict[str, Any]) -> str:
    start = row["period_start"]
    return Period(start, PeriodType(row["period_type"])).label if start else ""


def _judged(outcome: str) -> str:
    return f"{_SYMBOLS[Judged(outcome)]} {OUTCOME_WORDS[outcome]}"

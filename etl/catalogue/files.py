"""Reading the catalogue's files as text, YAML and tables, whatever they may hold.

A file that is broken, or made to break its reader (deep nesting, aliases, enormous size), becomes a problem.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import polars as pl
import yaml
from yaml.constructor import ConstructorError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from etl.catalogue.problem import CatalogueProblem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: No catalogue file is near this size; a larger one is a mistake or meant to do harm.
LARGEST_FILE = 1_000_000

#: libyaml's composer calls itself for every level and takes the process down when a file nests too deeply.
DEEPEST = 20

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _TwiceError(ConstructorError):
    """The same key twice in one entry."""


class _Strict(_Loader):  # type: ignore[misc]
    """The safe loader, which also refuses the same key twice in one entry (YAML would keep the last)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping after checking that every key stands once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise _TwiceError(None, None, f"{key.value}", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)


def read_bytes(folder: Path) -> tuple[dict[str, bytes], list[CatalogueProblem]]:
    """Every file of the catalogue.

    Args:
        folder: The catalogue's folder.

    Returns:
        Name below the folder (forward slashes) → content, in order of name, and the files that could not be
        read.
    """
    contents: dict[str, bytes] = {}
    problems: list[CatalogueProblem] = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith(".") or path.name.endswith("~") or not path.is_file():
            continue
        try:
            if path.stat().st_size > LARGEST_FILE:
                problems.append(
                    CatalogueProblem(name, "", "filen är orimligt stor. Dela upp eller korta den.")
                )
                continue
            contents[name] = path.read_bytes()
        except OSError as failure:
            problems.append(CatalogueProblem(name, "", f"filen kan inte läsas ({failure.strerror})."))
    return contents, problems


def read_yaml(name: str, content: bytes) -> tuple[Any, list[CatalogueProblem]]:
    """A YAML file as plain Python values.

    Args:
        name: The file's name, for the problems.
        content: The file's bytes.

    Returns:
        The values, None where there are problems.
    """
    text, problems = _decode(name, content)
    if text is None:
        return None, problems
    try:
        refused = _refused(text)
        if refused:
            return None, [CatalogueProblem(name, "", refused)]
        value = yaml.load(text, Loader=_Strict)  # noqa: S506  (a subclass of the safe loader)
    except _TwiceError as failure:
        message = f"fältet ”{failure.problem}” står två gånger. Ta bort det ena."
        return None, [CatalogueProblem(name, _line(failure), message)]
    except ConstructorError as failure:
        message = "här står något annat än text, tal, datum, listor och fält. Ta bort det."
        return None, [CatalogueProblem(name, _line(failure), message)]
    except (yaml.YAMLError, ValueError) as failure:
        return None, [
            CatalogueProblem(
                name, _line(failure), "filen är inte giltig YAML. Kontrollera indrag, kolon och citattecken."
            )
        ]
    return value, [
        CatalogueProblem(name, field, "talet ska vara ett vanligt tal, inte .nan eller .inf.")
        for field in _not_finite(value)
    ]


def read_table(
    name: str, content: bytes, columns: tuple[str, ...]
) -> tuple[pl.DataFrame, list[CatalogueProblem]]:
    """A semicolon-separated table as text.

    Args:
        name: The file's name, for the problems.
        content: The file's bytes, UTF-8.
        columns: The columns it must have, no more and no less, in any order.

    Returns:
        String columns in the order asked for, frame row i being line i + 2 of the file; empty where there are
        problems.
    """
    empty = pl.DataFrame(schema=dict.fromkeys(columns, pl.String()))
    text, problems = _decode(name, content)
    if text is None:
        return empty, problems
    try:
        frame = pl.read_csv(text.encode(), separator=";", infer_schema=False)
    except pl.exceptions.PolarsError:
        wanted = f"raden ska ha {len(columns)} fält, skilda av semikolon."
        ragged = [CatalogueProblem(name, f"rad {line}", wanted) for line in _ragged(text, len(columns))]
        return empty, ragged or [CatalogueProblem(name, "", "tabellen går inte att läsa.")]
    odd = [
        CatalogueProblem(name, column, "kolumnen saknas.")
        for column in columns
        if column not in frame.columns
    ]
    odd += [
        CatalogueProblem(name, column, "kolumnen är inte känd. Ta bort den.")
        for column in frame.columns
        if column not in columns
    ]
    return (empty, odd) if odd else (frame.select(pl.col(columns).str.strip_chars()), [])


def _decode(name: str, content: bytes) -> tuple[str | None, list[CatalogueProblem]]:
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return None, [CatalogueProblem(name, "", "filen är inte UTF-8. Spara den som UTF-8.")]


def _refused(text: str) -> str | None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, AliasEvent):
            return "hänvisningar med & och * får inte användas. Skriv ut värdet."
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
        if depth > DEEPEST:
            return "filen har för många nivåer."
    return None


def _ragged(text: str, fields: int) -> list[int]:
    lines = enumerate(text.splitlines(), start=1)
    return [line for line, content in lines if content.count(";") != fields - 1]


def _line(failure: Exception) -> str:
    mark = getattr(failure, "problem_mark", None)
    return f"rad {mark.line + 1}" if mark is not None else ""


def _not_finite(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, float) and not math.isfinite(value):
        yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _not_finite(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for place, item in enumerate(value, start=1):
            yield from _not_finite(item, f"{path}[{place}]" if path else f"post {place}")

"""Reading and checking the catalogue as a whole."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from etl.catalogue import checks
from etl.catalogue.checks import Parts, check
from etl.catalogue.entries import many, named, one, rows
from etl.catalogue.files import read_bytes, read_table, read_yaml
from etl.catalogue.health_centres import HEALTH_CENTRES, as_areas, check_health_centres
from etl.catalogue.population import admit_population
from etl.catalogue.problem import CatalogueError, CatalogueProblem
from schemas.catalogue import (
    Agreement,
    Area,
    Catalogue,
    Caveat,
    Decision,
    Division,
    Indicator,
    Membership,
    Roadmap,
    Target,
)
from schemas.catalogue_parts import HealthCentre
from schemas.columns import POPULATION_SCHEMA

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel

_LISTS: dict[str, type[BaseModel]] = {
    checks.TARGETS: Target,
    checks.AREAS: Area,
    checks.DIVISIONS: Division,
    checks.DECISIONS: Decision,
    checks.AGREEMENTS: Agreement,
    checks.CAVEATS: Caveat,
}
_TABLES: dict[str, tuple[str, ...]] = {
    checks.MEMBERSHIPS: tuple(Membership.model_fields),
    checks.POPULATION: tuple(POPULATION_SCHEMA),
    HEALTH_CENTRES: tuple(HealthCentre.model_fields),
}
_OPTIONAL = (HEALTH_CENTRES,)
_KNOWN = (*_LISTS, *_TABLES, checks.ROADMAP)
_IGNORED = ("README.md",)


@dataclass(frozen=True)
class Knowledge:
    """The catalogue, ready to use.

    Attributes:
        catalogue: What is followed, where and towards what.
        population: Inhabitants per area and year, columns as in `schemas.columns.POPULATION_SCHEMA`.
        key: sha256 over all files of the catalogue; what was derived with another key is out of date.
    """

    catalogue: Catalogue
    population: pl.DataFrame
    key: str


def load_catalogue(folder: Path, *, known_key: str | None = None) -> Knowledge:
    """The catalogue in a folder.

    Args:
        folder: Such as `data/catalogue`.
        known_key: As for `read_catalogue`.

    Raises:
        CatalogueError: When anything is wrong; its message lists every problem by file and field.
    """
    knowledge, problems = read_catalogue(folder, known_key=known_key)
    if knowledge is None:
        raise CatalogueError(problems)
    return knowledge


def read_catalogue(
    folder: Path, *, known_key: str | None = None
) -> tuple[Knowledge | None, list[CatalogueProblem]]:
    """Read a catalogue and check it as a whole.

    Args:
        folder: Such as `data/catalogue`.
        known_key: Key of a catalogue that was read and checked before, such as the one that a warehouse's
            figures were worked out with; where the files are still the same, what takes long is not repeated.

    Returns:
        The catalogue, None where anything is wrong, and all problems together in order of file.
    """
    if not folder.is_dir():
        return None, [CatalogueProblem(str(folder.name), "", "mappen med katalogen finns inte.")]
    contents, problems = read_bytes(folder)
    unread = {problem.file for problem in problems}
    problems += _misplaced(contents, unread)
    parts, population, centres, refused = _read_parts(contents)
    problems += refused + check(parts) + check_health_centres(centres, parts)
    key = _key(contents)
    counted, uncounted = admit_population(
        population, [area for _, area in parts.areas], admitted_before=key == known_key
    )
    problems += uncounted if checks.POPULATION in contents else []
    if problems or parts.roadmap is None:
        return None, sorted(set(problems))
    return Knowledge(_assemble(parts, parts.roadmap, centres), counted, key), []


def _misplaced(contents: dict[str, bytes], unread: set[str]) -> list[CatalogueProblem]:
    present = set(contents) | unread
    found = [
        CatalogueProblem(name, "", "filen saknas.")
        for name in _KNOWN
        if name not in present and name not in _OPTIONAL
    ]
    if not any(name.startswith(f"{checks.INDICATORS}/") for name in present):
        found.append(CatalogueProblem(checks.INDICATORS, "", "mappen har inga indikatorer."))
    found += [
        CatalogueProblem(
            name, "", "filen hör inte hit. Indikatorer ligger i indicators/ och slutar på .yaml."
        )
        for name in contents
        if name not in _KNOWN and not _is_indicator(name) and name.rpartition("/")[2] not in _IGNORED
    ]
    return found


def _is_indicator(name: str) -> bool:
    return name.startswith(f"{checks.INDICATORS}/") and name.count("/") == 1 and name.endswith(".yaml")


def _read_parts(
    contents: dict[str, bytes],
) -> tuple[Parts, pl.DataFrame, list[tuple[str, HealthCentre]], list[CatalogueProblem]]:
    problems: list[CatalogueProblem] = []
    claimed: dict[str, list[str]] = {checks.INDICATORS: []}
    lists: dict[str, Any] = {}
    indicators: dict[str, Indicator] = {}
    roadmap: Roadmap | None = None
    for name, content in contents.items():
        if not (name in _LISTS or name == checks.ROADMAP or _is_indicator(name)):
            continue
        raw, refused = read_yaml(name, content)
        problems += refused
        if _is_indicator(name):
            claimed[checks.INDICATORS].append(named(raw) or name.split("/")[1].removesuffix(".yaml"))
        if refused:
            continue
        if name in _LISTS:
            lists[name], refused = many(name, raw, _LISTS[name])
            claimed[name] = [identity for item in _items(raw) if (identity := named(item))]
        elif name == checks.ROADMAP:
            roadmap, refused = one(name, raw, Roadmap)
        else:
            indicator, refused = one(name, raw, Indicator)
            indicators |= {name: indicator} if indicator is not None else {}
        problems += refused
    tables = {
        name: read_table(name, contents.get(name, ";".join(columns).encode()), columns)
        for name, columns in _TABLES.items()
    }
    members, refused = rows(checks.MEMBERSHIPS, tables[checks.MEMBERSHIPS][0].to_dicts(), Membership)
    problems += refused + [problem for _, table_problems in tables.values() for problem in table_problems]
    centres, refused = rows(HEALTH_CENTRES, tables[HEALTH_CENTRES][0].to_dicts(), HealthCentre)
    problems += refused
    parts = Parts(
        indicators=indicators,
        targets=lists.get(checks.TARGETS, []),
        areas=lists.get(checks.AREAS, []),
        divisions=lists.get(checks.DIVISIONS, []),
        memberships=members,
        roadmap=roadmap,
        decisions=lists.get(checks.DECISIONS, []),
        agreements=lists.get(checks.AGREEMENTS, []),
        caveats=lists.get(checks.CAVEATS, []),
        claimed=claimed,
    )
    return parts, tables[checks.POPULATION][0], centres, problems


def _items(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _assemble(parts: Parts, roadmap: Roadmap, centres: list[tuple[str, HealthCentre]]) -> Catalogue:
    areas = [item for _, item in parts.areas]
    return Catalogue.model_construct(
        indicators={item.id: item for item in sorted(parts.indicators.values(), key=lambda item: item.id)},
        targets={item.id: item for _, item in parts.targets},
        areas={item.id: item for item in [*areas, *as_areas((one for _, one in centres), areas)]},
        divisions={item.id: item for _, item in parts.divisions},
        memberships=[item for _, item in parts.memberships],
        roadmap=roadmap,
        decisions=sorted((item for _, item in parts.decisions), key=lambda item: item.date),
        agreements={item.id: item for _, item in parts.agreements},
        caveats={item.id: item for _, item in parts.caveats},
    )


def _key(contents: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()

"""What is published of some indicators before and after a change, and how either would be judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from etl.measures import judging
from schemas.columns import OBSERVATION_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from etl.catalogue import Knowledge


@dataclass(frozen=True)
class Sides:
    """Published rows of some indicators before and after a change; `own` are the batch's that count."""

    before: pl.DataFrame
    after: pl.DataFrame
    money_before: pl.DataFrame
    money_after: pl.DataFrame
    own: pl.DataFrame


class Judged:
    """What `etl.jobs.publishing.derivation` would judge of the touched indicators before or after a change."""

    def __init__(
        self,
        name: Literal["before", "after"],
        portions: Callable[[], Iterable[Sides]],
        touched: list[str],
        knowledge: Knowledge,
    ):
        self._name = name
        self._portions = portions
        self._touched = touched
        self._knowledge = knowledge
        self._shortened: list[judging.Shortened] = []
        self._money: list[pl.DataFrame] = []

    def __bool__(self) -> bool:
        return bool(self._shortened)

    def add(self, sides: Sides) -> None:
        """Count in the rows of a portion."""
        self._shortened.append(judging.shorten(self._rows(sides), self._knowledge.catalogue))
        self._money.append(sides.money_before if self._name == "before" else sides.money_after)

    def judged(self) -> pl.DataFrame:
        """`JUDGEMENT_SCHEMA`, of all portions at once: judging costs much the same however many the figures."""
        known = self._knowledge
        found = judging.judgements_of(
            self._shortened, self._whole, pl.concat(self._money), known.catalogue, known.population
        )
        return found.filter(pl.col("indicator").is_in(self._touched))

    def _whole(self, wanted: pl.DataFrame) -> pl.DataFrame:
        return pl.concat(
            self._rows(sides).join(wanted, on="indicator", how="semi") for sides in self._portions()
        )

    def _rows(self, sides: Sides) -> pl.DataFrame:
        rows = sides.before if self._name == "before" else sides.after
        return rows.select(*OBSERVATION_SCHEMA, "batch")

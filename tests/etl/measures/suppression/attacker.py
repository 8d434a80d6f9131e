"""A reader who tries to work out what is hidden, with nothing but the finished series and the catalogue's facts.

Written without a glance at the measures: he takes people apart into atoms (one municipality, one sex, one stretch
of age), says that every shown figure is a sum of them, and asks an integer program whether a hidden count could be
another one than it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

AGES = {
    "total": range(4),
    "0-17": [0],
    "18+": [1, 2, 3],
    "18-64": [1],
    "65+": [2, 3],
    "65-79": [2],
    "80+": [3],
}


@dataclass
class Attack:
    """The program of one indicator and period.

    Attributes:
        families: Area → municipalities.
        share: Whether those counted are among the denominator.
        half: Half of the last decimal shown; None where the counts are shown.
        sexes, ages: How finely people are taken apart.
    """

    families: dict[str, list[str]]
    share: bool = True
    half: float = 0.05
    sexes: tuple[str, ...] = ("women", "men")
    ages: int = 4
    rows: list[np.ndarray] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        everyone = sorted({code for codes in self.families.values() for code in codes})
        self.atoms = {
            (code, sex, age): place
            for place, (code, sex, age) in enumerate(
                (code, sex, age) for code in everyone for sex in self.sexes for age in range(self.ages)
            )
        }
        self.everyone = everyone
        if self.share:
            for place in range(len(self.atoms)):
                row = np.zeros(2 * len(self.atoms))
                row[place], row[len(self.atoms) + place] = -1, 1
                self.say(row, 0, np.inf)

    def counts(self, row: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """Numerator and denominator of a figure, as sums of atoms."""
        codes = self.families.get(row["area"], [row["area"]])
        sexes = self.sexes if row["sex"] == "total" else [row["sex"]]
        ages = range(self.ages) if self.ages == 1 else AGES[row["age"]]
        numerator, denominator = np.zeros((2, 2 * len(self.atoms)))
        for code in codes:
            for sex in sexes:
                for age in ages:
                    place = self.atoms[code, sex, age]
                    numerator[place] = denominator[len(self.atoms) + place] = 1
        return numerator, denominator

    def say(self, row: np.ndarray, low: float, high: float) -> None:
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def sees(self, row: dict[str, Any]) -> None:
        """Take note of a shown figure."""
        numerator, denominator = self.counts(row)
        for sums, count in ((numerator, row["numerator"]), (denominator, row["denominator"])):
            if count is not None:
                self.say(sums, count, count)
        if row["value"] is not None and row["numerator"] is None:
            self.say(100 * numerator - (row["value"] - self.half) * denominator, 0, np.inf)
            self.say(100 * numerator - (row["value"] + self.half) * denominator, -np.inf, 0)

    def knows(self, row: dict[str, Any], rule: str, least: int) -> None:
        """Take note of why a figure is hidden, as somebody may have told."""
        numerator, denominator = self.counts(row)
        if rule in ("few", "left") and least > 2:
            self.say(numerator if rule == "few" else denominator - numerator, 1, least - 1)
        if rule == "thin" and least > 1:
            self.say(denominator, 0, least - 1)

    def solved(self, sums: np.ndarray | None = None, least: float = 0) -> np.ndarray | None:
        rows = self.rows if sums is None else [*self.rows, sums]
        low = self.low if sums is None else [*self.low, least]
        high = self.high if sums is None else [*self.high, np.inf]
        width = 2 * len(self.atoms)
        constraints = LinearConstraint(np.array(rows).reshape(-1, width), low, high)
        for whole in (0, 1):
            # without simplification, which has found programs infeasible that have solutions
            found = milp(
                np.zeros(width),
                constraints=constraints,
                bounds=Bounds(0, np.inf),
                integrality=np.full(width, whole),
                options={"presolve": False},
            ).x
            if found is None or np.abs(found - np.rint(found)).max() < 1e-6:
                break
        return found

    def learns(self, hidden: list[dict[str, Any]]) -> list[tuple[str, str, str, str, float]]:
        """The hidden counts that can only be one number: area, sex, age, which count, and the number."""
        wanted = []
        for row in hidden:
            numerator, denominator = self.counts(row)
            named = {"numerator": numerator, "denominator": denominator}
            if self.share:
                named["left"] = denominator - numerator
            wanted += [((row["area"], row["sex"], row["age"], name), sums) for name, sums in named.items()]
        first = self.solved()
        if first is None:
            raise ValueError("what is shown contradicts itself")
        found = []
        open_ones = [(name, sums, round(float(sums @ first))) for name, sums in wanted]
        while open_ones:
            name, sums, at = open_ones.pop()
            other = self.solved(sums, at + 1)
            other = self.solved(-sums, 1 - at) if other is None else other
            if other is None:
                found.append((*name, at))
            else:
                open_ones = [one for one in open_ones if round(float(one[1] @ other)) == one[2]]
        return found

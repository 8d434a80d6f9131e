"""Problems in the catalogue, as data, and the one exception that carries them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, order=True)
class CatalogueProblem:
    """Something in the catalogue that has to be put right.

    Attributes:
        file: File below the catalogue's folder, with forward slashes.
        field: Entry and field, such as `influensa-65-75.indicator`; `` for the whole file.
        message: What is wrong and what to do, in Swedish.
    """

    file: str
    field: str
    message: str

    def __str__(self) -> str:
        """One line: file, field, message."""
        place = f"{self.file}, {self.field}" if self.field else self.file
        return f"{place}: {self.message}"


class CatalogueError(Exception):
    """The catalogue can't be used; the message lists every problem by file and field."""

    def __init__(self, problems: Sequence[CatalogueProblem]) -> None:
        self.problems = list(problems)
        lines = "\n".join(f"- {problem}" for problem in self.problems)
        super().__init__(f"Katalogen kan inte användas. {len(self.problems)} fel:\n{lines}")

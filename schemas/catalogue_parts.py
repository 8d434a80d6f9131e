"""What the models of the catalogue are built from."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


#: An entry has nothing unknown in it, never changes, and has no white space around its texts.
ENTRY = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

_HEALTH_CENTRE = re.compile(r"vc(-[a-z0-9]+)+")


class WayOfWorking(BaseModel):
    """One of the Färdplan's six changed ways of working (förändrade arbetssätt)."""

    model_config = ENTRY

    number: Annotated[int, Field(ge=1, le=6)]
    name: Text


class HealthCentre(BaseModel):
    """A vårdcentral, one row of `health_centres.csv`.

    Attributes:
        id: Stable id that begins with `vc-`, so that it can't be taken for a code or another area.
        name: As shown. Two may have the same one in different municipalities; pages then say which.
        municipality: SCB code of the municipality where it lies.
        synonyms: Other names in files, with `|` between them.
    """

    model_config = ENTRY

    id: Text
    name: Text
    municipality: Text
    synonyms: str | None = None

    @field_validator("id")
    @classmethod
    def _recognisable(cls, value: str) -> str:
        if not _HEALTH_CENTRE.fullmatch(value):
            raise ValueError("not the id of a health centre")
        return value


class Rebase(BaseModel):
    """A day from which an indicator is judged anew, because what is measured, or how, is known to have changed.

    Attributes:
        date: The first period that starts on or after it is the first of the new stretch.
        reason: What changed, as pages tell it.
    """

    model_config = ENTRY

    date: dt.date
    reason: Text


class ProcessChart(BaseModel):
    """How an indicator's process behaviour chart (XmR) is drawn; what isn't said is as for most.

    Attributes:
        rebase_dates: Days from which mean and limits are calculated anew, in order.
        baseline_until: Mean and limits rest on the periods that start no later than this day, and hold on.
        baseline_points: They rest on the first so many figures of every stretch, and hold on.
        screening: Leave out moving ranges that are too large to be chance, once.
        season: The figure is known to follow the time of the year, so that this is taken out first.
    """

    model_config = ENTRY

    rebase_dates: list[Rebase] = []
    baseline_until: dt.date | None = None
    baseline_points: Annotated[int, Field(ge=1)] | None = None
    screening: bool = True
    season: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        dates = [rebase.date for rebase in self.rebase_dates]
        if dates != sorted(set(dates)):
            raise ValueError("rebase_dates must be in order of date")
        return self

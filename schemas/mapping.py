"""A mapping: what an analyst has said of a file that no reader knows, so that it and the next ones can be read.

A mapping says where each canonical column stands and how the file writes its cells. It is remembered as JSON
under the fingerprint of the file's shape (`etl.extract.fingerprint`). Whether it makes sense, and fits a file,
is told as problems by `etl.extract.mapped`; here stands only what it can say at all.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

#: What a row is about, and the figures that it gives, as canonical columns. `year` is the year of a period
#: that the file splits in two (År, Månad).
Dimension: TypeAlias = Literal["indicator", "area", "period", "year", "sex", "age"]
Figure: TypeAlias = Literal["value", "numerator", "denominator", "standard_deviation"]
Name: TypeAlias = Literal[Dimension, Figure, "flag", "source"]

DIMENSIONS: tuple[Dimension, ...] = ("indicator", "area", "period", "year", "sex", "age")
FIGURES: tuple[Figure, ...] = ("value", "numerator", "denominator", "standard_deviation")

#: A header row stands within this many rows, and is at most this many rows high.
MAX_HEADER_ROW = 100
MAX_HEADER_HEIGHT = 3

#: No text that a mapping keeps is longer: a heading is cut, a cell that is longer can't be chosen.
LONGEST_TEXT = 500

Short = Annotated[str, Field(max_length=LONGEST_TEXT)]
Filled = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Model):
    """A column of the sheet.

    Attributes:
        column: Its index, from 0.
        heading: Its heading as in the file, "" where it has none. The column is found again by its heading;
            one without a heading by its index.
        nth: Which of the columns with that heading it is, from 0.
    """

    kind: Literal["column"] = "column"
    column: int = Field(ge=0)
    heading: Short = ""
    nth: int = Field(default=0, ge=0)


class Fixed(_Model):
    """The same text for every row."""

    kind: Literal["fixed"] = "fixed"
    text: Filled


class SheetName(_Model):
    """The name of the sheet, as in a workbook with one sheet a year."""

    kind: Literal["sheet"] = "sheet"


class Title(_Model):
    """The first period that stands in the rows above the headings."""

    kind: Literal["title"] = "title"


class Headings(_Model):
    """The headings of the figures' own columns, as in a table with one column a year."""

    kind: Literal["headings"] = "headings"


class Spread(_Model):
    """A figure that stands in several columns.

    Attributes:
        label: What their headings say besides the period and the sex, folded: `andel` for `Andel 2023` and
            `Andel 2024`, "" where a heading is the period alone.
    """

    kind: Literal["spread"] = "spread"
    label: Short = ""


class Asked(_Model):
    """Nothing in the file says it, and it differs from file to file: it is asked for each time."""

    kind: Literal["asked"] = "asked"


Source = Annotated[
    Column | Fixed | SheetName | Title | Headings | Spread | Asked, Field(discriminator="kind")
]

_COLUMN_OR_FIXED = frozenset({"column", "fixed"})
_FIGURE = frozenset({"column", "spread"})

#: What each canonical column may be read from.
ALLOWED: dict[Name, frozenset[str]] = {
    "indicator": _COLUMN_OR_FIXED | {"headings", "sheet"},
    "area": _COLUMN_OR_FIXED | {"sheet"},
    "period": _COLUMN_OR_FIXED | {"headings", "sheet", "title", "asked"},
    "year": _COLUMN_OR_FIXED | {"sheet", "title", "asked"},
    "sex": _COLUMN_OR_FIXED | {"headings"},
    "age": _COLUMN_OR_FIXED,
    "value": _FIGURE,
    "numerator": _FIGURE,
    "denominator": _FIGURE,
    "standard_deviation": _FIGURE,
    "flag": frozenset({"column"}),
    "source": _COLUMN_OR_FIXED,
}


class Only(_Model):
    """Only the rows with one of these texts in a column are read.

    Attributes:
        place: The column.
        texts: The texts, as in the file.
    """

    place: Column
    texts: tuple[Short, ...] = Field(min_length=1)


class Mapping(_Model):
    """How a file of one shape is read.

    Attributes:
        version: Of this model.
        name: What its analysts call it; shown where a file is read with it.
        sheet: The sheet that it was made from; "" in a CSV.
        every_sheet: Read every sheet with the same headings, not only that one.
        header_row: Row of the headings, as the analyst counts (1 is the first); the lowest of them where
            there are several.
        header_height: How many rows the headings stand in.
        fields: Canonical column → where it stands. What isn't there is left empty.
        indicators: Text in the file (in the indicator's column, or the heading where the indicator stands in
            the headings) → indicator id; None for texts whose rows are passed over.
        part: What a bare number in the period column is, beside a column with the year.
        dates_as: What a date in the period column stands for; None for the day itself.
        only: The rows to read, where not all.
        fill_down: An empty cell of a dimension means the same as the cell above it.
        share: How shares are written, as in `etl.extract.model.Conventions`.
        marks: Cell text → what it says, likewise.
        unknown_areas: What to do with areas outside the county, likewise.
    """

    version: Literal[1] = 1
    name: Filled
    sheet: Short = ""
    every_sheet: bool = True
    header_row: int = Field(ge=1, le=MAX_HEADER_ROW)
    header_height: int = Field(default=1, ge=1, le=MAX_HEADER_HEIGHT)
    fields: dict[Name, Source]
    indicators: dict[Short, Short | None] = Field(default_factory=dict)
    part: Literal["month", "quarter", "week", "half_year"] = "month"
    dates_as: Literal["year", "half_year", "quarter", "month"] | None = None
    only: Only | None = None
    fill_down: bool = False
    share: Literal["percent", "fraction", "either"] = "either"
    marks: dict[Filled, Literal["missing", "suppressed", "zero"]] = Field(default_factory=dict)
    unknown_areas: Literal["error", "skip"] = "error"

    @model_validator(mode="after")
    def _kinds_are_allowed(self) -> Self:
        wrong = [name for name, source in self.fields.items() if source.kind not in ALLOWED[name]]
        if wrong:
            raise ValueError(f"can't be read from there: {', '.join(wrong)}")
        if self.header_height > self.header_row:
            raise ValueError("the headings begin above the first row")
        return self

    @property
    def said(self) -> frozenset[Name]:
        """What the headings of the figures' columns say."""
        return frozenset(name for name, source in self.fields.items() if source.kind == "headings")

    @property
    def is_spread(self) -> bool:
        """True where headings say what the figures below them are about."""
        return bool(self.said)

    def says(self, name: Name) -> bool:
        """True where the headings of the figures' columns say this."""
        return name in self.said

    @property
    def asks(self) -> tuple[Name, ...]:
        """What has to be asked of each file."""
        return tuple(name for name, source in self.fields.items() if source.kind == "asked")

    def to_remember(self) -> Mapping:
        """The mapping for the next file: a period that was written in by hand is asked for again."""
        asked = {
            name: Asked()
            for name in ("period", "year")
            if (source := self.fields.get(name)) is not None and source.kind == "fixed"
        }
        return self.model_copy(update={"fields": {**self.fields, **asked}}) if asked else self

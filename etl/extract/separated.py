"""Text tables: encoding, separator, quotes, ragged lines; rows numbered as a spreadsheet shows them.

Encodings are told, never guessed wider: a byte-order mark, else UTF-16 where every other byte is zero, else
strict UTF-8, else Windows-1252. Guessing libraries turn `Åmål` into `Ĺmĺl`.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from dataclasses import dataclass
from itertools import zip_longest

import polars as pl

from etl.extract import refusals
from etl.extract.container import MAX_COLUMNS, MAX_ROWS, refuse_rectangle
from etl.extract.model import Sheet

#: In order of preference, where two fit a file equally well.
SEPARATORS = (";", "\t", ",", "|")

#: How many lines the separator is told from.
SAMPLE_LINES = 60

#: A quoted cell that spans more lines than this was never closed.
MAX_LINES_IN_CELL = 200

#: Above this share of letters beyond ASCII, bytes read as Windows-1252 are not text of any language.
MAX_BEYOND_ASCII = 0.3

#: UTF-16 without a mark is told from this many bytes: where above the one share of the bytes in every other
#: place are zero, and under the other share of those between them.
UTF_16_SAMPLE = 4096
MANY_ZEROS = 0.6
FEW_ZEROS = 0.05

_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13}) + b"\x7f"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDEST = MAX_COLUMNS + 1
_END_OF_FILE = b"\x1a"
_SEPARATOR_LINE = re.compile(r"^\"?sep=(.)\"?$", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class _Text:
    data: bytes  # UTF-8, lines end with \n
    separator: str
    sample: list[str]

    @property
    def lines(self) -> int:
        return self.data.count(b"\n") + (not self.data.endswith(b"\n"))


def decode(content: bytes) -> bytes | None:
    """The text as UTF-8 without a byte-order mark; None where the bytes aren't text."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _transcode(content[len(mark) :], encoding)
    content = content.rstrip(_END_OF_FILE)
    if _has_controls(content):
        plainly = _plainly_utf_16(content)
        return _transcode(content, plainly) if plainly else None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _windows(content)
    return content


def _plainly_utf_16(content: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, as in text of mostly ASCII; None where it isn't that."""
    sample = content[:UTF_16_SAMPLE]
    half = len(sample) // 2
    if not half:
        return None
    first, second = (sample[place : 2 * half : 2].count(0) / half for place in (0, 1))
    if second >= MANY_ZEROS and first <= FEW_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if first >= MANY_ZEROS and second <= FEW_ZEROS else None


def _transcode(content: bytes, encoding: str) -> bytes | None:
    try:
        data = content.decode(encoding).encode("utf-8").rstrip(_END_OF_FILE)
    except UnicodeDecodeError:
        return None
    return None if _has_controls(data) else data


def _windows(content: bytes) -> bytes | None:
    beyond = len(content) - len(content.translate(None, bytes(range(128, 256))))
    if beyond > MAX_BEYOND_ASCII * len(content):
        return None
    return _transcode(content, "cp1252")


def _has_controls(content: bytes) -> bool:
    return len(content.translate(None, _CONTROLS)) != len(content)


def _lines_ended(data: bytes) -> bytes:
    """Line ends as a lone line feed: Windows, old Mac, and SCB's CR CR LF."""
    if b"\r" not in data:
        return data
    return data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def sniff_separator(lines: list[str]) -> str:
    """The separator that divides most lines into the same number of cells.

    A decimal comma puts commas into a table of semicolons, so commas between digits count only where nothing
    else is found, and the separator that explains more cells wins.
    """
    plain = [_QUOTED.sub("", line) for line in lines if line.strip()]
    careful = [_DECIMAL_COMMA.sub(" ", line) for line in plain]

    def explained(separator: str, among: list[str]) -> int:
        counts = [count for line in among if (count := line.count(separator))]
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return usual * counts.count(usual)

    best = max(SEPARATORS, key=lambda separator: explained(separator, careful))
    if explained(best, careful):
        return best
    return max(SEPARATORS, key=lambda separator: explained(separator, plain))


def _prepared(data: bytes) -> _Text:
    head = data[:200_000].decode("utf-8", errors="ignore").split("\n")
    declared = _SEPARATOR_LINE.match(head[0].strip())
    if declared:
        return _Text(data.partition(b"\n")[2], declared.group(1), head[1:])
    return _Text(data, sniff_separator(head[:SAMPLE_LINES]), head)


def read_separated(content: bytes) -> tuple[Sheet | None, pl.DataFrame | None]:
    """A text table as a sheet without a name.

    Args:
        content: The file's bytes.

    Returns:
        The sheet, or the problem frame that says why there is none.
    """
    data = decode(content)
    if data is None:
        return None, refusals.not_a_spreadsheet()
    if not data.strip():
        return None, refusals.empty_file()
    text = _prepared(_lines_ended(data))
    if text.lines > MAX_ROWS:
        return None, refusals.too_many_rows(text.lines, MAX_ROWS)
    cells, widths, refused = _read(text)
    if cells is not None:
        cells, refused = _limited(cells)
    return (None, refused) if cells is None else (Sheet("", cells, widths), None)


def _read(text: _Text) -> tuple[pl.DataFrame | None, pl.Series | None, pl.DataFrame | None]:
    """The cells and, where commas separate them, how many each row was written with; or the problem."""
    by_commas = text.separator == ","
    cells, refused = _fast(text)
    if cells is not None or refused is not None:
        return cells, _widths(text) if cells is not None and by_commas else None, refused
    cells, widths, refused = _careful(text)
    return cells, widths if by_commas else None, refused


def _widths(text: _Text) -> pl.Series:
    """How many cells each line has, where no cell spans lines."""
    lines = pl.Series([text.data.decode("utf-8")]).str.split("\n").explode().head(text.lines)
    return 1 + lines.str.replace_all(_QUOTED.pattern, "").str.count_matches(",", literal=True)


def _fast(text: _Text) -> tuple[pl.DataFrame | None, pl.DataFrame | None]:
    """Whole columns at once, or the refusal of too many cells.

    Neither where a cell spans lines or a quotation mark stands inside one.
    """
    quote = '"' if b'"' in text.data else None
    width = 1 + max((line.count(text.separator) for line in text.sample), default=0)
    refused = _too_many(text, width)
    cells = None if refused is not None else _cells(text, width, quote=quote, ragged=False)
    if cells is None and refused is None:
        lines = pl.Series([text.data.decode("utf-8")]).str.split("\n").explode()
        separators = lines.str.count_matches(text.separator, literal=True).max()
        width = 1 + (separators if isinstance(separators, int) else 0)
        refused = _too_many(text, width)
        cells = None if refused is not None else _cells(text, min(width, _WIDEST), quote=quote, ragged=True)
    if cells is None or (quote and cells.height != text.lines):
        return None, refused
    return cells, None


def _too_many(text: _Text, width: int) -> pl.DataFrame | None:
    """The refusal of more cells than a delivery has; a line with too many may yet be all blanks."""
    return refuse_rectangle(text.lines, min(width, MAX_COLUMNS))


def _cells(text: _Text, width: int, *, quote: str | None, ragged: bool) -> pl.DataFrame | None:
    # The extra first line has every separator: polars tells the number of columns from it.
    first = text.separator.encode() * (width - 1) + b"\n"
    try:
        return pl.read_csv(
            first + text.data,
            separator=text.separator,
            has_header=False,
            schema={f"c{index}": pl.String for index in range(width)},
            truncate_ragged_lines=ragged,
            quote_char=quote,
        ).slice(1)
    except pl.exceptions.PolarsError:
        return None


def _careful(text: _Text) -> tuple[pl.DataFrame | None, pl.Series | None, pl.DataFrame | None]:
    """Python's reader, for quoted cells that span lines and quotation marks in the middle of a cell.

    Returns:
        The cells and how many each row has, or the problem.
    """
    reader = csv.reader(io.StringIO(text.data.decode("utf-8"), newline="\n"), delimiter=text.separator)
    rows: list[list[str | None]] = []
    before = 0
    try:
        for cells in reader:
            if reader.line_num - before > MAX_LINES_IN_CELL:
                return None, None, refusals.unclosed_quote(len(rows) + 1)
            before = reader.line_num
            rows.append([cell or None for cell in cells[:_WIDEST]])
    except csv.Error:
        return None, None, refusals.unclosed_quote(len(rows) + 1)
    if rows and text.data.count(b'"') % 2 and any("\n" in (cell or "") for cell in rows[-1]):
        return None, None, refusals.unclosed_quote(len(rows))
    widths = pl.Series([len(cells) for cells in rows], dtype=pl.UInt32)
    columns = list(zip_longest(*rows))
    series = [pl.Series(f"c{index}", values, dtype=pl.String) for index, values in enumerate(columns)]
    return pl.DataFrame(series), widths, None


def _limited(cells: pl.DataFrame) -> tuple[pl.DataFrame | None, pl.DataFrame | None]:
    """The cells without empty columns at the right, or the refusal of too many."""
    used = cells.select(pl.all().is_not_null().any()).row(0) if cells.width else ()
    width = max((index + 1 for index, there in enumerate(used) if there), default=0)
    if width > MAX_COLUMNS:
        return None, refusals.too_many_columns(width, MAX_COLUMNS)
    return cells.select(cells.columns[:width]), None

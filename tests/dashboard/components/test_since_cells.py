"""What is marked in the overview since a meeting."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from dashboard import board
from dashboard.components import matrix, since_cells
from dashboard.components.matrix import Mark
from etl.jobs.corrections import CORRECTION_SCHEMA
from etl.jobs.difference_flips import FLIP_SCHEMA
from etl.jobs.since import NEWS_SCHEMA, Since
from tests.dashboard.build import SKARABORG, figure
from tests.dashboard.components.test_since import DAY, correction, flip, new
from tests.dashboard.dom import parse

N = "\u00a0"
TARGET = flip()["target"]
WHEN = "1 oktober 2026"


def found(catalogue, *, flips=(), news=(), corrected=(), **changed):
    shown = figure(area=SKARABORG, period_start=date(2025, 1, 1), period_type="year", **changed)
    indicator = catalogue.indicators["mpr-dos-1"]
    target = catalogue.targets_of("mpr-dos-1")[0]
    line = board.Line(indicator, target, "total", {SKARABORG: shown})
    flips = [{**one, "target": target.id if one["target"] == TARGET else one["target"]} for one in flips]
    happened = Since(
        pl.DataFrame(list(flips), schema=FLIP_SCHEMA), pl.DataFrame(list(news), schema=NEWS_SCHEMA)
    )
    rows = pl.DataFrame(list(corrected), schema=CORRECTION_SCHEMA)
    return line, since_cells.marks([line], happened, rows, DAY)


SHOWN = {"period_start": date(2025, 1, 1)}


@pytest.mark.parametrize(
    ("told", "mark"),
    [
        ({}, None),
        ({"news": [new()]}, Mark("nytt", False, f"Nytt sedan {WHEN}")),
        ({"news": [new(new_start=date(2024, 1, 1))]}, None),
        ({"news": [new(area="vs-simba")]}, None),
        ({"corrected": [correction(**SHOWN)]}, Mark("rättat", False, f"Rättat sedan {WHEN}")),
        ({"corrected": [correction()]}, None),
        ({"corrected": [correction(**SHOWN, kind="example_replaced")]}, None),
        ({"flips": [flip()]}, Mark("ändrat", True, f"Ändrat sedan {WHEN}: förut målet nått")),
        (
            {"flips": [flip(what="disappears")]},
            Mark("ändrat", True, f"Ändrat sedan {WHEN}: ingen uppgift längre"),
        ),
        ({"flips": [flip(what="appears")], "news": [new()]}, Mark("nytt", False, f"Nytt sedan {WHEN}")),
        (
            {"flips": [flip(what="real", new_outcome="target_reached")]},
            Mark("nytt", False, f"Nytt sedan {WHEN}: verkliga tal har ersatt exempeldata"),
        ),
        ({"flips": [flip(what="example", new_outcome="target_reached")]}, None),
        ({"flips": [flip(target="other")]}, None),
        (
            {"flips": [flip()], "news": [new()], "corrected": [correction(**SHOWN)]},
            Mark("ändrat", True, f"Ändrat sedan {WHEN}: förut målet nått"),
        ),
    ],
)
def test_a_cell_is_marked_by_what_weighs_most(catalogue, told, mark):
    _, marks = found(catalogue, **told)
    assert [(area, one.word, one.turned, one.told.replace(N, " ")) for (*_, area), one in marks.items()] == (
        [(SKARABORG, *mark)] if mark else []
    )


@pytest.mark.parametrize(
    ("told", "word", "css"),
    [({"flips": [flip()]}, "ändrat", "fp-changed"), ({"news": [new()]}, "nytt", "fp-since-then")],
)
def test_the_mark_is_seen_and_heard_and_the_cell_still_leads_on(catalogue, told, word, css):
    line, marks = found(catalogue, **told)
    drawn = parse(
        matrix.html(
            [line], [catalogue.areas[SKARABORG]], division="vardsamverkan", caption="Mål", since=marks
        )
    )
    cell = drawn.one("td")
    assert css in cell.css
    assert cell.one("span", css="fp-changed-word").words == word
    link = cell.one("a")
    assert link.attrs["href"].startswith("/indikator?")
    (mark,) = marks.values()
    assert mark.told in link.attrs["aria-label"]
    assert link.attrs["title"].startswith(mark.told)

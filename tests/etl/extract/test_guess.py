from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from etl.extract import mapped
from etl.jobs.mappings import guessed
from schemas.mapping import Column, Fixed, Spread
from tests.etl.extract.build import opened
from tests.etl.extract.layouts import LAYOUTS

if TYPE_CHECKING:
    from schemas.mapping import Mapping


def short(mapping: Mapping) -> dict[str, str]:
    """What a mapping's fields are read from, as `Layout.fields` writes it; the indicator only from a column."""
    said = {}
    for name, source in mapping.fields.items():
        if isinstance(source, Column):
            said[name] = source.heading
        elif isinstance(source, Spread):
            said[name] = f"*{source.label}"
        elif isinstance(source, Fixed):
            said[name] = f"={source.text}"
        else:
            said[name] = source.kind
    return said


def attribute(mapping: Mapping, name: str) -> Any:
    if name == "only":
        return mapping.only and (mapping.only.place.heading, mapping.only.texts)
    return getattr(mapping, name)


@pytest.fixture(params=LAYOUTS)
def layout(request):
    return LAYOUTS[request.param]


def test_the_guess_is_right(layout, catalogue):
    found = guessed(opened(layout.content), catalogue, name="x")
    assert {name: text for name, text in short(found).items() if not text.startswith("=")} == layout.fields
    for name, value in layout.said.items():
        assert attribute(found, name) == value, name


def test_what_is_guessed_reads_every_row(layout, catalogue):
    workbook = opened(layout.content)
    found = guessed(workbook, catalogue, name="x")
    fields = {"indicator": Fixed(text="mpr-dos-1")} | found.fields
    if "period" in found.asks:
        fields["period"] = Fixed(text="2023")
    extracted = mapped.read(workbook, found.model_copy(update={"fields": fields}))
    assert not (extracted.problems["severity"] == "error").any(), extracted.problems["hint"].to_list()
    assert extracted.rows.height == layout.rows
    assert extracted.rows.select("indicator", "area", "period").null_count().row(0) == (0, 0, 0)

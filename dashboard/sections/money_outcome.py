"""Pengar och utfall: an agreement's money beside the indicators that its purposes name, never as cause."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from dashboard import data
from dashboard.components import markup, money_outcome
from etl.measures.funds_outcome import outcome
from schemas.columns import ALLOCATION_SCHEMA

if TYPE_CHECKING:
    from dashboard.sections.money import View


def show(view: View) -> None:
    """The agreement's money per inhabitant and purpose, beside the figures; nothing where none is allocated."""
    drawn = _drawn(view.version, view.agreement, view.division)
    if drawn:
        st.header("Pengar och utfall", anchor=False)
        markup.show(drawn, key="money-outcome")


def ahead(view: View) -> None:
    """Draw what `show` shows, the same for every delregion of a division."""
    _drawn(view.version, view.agreement, view.division)


@lru_cache(maxsize=32)
def _drawn(version: data.Version, agreement: str, division: str) -> str:
    found = _outcome(version).filter(agreement=agreement, division=division)
    return money_outcome.html(found, data.catalogue()) if found.height else ""


@lru_cache(maxsize=2)
def _outcome(version: data.Version) -> pl.DataFrame:
    allocations = data.allocations(version).select(list(ALLOCATION_SCHEMA))
    known = data.knowledge()
    return outcome(data.judgements(version), allocations, known.catalogue, known.population)

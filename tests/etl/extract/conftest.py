"""The project's own catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from etl.catalogue import load_catalogue
from tests.conftest import ROOT

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "data" / "catalogue").catalogue

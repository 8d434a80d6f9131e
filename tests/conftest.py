"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real files from Swedish agencies, beside the project and never in it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        reason = "the real files in ../shared/data are not here"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder

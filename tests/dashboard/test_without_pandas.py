"""The server's process never loads pandas, and does its work without it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from dashboard.without_pandas import without_pandas
from tests.conftest import ROOT

WORK = """
import sys
from dashboard.without_pandas import without_pandas
with without_pandas():
    {work}
assert "pandas" not in sys.modules, "it was loaded"
"""


@pytest.mark.parametrize(
    "work",
    [
        "import duckdb; assert duckdb.execute('SELECT ? + 1', [1]).fetchone() == (2,)",
        "import duckdb; assert duckdb.sql('SELECT ? AS a', params=['x']).pl()['a'].to_list() == ['x']",
        "import duckdb, polars as pl; f = pl.DataFrame({'a': [1]}); duckdb.register('f', f); duckdb.table('f').pl()",
        "import schemas.gate",
        "from datetime import date; from dashboard.charts.drawn import Drawn; "
        "Drawn({'data': [{'type': 'scatter', 'x': [date(2026, 1, 1)]}], 'layout': {}})",
    ],
)
def test_what_asks_for_it_does_without(work):
    done = subprocess.run(
        [sys.executable, "-c", WORK.format(work=work)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


READING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dashboard.without_pandas import without_pandas
from etl.warehouse import Warehouse
with without_pandas(), Warehouse(Path(sys.argv[1])).snapshot() as now:
    assert now.series("vardgaranti-telefon").height and now.judgements().height
    assert now.allocations().height
    assert now.batches().height and now.batches(datetime.now(UTC)).height
assert not {"pandas", "pyarrow"} & set(sys.modules), "it was loaded"
"""


def test_what_the_pages_show_is_read_without_pyarrow_too(bundled):
    done = subprocess.run(
        [sys.executable, "-c", READING, str(bundled)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_it_is_there_again_afterwards():
    with without_pandas():
        pass
    assert import_module("pandas").__name__ == "pandas"


def test_what_is_loaded_stays(monkeypatch):
    loaded = import_module("pandas")
    with without_pandas():
        assert import_module("pandas") is loaded
        monkeypatch.delitem(sys.modules, "pandas")
        with pytest.raises(ModuleNotFoundError, match="without it"):
            import_module("pandas")

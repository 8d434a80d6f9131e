"""How much memory a delivery takes: `python -m tests.benchmarks.peak FILE WAREHOUSE` prints bytes.

Counted from when the program is loaded and has read a small file, to its highest.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from etl.catalogue import load_catalogue
from etl.jobs.checking import check
from etl.jobs.difference import difference_of_delivery
from etl.jobs.difference_source import PublishedOnce
from etl.warehouse import Warehouse
from tests.conftest import ROOT
from tests.memory import highest


def main(path: Path, folder: Path) -> None:
    """Check a file and find its difference, as the page does."""
    knowledge, warehouse = load_catalogue(ROOT / "data" / "catalogue"), Warehouse(folder)

    def whole_way(content: bytes) -> None:
        published = PublishedOnce(warehouse)
        checked = check(content, knowledge, published=published)
        found = difference_of_delivery(checked, warehouse, knowledge, published=published)
        found.ranked(15)

    with path.open("rb") as file:
        small = b"".join(file.readlines(20_000)[:50])
    whole_way(small)
    gc.collect()
    before = highest()
    whole_way(path.read_bytes())
    print(highest() - before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Write the example files into the data folder: `python -m etl.examples`."""

from __future__ import annotations

from etl.catalogue import load_catalogue
from etl.examples import write
from etl.settings import settings


def main() -> None:
    """Write `data/examples/` anew and name every file."""
    for path in write(settings().data / "examples", load_catalogue(settings().catalogue)):
        print(f"{path.name}: {path.stat().st_size} byte")


if __name__ == "__main__":
    main()

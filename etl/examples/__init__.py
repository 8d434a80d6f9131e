"""Example figures for what is not public per municipality; `python -m etl.examples` writes `data/examples/`.

Nothing in them is real, and every row's source says "Exempeldata". The same seed gives the same bytes on
every machine: uniform draws, sums, square roots and divisions only, no library's random distributions.
"""

from etl.examples.files import SEED, SOURCE, generate, write

__all__ = ["SEED", "SOURCE", "generate", "write"]

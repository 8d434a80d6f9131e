"""The catalogue (`data/catalogue/`): read, checked as a whole, and handed on as one object."""

from etl.catalogue.problem import CatalogueError, CatalogueProblem
from etl.catalogue.reading import Knowledge, load_catalogue, read_catalogue

__all__ = ["CatalogueError", "CatalogueProblem", "Knowledge", "load_catalogue", "read_catalogue"]

"""Settings from the environment, and where the bundled data lies."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import platformdirs
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


def _bundled() -> Path:
    """`data/` in a checkout, `fardplan_data/` beside the packages of an installation."""
    checkout = _ROOT / "data"
    return checkout if (checkout / "catalogue").is_dir() else _ROOT / "fardplan_data"


def _default_warehouse() -> Path:
    if (_ROOT / "data" / "catalogue").is_dir():
        return _ROOT / "data" / "warehouse"
    return platformdirs.user_data_path("fardplan", appauthor=False) / "warehouse"


class Settings(BaseSettings):
    """What can be set, as `FARDPLAN_…` in the environment.

    Attributes:
        warehouse: Folder of the warehouse. Default: `data/warehouse` in a checkout, the user's data folder
            for an installed package.
        data: Folder with `catalogue/`, `published/` and `examples/`; a steering group that keeps targets of
            its own points it to a copy.
    """

    model_config = SettingsConfigDict(env_prefix="FARDPLAN_", extra="ignore")

    warehouse: Path = _default_warehouse()
    data: Path = _bundled()

    @property
    def catalogue(self) -> Path:
        """Folder of the catalogue."""
        return self.data / "catalogue"

    @property
    def streamlit_config(self) -> Path:
        """Streamlit's settings, wherever the package was installed; `data` may point somewhere else."""
        installed = _bundled() / "streamlit.toml"
        return installed if installed.is_file() else _ROOT / ".streamlit" / "config.toml"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()

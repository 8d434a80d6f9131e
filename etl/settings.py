"""Settings from the environment, and where the bundled data lies."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent

#: Where the outlines lie in the folder of the data.
GEOMETRY_FILE = Path("geometry") / "municipalities.json"


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
        secrets: File with Streamlit's `[auth]` section, which login is set up with. Default: where Streamlit
            looks itself, `.streamlit/secrets.toml` in the working folder and in the user's home folder.
        login_hours: Hours that a login holds; the browser's cookie lives for 30 days.
        work_ahead: Whether the server works out what its readers are likely to choose before they do.
        owner: The public body that provides the pages, as the accessibility statement names it.
        accessibility_contact: Where its readers report what they can't use: e-mail or web address.
    """

    model_config = SettingsConfigDict(env_prefix="FARDPLAN_", extra="ignore")

    warehouse: Path = _default_warehouse()
    data: Path = _bundled()
    secrets: Path | None = None
    login_hours: float = Field(default=12, gt=0)
    work_ahead: bool = True
    owner: str | None = None
    accessibility_contact: str | None = None

    @property
    def catalogue(self) -> Path:
        """Folder of the catalogue."""
        return self.data / "catalogue"

    @property
    def geometry(self) -> Path:
        """File with the outlines that maps are drawn of; a copy of the data may be older than it."""
        own = self.data / GEOMETRY_FILE
        return own if own.is_file() else _bundled() / GEOMETRY_FILE

    @property
    def streamlit_config(self) -> Path:
        """Streamlit's settings, wherever the package was installed; `data` may point somewhere else."""
        installed = _bundled() / "streamlit.toml"
        return installed if installed.is_file() else _ROOT / ".streamlit" / "config.toml"


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()

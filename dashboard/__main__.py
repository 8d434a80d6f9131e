"""`python -m dashboard`: serve on the address and port that `fardplan start` was given."""

from __future__ import annotations

import os
import sys
import tomllib

from etl.settings import settings


def streamlit_options() -> dict[str, object]:
    """Streamlit's settings from the bundled file, with address and port from the environment."""
    tables = tomllib.loads(settings().streamlit_config.read_text(encoding="utf-8"))
    options: dict[str, object] = {}

    def flatten(prefix: str, table: dict[str, object]) -> None:
        for key, value in table.items():
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict):
                flatten(name, value)
            else:
                options[name] = value

    flatten("", tables)
    options["server.address"] = os.environ.get("FARDPLAN_ADDRESS", options["server.address"])
    options["server.port"] = int(os.environ.get("FARDPLAN_PORT", str(options["server.port"])))
    secrets = settings().secrets
    if secrets is not None:
        options["secrets.files"] = [str(secrets)]
    return options


def main() -> None:
    """Serve until stopped."""
    from streamlit.web.bootstrap import load_config_options  # noqa: PLC0415

    options = streamlit_options()
    # Before anything asks for a setting: Streamlit tells of settings that change after that.
    load_config_options(options)

    from dashboard import login  # noqa: PLC0415
    from dashboard.app import app  # noqa: PLC0415 - importing it starts Streamlit's configuration
    from dashboard.serving import failed  # noqa: PLC0415

    try:
        login.configuration()
    except login.LoginError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)

    # Streamlit would take this process's own arguments for the script's.
    sys.argv = sys.argv[:1]
    app.run(config=options)
    if failed.is_set():
        sys.exit(2)


if __name__ == "__main__":
    main()

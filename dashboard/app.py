"""The ASGI application: Streamlit with our own routes, headers and language.

`streamlit run dashboard/app.py` and `fardplan start` both serve it.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
if str(_HERE.parent) not in sys.path:
    # `streamlit run` puts the script's own folder first, not the project's.
    sys.path.insert(0, str(_HERE.parent))

import streamlit as st  # noqa: E402
import structlog  # noqa: E402

from dashboard import login  # noqa: E402
from dashboard.serving import lifespan, middleware, report_script_error, routes, share_pools  # noqa: E402
from etl.console import log_to_stderr  # noqa: E402

if not structlog.is_configured():
    # `streamlit run` comes here without the command line.
    log_to_stderr(verbose=False)
login.point()
share_pools()
app = st.App(
    _HERE / "entry" / "session.py",
    lifespan=lifespan,
    routes=routes(),
    middleware=middleware(),
    on_script_error=report_script_error,
)

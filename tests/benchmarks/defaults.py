"""`python -m tests.benchmarks.defaults`: the same pages as `fardplan start` serves, with Streamlit as it comes.

Nothing of `.streamlit/config.toml` holds but where it listens and that no browser is opened, and what is loaded isn't
kept out of the garbage collector's way.
"""

from __future__ import annotations

import gc
import os

from dashboard import __main__ as serving


def streamlit_options() -> dict[str, object]:
    return {
        "server.address": os.environ["FARDPLAN_ADDRESS"],
        "server.port": int(os.environ["FARDPLAN_PORT"]),
        "server.headless": True,
        "browser.gatherUsageStats": False,
    }


if __name__ == "__main__":
    gc.freeze = lambda: None
    serving.streamlit_options = streamlit_options
    serving.main()

"""Charts as plain plotly dicts, built from frames; no chart is built in a page."""

"""A chart as Streamlit is given it: plotly's own, checked in tests, and the same when it was pickled."""

from __future__ import annotations

import json
import pickle

import plotly.io
import pytest
from plotly.graph_objects import Figure
from plotly.tools import return_figure_from_figure_or_data

from dashboard.charts.drawn import Drawn


def test_a_drawn_figure_is_sent_as_plotly_would_send_it():
    plain = {
        "data": [{"type": "scatter", "x": ["2020-01-01", None], "y": [1.5, None], "uid": "a"}],
        "layout": {"title": {"text": "å"}},
    }
    drawn = Drawn(plain)
    sent = plotly.io.to_json(return_figure_from_figure_or_data(drawn, validate_figure=True), validate=False)
    plotlys = json.loads(plotly.io.to_json(Figure(plain), validate=False))
    # Streamlit's template has colours for traces without any, which ours never are.
    del plotlys["layout"]["template"]
    assert json.loads(sent) == plotlys
    assert drawn.to_dict() is drawn.to_dict()


def test_what_plotly_does_not_know_is_refused_here_where_every_figure_is_checked():
    with pytest.raises(ValueError, match="no_such_thing"):
        Drawn({"data": [{"type": "scatter", "no_such_thing": 1}], "layout": {}})


def test_a_chart_is_the_same_when_it_was_pickled():
    drawn = Drawn(
        {
            "data": [{"type": "scatter", "x": [1, 2], "y": [0.5, None]}],
            "layout": {"title": {"text": "<b>Å</b>"}},
        }
    )
    found = pickle.loads(pickle.dumps(drawn))
    assert isinstance(found, Drawn)
    assert found.to_dict() == drawn.to_dict()
    assert found.said == "Å"

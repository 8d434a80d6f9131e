"""The delregioner of an indicator side by side."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import data
from dashboard.sections import delregioner
from dashboard.sections.charted import View
from tests.dashboard.build import SKARABORG, figure, line, series


@pytest.mark.parametrize(("age", "said"), [("18+", None), ("70+", ["70 år och äldre"])])
def test_a_picture_leads_to_the_age_group_that_the_page_shows(full, catalogue, age, said):
    view = View(data.version(), "covid19-dos-3", age, None, "vardsamverkan", "14", None)
    told = line(catalogue, view.indicator, [figure()], has_target=False)
    drawn = delregioner._panel(view, catalogue.areas[SKARABORG], told, series())
    query = parse_qs(urlsplit(drawn.address).query)
    assert query.get("alder") == said
    assert query["delregion"] == ["Skaraborg"]

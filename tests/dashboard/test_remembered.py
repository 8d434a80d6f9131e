"""What the reader's own browser remembers, and what of it is believed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import remembered
from schemas import clock
from tests.dashboard.conftest import session, sound


@pytest.fixture
def cookies(monkeypatch, full) -> dict[str, str]:
    """What the browser sends."""
    sent: dict[str, str] = {}
    monkeypatch.setattr(type(st.context), "cookies", property(lambda _: sent))
    return sent


def _asking(name: str) -> None:
    import streamlit as st

    from dashboard import remembered

    st.text(remembered.value(name))


def told(name: str) -> str | None:
    text = sound(AppTest.from_function(_asking, args=(name,)).run()).text[0].value
    return None if text == "None" else text


TOMORROW = (clock.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("name", "sent", "believed"),
    [
        (remembered.DELREGION, "vs-fyrbodal", "vs-fyrbodal"),
        (remembered.DELREGION, "14", None),
        (remembered.DELREGION, "1480", None),
        (remembered.DELREGION, "<script>", None),
        (remembered.DELREGION, "", None),
        (remembered.MEETING, "2026-03-01", "2026-03-01"),
        (remembered.MEETING, "20260301", None),
        (remembered.MEETING, "2026-02-30", None),
        (remembered.MEETING, TOMORROW, None),
    ],
)
def test_only_what_can_be_chosen_is_believed(cookies, name, sent, believed):
    cookies[f"fardplan-{name}"] = sent
    assert told(name) == believed


def test_without_a_cookie_nothing_is_remembered(cookies):
    assert told(remembered.DELREGION) is None


def test_what_was_chosen_since_goes_before_the_cookie_and_is_handed_to_the_browser(cookies):
    cookies["fardplan-delregion"] = "vs-fyrbodal"
    test = sound(session().run())
    assert "remembered" not in [item.key for item in test.get("bidi_component")]
    test.session_state["_remembered"] = {remembered.DELREGION: None, remembered.MEETING: "2026-03-01"}
    sound(test.run())
    written = next(item for item in test.get("bidi_component") if item.key == "remembered")
    assert json.loads(written.proto.json)["cookies"] == {
        "fardplan-delregion": "",
        "fardplan-mote": "2026-03-01",
    }


def _keeping() -> None:
    import streamlit as st

    from dashboard import remembered

    remembered.keep(remembered.DELREGION, "vs-fyrbodal")
    remembered.keep(remembered.MEETING, "2026-03-01")
    st.text(remembered.value(remembered.DELREGION))
    remembered.keep(remembered.DELREGION, None)
    st.text(remembered.value(remembered.DELREGION))
    st.text(remembered.value(remembered.MEETING))


def test_a_choice_holds_at_once_and_can_be_forgotten_by_itself(cookies):
    cookies["fardplan-delregion"] = "vs-skaraborg"
    test = sound(AppTest.from_function(_keeping).run())
    assert [item.value for item in test.text] == ["vs-fyrbodal", "None", "2026-03-01"]


@pytest.mark.parametrize(
    ("name", "value"), [(remembered.DELREGION, "atlantis"), (remembered.MEETING, TOMORROW)]
)
def test_what_cannot_be_chosen_is_not_kept(full, name, value):
    with pytest.raises(ValueError, match="can't be remembered"):
        remembered.keep(name, value)

"""Behörigheter: what one may do, and for administrators giving and taking."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, data, login
from etl.warehouse import anyone
from tests.dashboard.conftest import keys, run_page, session, shown, sound

ANNA = "anna@exempel.se"
BO = "bo@exempel.se"


@pytest.fixture
def logged_in(own, monkeypatch):
    """Set up login, and log somebody in."""

    def as_person(email: str | None, **claims: object) -> None:
        monkeypatch.setattr(login, "configuration", lambda: login.Login("http://localhost:8501"))
        said = {"is_logged_in": email is not None, "email": email, "iat": time.time()}
        monkeypatch.setattr(login, "claims", lambda: said | claims)

    return as_person


@pytest.fixture
def no_login(own, monkeypatch):
    monkeypatch.setattr(login, "configuration", lambda: None)


def give(email: str, role: str, **scope: str) -> None:
    data.warehouse().grant(email, role, by="lokal", permit=anyone, **scope)


def page() -> AppTest:
    return run_page("behorigheter")


def said(test: AppTest) -> str:
    return " ".join(item.value.replace("\\", "") for item in test.markdown)


def submit(test: AppTest, key: str) -> AppTest:
    return sound(test.button(key=key).click().run())


def forms(test: AppTest) -> set[str]:
    return {str(button.key) for button in test.button}


def grants() -> list[tuple[str, ...]]:
    return (
        data.warehouse().grants().select("email", "role", "subject", "indicator").sort("email", "role").rows()
    )


def test_the_machines_own_user_may_do_everything_and_is_told_that_no_login_is_set_up(no_login):
    test = page()
    assert "får göra allt" in said(test)
    assert shown(test, "no-login").words.startswith("Ingen inloggning är inställd.")
    assert forms(test) == {"give"}, "nothing to take away yet"
    assert test.info[0].value == "Ingen har fått någon roll ännu."
    assert len(shown(test, "roles-explained").rows) == 4


def test_from_elsewhere_without_a_login(no_login, monkeypatch):
    monkeypatch.setattr(access, "is_local", lambda: False)
    test = page()
    assert test.info[0].value == access.READ_ONLY
    assert forms(test) == set()
    assert not test.toggle


@pytest.mark.parametrize(
    ("email", "claims", "told"),
    [
        (None, {}, login.ANONYMOUS),
        ("", {}, login.NO_EMAIL),
        (ANNA, {"email_verified": False}, login.UNVERIFIED),
        (ANNA, {"iat": 1}, login.OVER),
    ],
)
def test_somebody_who_is_nobody_is_told_why(logged_in, email, claims, told):
    logged_in(email, is_logged_in=email is not None, **claims)
    give(ANNA, "administratör")
    test = page()
    assert test.info[0].value == told
    assert forms(test) == set()
    assert ANNA not in said(test), "who is an administrator is not told to just anybody"


def test_without_a_role_one_is_told_whom_to_ask(logged_in):
    logged_in(ANNA)
    give(BO, "administratör")
    test = page()
    assert "Du har ingen roll" in said(test)
    assert f"Be {BO} om rollen." in said(test)
    assert "held" not in keys(test)


def test_ones_own_roles(logged_in, catalogue):
    logged_in(ANNA)
    give(ANNA, "analytiker", subject="vaccination")
    give(ANNA, "granskare", indicator="kontinuitetsindex")
    test = page()
    assert "- analytiker för ämnet Vaccination" in said(test)
    assert f"- granskare för indikatorn {catalogue.indicators['kontinuitetsindex'].name}" in said(test)
    assert "Behöver du en annan roll? Den som driver tjänsten" in said(test)
    assert forms(test) == set()


def test_an_administrator_gives_a_role(logged_in):
    logged_in(ANNA)
    give(ANNA, "administratör")
    test = page()
    test.text_input(key="role-email").set_value(" Bo@Exempel.se")
    test.selectbox(key="role-role").select("Granskare")
    test.selectbox(key="role-scope").select("Ämnet Vaccination")
    submit(test, "give")
    assert test.success[0].value.replace("\\", "") == f"{BO} har nu rollen granskare för ämnet Vaccination."
    assert (BO, "granskare", "vaccination", None) in grants()
    assert [row[:3] for row in shown(test, "held").rows] == [
        [ANNA, "administratör", "allt"], [BO, "granskare", "ämnet Vaccination"],
    ]  # fmt: skip
    newest = shown(test, "rights-history").rows[0]
    assert newest[1:] == [f"{BO} fick rollen granskare för ämnet Vaccination", ANNA]
    assert not sound(test.run()).success, "told once"


@pytest.mark.parametrize(
    ("email", "role", "scope", "told"),
    [
        ("bo", "Granskare", "Allt", "”bo” är ingen e-postadress."),
        (BO, "Administratör", "Ämnet Medel", "En administratör har hand om allt."),
    ],
)
def test_what_can_not_be_given_is_told(logged_in, email, role, scope, told):
    logged_in(ANNA)
    give(ANNA, "administratör")
    test = page()
    test.text_input(key="role-email").set_value(email)
    test.selectbox(key="role-role").select(role)
    test.selectbox(key="role-scope").select(scope)
    submit(test, "give")
    assert told in test.error[0].value.replace("\\", "")
    assert len(grants()) == 1


def test_an_administrator_takes_a_role_but_not_the_last_administrators(logged_in):
    logged_in(ANNA)
    give(ANNA, "administratör")
    give(BO, "granskare")
    test = page()
    test.selectbox(key="role-held").set_value((BO, "granskare", None, None))
    submit(test, "take")
    assert "har inte längre rollen granskare" in test.success[0].value
    assert grants() == [(ANNA, "administratör", None, None)]
    submit(test, "take")
    assert "är den enda administratören" in test.error[0].value.replace("\\", "")
    assert grants() == [(ANNA, "administratör", None, None)]


def test_the_machines_own_user_may_take_the_last_administrators_role(no_login):
    give(ANNA, "administratör")
    submit(page(), "take")
    assert grants() == []


def test_a_role_that_was_lost_meanwhile_counts_at_once(logged_in):
    logged_in(ANNA)
    give(ANNA, "administratör")
    test = page()
    data.warehouse().revoke(ANNA, "administratör", by="lokal", permit=anyone)
    test.toggle(key="four-eyes-funds").set_value(True)
    sound(test.run())
    assert data.warehouse().four_eyes() == frozenset()
    assert forms(test) == set()


def test_four_eyes_is_switched_per_subject(logged_in):
    logged_in(ANNA)
    give(ANNA, "administratör")
    test = page()
    assert [item.value for item in test.toggle] == [False] * 4
    sound(test.toggle(key="four-eyes-funds").set_value(True).run())
    assert data.warehouse().four_eyes() == {"funds"}
    assert test.success[0].value == "Fyra ögon krävs nu för ämnet Medel\\."
    assert test.toggle(key="four-eyes-funds").value
    data.warehouse().set_four_eyes("funds", False, by="lokal", permit=anyone)
    assert not sound(test.run()).toggle(key="four-eyes-funds").value, "what is stored is what stands"
    sound(test.toggle(key="four-eyes-continuity").set_value(True).run())
    sound(test.toggle(key="four-eyes-continuity").set_value(False).run())
    assert data.warehouse().four_eyes() == frozenset()
    assert "krävs inte längre" in test.success[0].value


def test_without_a_login_there_is_no_way_in(no_login):
    test = sound(session().run())
    assert not {"log-in", "log-out"} & {button.key for button in test.button}


def test_the_way_in_and_the_way_out_stand_on_every_page(logged_in):
    logged_in(None)
    test = sound(session().run())
    assert test.button(key="log-in").label == "Logga in"
    logged_in(ANNA)
    test = sound(session().run())
    assert shown(test, "logged-in").words == f"Inloggad som {ANNA}"
    assert test.button(key="log-out").label == "Logga ut"
    logged_in("")
    assert shown(sound(session().run()), "logged-in").words == login.NO_EMAIL


def test_a_login_that_came_to_nothing_is_told_once(logged_in):
    logged_in(None)
    test = session()
    test.query_params["inloggning"] = "misslyckades"
    sound(test.run())
    assert test.warning[0].value.startswith("Inloggningen blev inte av")
    assert not sound(test.run()).warning

"""Every role against every action and scope, held against the rules as they were agreed, written out by hand."""

from __future__ import annotations

import pytest

from etl.catalogue import load_catalogue
from schemas.roles import Action, Grant, Role, may, needed, same_name, scope_words
from tests.conftest import ROOT

VACCINE = "mpr-dos-1"
OTHER_VACCINE = "mpr-dos-2"
UNKNOWN = "finns-inte-langre"

#: Role → what it may do, letter by letter: L look, I inspect, D deliver, C comment, M map, P publish, W withdraw,
#: R restore, X reject, A manage. Written from the agreement, not from the code.
AGREED = {
    "läsare": "L",
    "analytiker": "LIDCM",
    "granskare": "LICPWRX",
    "administratör": "LIDCMPWRXA",
}
LETTERS = {
    "look": "L", "inspect": "I", "deliver": "D", "comment": "C", "map": "M", "publish": "P", "withdraw": "W",
    "restore": "R", "reject": "X", "manage": "A",
}  # fmt: skip

#: What a batch touches, by name → (indicators, money).
TOUCHED = {
    "nothing": (set(), False),
    "the indicator": ({VACCINE}, False),
    "another of the subject": ({OTHER_VACCINE}, False),
    "both of the subject": ({VACCINE, OTHER_VACCINE}, False),
    "another subject": ({"CONTINUITY"}, False),
    "two subjects": ({VACCINE, "CONTINUITY"}, False),
    "money": (set(), True),
    "an indicator and money": ({VACCINE}, True),
    "an indicator of the funds": ({"FUNDS"}, False),
    "funds and money": ({"FUNDS"}, True),
    "gone from the catalogue": ({UNKNOWN}, False),
}

#: A grant's scope → (subject, indicator), and what it covers of the above.
SCOPES = {
    "everything": (None, None, set(TOUCHED)),
    "vaccination": (
        "vaccination", None, {"nothing", "the indicator", "another of the subject", "both of the subject"},
    ),
    "continuity": ("continuity", None, {"nothing", "another subject"}),
    "accessibility": ("accessibility", None, {"nothing"}),
    "funds": ("funds", None, {"nothing", "money", "an indicator of the funds", "funds and money"}),
    "one indicator": (None, VACCINE, {"nothing", "the indicator"}),
    "one that is gone": (None, UNKNOWN, {"nothing", "gone from the catalogue"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue(ROOT / "data" / "catalogue").catalogue


def first_of(catalogue, subject: str) -> str:
    return next(item.id for item in catalogue.indicators.values() if item.subject == subject)


def touched(catalogue, name: str) -> tuple[frozenset[str], bool]:
    indicators, money = TOUCHED[name]
    real = {"CONTINUITY": first_of(catalogue, "continuity"), "FUNDS": first_of(catalogue, "funds")}
    return frozenset(real.get(item, item) for item in indicators), money


def test_the_catalogue_is_as_the_table_takes_it(catalogue):
    assert (
        catalogue.indicators[VACCINE].subject == catalogue.indicators[OTHER_VACCINE].subject == "vaccination"
    )
    assert UNKNOWN not in catalogue.indicators
    assert sorted(LETTERS) == sorted(Action)
    assert sorted(AGREED) == sorted(Role)


@pytest.mark.parametrize("what", TOUCHED)
@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("action", LETTERS)
@pytest.mark.parametrize("role", AGREED)
def test_every_role_action_and_scope(catalogue, role, action, scope, what):
    subject, indicator, covers = SCOPES[scope]
    agreed = action == "look" or (LETTERS[action] in AGREED[role] and what in covers)
    if action == "manage":
        agreed = role == "administratör" and scope == "everything"
    refusal = may(
        Action(action), [Grant(Role(role), subject, indicator)], *touched(catalogue, what), catalogue
    )
    assert (refusal is None) is agreed
    if refusal is not None:
        assert refusal.action == action
        assert refusal.reason.startswith("Det krävs rollen ")
        assert refusal.reason.endswith(".")


@pytest.mark.parametrize("what", TOUCHED)
@pytest.mark.parametrize("action", LETTERS)
def test_who_has_no_role_may_look(catalogue, action, what):
    refusal = may(Action(action), [], *touched(catalogue, what), catalogue)
    assert (refusal is None) is (action == "look")


@pytest.mark.parametrize(
    ("grants", "what", "allowed"),
    [
        ([("granskare", "vaccination", None), ("granskare", "continuity", None)], "two subjects", True),
        ([("granskare", "vaccination", None), ("analytiker", "continuity", None)], "two subjects", False),
        ([("granskare", None, VACCINE), ("granskare", None, OTHER_VACCINE)], "both of the subject", True),
        ([("granskare", None, VACCINE), ("granskare", "funds", None)], "an indicator and money", True),
        ([("granskare", None, VACCINE), ("analytiker", None, None)], "both of the subject", False),
        ([("läsare", None, None), ("granskare", None, None)], "two subjects", True),
        ([("analytiker", None, None), ("läsare", None, None)], "the indicator", False),
    ],
)  # fmt: skip
def test_several_grants_share_a_batch_between_them(catalogue, grants, what, allowed):
    held = [Grant(Role(role), subject, indicator) for role, subject, indicator in grants]
    assert (may(Action.PUBLISH, held, *touched(catalogue, what), catalogue) is None) is allowed


def test_an_administrator_of_one_subject_does_not_hand_out_roles(catalogue):
    part = [Grant(Role.ADMINISTRATOR, "vaccination")]
    assert may(Action.PUBLISH, part, {VACCINE}, False, catalogue) is None
    assert may(Action.MANAGE, part, {VACCINE}, False, catalogue) is not None


@pytest.mark.parametrize(
    ("action", "grants", "touches", "reason"),
    [
        (Action.PUBLISH, [], ({VACCINE}, False), "Det krävs rollen granskare för att publicera."),
        (Action.DELIVER, [], (set(), False), "Det krävs rollen analytiker för att leverera."),
        (Action.COMMENT, [], (set(), False), "Det krävs rollen analytiker eller granskare för att kommentera."),
        (Action.MANAGE, [Grant(Role.REVIEWER)], (set(), False),
         "Det krävs rollen administratör för att ändra behörigheter och inställningar."),
        (Action.PUBLISH, [Grant(Role.REVIEWER, "continuity")], ({VACCINE}, True),
         "Det krävs rollen granskare för indikatorn MPR minst 1 dos och ämnet Medel för att publicera."),
        (Action.DELIVER, [Grant(Role.ANALYST, "continuity")],
         ({VACCINE, OTHER_VACCINE, UNKNOWN, "en-annan-som-inte-finns"}, True),
         "Det krävs rollen analytiker för ämnet Vaccination, ämnet Medel och indikatorer som inte längre finns i "
         "katalogen för att leverera."),
    ],
)  # fmt: skip
def test_a_refusal_names_the_role_and_what_it_must_be_for(catalogue, action, grants, touches, reason):
    name = catalogue.indicators[VACCINE].name
    refusal = may(action, grants, *touches, catalogue)
    assert refusal is not None
    assert refusal.reason == reason.replace("MPR minst 1 dos", name)


@pytest.mark.parametrize(
    ("action", "roles"),
    [("deliver", "analytiker"), ("inspect", "analytiker eller granskare"), ("manage", "administratör")],
)
def test_the_roles_that_are_needed(action, roles):
    assert needed(Action(action)) == roles


def test_what_a_grant_is_for_in_words(catalogue):
    assert scope_words(None, None, catalogue) == "allt"
    assert scope_words("continuity", None, catalogue) == "ämnet Kontinuitet"
    assert scope_words(None, VACCINE, catalogue) == f"indikatorn {catalogue.indicators[VACCINE].name}"
    assert scope_words(None, UNKNOWN, catalogue) == f"indikatorn {UNKNOWN}"


@pytest.mark.parametrize(
    ("given", "kept"), [("Bo@Exempel.se", "bo@exempel.se"), (" \tÅSA@X.SE\n", "åsa@x.se"), ("ß@x", "ss@x")]
)
def test_names_are_kept_plain(given: str, kept: str):
    assert same_name(given) == kept

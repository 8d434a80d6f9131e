"""Who is at the browser, and what may be done from the pages.

What a page shows or hides goes by `allowed`. What counts is the permit, which the warehouse asks before each
write. With login set up a person is his e-mail address; without it, whoever sits at the machine that serves
the pages may do everything, and anybody else may look.
"""

from __future__ import annotations

import getpass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

from dashboard import data, login, moment
from dashboard.login import Standing, is_loopback
from etl import access
from etl.access import Actor
from etl.warehouse import NotAllowedError
from schemas import swedish
from schemas.roles import Action, Refusal, may, same_name
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from etl.warehouse import Permit, Request, Snapshot

READ_ONLY = (
    "Sidan är skrivskyddad: tjänsten nås från andra datorer och har ingen inloggning. "
    "Leverera filer från datorn där den körs, med kommandot fardplan load."
)
NOT_SHOWN = (
    "Levererade filer och skillnader visas inte: tjänsten nås från andra datorer och har ingen inloggning. "
    "De finns på datorn där den körs."
)

PAST = "Du ser uppgifterna som de var en tidigare dag. Välj Visa dagens överst på sidan för att ändra något."

CHANGED = (
    "Något annat har ändrats sedan du såg vad som skulle ändras. Läs skillnaden igen, som den är nu, och försök "
    "en gång till."
)

#: Administrators that are named as those to ask.
_NAMED = 3


def actor() -> Actor | None:
    """Who is at the browser; None for somebody who may only look."""
    return standing().actor


def permit(shown: int | None = None) -> Permit:
    """The check of this session's writes; made for each write, kept for none.

    Args:
        shown: The version that what would change was found in, where that was shown: what was decided on is no
            longer what would happen once there is another version.
    """
    here = standing()
    if moment.day() is not None:
        return access.permit(None, data.catalogue(), why=PAST)
    allows = access.permit(here.actor, data.catalogue(), why=here.why)

    def check(now: Snapshot, request: Request) -> None:
        allows(now, request)
        if shown is not None and now.version != shown:
            raise NotAllowedError(CHANGED)

    return check


def allowed(action: Action, indicators: Collection[str] = frozenset(), money: bool = False) -> Refusal | None:
    """Whether the one at the browser may do something, to show or hide what does it.

    Args:
        action: What it is.
        indicators: Ids of the indicators that it touches; with none and no money, whether he may do it for
            anything at all.
        money: Whether it touches allocations.

    Returns:
        None if he may; else why not and whom to ask, a sentence or two in Swedish.
    """
    here = standing()
    if moment.day() is not None and action not in (Action.LOOK, Action.INSPECT):
        return Refusal(action, PAST)
    if action is Action.LOOK or (here.actor is not None and here.actor.trusted):
        return None
    if here.actor is None:
        not_shown = action is Action.INSPECT and here.why == READ_ONLY
        return Refusal(action, NOT_SHOWN if not_shown else here.why or READ_ONLY)
    grants = grants_of_all()
    refusal = may(action, access.grants_of(grants, here.actor.name), indicators, money, data.catalogue())
    return refusal and Refusal(action, f"{refusal.reason} {whom_to_ask()}")


def allowed_for(action: Action, batch: int) -> Refusal | None:
    """Whether the one at the browser may do something with a batch, four eyes included.

    Raises:
        UnknownBatchError: There is no such batch.
    """
    with data.warehouse().snapshot() as now:
        facts, indicators = now.batch(batch), now.indicators_of([batch])
    refusal = allowed(action, indicators, facts["allocations"] > 0)
    if refusal is not None or action is not Action.PUBLISH:
        return refusal
    return four_eyes(facts["jobs"], facts["delivered_by"])


def four_eyes(subjects: Collection[str], delivered_by: str) -> Refusal | None:
    """Whether the rule of four eyes keeps the one at the browser from publishing what somebody delivered.

    Args:
        subjects: What the delivery is about.
        delivered_by: Who delivered it.
    """
    if same_name(user()) != same_name(delivered_by):
        return None
    with data.warehouse().snapshot() as now:
        asked = [SUBJECT_WORDS.get(item, item) for item in subjects if item in now.four_eyes()]
    if not asked:
        return None
    return Refusal(
        Action.PUBLISH,
        f"För {swedish.listing(asked)} krävs fyra ögon: någon annan än den som levererar publicerar.",
    )


def standing() -> Standing:
    """Who is at the browser, or why he is nobody to us."""
    if login.configured():
        return login.standing()
    if is_local():
        return Standing(Actor(local_user(), trusted=True))
    return Standing(None, READ_ONLY)


def whom_to_ask() -> str:
    """Who hands out roles, for somebody who is logged in."""
    able = access.administrators(grants_of_all())
    if not able:
        return "Den som driver tjänsten ger roller med kommandot fardplan roles grant."
    return f"Be {swedish.listing(able[:_NAMED])} om rollen."


def grants_of_all() -> pl.DataFrame:
    """Everybody's grants, as in the live version; `Snapshot.grants`."""
    return _grants(data.warehouse().version)


@lru_cache(maxsize=2)
def _grants(_version: int) -> pl.DataFrame:
    with data.warehouse().snapshot() as now:
        return now.grants()


def is_local() -> bool:
    """Whether the one at the browser sits at the machine that serves the pages.

    Only when the server can be reached from its own machine alone, and the request came from there without
    passing a proxy: what a proxy forwards comes from its machine, too, whoever sent it.
    """
    if not is_loopback(st.get_option("server.address")):
        return False
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if any(
        name in headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
    ):
        return False
    host = headers.get("host", "localhost")
    return is_loopback(urlsplit(f"//{host}").hostname)


def user() -> str:
    """The name that this session's writes are stored under."""
    here = actor()
    return here.name if here is not None else "okänd"


def local_user() -> str:
    """The machine's own user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "okänd"

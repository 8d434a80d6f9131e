"""Who somebody is to the warehouse, and what he may do there: the check that every write passes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from etl.warehouse import NotAllowedError
from schemas.catalogue import Subject
from schemas.roles import ACTION_WORDS, Action, Grant, Role, may, same_name, scope_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.warehouse import Permit, Request, Snapshot, Warehouse
    from schemas.catalogue import Catalogue

_LONGEST = 254
_NEVER_IN_EMAIL = frozenset(' <>()[]",;:\\')


@dataclass(frozen=True)
class Actor:
    """Somebody who wants to do something.

    Attributes:
        name: What he is stored under: an e-mail address in small letters, or the machine's own user.
        trusted: The machine's own user, who holds the files anyway: the command line, or a page on 127.0.0.1
            without a login. He may do everything; anyone else what his e-mail was granted.
    """

    name: str
    trusted: bool


class GrantError(Exception):
    """A role can't be granted or revoked as asked for; the text is Swedish and names the choices."""


def permit(actor: Actor | None, catalogue: Catalogue, *, why: str | None = None) -> Permit:
    """What the warehouse asks, with its lock held, before it writes anything.

    The grants are read from the warehouse each time, so that a role that was taken away counts at once.

    Args:
        actor: Who writes; None for somebody who isn't known.
        catalogue: The indicators' subjects.
        why: What somebody who isn't known is told.
    """

    def check(now: Snapshot, request: Request) -> None:
        action = Action(request.action)
        if actor is None:
            raise NotAllowedError(why or f"Det krävs inloggning för att {ACTION_WORDS[action]}.")
        if actor.trusted:
            return
        named = {request.by, *request.delivered_by} if action is Action.DELIVER else {request.by}
        if {same_name(name) for name in named} != {same_name(actor.name)}:
            raise NotAllowedError("Det går inte att göra något i någon annans namn.")
        refusal = may(
            action, grants_of(now.grants(), actor.name), request.indicators, request.money, catalogue
        )
        if refusal is not None:
            raise NotAllowedError(refusal.reason)

    return check


def permit_for(catalogue: Catalogue) -> Callable[[str, bool], Permit]:
    """The permit of whoever decided something earlier, by his name and whether he was trusted."""

    def of(name: str, trusted: bool) -> Permit:
        return permit(Actor(name, trusted), catalogue)

    return of


def grants_of(grants: pl.DataFrame, name: str) -> list[Grant]:
    """What somebody has been granted.

    Args:
        grants: As `Snapshot.grants` gives them.
        name: His e-mail address.
    """
    mine = grants.filter((pl.col("email") == same_name(name)) & pl.col("role").is_in(list(Role)))
    return [Grant(Role(role), *scope) for role, *scope in mine.select("role", "subject", "indicator").rows()]


def administrators(grants: pl.DataFrame) -> list[str]:
    """The e-mail addresses of those who may hand out roles."""
    everything = pl.col("subject").is_null() & pl.col("indicator").is_null()
    able = grants.filter((pl.col("role") == str(Role.ADMINISTRATOR)) & everything)
    return able["email"].unique().sort().to_list()


def grant(
    warehouse: Warehouse,
    email: str,
    role: str,
    *,
    subject: str | None = None,
    indicator: str | None = None,
    actor: Actor | None,
    catalogue: Catalogue,
) -> Grant:
    """Give somebody a role.

    Args:
        warehouse: Where it is kept.
        email: Whom; any letters, spaces around it don't count.
        role: One of `Role`.
        subject: Only for this subject.
        indicator: Only for this indicator.
        actor: Who gives it.
        catalogue: The subjects and indicators to choose among.

    Raises:
        GrantError: What is asked for doesn't exist.
        NotAllowedError: The actor may not.
    """
    given = wanted(email, role, subject, indicator, catalogue)
    if given.role is Role.ADMINISTRATOR and not given.everything:
        raise GrantError(
            "En administratör har hand om allt. Ge rollen utan ämne och indikator, eller ge rollerna analytiker "
            "och granskare för ämnet."
        )
    check = permit(actor, catalogue)
    warehouse.grant(
        same_name(email), given.role, subject=subject, indicator=indicator, by=_name(actor), permit=check
    )
    return given


def revoke(
    warehouse: Warehouse,
    email: str,
    role: str,
    *,
    subject: str | None = None,
    indicator: str | None = None,
    actor: Actor | None,
    catalogue: Catalogue,
) -> Grant:
    """Take a role away, exactly as it was given; arguments as for `grant`.

    The last administrator keeps the role, unless the machine's own user takes it: nobody could hand out roles
    from the pages any more.

    Raises:
        GrantError: There is no such grant, or it is the last administrator's.
        NotAllowedError: The actor may not.
    """
    taken = wanted(email, role, subject, indicator, catalogue, known_only=False)
    allowed = permit(actor, catalogue)

    def check(now: Snapshot, request: Request) -> None:
        allowed(now, request)
        grants = now.grants()
        if taken not in grants_of(grants, email):
            scope = scope_words(subject, indicator, catalogue)
            raise GrantError(f"{same_name(email)} har inte rollen {taken.role} för {scope}.")
        if taken != Grant(Role.ADMINISTRATOR) or actor is None or actor.trusted:
            return
        if administrators(grants) == [same_name(email)]:
            raise GrantError(
                f"{same_name(email)} är den enda administratören. Ge rollen till någon annan först, annars kan ingen "
                "ändra behörigheter på sidorna."
            )

    warehouse.revoke(
        same_name(email), taken.role, subject=subject, indicator=indicator, by=_name(actor), permit=check
    )
    return taken


def set_four_eyes(
    warehouse: Warehouse, subject: str, on: bool, *, actor: Actor | None, catalogue: Catalogue
) -> None:
    """Decide whether whoever delivered may publish, for one subject.

    Raises:
        GrantError: There is no such subject.
        NotAllowedError: The actor may not.
    """
    _among("Ämnet", subject, list(Subject))
    warehouse.set_four_eyes(subject, on, by=_name(actor), permit=permit(actor, catalogue))


def wanted(
    email: str,
    role: str,
    subject: str | None,
    indicator: str | None,
    catalogue: Catalogue,
    *,
    known_only: bool = True,
) -> Grant:
    """A grant as it was asked for, if all of it exists.

    Raises:
        GrantError: What doesn't, with the choices.
    """
    if not is_email(email):
        raise GrantError(f"”{email.strip()}” är ingen e-postadress. Skriv den som namn@exempel.se.")
    _among("Rollen", role, list(Role))
    if subject is not None and indicator is not None:
        raise GrantError("Ange ett ämne eller en indikator, inte båda.")
    if subject is not None:
        _among("Ämnet", subject, list(Subject))
    if indicator is not None and known_only:
        _among("Indikatorn", indicator, list(catalogue.indicators))
    return Grant(Role(role), subject, indicator)


def is_email(text: str) -> bool:
    """Whether a text can be an e-mail address: a name, an @ and a domain with a point, nothing unseen."""
    address = text.strip()
    name, _, domain = address.rpartition("@")
    return (
        0 < len(name) < len(address) <= _LONGEST
        and "@" not in name
        and all(domain.split("."))
        and "." in domain
        and address.isprintable()
        and not _NEVER_IN_EMAIL & set(address)
    )


def _among(what: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise GrantError(f"{what} ”{value}” finns inte. Välj bland: {', '.join(known)}.")


def _name(actor: Actor | None) -> str:
    return actor.name if actor is not None else ""

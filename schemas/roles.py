"""Who may do what: roles, what each of them may do, and for which indicators. Pure.

A role is granted to a person for everything, for one subject, or for one indicator. Who has no role may look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from schemas import swedish
from schemas.catalogue import Subject
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from schemas.catalogue import Catalogue


class Role(StrEnum):
    """A role, by the word that is stored and shown."""

    READER = "läsare"
    ANALYST = "analytiker"
    REVIEWER = "granskare"
    ADMINISTRATOR = "administratör"


class Action(StrEnum):
    """What somebody may want to do.

    `look` at what is published; `inspect` what was delivered: staged batches, differences and original files,
    which hold counts that pages hide; `map` the columns of an unknown file and have it remembered; `publish`
    also at a set time; `manage` roles and settings.
    """

    LOOK = "look"
    INSPECT = "inspect"
    DELIVER = "deliver"
    COMMENT = "comment"
    MAP = "map"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    REJECT = "reject"
    MANAGE = "manage"


MAY: dict[Role, frozenset[Action]] = {
    Role.READER: frozenset({Action.LOOK}),
    Role.ANALYST: frozenset({Action.LOOK, Action.INSPECT, Action.DELIVER, Action.COMMENT, Action.MAP}),
    Role.REVIEWER: frozenset(
        {
            Action.LOOK,
            Action.INSPECT,
            Action.COMMENT,
            Action.PUBLISH,
            Action.WITHDRAW,
            Action.RESTORE,
            Action.REJECT,
        }
    ),
    Role.ADMINISTRATOR: frozenset(Action),
}

#: An action as it follows "för att".
ACTION_WORDS: dict[Action, str] = {
    Action.LOOK: "se sidorna",
    Action.INSPECT: "se levererade filer och skillnader",
    Action.DELIVER: "leverera",
    Action.COMMENT: "kommentera",
    Action.MAP: "spara hur en fil ska läsas",
    Action.PUBLISH: "publicera",
    Action.WITHDRAW: "återkalla",
    Action.RESTORE: "återställa",
    Action.REJECT: "avvisa",
    Action.MANAGE: "ändra behörigheter och inställningar",
}

#: Missing indicators up to this number are named, more are told by their subjects.
_NAMED = 3


def same_name(name: str) -> str:
    """A name, most often an e-mail address, as it is kept and compared: no space around it, in small letters."""
    return name.strip().casefold()


@dataclass(frozen=True)
class Grant:
    """A role that a person has.

    Attributes:
        role: The role.
        subject: The subject it is for, or None.
        indicator: The indicator it is for, or None. With neither, it is for everything.
    """

    role: Role
    subject: str | None = None
    indicator: str | None = None

    @property
    def everything(self) -> bool:
        """Whether it is for everything."""
        return self.subject is None and self.indicator is None


@dataclass(frozen=True)
class Refusal:
    """Why something may not be done.

    Attributes:
        action: What was asked for.
        reason: A Swedish sentence that names the role that is needed.
    """

    action: Action
    reason: str


def may(
    action: Action,
    grants: Iterable[Grant],
    indicators: Collection[str],
    money: bool,
    catalogue: Catalogue,
) -> Refusal | None:
    """Whether a person may do something with these indicators.

    Every indicator must be covered by some grant whose role may do it; several grants can share them. An
    indicator that the catalogue doesn't know has no subject, so only a grant for it or for everything covers
    it. Without indicators and money any such grant is enough, except that `manage` is for everything.

    Args:
        action: What is asked for.
        grants: What the person has been granted.
        indicators: Ids of the indicators that it touches.
        money: Whether it touches allocations, which count as the subject funds.
        catalogue: The indicators' subjects and names.

    Returns:
        None if it is allowed.
    """
    if action is Action.LOOK:
        return None
    able = [grant for grant in grants if action in MAY[grant.role]]
    if any(grant.everything for grant in able):
        return None
    if action is Action.MANAGE or not able:
        return _refusal(action, "")
    missing = [indicator for indicator in sorted(indicators) if not _covered(indicator, able, catalogue)]
    funds = money and all(grant.subject != Subject.FUNDS for grant in able)
    if not missing and not funds:
        return None
    return _refusal(action, _told(missing, funds, catalogue))


def needed(action: Action) -> str:
    """The roles that may do something, in words: `analytiker eller granskare`."""
    able = [role for role in Role if action in MAY[role]]
    return " eller ".join([role for role in able if role is not Role.ADMINISTRATOR] or [Role.ADMINISTRATOR])


def scope_words(subject: str | None, indicator: str | None, catalogue: Catalogue) -> str:
    """What a grant is for, in words: `allt`, `ämnet Vaccination`, `indikatorn …`."""
    if indicator is not None:
        known = catalogue.indicators.get(indicator)
        return f"indikatorn {known.name if known else indicator}"
    if subject is not None:
        return f"ämnet {SUBJECT_WORDS.get(subject, subject)}"
    return "allt"


def _covered(indicator: str, able: list[Grant], catalogue: Catalogue) -> bool:
    known = catalogue.indicators.get(indicator)
    subject = known.subject if known else None
    return any(
        grant.indicator == indicator if grant.indicator is not None else grant.subject == subject
        for grant in able
    )


def _refusal(action: Action, where: str) -> Refusal:
    return Refusal(action, f"Det krävs rollen {needed(action)}{where} för att {ACTION_WORDS[action]}.")


def _told(missing: list[str], funds: bool, catalogue: Catalogue) -> str:
    """What no grant covers, as it follows the role."""
    if len(missing) <= _NAMED:
        parts = [scope_words(None, indicator, catalogue) for indicator in missing]
        if funds:
            parts.append(scope_words(Subject.FUNDS, None, catalogue))
    else:
        known = [catalogue.indicators[item].subject for item in missing if item in catalogue.indicators]
        wanted = [subject for subject in Subject if subject in known or (funds and subject is Subject.FUNDS)]
        parts = [scope_words(subject, None, catalogue) for subject in wanted]
        if len(known) < len(missing):
            parts.append("indikatorer som inte längre finns i katalogen")
    return f" för {swedish.listing(parts)}"

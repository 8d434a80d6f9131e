"""Whether a change may be made: what the caller's permit is asked, and the rule of four eyes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from etl.warehouse.errors import FourEyesError
from etl.warehouse.reading import Snapshot
from schemas.roles import same_name
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from etl.warehouse.model import Delivery


@dataclass(frozen=True)
class Request:
    """What someone asks to do.

    Attributes:
        action: One of deliver, comment, map, publish, withdraw, restore, reject, manage.
        by: Who.
        indicators: The indicators of the batch's observations; all of them must be allowed.
        money: The batch has allocations.
        delivered_by: Who delivered.
    """

    action: str
    by: str
    indicators: frozenset[str] = frozenset()
    money: bool = False
    delivered_by: frozenset[str] = frozenset()


#: Raises `NotAllowedError` where the request is refused. Asked with the writer's lock held, about the version
#: that the change would be made to, before anything is written.
Permit = Callable[[Snapshot, Request], None]


def anyone(_now: Snapshot, _request: Request) -> None:
    """The permit of the program itself: nothing is refused."""


def about_deliveries(action: str, by: str, deliveries: Sequence[Delivery]) -> Request:
    """A request about files that are not batches yet."""
    return Request(
        action,
        by,
        frozenset(name for item in deliveries for name in item.observations["indicator"].unique()),
        any(item.allocations.height for item in deliveries),
        frozenset(item.delivered_by for item in deliveries),
    )


def about_batch(now: Snapshot, facts: dict[str, Any], action: str, by: str) -> Request:
    """A request about a batch.

    Args:
        now: The version that the change would be made to.
        facts: The batch, as `Snapshot.batch` gives it.
        action: As for `Request`.
        by: Who.
    """
    return Request(
        action,
        by,
        frozenset(now.indicators_of([facts["batch"]])),
        facts["allocations"] > 0,
        frozenset([facts["delivered_by"]]),
    )


def hold_four_eyes(now: Snapshot, by: str, subjects: Iterable[str], delivered_by: str) -> None:
    """Refuse whoever delivered to publish, where the subject asks for four eyes.

    Args:
        now: The version that the change would be made to.
        by: Who publishes.
        subjects: What the delivery is about.
        delivered_by: Who delivered it.

    Raises:
        FourEyesError: They are the same, whatever the case of the letters.
    """
    watched = sorted(now.four_eyes() & set(subjects))
    if watched and same_name(by) == same_name(delivered_by):
        raise FourEyesError([SUBJECT_WORDS.get(subject, subject).lower() for subject in watched])

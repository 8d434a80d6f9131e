"""What Medel says of an agreement's money: its findings and the words in its pictures. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dashboard import figures, money
from dashboard.charts import used
from schemas import swedish
from schemas.catalogue import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.money import Share, Sums, Year
    from schemas.catalogue import Agreement

_ZERO = Decimal(0)

#: What is said wherever something isn't accounted for.
NOT_REPORTED = (
    "Inte redovisat är inte detsamma som oanvänt: mottagaren har inte berättat vad som hände med pengarna."
)


def _percent(share: Decimal) -> str:
    return swedish.value_text(share, Unit.PERCENT, 1)


def allocated(agreement: Agreement, whole: Sums, own: Sums | None) -> str:
    """The page's finding: what is allocated of the agreed sum, or to the chosen delregion.

    Args:
        agreement: The agreement.
        whole: All its money.
        own: The chosen delregion's, if one is chosen.
    """
    total, given = figures.kronor(agreement.total), whole.allocated or _ZERO
    if own is not None:
        return f"{figures.kronor(own.allocated or _ZERO)} av {total} är fördelade till {own.name}"
    if given == agreement.total:
        return f"{total} är fördelade, till sista kronan"
    return f"{figures.kronor(given)} av {total} är fördelade"


def lead(agreement: Agreement, whole: Sums, own: Sums | None) -> str:
    """What is said below the finding: which agreement, and what is accounted for.

    Args:
        agreement: The agreement.
        whole: All its money.
        own: The chosen delregion's, if one is chosen; then it is told of.
    """
    sums = own or whole
    if not sums.reported:
        whose = f" av pengarna till {own.name}" if own else ""
        return f"{agreement.name}. Ingen mottagare har redovisat vad som är använt{whose}."
    used, repaid, unknown = map(figures.kronor, (sums.used or _ZERO, sums.repaid or _ZERO, sums.unreported))
    rest = f"{repaid} som återbetalda. {unknown} är inte redovisade."
    if own is not None:
        return f"{agreement.name}. Av pengarna till {own.name} är {used} redovisade som använda och {rest}"
    return f"{agreement.name}. {used} är redovisade som använda och {rest}"


def way(parts: Sequence[Sums], chosen: str | None) -> str:
    """The finding of the flow: how large a share goes where."""
    shares = dict(
        zip(
            (sums.id for sums in parts),
            money.percents([sums.allocated or _ZERO for sums in parts]),
            strict=True,
        )
    )
    own = next((sums for sums in parts if sums.id == chosen), None)
    if own is not None:
        return f"{_percent(shares[own.id])} av pengarna är fördelade till {own.name}"
    common, region = shares.pop(money.COMMON, _ZERO), shares.pop(money.REGION, _ZERO)
    told = [
        f"{_percent(sum(shares.values(), _ZERO))} av pengarna till delregionerna",
        *([f"{_percent(region)} till regionen"] if region else []),
        *([f"{_percent(common)} gemensamt för länet"] if common else []),
    ]
    return ", ".join(told)


def per_inhabitant(shares: Sequence[Share], chosen: str | None, together: float) -> str:
    """The finding of the kronor per inhabitant; no delregion is held up before the others."""
    own = next((share for share in shares if share.area.id == chosen), None)
    if own is not None:
        return (
            f"{own.area.name}: {swedish.kronor(own.per_inhabitant, 2)} per invånare, "
            f"alla delregioner {swedish.kronor(together, 2)}"
        )
    low, high = (swedish.kronor(pick(share.per_inhabitant for share in shares), 2) for pick in (min, max))
    if low == high:
        return f"{low} per invånare i alla delregioner"
    return f"Mellan {low} och {high} per invånare i delregionerna"


def accounted(sums: Sums, name: str | None) -> str:
    """The finding of what is used; `name` is the chosen delregion's."""
    done, back, unknown = used.shares(sums)
    said = (
        f"{_percent(done)} är redovisat som använt, {_percent(back)} som återbetalt, "
        f"{_percent(unknown)} är inte redovisat"
    )
    return f"{name}: {said}" if name else said


def reported(sums: Sums) -> str:
    """How many recipients have told what became of their money."""
    of = swedish.count_text(sums.recipients, "mottagare", "mottagare")
    return f"{swedish.number(sums.reported)} av {of} har redovisat."


def year_by_year(years: Sequence[Year]) -> str:
    """The finding of the years side by side: the newest against the one before."""
    before, last = years[-2:]
    change = last.allocated - before.allocated
    if not change:
        return f"{last.year}: {figures.kronor(last.allocated)}, lika mycket som {before.year}"
    word = "mer" if change > 0 else "mindre"
    return f"{last.year}: {figures.kronor(last.allocated)}, {figures.kronor(abs(change))} {word} än {before.year}"

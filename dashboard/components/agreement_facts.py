"""An agreement that money comes from: the sum, who backed it, and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.components.definition import source_markup
from dashboard.components.markup import text
from dashboard.components.notes import facts
from schemas import swedish

if TYPE_CHECKING:
    from schemas.catalogue import Agreement


def html(agreement: Agreement, inhabitants: int) -> str:
    """The agreement's facts; `inhabitants` are the county's."""
    per_head = float(agreement.total) / inhabitants
    return facts(
        [
            ("Avtalad summa", text(swedish.kronor(agreement.total))),
            ("Per invånare i länet", text(swedish.kronor(per_head, 2))),
            ("År", str(agreement.year)),
            ("Ställt sig bakom", text(f"{agreement.decided_by}, {agreement.decided_on:%Y-%m-%d}")),
            ("Vad summan är", text(agreement.note)),
            ("Källa", source_markup(agreement.source)),
        ]
    )

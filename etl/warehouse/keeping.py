"""Changing what the warehouse remembers beside the batches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import registers
from etl.warehouse.base import Base
from etl.warehouse.permits import Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.warehouse.permits import Permit
    from etl.warehouse.reading import Snapshot
    from etl.warehouse.registers import Entry


class Keeping(Base):
    """Roles, settings and mappings. What is so already makes no version."""

    def grant(
        self,
        email: str,
        role: str,
        *,
        subject: str | None = None,
        indicator: str | None = None,
        by: str,
        permit: Permit,
    ) -> None:
        """Give someone a role: for everything, for a subject or for an indicator.

        Args:
            email: Whom; kept without space around it and in small letters.
            role: A word of `schemas.roles.Role`.
            subject: Only for this subject.
            indicator: Only for this indicator.
            by: Who does this.
            permit: Asked for `manage`.
        """
        self._enter(
            "role", "manage", by, permit, lambda now: registers.granted(now, email, role, subject, indicator)
        )

    def revoke(
        self,
        email: str,
        role: str,
        *,
        subject: str | None = None,
        indicator: str | None = None,
        by: str,
        permit: Permit,
    ) -> None:
        """Take a role from someone; arguments as for `grant`, which gave it.

        Raises:
            WarehouseError: That role hasn't been given.
        """
        self._enter(
            "role", "manage", by, permit, lambda now: registers.revoked(now, email, role, subject, indicator)
        )

    def set_four_eyes(self, subject: str, on: bool, *, by: str, permit: Permit) -> None:
        """Ask that someone else publishes than who delivered, for what touches a subject, or no longer ask it.

        Args:
            subject: The subject.
            on: Whether it is asked.
            by: Who does this.
            permit: Asked for `manage`.
        """
        self._enter("setting", "manage", by, permit, lambda now: registers.four_eyes(now, subject, on=on))

    def remember_mapping(self, fingerprint: str, name: str, content: str, *, by: str, permit: Permit) -> None:
        """Keep how files of a shape are to be read, instead of what was kept before.

        Args:
            fingerprint: What tells the shape.
            name: What it is called.
            content: How to read it, as JSON.
            by: Who does this.
            permit: Asked for `map`.
        """
        self._enter(
            "mapping", "map", by, permit, lambda now: registers.remembered(now, fingerprint, name, content)
        )

    def forget_mapping(self, fingerprint: str, *, by: str, permit: Permit) -> None:
        """Forget how files of a shape are to be read; arguments as for `remember_mapping`.

        Raises:
            WarehouseError: Nothing is known about such files.
        """
        self._enter("mapping", "map", by, permit, lambda now: registers.forgotten(now, fingerprint))

    def _enter(
        self, register: str, action: str, by: str, permit: Permit, entry_of: Callable[[Snapshot], Entry]
    ) -> None:
        with self._writing("ändrar behörigheter eller inställningar"):
            with self.snapshot() as now:
                permit(now, Request(action, by))
                entry = entry_of(now)
            if entry is not None:
                with self._change(by) as change:
                    registers.append(change, register, entry)

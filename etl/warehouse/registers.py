"""What the warehouse remembers beside the batches: roles, settings and mappings. Appended, never replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from etl.warehouse import tables
from etl.warehouse.errors import WarehouseError
from schemas.roles import same_name

if TYPE_CHECKING:
    from etl.warehouse.batches import Change
    from etl.warehouse.reading import Snapshot

#: What an entry says, without who and when; None where everything is so already.
Entry = dict[str, Any] | None


def granted(now: Snapshot, email: str, role: str, subject: str | None, indicator: str | None) -> Entry:
    """The entry that gives someone a role.

    Args:
        now: What holds already.
        email: Whom.
        role: Which.
        subject: Only for this subject.
        indicator: Only for this indicator.

    Raises:
        WarehouseError: There is no address, or both a subject and an indicator.
    """
    entry = _role("granted", email, role, subject, indicator)
    if not entry["email"]:
        raise WarehouseError("Ange den e-postadress som ska få rollen.")
    if subject is not None and indicator is not None:
        raise WarehouseError("Ge rollen för ett ämne eller för en indikator, inte för båda på en gång.")
    return None if _holds(now, entry) else entry


def revoked(now: Snapshot, email: str, role: str, subject: str | None, indicator: str | None) -> Entry:
    """The entry that takes a role from someone; arguments as for `granted`.

    Raises:
        WarehouseError: That role hasn't been given.
    """
    entry = _role("revoked", email, role, subject, indicator)
    if not _holds(now, entry):
        scope = f" för {subject or indicator}" if subject or indicator else ""
        raise WarehouseError(f"{entry['email']} har inte rollen {role}{scope}. Se listan över behörigheter.")
    return entry


def _role(action: str, email: str, role: str, subject: str | None, indicator: str | None) -> dict[str, Any]:
    return {
        "action": action,
        "email": same_name(email),
        "role": str(role),
        "subject": None if subject is None else str(subject),
        "indicator": indicator,
    }


def _holds(now: Snapshot, entry: dict[str, Any]) -> bool:
    return any(
        all(row[name] == entry[name] for name in ("email", "role", "subject", "indicator"))
        for row in now.grants().iter_rows(named=True)
    )


def four_eyes(now: Snapshot, subject: str, *, on: bool) -> Entry:
    """The entry that asks for four eyes for a subject, or no longer does."""
    if (subject in now.four_eyes()) == on:
        return None
    return {"setting": "four_eyes", "subject": str(subject), "value": on}


def remembered(now: Snapshot, fingerprint: str, name: str, content: str) -> Entry:
    """The entry that keeps how files of a shape are to be read.

    Args:
        now: What holds already.
        fingerprint: What tells the shape.
        name: What it is called.
        content: How to read it, as JSON.
    """
    row = _mapping(now, fingerprint)
    if row and (row["name"], row["content"]) == (name, content):
        return None
    return {"fingerprint": fingerprint, "name": name, "content": content}


def forgotten(now: Snapshot, fingerprint: str) -> Entry:
    """The entry that forgets how files of a shape are to be read.

    Raises:
        WarehouseError: Nothing is known about such files.
    """
    row = _mapping(now, fingerprint)
    if row is None:
        raise WarehouseError("Det finns ingen sparad tolkning att ta bort för filer av det slaget.")
    return {"fingerprint": fingerprint, "name": row["name"], "content": None}


def _mapping(now: Snapshot, fingerprint: str) -> dict[str, Any] | None:
    rows = now.mappings().filter(fingerprint=fingerprint)
    return rows.row(0, named=True) if rows.height else None


def append(change: Change, register: str, entry: dict[str, Any]) -> None:
    """Append an entry to the table `role`, `setting` or `mapping`."""
    number = tables.next_number(change.connection, register, "entry")
    row = {"entry": number} | entry | {"at": change.at, "by": change.by, "version": change.version}
    tables.insert(change.connection, register, pl.DataFrame([row], schema=tables.TABLES[register]))

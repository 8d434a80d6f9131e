"""Version files of earlier formats, brought up to date without losing a row.

Only ever done to a copy: a version that is live stays as it is until the next one takes over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.warehouse import tables

if TYPE_CHECKING:
    import duckdb


_ENTERED = '"at" TIMESTAMP, "by" VARCHAR, "version" BIGINT'

#: Format → the statements that make it the next one. Written out, so that they stay as they are when the
#: tables of `tables.TABLES` go on.
STEPS: dict[int, tuple[str, ...]] = {
    # Times of publication, roles, settings and mappings came.
    2: (
        "ALTER TABLE event ADD COLUMN due TIMESTAMP",
        "ALTER TABLE event ADD COLUMN trusted BOOLEAN",
        "CREATE TABLE role (entry BIGINT, action VARCHAR, email VARCHAR, role VARCHAR, subject VARCHAR, "
        f"indicator VARCHAR, {_ENTERED})",
        f"CREATE TABLE setting (entry BIGINT, setting VARCHAR, subject VARCHAR, value BOOLEAN, {_ENTERED})",
        f"CREATE TABLE mapping (entry BIGINT, fingerprint VARCHAR, name VARCHAR, content VARCHAR, {_ENTERED})",
    ),
    # What is derived got more columns.
    3: (),
    # The spread of the values behind a mean came.
    4: ("ALTER TABLE observation ADD COLUMN standard_deviation DOUBLE",),
}

#: Tables that are derived from the others, and so may be begun anew when their columns change.
_DERIVED = ("series", "judgement")

#: The earliest format that can be brought up to date.
OLDEST = min(STEPS)


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, found: int) -> None:
    """Change the tables from an earlier format to this program's.

    `derived_key` is forgotten: another version of the program may derive otherwise, and without the key
    everything is derived anew.

    Args:
        connection: Open for writing on a copy.
        found: Its format, `OLDEST` at least.
    """
    if found == tables.FORMAT:
        return
    for step in range(found, tables.FORMAT):
        for statement in STEPS[step]:
            connection.execute(statement)
    for table in _DERIVED:
        found_columns = tables.fetch(connection, f'SELECT * FROM "{table}" LIMIT 0').schema  # noqa: S608
        if dict(found_columns) != tables.TABLES[table]:
            connection.execute(f'DROP TABLE "{table}"')
            connection.execute(tables.layout(table))
    tables.drop_meta(connection, "derived_key")
    tables.set_meta(connection, "format", str(tables.FORMAT))

"""What is asked of the tables, in SQL.

Put together from column names of the schemas only; what comes from outside is a parameter or a short
frame (`etl.warehouse.tables.fetch_with`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from schemas.columns import ALLOCATION_KEY, ALLOCATION_SCHEMA, OBSERVATION_KEY, OBSERVATION_SCHEMA
from schemas.problem import PROBLEM_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What one decision divides: the current allocations of an agreement all come from one batch.
DIVISION_KEY = ["agreement"]

#: Columns of `batches()`: `published_by` is who approved it, `changed_…` its latest change of status, `due` when
#: it is to be published by itself, `comments` how many it has.
BATCH_COLUMNS = (
    "batch", "name", "status", "shape", "jobs", "origin", "delivered_at", "delivered_by", "published_at",
    "published_by", "changed_at", "changed_by", "due", "comments", "observations", "allocations", "warnings",
    "size", "sha256", "note",
)  # fmt: skip

_SERIES_ORDER = ("indicator", "division", "area", "sex", "age", "period_type", "period_start")
_JUDGEMENT_ORDER = (*_SERIES_ORDER, "target")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


_CHANGING = "FILTER (WHERE action IN ('staged', 'published', 'withdrawn', 'restored', 'rejected'))"


def _state(events: str) -> str:
    """How each batch stands after the events of a table.

    A batch's status is its last event's. Its place among the published is its first publishing, so that a
    batch that is withdrawn and restored has the place that it had. A time for publishing holds until
    something else than a comment comes after it.
    """
    return f"""
        SELECT batch,
            max_by(status, event) AS status,
            max_by("at", event) {_CHANGING} AS changed_at,
            max_by("by", event) {_CHANGING} AS changed_by,
            min(event) FILTER (WHERE action = 'published') AS place,
            min("at") FILTER (WHERE action = 'published') AS published_at,
            min_by("by", event) FILTER (WHERE action = 'published') AS published_by,
            arg_max_null(CASE WHEN action = 'scheduled' THEN due END, event)
                FILTER (WHERE action <> 'commented') AS due,
            count(*) FILTER (WHERE action = 'commented') AS comments
        FROM {events} GROUP BY batch
    """  # noqa: S608


def batches(*, earlier: bool = False) -> str:
    """All batches, newest first.

    Args:
        earlier: As after the events of the short frame `seen` instead of all events.
    """
    state = _state("seen" if earlier else "event")
    return f"SELECT {_listed(BATCH_COLUMNS)} FROM batch JOIN ({state}) USING (batch) ORDER BY batch DESC"  # noqa: S608


_PUBLISHED = f"(SELECT batch, place FROM ({_state('event')}) WHERE status = 'published')"  # noqa: S608


def _published(*, viewed: bool) -> str:
    return "places" if viewed else _PUBLISHED


#: Where two batches can have the same key.
_SHARED = "indicator, period_type, period_start, example"


def observations(*, wanted: bool, viewed: bool) -> str:
    """Per key the row of the batch with the highest place; real rows and example rows apart.

    Keys are only looked at where more than one batch brought figures of an indicator and a period: elsewhere
    nobody's figure stands in another's way, since a batch has each key once. Grouping and joining back is faster
    than a window function.

    Args:
        wanted: Only the indicators of the short frame `wanted`.
        viewed: Published is what the short frame `places` says.
    """
    held = "SEMI JOIN wanted USING (indicator)" if wanted else ""
    return f"""
        WITH candidate AS NOT MATERIALIZED (
            SELECT observation.*, place, origin = 'example' AS example
            FROM observation {held} JOIN {_published(viewed=viewed)} USING (batch)
        ),
        shared AS MATERIALIZED (
            SELECT {_SHARED} FROM candidate GROUP BY ALL HAVING min(place) <> max(place)
        ),
        winner AS NOT MATERIALIZED (
            SELECT {_listed(OBSERVATION_KEY)}, example, max(place) AS place
            FROM candidate SEMI JOIN shared USING ({_SHARED}) GROUP BY ALL
        )
        SELECT {_listed(OBSERVATION_SCHEMA)}, batch FROM candidate ANTI JOIN shared USING ({_SHARED})
        UNION ALL
        SELECT {_listed(OBSERVATION_SCHEMA)}, batch
        FROM candidate SEMI JOIN winner USING ({_listed(OBSERVATION_KEY)}, example, place)
    """  # noqa: S608


def allocations(*, viewed: bool) -> str:
    """Per agreement all rows of the batch with the highest place; real and example apart.

    Args:
        viewed: As for `observations`.
    """
    return f"""
        SELECT {_listed(ALLOCATION_SCHEMA)}, batch
        FROM allocation JOIN {_published(viewed=viewed)} USING (batch)
        QUALIFY place = max(place) OVER (PARTITION BY {_listed(DIVISION_KEY)}, origin = 'example')
        ORDER BY {_listed(ALLOCATION_KEY)}, origin
    """  # noqa: S608


def series(*, wanted: bool) -> str:
    """Derived series, oldest period first; `wanted` as for `observations`."""
    return _derived("series", _SERIES_ORDER, wanted=wanted)


def judgements(*, wanted: bool) -> str:
    """Derived judgements; `wanted` as for `observations`."""
    return _derived("judgement", _JUDGEMENT_ORDER, wanted=wanted)


def _derived(table: str, order: Iterable[str], *, wanted: bool) -> str:
    held = "SEMI JOIN wanted USING (indicator)" if wanted else ""
    return f"SELECT * FROM {table} {held} ORDER BY {_listed(order)}"  # noqa: S608


_DELIVERED = {"problem": PROBLEM_SCHEMA, "observation": OBSERVATION_SCHEMA, "allocation": ALLOCATION_SCHEMA}


def delivered(table: str) -> str:
    """The rows of `problem`, `observation` or `allocation` that a batch of `wanted` brought, in file order."""
    return f"SELECT {_listed(_DELIVERED[table])} FROM {table} SEMI JOIN wanted USING (batch) ORDER BY {table}.rowid"  # noqa: S608


def _counted(table: str) -> str:
    return f"(SELECT batch, count(*) AS {table} FROM {table} GROUP BY batch)"  # noqa: S608


#: Batches that have other rows than they came with.
INCOMPLETE = f"""
    SELECT batch FROM batch
    LEFT JOIN {_counted("observation")} USING (batch)
    LEFT JOIN {_counted("allocation")} USING (batch)
    LEFT JOIN {_counted("problem")} USING (batch)
    WHERE observations <> coalesce(observation, 0)
        OR allocations <> coalesce(allocation, 0)
        OR warnings <> coalesce(problem, 0)
    ORDER BY batch
"""  # noqa: S608

#: What each batch brought figures of, and where its rows say that they come from.
PERIODS = """
    SELECT DISTINCT batch, indicator, period_type, period_start, origin = 'example' AS example
    FROM observation ORDER BY ALL
"""
SOURCES = """
    SELECT batch, source FROM observation WHERE source IS NOT NULL
    UNION SELECT batch, source FROM allocation WHERE source IS NOT NULL
    ORDER BY ALL
"""

#: The newest figures of every derived series; the parameter says how many of each.
RECENT = """
    SELECT indicator, area, age, period_type, period_start, "value" FROM series WHERE sex = 'total'
    QUALIFY row_number() OVER (PARTITION BY indicator, area, age, period_type ORDER BY period_start DESC) <= ?
    ORDER BY indicator, area, age, period_type, period_start
"""

#: What tells that an entry of a register is about the same thing as an earlier one.
REGISTER_KEYS = {
    "role": ("email", "role", "subject", "indicator"),
    "setting": ("setting", "subject"),
    "mapping": ("fingerprint",),
}


def latest(register: str) -> str:
    """The latest entry for each thing that a register is about."""
    key = _listed(REGISTER_KEYS[register])
    return f"""
        SELECT * FROM {register} QUALIFY entry = max(entry) OVER (PARTITION BY {key}) ORDER BY {key}
    """  # noqa: S608


GRANTS = f"""
    SELECT email, role, subject, indicator, "at" AS granted_at, "by" AS granted_by
    FROM ({latest("role")}) WHERE action = 'granted'
"""  # noqa: S608

MAPPINGS = f"""
    SELECT fingerprint, "name", content, "at", "by" FROM ({latest("mapping")}) WHERE content IS NOT NULL
"""  # noqa: S608

FOUR_EYES = f"""
    SELECT subject FROM ({latest("setting")}) WHERE setting = 'four_eyes' AND value
"""  # noqa: S608

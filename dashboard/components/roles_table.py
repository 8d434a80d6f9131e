"""Roles as tables: what each may do, who has which, and who gave and took them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.components.markup import text
from schemas import swedish
from schemas.clock import in_sweden, moment_text
from schemas.roles import ACTION_WORDS, MAY, Action, Role, scope_words
from schemas.words import SUBJECT_WORDS

if TYPE_CHECKING:
    from schemas.catalogue import Catalogue

#: Entries of the history that are shown, newest first.
SHOWN = 100

_DONE = {"granted": "fick rollen", "revoked": "förlorade rollen"}


def explained() -> str:
    """What each role may do."""
    body = "".join(
        f'<tr><th scope="row"><strong>{role.capitalize()}</strong></th><td>{_words(role)}.</td></tr>'
        for role in Role
    )
    return _table("Roller och vad de får göra", ["Roll", "Får göra"], body)


def held(grants: pl.DataFrame, catalogue: Catalogue) -> str:
    """Who has which role; columns as `Snapshot.grants` gives them."""
    body = "".join(
        f'<tr><th scope="row">{text(row["email"])}</th><td>{text(row["role"])}</td>'
        f"<td>{text(scope_words(row['subject'], row['indicator'], catalogue))}</td>"
        f'<td class="fp-num">{in_sweden(row["granted_at"]):%Y-%m-%d}</td><td>{text(row["granted_by"])}</td></tr>'
        for row in grants.sort("email", "role", "subject", "indicator", nulls_last=False).iter_rows(
            named=True
        )
    )
    people = swedish.count_text(grants["email"].n_unique(), "person", "personer")
    caption = f"{people.capitalize()} med {swedish.count_text(grants.height, 'roll', 'roller')}"
    return _table(caption, ["Person", "Roll", "Gäller", "Sedan", "Given av"], body)


def history(grants: pl.DataFrame, settings: pl.DataFrame, catalogue: Catalogue) -> str:
    """Who gave and took which role, and what was decided about four eyes, newest first.

    Args:
        grants: As `Snapshot.grant_events` gives them.
        settings: As `Snapshot.setting_events` gives them.
        catalogue: The names of the indicators.
    """
    entries = [(row["version"], row, _granted(row, catalogue)) for row in grants.iter_rows(named=True)]
    entries += [(row["version"], row, _decided(row)) for row in settings.iter_rows(named=True)]
    entries.sort(key=lambda entry: entry[0], reverse=True)
    body = "".join(
        f'<tr><td class="fp-num">{moment_text(row["at"])}</td><td>{text(said)}</td>'
        f"<td>{text(row['by'])}</td></tr>"
        for _, row, said in entries[:SHOWN]
    )
    caption = "Ändringar av behörigheter, den senaste först"
    if len(entries) > SHOWN:
        caption += f" (de senaste {SHOWN} av {swedish.number(len(entries), 0)})"
    return _table(caption, ["När", "Vad", "Av"], body)


def _words(role: Role) -> str:
    words = swedish.listing([ACTION_WORDS[action] for action in Action if action in MAY[role]])
    return words[:1].upper() + words[1:]


def _granted(row: dict[str, Any], catalogue: Catalogue) -> str:
    scope = scope_words(row["subject"], row["indicator"], catalogue)
    return f"{row['email']} {_DONE[row['action']]} {row['role']} för {scope}"


def _decided(row: dict[str, Any]) -> str:
    subject = SUBJECT_WORDS.get(row["subject"], row["subject"])
    return f"Fyra ögon {'krävs' if row['value'] else 'krävs inte längre'} för ämnet {subject}"


def _table(caption: str, heads: list[str], body: str) -> str:
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    return (
        f'<div class="fp-scroll" tabindex="0" role="region" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )

"""`roles` and `four-eyes`: who may do what, and where whoever delivered may not publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.commands.common import Json, app, load_knowledge, local_user, opened, print_json
from etl.swedish_cli import SwedishCommand, SwedishGroup, fail

if TYPE_CHECKING:
    from collections.abc import Callable

    from etl.access import Actor
    from schemas.catalogue import Catalogue
    from schemas.roles import Grant

roles = typer.Typer(
    cls=SwedishGroup,
    help="Ge och ta bort roller för dem som loggar in.",
    rich_markup_mode=None,
    no_args_is_help=True,
    subcommand_metavar="KOMMANDO …",
)
app.add_typer(roles, name="roles")

Email = Annotated[str, typer.Argument(metavar="E-POST", help="Personens e-postadress.")]
RoleWord = Annotated[
    str, typer.Argument(metavar="ROLL", help="läsare, analytiker, granskare eller administratör.")
]
SubjectId = Annotated[str | None, typer.Option("--subject", metavar="ID", help="Bara för det här ämnet.")]
IndicatorId = Annotated[
    str | None, typer.Option("--indicator", metavar="ID", help="Bara för den här indikatorn.")
]


@roles.command(cls=SwedishCommand, name="grant")
def grant_role(
    email: Email, role: RoleWord, subject: SubjectId = None, indicator: IndicatorId = None
) -> None:
    """Ge någon en roll, för allt, för ett ämne eller för en indikator."""
    from etl import access
    from schemas.roles import same_name

    given, scope = _change(access.grant, email, role, subject, indicator)
    typer.echo(f"{same_name(email)} har rollen {given.role} för {scope}.")


@roles.command(cls=SwedishCommand, name="revoke")
def revoke_role(
    email: Email, role: RoleWord, subject: SubjectId = None, indicator: IndicatorId = None
) -> None:
    """Ta bort en roll, så som den gavs."""
    from etl import access
    from schemas.roles import same_name

    taken, scope = _change(access.revoke, email, role, subject, indicator)
    typer.echo(f"{same_name(email)} har inte längre rollen {taken.role} för {scope}.")


@roles.command(cls=SwedishCommand, name="list")
def list_roles(as_json: Json = False) -> None:
    """Lista alla roller."""
    from schemas.clock import in_sweden
    from schemas.roles import scope_words

    catalogue = load_knowledge().catalogue
    grants = opened().grants()
    if as_json:
        print_json(
            [
                {**row, "granted_at": row["granted_at"].isoformat(timespec="seconds")}
                for row in grants.iter_rows(named=True)
            ]
        )
        return
    if grants.is_empty():
        typer.echo("Ingen har någon roll. Ge den första: fardplan roles grant E-POST administratör")
        return
    _say(
        [
            (
                row["email"],
                row["role"],
                scope_words(row["subject"], row["indicator"], catalogue),
                f"sedan {in_sweden(row['granted_at']):%Y-%m-%d} av {row['granted_by']}",
            )
            for row in grants.iter_rows(named=True)
        ]
    )


@app.command(cls=SwedishCommand, name="four-eyes")
def four_eyes(
    subject: Annotated[
        str | None, typer.Argument(metavar="ÄMNE", help="Vilket ämne. Utelämnat: visa alla.")
    ] = None,
    state: Annotated[str | None, typer.Argument(metavar="LÄGE", help="on eller off.")] = None,
    as_json: Json = False,
) -> None:
    """Kräv att någon annan publicerar än den som levererade, per ämne."""
    from etl import access
    from schemas.catalogue import Subject
    from schemas.words import SUBJECT_WORDS

    if subject is not None:
        if state not in ("on", "off"):
            raise fail(f"Skriv on eller off efter ämnet: fardplan four-eyes {subject} on")
        access.set_four_eyes(
            opened(), subject, state == "on", actor=_me(), catalogue=load_knowledge().catalogue
        )
    on = opened().four_eyes()
    if as_json:
        print_json({str(item): item in on for item in Subject})
        return
    _say([(item, "på" if item in on else "av", SUBJECT_WORDS[item]) for item in Subject])


def _change(
    change: Callable[..., Grant], email: str, role: str, subject: str | None, indicator: str | None
) -> tuple[Grant, str]:
    from schemas.roles import scope_words

    catalogue: Catalogue = load_knowledge().catalogue
    done = change(
        opened(), email, role, subject=subject, indicator=indicator, actor=_me(), catalogue=catalogue
    )
    return done, scope_words(subject, indicator, catalogue)


def _me() -> Actor:
    """Whoever is at the command line holds the warehouse's files: he may do everything."""
    from etl.access import Actor

    return Actor(local_user(), trusted=True)


def _say(lines: list[tuple[Any, ...]]) -> None:
    """Lines in columns."""
    widths = [max(len(str(line[place])) for line in lines) for place in range(len(lines[0]))]
    for line in lines:
        cells = [str(cell).ljust(width) for cell, width in zip(line, widths, strict=True)]
        typer.echo("  ".join(cells).rstrip())

"""typer in Swedish: help texts, messages about a wrong call, and one line for whatever goes wrong."""

from __future__ import annotations

import errno
import os
import re
import socket
import sys
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Exit code of a wrong call and of whatever stops the program.
WRONG_CALL = 2
_INTERRUPTED = 130
_VERBOSE = "FARDPLAN_VERBOSE"


def set_verbose(on: bool) -> None:
    """Whether an unexpected error shows where it came from, in this process and those it starts."""
    if on:
        os.environ[_VERBOSE] = "1"


def fail(message: str) -> typer.Exit:
    """Print a message on standard error and give the exit to raise."""
    typer.echo(message, err=True)
    return typer.Exit(WRONG_CALL)


def _in_swedish(option: Any) -> Any:
    if option is not None:
        option.help = "Visa den här hjälpen."
    return option


def _usage_pieces(pieces: list[str]) -> list[str]:
    return [piece.replace("[OPTIONS]", "[FLAGGOR]").strip("{}") for piece in pieces]


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    formatter.write_usage(
        ctx.command_path, " ".join(command.collect_usage_pieces(ctx)), prefix="Användning: "
    )


def _write_parameters(command: Any, ctx: Any, formatter: Any) -> None:
    records: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for param in command.get_params(ctx):
        record = param.get_help_record(ctx)
        if record is not None:
            records[param.param_type_name].append(_without_types(record))
    for kind, title in (("argument", "Argument"), ("option", "Flaggor")):
        if records[kind]:
            with formatter.section(title):
                formatter.write_dl(records[kind])


def _without_types(record: tuple[str, str]) -> tuple[str, str]:
    """A line of help without typer's English words for type and duty; the texts themselves say both."""
    name, text = record
    return re.sub(r" <\w+( \w+)?>", "", name), re.sub(r" *\[(default|required)[^]]*\]", "", text)


class SwedishCommand(TyperCommand):
    """A verb of the command line."""

    def get_help_option(self, ctx: Any) -> Any:
        """The flag that shows help."""
        return _in_swedish(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What may follow the verb."""
        return _usage_pieces(super().collect_usage_pieces(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how to call the verb."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and flags."""
        _write_parameters(self, ctx, formatter)


class SwedishGroup(TyperGroup):
    """The command line itself."""

    def get_help_option(self, ctx: Any) -> Any:
        """The flag that shows help."""
        return _in_swedish(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """What may follow the command."""
        return _usage_pieces(super().collect_usage_pieces(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how to call the command."""
        _write_usage(self, ctx, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the flags and then the verbs."""
        _write_parameters(self, ctx, formatter)
        verbs = [(name, self.commands[name].get_short_help_str(limit=70)) for name in self.list_commands(ctx)]
        with formatter.section("Kommandon"):
            formatter.write_dl(verbs)

    def list_commands(self, ctx: Any) -> list[str]:
        """The verbs in the order they were written."""
        return list(self.commands)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb, or say in Swedish that there is no such verb."""
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            known = ", ".join(self.commands)
            raise fail(f"Kommandot ”{args[0]}” finns inte. Det finns: {known}.")
        return super().resolve_command(ctx, args)

    def main(
        self, args: Sequence[str] | None = None, *more: Any, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run; a wrong call or an unexpected error is one Swedish line on standard error and exit code 2."""
        code = self._run(args, *more, **extra)
        if standalone_mode:
            sys.exit(code)
        return code

    def _run(self, args: Sequence[str] | None, *more: Any, **extra: Any) -> int:
        try:
            result = super().main(_verbose_first(args), *more, standalone_mode=False, **extra)
            sys.stdout.flush()
        except TyperException as error:
            return _wrong_call(error)
        except typer.Abort:
            typer.echo("Avbrutet.", err=True)
            return _INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has seen enough; python must not complain about it on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        except Exception as error:
            if os.environ.get(_VERBOSE):
                raise
            typer.echo(_unexpected(error), err=True)
            return WRONG_CALL
        return result if isinstance(result, int) else 0


def _verbose_first(args: Sequence[str] | None) -> list[str]:
    """The arguments with `--verbose` in front, where it was written after the verb."""
    given = list(sys.argv[1:] if args is None else args)
    rest = [arg for arg in given if arg != "--verbose"]
    return rest if len(rest) == len(given) else ["--verbose", *rest]


def _wrong_call(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.message)
        return 0
    path = context.command_path if context else "fardplan"
    typer.echo(f"{_explained(error)} Skriv ”{path} --help” för hjälp.", err=True)
    return WRONG_CALL


def _explained(error: TyperException) -> str:
    """The error in Swedish, told by typer's class of it (kept by name: typer does not export them)."""
    param = getattr(error, "param", None)
    name = getattr(param, "metavar", None) or getattr(param, "name", None) or ""
    if getattr(param, "param_type_name", "") == "option":
        name = param.opts[0] if param is not None else name
    option = getattr(error, "option_name", "")
    return {
        "MissingParameter": f"”{name}” saknas i anropet.",
        "BadParameter": f"Värdet för ”{name}” går inte att använda.",
        "NoSuchOption": f"Flaggan ”{option}” finns inte.",
        "BadOptionUsage": f"Flaggan ”{option}” är inte rätt använd.",
    }.get(type(error).__name__, "Anropet går inte att förstå.")


def _unexpected(error: Exception) -> str:
    """What the program's own errors say (they are Swedish), or that something went wrong."""
    told = str(error).strip()
    if told and type(error).__module__.startswith("etl."):
        return told
    return f"Något gick fel ({type(error).__name__}). Kör igen med --verbose för att se var."


def check_free(address: str, port: int) -> None:
    """Say in Swedish what Streamlit would say in English, before anything is promised."""
    try:
        with socket.create_server((address, port), reuse_port=False):
            return
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise fail(f"Port {port} är upptagen. Välj en annan med --port.") from error
        raise fail(f"Adressen {address} kan inte användas på den här datorn.") from error

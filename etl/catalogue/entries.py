"""From plain values to the catalogue's models, every refusal said in Swedish by file and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from etl.catalogue.problem import CatalogueProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

#: pydantic's error type → Swedish, with what pydantic says about the limit.
_TEXTS = {
    "missing": "fältet saknas.",
    "extra_forbidden": "fältet är inte känt. Ta bort det eller rätta stavningen.",
    "enum": "värdet ska vara ett av {expected}.",
    "literal_error": "värdet ska vara ett av {expected}.",
    "string_type": "värdet ska vara text. Sätt citattecken om det är siffror.",
    "string_too_long": "texten får ha högst {max_length} tecken.",
    "string_too_short": "texten får inte vara tom.",
    "string_pattern_mismatch": "texten har fel form, den ska följa {pattern}.",
    "too_short": "listan ska ha minst {min_length} värden.",
    "too_long": "listan får ha högst {max_length} värden.",
    "greater_than_equal": "talet ska vara minst {ge}.",
    "less_than_equal": "talet ska vara högst {le}.",
    "list_type": "värdet ska vara en lista.",
    "dict_type": "värdet ska vara en grupp av fält.",
    "model_type": "posten ska vara en grupp av fält.",
    "model_attributes_type": "posten ska vara en grupp av fält.",
    "int_type": "värdet ska vara ett heltal.",
    "int_parsing": "värdet ska vara ett heltal.",
    "int_from_float": "värdet ska vara ett heltal.",
    "float_type": "värdet ska vara ett tal.",
    "float_parsing": "värdet ska vara ett tal med decimalpunkt.",
    "decimal_type": "värdet ska vara ett tal.",
    "decimal_parsing": "värdet ska vara ett tal med decimalpunkt.",
    "bool_type": "värdet ska vara true eller false.",
    "bool_parsing": "värdet ska vara true eller false.",
    "date_type": "värdet ska vara ett datum, som 2022-12-31.",
    "date_parsing": "värdet ska vara ett datum, som 2022-12-31.",
    "date_from_datetime_parsing": "värdet ska vara ett datum, som 2022-12-31.",
    "date_from_datetime_inexact": "värdet ska vara ett datum utan klockslag.",
}

#: What the models' own rules say → Swedish.
_RULES = {
    "lowest must be below highest": "lowest ska vara mindre än highest.",
    "ratio_of_sums needs a denominator": "roll_up ratio_of_sums kräver en nämnare (denominator).",
    "kolada_id and kolada_title come together": "kolada_id och kolada_title ska finnas båda två eller ingen.",
    "a range needs low below high": "ett intervall kräver low och high, och low ska vara minst.",
    "level needs a value": "ett mål av slaget level kräver value.",
    "relative_change needs a value": "ett mål av slaget relative_change kräver value.",
    "relative_change needs a baseline or the reason why it cannot be judged": (
        "ett mål av slaget relative_change kräver baseline eller cannot_be_judged."
    ),
    "not the id of a health centre": (
        "id ska börja med vc- och bara ha små bokstäver a–z, siffror och bindestreck, som vc-exempel-1."
    ),
    "the total must be whole kronor": "summan (total) ska vara hela kronor.",
    "purpose_indicators may only name purposes of the agreement": (
        "purpose_indicators får bara nämna överenskommelsens egna ändamål (purposes)."
    ),
    "milestones must be in order of date": "delmålen (milestones) ska stå i datumordning, högst ett per dag.",
}


def one(
    file: str, raw: Any, model: type[Model], *, name: str = ""
) -> tuple[Model | None, list[CatalogueProblem]]:
    """One entry as its model.

    Args:
        file: File that it stands in.
        raw: Plain values.
        model: The model.
        name: What the entry is called in problems; empty where the file holds only one.

    Returns:
        The entry, None where it is refused, and every reason.
    """
    try:
        return model.model_validate(raw), []
    except ValidationError as refused:
        return None, [
            CatalogueProblem(file, _field(name, error["loc"]), _text(error)) for error in refused.errors()
        ]


def many(file: str, raw: Any, model: type[Model]) -> tuple[list[tuple[str, Model]], list[CatalogueProblem]]:
    """A list of entries as models, each with the name it goes by in problems (its id, else its place).

    Args:
        file: File that they stand in.
        raw: Plain values, to be a list.
        model: The model of an entry.

    Returns:
        The entries that were accepted, and every reason for the others.
    """
    if not isinstance(raw, list):
        return [], [
            CatalogueProblem(file, "", "filen ska vara en lista där varje post börjar med ett bindestreck.")
        ]
    kept: list[tuple[str, Model]] = []
    problems: list[CatalogueProblem] = []
    for place, item in enumerate(raw, start=1):
        name = named(item) or f"post {place}"
        entry, refused = one(file, item, model, name=name)
        problems += refused
        if entry is not None:
            kept.append((name, entry))
    return kept, problems


def named(raw: Any) -> str | None:
    """The id that an entry claims, right or wrong."""
    claimed = raw.get("id") if isinstance(raw, dict) else None
    return claimed if isinstance(claimed, str) and claimed else None


def rows(
    file: str, raw: Sequence[Mapping[str, Any]], model: type[Model]
) -> tuple[list[tuple[str, Model]], list[CatalogueProblem]]:
    """Table rows as models, named by their line in the file.

    Args:
        file: File that they stand in.
        raw: One mapping a row, the first one standing on line 2.
        model: The model of a row.

    Returns:
        The rows that were accepted, and every reason for the others.
    """
    kept: list[tuple[str, Model]] = []
    problems: list[CatalogueProblem] = []
    for line, item in enumerate(raw, start=2):
        entry, refused = one(file, item, model, name=f"rad {line}")
        problems += refused
        if entry is not None:
            kept.append((f"rad {line}", entry))
    return kept, problems


def _field(name: str, place: tuple[int | str, ...]) -> str:
    text = name
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def _text(error: ErrorDetails) -> str:
    context = error.get("ctx") or {}
    if error["type"] == "value_error":
        reason = str(context.get("error", error["msg"]))
        return _RULES.get(reason, f"posten godtas inte ({reason}).")
    template = _TEXTS.get(error["type"])
    if template is None:
        return f"värdet godtas inte ({error['msg']})."
    said = {key: str(value).replace(" or ", " eller ") for key, value in context.items()}
    return template.format_map(said)

"""What pydantic refuses, turned into problems with a place and the nearest name."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stackaudit.errors import Place, Problem, did_you_mean, listed
from stackaudit.inventory.nodes import Node, unpack, walk, walk_value

_SHAPES: Final = {
    "dict_type": ("a mapping is meant here", "write keys and values, as in {cost: 48000/year}"),
    "dataclass_type": ("a mapping is meant here", "write keys and values, as in {sso: enforced}"),
    "mapping_type": ("a mapping is meant here", "write an id and what belongs to it"),
    "tuple_type": ("a list is meant here", "write it in brackets, as in [contact, visitor]"),
    "string_type": ("a name is meant here", "write one name as plain text"),
    "too_short": ("the list is empty", "name at least one, or leave the key out"),
    "string_too_long": ("the id is too long", "use at most 200 characters"),
    "string_pattern_mismatch": (
        "an id is made of a-z, 0-9 and -, and does not begin with -",
        "write it in lower case, with - between the words",
    ),
    "greater_than_equal": ("the number is too small", "write a number from 1 to 4"),
    "less_than_equal": ("the number is too large", "write a number from 1 to 4"),
}


def problems_of(error: ValidationError, root: Node, file: str, model: type) -> list[Problem]:
    """One problem for each thing that pydantic refused in the tree `root` of `file`."""
    details = error.errors(include_url=False)
    return [_problem(detail, root, file, model) for detail in details]


def _problem(detail: ErrorDetails, root: Node, file: str, model: type) -> Problem:
    path = detail["loc"]
    position = _position(root, path, at_value=detail["type"] not in _ABOUT_KEYS)
    place = Place(file, *unpack(position))
    code, message, hint = _words(detail, path, model)
    return Problem(code, message, place, hint)


_ABOUT_KEYS: Final = frozenset({"unexpected_keyword_argument", "missing", "dataclass_type"})


def _position(root: Node, path: tuple[int | str, ...], *, at_value: bool) -> int:
    """The value's place where there is one; the key's for problems about keys and ids."""
    if at_value and path[-1:] != ("[key]",):
        found = walk_value(root, path)
        if found is not None:
            return found
    return walk(root, path) or 0


def _words(
    detail: ErrorDetails, path: tuple[int | str, ...], model: type
) -> tuple[str, str, str | None]:
    """Code, message and hint; the refused value itself is never repeated."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value":
        return "bad-value", context["message"], context["hint"]
    if kind == "unexpected_keyword_argument":
        name = str(path[-1])
        known = keys_at(model, path[:-1])
        return "unknown-key", f"unknown key `{name}`", did_you_mean(
            name, known, f"the keys here are {', '.join(known)}; your own begin with x-"
        )
    if kind == "missing":
        return "missing-key", f"the key `{path[-1]}` is missing", "add it"
    if kind == "literal_error":
        words = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        value = detail["input"]
        near = did_you_mean(value, words) if isinstance(value, str) else None
        return "not-allowed", f"{listed(words)} is meant here", near or "write one of these words"
    if path[-1:] == ("[key]",) and kind == "string_pattern_mismatch":
        return ("bad-id", *_SHAPES[kind])
    message, hint = _SHAPES.get(kind, (detail["msg"], "see `stackaudit schema inventory`"))
    return ("bad-id" if kind == "string_pattern_mismatch" else "bad-value"), message, hint


def keys_at(model: type, path: tuple[int | str, ...]) -> list[str]:
    """The keys that the model allows at a path of an error; empty where any key is allowed."""
    here: Any = model
    for part in path:
        inside = _dataclass_in(here)
        if inside is None:
            continue
        fields = _field_types(inside)
        if isinstance(part, str) and part in fields:
            here = fields[part]
    found = _dataclass_in(here)
    return list(_field_types(found)) if found else []


def _field_types(model: type) -> dict[str, Any]:
    """The type of every field, by the name it has in a file."""
    hints = typing.get_type_hints(model, include_extras=True)
    fields = typing.cast("Mapping[str, Any]", getattr(model, "__pydantic_fields__"))  # noqa: B009
    return {field.alias or name: hints[name] for name, field in fields.items()}


def _dataclass_in(annotation: Any) -> type | None:
    """The first dataclass inside an annotation such as Mapping[Id, Tool] or X | None."""
    if isinstance(annotation, type) and dataclasses.is_dataclass(annotation):
        return annotation
    origin = typing.get_origin(annotation)
    if origin is None:
        return None
    arguments = typing.get_args(annotation)
    if origin is Annotated:
        arguments = arguments[:1]
    elif origin not in (typing.Union, types.UnionType):
        arguments = arguments[::-1]
    return next((found for each in arguments if (found := _dataclass_in(each))), None)

"""What pydantic refuses, turned into problems with a place and the nearest name."""

from __future__ import annotations

import types
import typing
from typing import Annotated, Any, Final, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from stackaudit.errors import Place, Problem, did_you_mean, listed, quoted
from stackaudit.inventory.model.part import Part, types_of
from stackaudit.inventory.nodes import Node, unpack, walk, walk_value

_SHAPES: Final = {
    "dict_type": (
        "a mapping is meant here",
        "write each as a name, a colon and what belongs to it",
    ),
    "mapping_type": (
        "a mapping is meant here",
        "write each as a name, a colon and what belongs to it",
    ),
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
_ABOUT_IDS: Final = frozenset({"string_pattern_mismatch", "string_too_long"})
_ABOUT_KEYS: Final = frozenset({"unexpected_keyword_argument", "missing"})

Path: TypeAlias = "tuple[int | str, ...]"


def problems_of(
    error: ValidationError, root: Node, file: str, model: type, first: int = 0
) -> list[Problem]:
    """One problem for each thing that pydantic refused in the tree `root` of `file`.

    Where only a piece of a list was validated, `first` is the number of its first item.
    """
    details = error.errors(include_url=False)
    return [_problem(detail, root, file, model, first) for detail in details]


def _problem(detail: ErrorDetails, root: Node, file: str, model: type, first: int) -> Problem:
    path = _shifted(detail["loc"], first)
    position = _position(root, path, at_value=detail["type"] not in _ABOUT_KEYS)
    code, message, hint = _words(detail, path, model)
    return Problem(code, message, Place(file, *unpack(position)), hint)


def _shifted(path: Path, first: int) -> Path:
    if first and len(path) > 1 and isinstance(path[1], int):
        return (path[0], path[1] + first, *path[2:])
    return path


def _position(root: Node, path: Path, *, at_value: bool) -> int:
    """The value's place where there is one; the key's for problems about keys and ids."""
    if at_value and path[-1:] != ("[key]",):
        found = walk_value(root, path)
        if found is not None:
            return found
    return walk(root, path) or 0


def _words(detail: ErrorDetails, path: Path, model: type) -> tuple[str, str, str | None]:
    """Code, message and hint; the refused value itself is never repeated."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value":
        return "bad-value", context["message"], context["hint"]
    if kind == "unexpected_keyword_argument":
        name = str(path[-1])
        hint = _key_hint(name, _model_at(model, path[:-1]))
        return "unknown-key", f"unknown key {quoted(name)}", hint
    if kind == "missing":
        return "missing-key", f"the key `{path[-1]}` is missing", "add it"
    if kind == "literal_error" and path[-1] == "none":
        hint = f"write `none`, or keys and values: {', '.join(keys_at(model, path))}"
        return "bad-value", "a mapping or `none` is meant here", hint
    if kind == "literal_error":
        return _not_allowed(context["expected"], detail["input"])
    if kind == "dataclass_type":
        hint = f"write keys and values; the keys here are {', '.join(keys_at(model, path))}"
        return "bad-value", "a mapping is meant here", hint
    message, hint = _SHAPES.get(kind, (detail["msg"], "see `stackaudit schema inventory`"))
    return ("bad-id" if kind in _ABOUT_IDS else "bad-value"), message, hint


def _not_allowed(expected: str, value: object) -> tuple[str, str, str]:
    words = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    near = did_you_mean(value, words) if isinstance(value, str) else None
    return "not-allowed", f"{listed(words)} is meant here", near or "write one of these words"


def _key_hint(name: str, model: type | None) -> str | None:
    """The nearest key, or the key under which the same one is known, or all keys."""
    fields = types_of(model) if model else {}
    for key, annotation in fields.items():
        inner = _model_in(annotation)
        if inner and name in types_of(inner):
            return f"it belongs under `{key}:`"
    every = f"the keys here are {', '.join(fields)}; your own begin with x-"
    return did_you_mean(name, fields, every)


def keys_at(model: type, path: Path) -> list[str]:
    """The keys that the model allows at a path of an error; empty where any key is allowed."""
    found = _model_at(model, path)
    return list(types_of(found)) if found else []


def _model_at(model: type, path: Path) -> type | None:
    here: Any = model
    for part in path:
        inside = _model_in(here)
        if inside is not None and isinstance(part, str):
            here = types_of(inside).get(part, here)
    return _model_in(here)


def _model_in(annotation: Any) -> type | None:
    """The first model inside an annotation such as Mapping[Id, Tool] or X | None."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is Annotated:
        written = (getattr(each, "written_as", None) for each in arguments[1:])
        arguments = (*written, arguments[0])
    elif origin not in (typing.Union, types.UnionType):
        arguments = arguments[::-1]
    return next((found for each in arguments if (found := _model_in(each))), None)

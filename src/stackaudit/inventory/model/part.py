"""What every part of an inventory has in common: strict keys, people's own `x-` keys, frozen.

A part is a plain dataclass. pydantic learns of it when a file is validated and not when a module
is imported, so that a command pays for the parts that it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, get_args, get_type_hints

from pydantic import ConfigDict, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from stackaudit.dataclass import dataclass
from stackaudit.inventory.nodes import Map


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The base of every mapping with fixed keys."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The fields, and before them what a mapping may have beside them."""
        return core_schema.no_info_before_validator_function(_read, handler(source))


def _read(value: Any) -> Any:
    if value is None:
        return {}
    if type(value) is Map and value.has_own_keys:
        return {key: each for key, each in value.items() if not key.startswith("x-")}
    return value


@cache
def types_of(part: type) -> Mapping[str, Any]:
    """The type of every field, by the key that it has in a file."""
    hints = get_type_hints(part, include_extras=True)
    return {key: hints[name] for name, key in keys_of(part).items()}


def keys_of(part: type[Part]) -> Mapping[str, str]:
    """The key that every field has in a file: its name, if no alias is stated."""
    hints = get_type_hints(part, include_extras=True)
    return {each.name: _alias(hints[each.name]) or each.name for each in fields(part)}


def _alias(annotation: Any) -> str | None:
    stated = (each.alias for each in get_args(annotation)[1:] if isinstance(each, FieldInfo))
    return next(stated, None)

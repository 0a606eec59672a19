"""What every part of an inventory has in common: strict keys, people's own `x-` keys, frozen."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ConfigDict, model_validator
from pydantic.dataclasses import dataclass

from stackaudit.inventory.nodes import Map

CONFIG: Final = ConfigDict(extra="forbid", defer_build=True)


@dataclass(frozen=True, slots=True, kw_only=True, config=CONFIG)
class Part:
    """The base of every mapping with fixed keys."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, value: Any) -> Any:
        if value is None:
            return {}
        if type(value) is Map and value.has_own_keys:
            return {key: each for key, each in value.items() if not key.startswith("x-")}
        return value

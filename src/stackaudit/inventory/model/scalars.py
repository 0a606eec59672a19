"""The types of single values: each reads the text that the file has, and says what it wants.

The reader leaves every scalar as text, so that a name may be `010` and a cost may not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from stackaudit.inventory.values import (
    AMOUNT,
    NUMBER,
    Duration,
    Rate,
    ValueProblem,
    parse_amount,
    parse_count,
    parse_date,
    parse_duration,
    parse_flag,
    parse_rate,
    parse_share,
    parse_worth,
)

ID_PATTERN: Final = r"^[a-z0-9][a-z0-9-]*$"

NONE: Final = "none"
"""The word that states absence where a name could stand."""

NEVER: Final = "never"
"""The word that states absence where a date could stand."""


def refuse(message: str, hint: str) -> PydanticCustomError:
    """The error a validator raises; becomes a problem with a place later."""
    return PydanticCustomError("value", "{message}", {"message": message, "hint": hint})


class Reads:
    """Tells pydantic that a function reads a value, whatever the type beside it.

    `PlainValidator` means the same, and works out for each field anew how that type would be
    written: a quarter of the time that it takes to build the model of an inventory.
    """

    def __init__(self, read: Callable[[object], Any]) -> None:
        self._schema = core_schema.no_info_plain_validator_function(read)

    def __get_pydantic_core_schema__(self, _type: Any, _next: GetCoreSchemaHandler) -> CoreSchema:
        return self._schema


def typed(parse: Callable[[str], Any], *words: str) -> Reads:
    """A validator that reads text with `parse`; `words` stand for themselves."""

    def validate(value: object) -> Any:
        if type(value) is not str:
            raise refuse("a single value is meant here", "write it as plain text")
        if value in words:
            return value
        try:
            return parse(value)
        except ValueProblem as problem:
            alternatives = "".join(f", or {word}" for word in words)
            raise refuse(problem.message, problem.hint + alternatives) from None

    return Reads(validate)


def _text(value: object) -> str:
    if type(value) is str and value.strip():
        return value
    if type(value) is str:
        raise refuse("the text is empty", "write something, or leave the key out: unknown")
    raise refuse("a text is meant here", "write it on one line, in quotes if it has special signs")


def _not_a_single_value(value: object) -> object:
    if type(value) is str:
        raise refuse(
            "a list is meant here", "put it in brackets, as in [contact]; [] if there are none"
        )
    return value


def _sorted(value: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(value.items()))


def _currency(text: str) -> str:
    if len(text) == 3 and text.isascii() and text.isalpha() and text.isupper():
        return text
    raise ValueProblem("not a currency code of ISO 4217", "write three capitals, as in EUR")


def none_or_mapping(value: object) -> str:
    """Which side of `mapping | none` a value is on (see :data:`Tag` in the models)."""
    return "none" if type(value) is str else "mapping"


_WHOLE: Final = "^(0|[1-9][0-9]{0,14})$"
_DATE: Final = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DURATION: Final = {
    "type": "string",
    "pattern": "^[1-9][0-9]{0,5}(min|h|d|w|mo|y)$",
    "examples": ["15min", "4h", "1d", "2w", "6mo", "1y"],
}
_AMOUNT: Final = {"type": ["number", "string"], "minimum": 0, "pattern": f"^{AMOUNT}$"}
_WORTH: Final = {"type": ["number", "string"], "exclusiveMinimum": 0, "pattern": f"^{NUMBER}$"}
# A text in quotes is still read by the type of its field, so `"60"` is as good as `60`: the
# schemas of numbers and flags allow both. The patterns bind texts only, the limits numbers only.

TEXT_SCHEMA: Final[dict[str, Any]] = {"type": ["string", "number", "boolean"]}

Text = Annotated[str, Reads(_text), WithJsonSchema(TEXT_SCHEMA)]
Id = Annotated[
    str,
    StringConstraints(pattern=ID_PATTERN, max_length=200),
    WithJsonSchema({"type": ["string", "integer"], "pattern": ID_PATTERN, "maxLength": 200}),
]
CurrencyCode = Annotated[
    str,
    typed(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$", "examples": ["EUR", "USD", "GBP"]}),
]
Flag = Annotated[
    bool,
    typed(parse_flag),
    WithJsonSchema({"type": ["boolean", "string"], "pattern": "^(true|false)$"}),
]
Count = Annotated[
    int,
    typed(parse_count),
    WithJsonSchema({"type": ["integer", "string"], "minimum": 0, "pattern": _WHOLE}),
]
Amount = Annotated[Decimal, typed(parse_amount), WithJsonSchema(_AMOUNT)]
Worth = Annotated[Decimal, typed(parse_worth), WithJsonSchema(_WORTH)]
AmountOrNone = Annotated[
    Decimal | Literal["none"],
    typed(parse_amount, NONE),
    WithJsonSchema({"anyOf": [_AMOUNT, {"const": NONE}]}),
]
Length = Annotated[Duration, typed(parse_duration), WithJsonSchema(_DURATION)]
Every = Annotated[
    Duration | Literal["event"],
    typed(parse_duration, "event"),
    WithJsonSchema({"anyOf": [_DURATION, {"const": "event"}]}),
]
PerTime = Annotated[
    Rate,
    typed(parse_rate),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": f"^{AMOUNT}/(min|h|day|week|month)$",
            "examples": ["12000/day"],
        }
    ),
]
Share = Annotated[
    float,
    typed(parse_share),
    WithJsonSchema({"type": "string", "pattern": f"^{NUMBER}%$", "examples": ["5%"]}),
]
Day = Annotated[dt.date, typed(parse_date), WithJsonSchema(_DATE)]
DayOrNever = Annotated[
    dt.date | Literal["never"],
    typed(parse_date, NEVER),
    WithJsonSchema({"anyOf": [_DATE, {"const": NEVER}]}),
]
Sorted = AfterValidator(_sorted)
"""For a mapping of names: whoever walks over it meets them in the same order in every file."""
ListMeant = BeforeValidator(_not_a_single_value)
Ids = Annotated[tuple[Id, ...], ListMeant]
Texts = Annotated[tuple[Text, ...], ListMeant]

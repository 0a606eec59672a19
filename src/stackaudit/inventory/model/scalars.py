"""The types of single values: each reads the text that the file has, and says what it wants.

The reader leaves every scalar as text, so that a name may be `010` and a cost may not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from stackaudit.inventory.nodes import Map
from stackaudit.inventory.values import (
    NUMBER,
    Duration,
    Money,
    Rate,
    ValueProblem,
    parse_amount,
    parse_count,
    parse_date,
    parse_duration,
    parse_flag,
    parse_money,
    parse_rate,
    parse_share,
)

ID_PATTERN: Final = r"^[a-z0-9][a-z0-9-]*$"

NONE: Final = "none"
"""The word that states absence where a name could stand."""

NEVER: Final = "never"
"""The word that states absence where a date could stand."""


def refuse(message: str, hint: str) -> PydanticCustomError:
    """The error a validator raises; becomes a problem with a place later."""
    return PydanticCustomError("value", "{message}", {"message": message, "hint": hint})


def typed(parse: Callable[[str], Any], *words: str) -> PlainValidator:
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

    return PlainValidator(validate)


def _money(value: object) -> Money:
    if isinstance(value, Map):
        return _money_mapping(value)
    if type(value) is not str:
        raise refuse("an amount of money is meant here", "write 48000/year or 4000/month")
    try:
        return parse_money(value)
    except ValueProblem as problem:
        raise refuse(problem.message, problem.hint) from None


def _money_mapping(value: Map) -> Money:
    if set(value) - {"amount", "currency", "period"} or "amount" not in value:
        raise refuse(
            "money as a mapping has amount, currency and period",
            "write {amount: 48000, currency: USD, period: year}",
        )
    period, currency = value.get("period") or "year", value.get("currency")
    if period not in ("year", "quarter", "month"):
        raise refuse("the period is not known", "write year, quarter or month")
    try:
        code = None if currency is None else _currency(str(currency))
        return Money(parse_amount(str(value["amount"])), str(period), code)
    except ValueProblem as problem:
        raise refuse(problem.message, problem.hint) from None


def _text(value: object) -> str:
    if type(value) is str and value.strip():
        return value
    if type(value) is str:
        raise refuse("the text is empty", "write something, or leave the key out: unknown")
    raise refuse("a text is meant here", "write it on one line, in quotes if it has special signs")


def _not_a_single_value(value: object) -> object:
    if type(value) is str:
        raise refuse("a list is meant here", "put it in brackets, as in [contact]")
    return value


def _currency(text: str) -> str:
    if len(text) == 3 and text.isascii() and text.isalpha() and text.isupper():
        return text
    raise ValueProblem("not a currency code of ISO 4217", "write three capitals, as in EUR")


def none_or_mapping(value: object) -> str:
    """Which side of `mapping | none` a value is on (see :data:`Tag` in the models)."""
    return "none" if type(value) is str else "mapping"


TEXT_SCHEMA: Final[dict[str, Any]] = {"type": ["string", "number", "boolean"]}

Text = Annotated[str, PlainValidator(_text), WithJsonSchema(TEXT_SCHEMA)]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=200)]
CurrencyCode = Annotated[
    str,
    typed(_currency),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
Flag = Annotated[bool, typed(parse_flag), WithJsonSchema({"type": "boolean"})]
Count = Annotated[int, typed(parse_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Amount = Annotated[Decimal, typed(parse_amount), WithJsonSchema({"type": "number", "minimum": 0})]
AmountOrNone = Annotated[
    Decimal | Literal["none"],
    typed(parse_amount, NONE),
    WithJsonSchema({"anyOf": [{"type": "number", "minimum": 0}, {"const": "none"}]}),
]
Cost = Annotated[
    Money,
    PlainValidator(_money),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": rf"^{NUMBER}/(year|quarter|month)$"},
                {"const": 0},
                {
                    "type": "object",
                    "required": ["amount"],
                    "additionalProperties": False,
                    "properties": {
                        "amount": {"type": "number", "minimum": 0},
                        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
                        "period": {"enum": ["year", "quarter", "month"]},
                    },
                },
            ]
        }
    ),
]
_DURATION_SCHEMA: Final = {"type": "string", "pattern": r"^[1-9]\d{0,5}(min|h|d|w|mo|y)$"}
Length = Annotated[Duration, typed(parse_duration), WithJsonSchema(_DURATION_SCHEMA)]
Every = Annotated[
    Duration | Literal["event"],
    typed(parse_duration, "event"),
    WithJsonSchema({"anyOf": [_DURATION_SCHEMA, {"const": "event"}]}),
]
PerTime = Annotated[
    Rate,
    typed(parse_rate),
    WithJsonSchema({"type": "string", "pattern": rf"^{NUMBER}/(min|h|day|week|month)$"}),
]
Share = Annotated[float, typed(parse_share), WithJsonSchema({"type": "string", "pattern": rf"^{NUMBER}%$"})]
Day = Annotated[dt.date, typed(parse_date), WithJsonSchema({"type": "string", "format": "date"})]
DayOrNever = Annotated[
    dt.date | Literal["never"],
    typed(parse_date, NEVER),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"const": "never"}]}),
]
ListMeant = BeforeValidator(_not_a_single_value)
Ids = Annotated[tuple[Id, ...], ListMeant]
Texts = Annotated[tuple[Text, ...], ListMeant]

"""A price: a text such as 48000/year, or a mapping where it is in another currency."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Amount, CurrencyCode, refuse, typed
from stackaudit.inventory.values import AMOUNT, Money, parse_money

Period = Literal["year", "quarter", "month"]
"""year: a year; quarter: three months; month: a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Part):
    """An amount of money for a period, in a currency that may be another than the stack's."""

    amount: Amount
    """How much: 48000."""
    currency: CurrencyCode | None = None
    """The currency: USD; the stack's if not stated."""
    period: Period | None = None
    """What it is paid for: year, quarter or month."""


def _money_of(price: Price) -> Money:
    if price.period is None and price.amount:
        raise refuse("an amount without a period", "add `period: year`, quarter or month")
    return Money(price.amount, price.period or "year", price.currency)


def _shape(value: object) -> str:
    return "text" if type(value) is str else "mapping"


_TEXT: Final = rf"^(0(\.0{{1,2}})?|{AMOUNT}/(year|quarter|month))$"
_Written = Annotated[
    Money,
    typed(parse_money),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": _TEXT,
            "minimum": 0,
            "maximum": 0,
            "examples": ["48000/year", "4000/month"],
        }
    ),
]


class _TextOrMapping:
    """Tells pydantic to read either, by what the file has, so that mistakes are named exactly."""

    written_as: ClassVar[type] = Price
    """The model of the mapping, where its keys are asked for."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        mapping = core_schema.no_info_after_validator_function(
            _money_of, handler.generate_schema(Price)
        )
        text = handler.generate_schema(_Written)
        return core_schema.tagged_union_schema({"mapping": mapping, "text": text}, _shape)


Cost = Annotated[Money, _TextOrMapping]

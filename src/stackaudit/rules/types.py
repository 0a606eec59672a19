"""The types of facts and expressions, checked when a rule is loaded."""

from __future__ import annotations

from typing import Final, Literal

from stackaudit.dataclass import dataclass

Base = Literal["flag", "number", "text", "date", "word", "subject", "many", "record"]


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a fact or of an expression.

    `unit` belongs to numbers (money a year, days, minutes, share), `words` to words (in their
    order if `ordered`), `kind` to subjects, `of` to collections.
    """

    base: Base
    unit: str | None = None
    words: tuple[str, ...] = ()
    ordered: bool = False
    kind: str | None = None
    of: Type | None = None

    def __str__(self) -> str:
        if self.base == "many":
            return f"collection of {self.of}"
        if self.base == "subject":
            return str(self.kind).replace("_", " ")
        if self.base == "number" and self.unit:
            return self.unit
        if self.base == "word":
            return (" < " if self.ordered else " | ").join(self.words)
        return "true or false" if self.base == "flag" else self.base


FLAG: Final = Type("flag")
NUMBER: Final = Type("number")
COUNT: Final = NUMBER
MONEY: Final = Type("number", unit="money a year")
DAYS: Final = Type("number", unit="days")
MINUTES: Final = Type("number", unit="minutes")
SHARE: Final = Type("number", unit="share")
PER_DAY: Final = Type("number", unit="records a day")
TEXT: Final = Type("text")
DATE: Final = Type("date")
TEXTS: Final = Type("many", of=TEXT)
RECORD: Final = Type("record")
"""A part of an inventory, whole; only what clears a finding can write it, nothing compares it."""


def words(*names: str) -> Type:
    """A word out of a list, without an order."""
    return Type("word", words=names)


def ordered(*names: str) -> Type:
    """A word out of a list that goes from less to more."""
    return Type("word", words=names, ordered=True)


def subject(kind: str) -> Type:
    """A subject of the named kind: its facts can be read in turn."""
    return Type("subject", kind=kind)


def many(of: Type) -> Type:
    """A collection, sorted; it may be known only in part."""
    return Type("many", of=of)


PRIVACY: Final = ordered("none", "personal", "special")
CONFIDENTIALITY: Final = ordered("public", "internal", "confidential", "restricted")
LEVEL: Final = ordered("none", "optional", "enforced")
RIGHT: Final = ordered("read", "write", "admin")
CRITICALITY: Final = ordered("low", "medium", "high", "critical")
LIFECYCLE: Final = words("planned", "pilot", "active", "retiring", "retired", "rejected")
"""Words of the inventory; those with an order compare in it."""


def comparable(left: Type, right: Type) -> bool:
    """Whether `==` and `!=` make sense between the two; between collections they never do."""
    if left.base != right.base:
        return {left.base, right.base} == {"text", "word"}
    if left.base == "number":
        return same_unit(left, right)
    if left.base == "word":
        return left.words == right.words
    return left.base not in ("many", "record") and left == right


def rankable(left: Type, right: Type) -> bool:
    """Whether `<` makes sense: numbers of one unit, dates, words that have an order."""
    if left.base != right.base:
        return False
    if left.base == "number":
        return same_unit(left, right)
    return left.base == "date" or (left.ordered and left.words == right.words)


def same_unit(left: Type, right: Type) -> bool:
    """Whether two numbers may be added or compared; a bare number goes with every unit."""
    return left.unit is None or right.unit is None or left.unit == right.unit


def sum_of(left: Type, right: Type) -> Type | None:
    """The type of a sum or a difference; None where the two cannot be added."""
    if not same_unit(left, right):
        return None
    return left if left.unit else right


def product_of(left: Type, right: Type) -> Type | None:
    """The type of a product: a plain number or a share of anything; None for money times days."""
    if left.unit in (None, SHARE.unit):
        return right if right.unit else left
    return left if right.unit in (None, SHARE.unit) else None


def quotient_of(left: Type, right: Type) -> Type:
    """The type of a quotient: money by a plain number is money, days by days a plain number."""
    return left if right.unit is None else NUMBER

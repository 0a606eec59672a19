"""What a cell says: as an inventory would write it, unknown, or not understood.

Nothing is guessed. What can be read in two ways is read in the way that the rest of its column
shows, and where that shows nothing it is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlsplit

from stackaudit.dataclass import dataclass
from stackaudit.sources.tables.dates import DateOrder, date_order
from stackaudit.sources.tables.numbers import GROUPED_ONCE, Decimals, decimal_sign

UNKNOWN: Final = frozenset(
    {"", "-", "--", "–", "—", "?", "??", "???", "tbd", "tbc", "tba", "todo", "n/a", "na", "n.a.",
     "#n/a", "n. a.", "k.a.", "k. a.", "k.a", "unknown", "unbekannt", "offen", "unklar",
     "keine angabe", "not applicable", "null", "nan", "~"}
)  # fmt: skip
NOBODY: Final = frozenset(
    {"none", "nobody", "no one", "keiner", "keine", "keines", "niemand", "kein"}
)
YES: Final = frozenset(
    {"yes", "y", "true", "ja", "j", "x", "✓", "✔", "✅", "wahr", "enabled", "aktiv", "on", "1"}
)
NO: Final = frozenset(
    {"no", "n", "false", "nein", "falsch", "disabled", "✗", "✘", "❌", "off", "0", "none", "keine",
     "kein", "keiner", "keines"}
)  # fmt: skip
NEVER: Final = frozenset({"never", "nie", "niemals"})

NO_VALUE: Final = "\x00formula"
"""Stands in a cell that has a formula and no value; no text of a file can be the same."""

_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
_HOST: Final = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `value` None is unknown; `doubt` says what was not understood."""

    value: Any = None
    doubt: str | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How a column writes numbers and dates, as far as its cells show it for sure."""

    decimals: Decimals | None = None
    dates: DateOrder | None = None


SAYS_NOTHING: Final = Cell()


def doubtful(message: str, hint: str | None = None) -> Cell:
    """A cell that was not understood, and stays unknown."""
    return Cell(None, message, hint)


def plain(text: str) -> str:
    """The text on one line, without Markdown links and emphasis, controls and repeated spaces."""
    without = _LINK.sub(lambda match: match[1], text) if "](" in text else text
    return " ".join(_CONTROLS.sub(" ", without.replace("**", "").replace("`", "")).split())


def link(text: str) -> str | None:
    """The http(s) address that a cell is, or that a Markdown link in it leads to."""
    match = _LINK.search(text)
    address = (match[2] if match else text).strip()
    safe = re.fullmatch(r"https?://[^\s\"'<>\x00-\x1f\x7f-\x9f]+", address, re.IGNORECASE)
    return address if safe else None


def host(text: str) -> str | None:
    """The host of an address, with or without its scheme; None if there is none."""
    address = link(text) or plain(text)
    try:
        name = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return None
    name = name.lower().removeprefix("www.")
    return name if _HOST.fullmatch(name) else None


def says_nothing(text: str) -> bool:
    """Whether a cell leaves the value unknown: empty, TBD, n/a, ?."""
    return text.casefold() in UNKNOWN


def habits(texts: Iterable[str]) -> Habits:
    """What the cells of a column show for sure about its decimal sign and its order of dates."""
    signs: set[Decimals] = set()
    thousands: set[str] = set()
    orders: set[DateOrder] = set()
    for text in texts:
        sign, order = decimal_sign(text), date_order(text)
        if sign:
            signs.add(sign)
        elif grouped := GROUPED_ONCE.search(text):
            thousands.add(grouped[0])
        if order:
            orders.add(order)
    return Habits(
        signs.pop() if len(signs) == 1 else None if signs else _decimals_beside(thousands),
        orders.pop() if len(orders) == 1 else None,
    )


def _decimals_beside(thousands: set[str]) -> Decimals | None:
    """The decimal sign of a column in which the other sign always has three digits behind it.

    One such number may be either; of several that differ, one would have shown other decimals.
    """
    used = {sign for each in thousands for sign in ".," if sign in each}
    if len(thousands) < ENOUGH or len(used) != 1:
        return None
    return "," if used == {"."} else "."


ENOUGH: Final = 2
"""Different numbers with three digits behind a sign that show that it stands for thousands."""

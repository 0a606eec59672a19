"""How cells look: fonts, grounds, and the number formats of one language and currency."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.svg.palette import LIGHT
from stackaudit.rules.severity import Severity

if TYPE_CHECKING:
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look

_BASE: Final[Mapping[str, object]] = {
    "font_name": "Calibri",
    "font_size": 10.5,
    "font_color": LIGHT.ink,
    "valign": "vcenter",
}
"""In the middle of a row: Excel leaves no room between what stands above and the line above it."""
_LINE: Final[Mapping[str, object]] = {"bottom": 1, "bottom_color": "#E1E5EB"}
_FROM_LEFT: Final = 1
_TEXT: Final[Mapping[str, object]] = {
    "num_format": "@", "quote_prefix": True, "text_wrap": True,
    "align": "left", "reading_order": _FROM_LEFT,
}  # fmt: skip
"""Text stays text when somebody edits the cell, and in what is made of it.

It reads from the left whatever it begins with: else a sentence whose first word is a Hebrew or
Arabic name would be set from right to left, and its end would touch the next column.
"""
_APART: Final[Mapping[str, object]] = {"indent": 1}
"""Away from the edge of its column, and so from what stands in the next one."""
_BELOW_BUTTON: Final = 2
"""As an indent: the button of a filter covers the right end of a head."""
_GROUNDS: Final[Mapping[Severity, str]] = {
    Severity.CRITICAL: "#F4B3AB",
    Severity.HIGH: "#F9D7C3",
    Severity.MEDIUM: "#FAECC8",
    Severity.LOW: "#E3E7EC",
}
"""The ink can be read on all of them; the word stands in the cell."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook."""

    title: Any
    subtitle: Any
    heading: Any
    head: Any
    head_right: Any
    """Of columns of figures."""
    head_filtered: Any
    """The same, with room for the button of a filter."""
    note: Any
    text: Any
    text_top: Any
    """Of what is longer than its row shows: it is read from its beginning."""
    text_right: Any
    """A word in a column of figures."""
    strong: Any
    number: Any
    money: Any
    money_at_least: Any
    day: Any
    share: Any
    entry: Any
    """A cell that waits for somebody to write into it."""
    entry_day: Any
    severity: Mapping[Severity, Any]
    """Grounds, for what the word in the cell says."""
    done: Any
    """Of a row that somebody set to done."""


def styles(workbook: Any, language: Language, currency: str | None, look: Look) -> Styles:
    """The formats, made in one workbook."""
    money, day = money_format(language, currency), day_format(language)

    def made(*more: Mapping[str, object], **own: object) -> Any:
        merged: dict[str, object] = dict(_BASE)
        for each in (*more, own):
            merged.update(each)
        return workbook.add_format(merged)

    right: Mapping[str, object] = {**_LINE, **_APART, "align": "right"}
    head: Mapping[str, object] = {
        **_APART, "bold": True, "bg_color": "#E9ECF1", "bottom": 1, "bottom_color": look.accent,
    }  # fmt: skip
    entry: Mapping[str, object] = {
        **_APART, "bg_color": "#FFF9E5", "left": 1, "right": 1, "bottom": 1,
        "left_color": "#E6D9A8", "right_color": "#E6D9A8", "bottom_color": "#E6D9A8",
    }  # fmt: skip
    return Styles(
        title=made(_TEXT, font_size=20, bold=True),
        subtitle=made(_TEXT, font_size=11, font_color=LIGHT.faint),
        heading=made(_TEXT, font_size=14, bold=True, text_wrap=False),
        head=made(_TEXT, head),
        head_right=made(_TEXT, head, align="right"),
        head_filtered=made(_TEXT, head, align="right", indent=_BELOW_BUTTON),
        note=made(_TEXT, _APART, italic=True, font_color=LIGHT.faint, text_wrap=False),
        text=made(_TEXT, _LINE, _APART),
        text_top=made(_TEXT, _LINE, _APART, valign="top"),
        text_right=made(_TEXT, right, text_wrap=False, shrink=True),
        strong=made(_TEXT, _LINE, _APART, bold=True),
        number=made(right, num_format="#,##0"),
        money=made(right, num_format=money),
        money_at_least=made(right, num_format=f'"≥ "{money}'),
        day=made(right, num_format=day),
        share=made(right, num_format="0%"),
        entry=made(_TEXT, entry),
        entry_day=made(entry, num_format=day, align="right"),
        severity={
            each: workbook.add_format({"bg_color": ground, "bold": True})
            for each, ground in _GROUNDS.items()
        },
        done=workbook.add_format({"font_color": LIGHT.faint, "font_strikeout": True}),
    )  # fmt: skip


def money_format(language: Language, currency: str | None) -> str:
    """Whole units of a currency, its sign where the language puts it.

    Excel itself writes the thousands as the reader's machine does.
    """
    if currency is None:
        return "#,##0"
    shown = language.money(1, currency)
    sign = re.sub(r"[1\s\xa0\u202f]", "", shown) or currency
    space = " " if len(shown) > len(sign) + 1 else ""
    mark = f"[${re.sub(r'[^A-Za-z.$£€¥₹₺₩₽₴₫฿]', '', sign) or currency}]"
    return f"{mark}{space}#,##0" if shown.startswith(sign) else f"#,##0{space}{mark}"


def day_format(language: Language) -> str:
    """A day in figures, in the order that the language has them."""
    import datetime as dt

    shown = language.short_date(dt.date(2026, 11, 22))
    return shown.replace("2026", "yyyy").replace("11", "mm").replace("22", "dd").replace("/", "\\/")

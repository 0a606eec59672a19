"""Hostile text: what cannot be seen is written out, all else is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.outputs.sanitize import visible

WRITTEN_OUT = {
    "\x1b[31mred\x1b[0m": "\\x1b[31mred\\x1b[0m",
    "\x1b]8;;https://evil.example\x07link": "\\x1b]8;;https://evil.example\\x07link",
    "\x1b]52;c;cm0gLXJm\x07": "\\x1b]52;c;cm0gLXJm\\x07",
    "two\nlines": "two\\nlines",
    "car\rriage": "car\\rriage",
    "a\ttab": "a\\ttab",
    "nul\x00": "nul\\x00",
    "del\x7f": "del\\x7f",
    "c1 \x9b31m": "c1 \\x9b31m",
    "next line\x85": "next line\\x85",
    "right to left \u202etxt.exe": "right to left \\u202etxt.exe",
    "isolated \u2066a\u2069": "isolated \\u2066a\\u2069",
    "zero\u200bwidth": "zero\\u200bwidth",
    "soft\xadhyphen": "soft\\xadhyphen",
    "bom\ufeff": "bom\\ufeff",
    "line\u2028paragraph\u2029": "line\\u2028paragraph\\u2029",
    "lone \ud800": "lone \\ud800",
    "tag \U000e0041": "tag \\U000e0041",
    "nothing\u3164": "nothing\\u3164",
    "hair\u200aspace": "hair\\u200aspace",
    "check mark of some font \uf00c": "check mark of some font \\uf00c",
    "mail\ufe0f": "mail\\ufe0f",
    "\U0001f468\u200d\U0001f469": "\U0001f468\\u200d\U0001f469",
}

LEFT_ALONE = [
    "HubSpot Marketing Hub",
    "Größe für Ærø, ŁódŹ",
    "株式会社\u3000例",
    "no\xa0break",
    "Привет",
    "ไทย",
    "e\u0301",
    "\u2764\ufe0f",
    "1\ufe0f\u20e3",
    "\U0001f600",
    "[red]x[/red] [/] :smile:",
    "back\\slash",
]


@pytest.mark.parametrize(("text", "shown"), WRITTEN_OUT.items(), ids=WRITTEN_OUT.values())
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_can_be_seen_stays(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_invisible_is_left(text: str) -> None:
    kept = {unicodedata.category(char) for char in visible(text)}
    assert kept.isdisjoint({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Me", "Mc"), max_codepoint=0x10FF)))
def test_letters_digits_and_signs_stay(text: str) -> None:
    assert visible(text) == text


@given(st.text(st.characters(exclude_categories=())))
def test_showing_twice_is_showing_once(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(st.text(st.characters(exclude_categories=())))
def test_it_stays_one_line(text: str) -> None:
    assert len(visible(text).splitlines()) <= 1

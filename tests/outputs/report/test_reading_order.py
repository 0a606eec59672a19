"""Names from right to left among words from left to right: nothing is lost, all keeps its order."""

from __future__ import annotations

import pytest

from stackaudit.outputs.report.reading_order import kept_in_order

MARK = "\u200e"


@pytest.mark.parametrize("text", ["", "a → b, c", "株式会社 → メール", "Ä: €5 (x)…", "Привет, мир"])
def test_text_from_left_to_right_stays_as_it_is(text: str) -> None:
    assert kept_in_order(text) == text


@pytest.mark.parametrize("name", ["שלום", "منصة 12", "ܣܘܪܝܝܐ", "ދިވެހި", "\U00010900\U00010901"])
@pytest.mark.parametrize("between", [" → ", ", ", "; ", ": ", " · "])
def test_names_are_parted(name: str, between: str) -> None:
    shown = kept_in_order(f"{name}{between}{name}{between}2 more")
    parted = f"{MARK}{between}{MARK}"
    assert shown == f"{MARK}{name}{parted}{name}{parted}2 more"

"""Names taken apart: what two spellings share, and what they do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stackaudit.catalog.names import LONGEST, key, keys, without_prefix, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BigQuery", "Big Query"),
        ("Customer.io", "customer io"),
        ("go-to-webinar", "GoToWebinar"),
        ("Display & Video 360", "Display and Video 360"),
        ("The Trade Desk", "Trade Desk"),
        ("Größe", "Grösse"),
        ("Über", "Uber"),
        ("Slack™", "SLACK"),
        ("Raiser\u2019s Edge", "Raiser's Edge"),
        ("\uff2blaviyo", "Klaviyo"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(words(one)) == key(words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Piwik", "Piwik PRO"), ("Segment", "Segmentation"), ("Drip", "Drift"), ("6sense", "sense")],
)
def test_different_names_do_not(one: str, other: str) -> None:
    assert key(words(one)) != key(words(other))


def test_umlauts_can_be_written_out() -> None:
    assert set(keys("Müller Büro")) == {"mullerburo", "muellerbuero"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("TYPEFORM S.L.", ["typeform", "sl"]),
        ("Inxmail s.r.o.", ["inxmail", "sro"]),
        ("Salesforce.com Germany", ["salesforce", ".com", "germany"]),
        ("Slack Business+", ["slack", "business"]),
        ("", []),
        ("???", []),
    ],
)
def test_words(text: str, parts: list[str]) -> None:
    assert words(text) == parts


def test_a_prefix_is_taken_off_whole_words_only() -> None:
    assert without_prefix(["adobe", "analytics"], ["adobe"]) == ["analytics"]
    assert without_prefix(["adobe"], ["adobe"]) is None
    assert without_prefix(["adobes", "x"], ["adobe"]) is None
    assert without_prefix(["x"], []) is None


@given(st.text(max_size=3 * LONGEST))
def test_any_text_has_words_and_at_most_two_keys(text: str) -> None:
    assert all(part.strip(".").isalnum() and part.isascii() for part in words(text))
    assert len(list(keys(text))) <= 2


@given(st.text(max_size=50))
def test_case_and_outer_space_change_nothing(text: str) -> None:
    assert list(keys(f"  {text.upper().lower()} ")) == list(keys(text.upper().lower()))

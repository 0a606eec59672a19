"""The page on paper and on a phone: heads on every page, nothing squeezed, short chapters together.

Chromium of the system is driven, nothing is downloaded; without it these tests are skipped.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from stackaudit.figures.report.book import book
from stackaudit.outputs.report.html import render
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from tests.outputs.report.books import full_book
from tests.stacks import audited

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BARE = "stackaudit: 1\ntools: {}\n"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "full.html"
    path.write_bytes(render(full_book(), language("en"), Look()))
    return path


def printed(page: Page) -> list[str]:
    """The words of each page of paper."""
    found = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [each.extract_text() for each in found.pages]


def test_a_table_that_goes_on_has_its_head_again(browser: Browser, full: Path) -> None:
    page = browser.new_page()
    page.goto(full.as_uri())
    _, _, table = " ".join(printed(page)).partition("Rules used")
    assert table.count("Checks") >= 3
    page.close()


def test_chapters_with_nothing_in_them_share_a_page(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "bare.html"
    path.write_bytes(render(book(audited(BARE)), language("en"), Look()))
    page = browser.new_page()
    page.goto(path.as_uri())
    empty = page.locator(".chapter > header + .empty").count()
    assert empty > 8
    assert len(printed(page)) < empty
    page.close()


def test_on_a_phone_no_column_of_words_is_squeezed(browser: Browser, full: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(full.as_uri())
    squeezed = page.evaluate(
        """() => {
        document.querySelectorAll("details").forEach((each) => { each.open = true; });
        return [...document.querySelectorAll("table:not(.grid) :is(th, td)")]
          .filter((each) => each.textContent.trim().length > 14 && each.clientWidth < 60)
          .map((each) => each.textContent.trim());
        }"""
    )
    assert squeezed == []
    context.close()

"""Every figure in every format comes from one place: the same one is read back from all of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from stackaudit.figures.report.book import Book, book
from stackaudit.figures.report.kpis import KPIS
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from tests.outputs.report.books import full_book
from tests.stacks import audited

NORTHWIND = Path(__file__).parents[3] / "stacks" / "northwind.yaml"
ENGLISH = language("en")
Figures = dict[str, int]
"""The title of a figure → its value, rounded as people read it."""


@cache
def found(name: str) -> Book:
    return full_book() if name == "made" else book(audited(NORTHWIND.read_text("utf-8")))


@cache
def content(name: str, format_: str) -> bytes:
    return FORMATS[format_].render(found(name), ENGLISH, Look())


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def of_html(data: bytes) -> Figures:
    text = data.decode("utf-8")
    values = re.findall(r"data-kpi=\"?([a-z]+)\"?>(.*?)</span>", text)
    return {ENGLISH.kpi(each): number(value) for each, value in values if each in KPIS}


def of_xlsx(data: bytes) -> Figures:
    rows = load_workbook(io.BytesIO(data))["Summary"].iter_rows(values_only=True)
    titles = {ENGLISH.kpi(each) for each in KPIS}
    figures: Figures = {}
    for title, value, *_ in rows:
        if title in titles and isinstance(value, int | float):
            figures.setdefault(str(title), round(value))
    return figures


def of_pptx(data: bytes) -> Figures:
    shapes = [
        inner
        for slide in Presentation(io.BytesIO(data)).slides
        for shape in slide.shapes
        for inner in (shape, *(shape.shapes if hasattr(shape, "shapes") else ()))
    ]
    values = {each.name.removeprefix("Value "): each for each in shapes if "Value " in each.name}
    return {ENGLISH.kpi(each): number(values[each].text_frame.text) for each in KPIS}


def of_pdf(data: bytes) -> Figures:
    pages = PdfReader(io.BytesIO(data)).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())
    return {title: number(value) for title, value in _beside(text, r"\s(?:at least )?(\S+)")}


def of_md(data: bytes) -> Figures:
    text = data.decode("utf-8")
    return {title: number(value) for title, value in _beside(text, r" \| ([^|]*) \|")}


def _beside(text: str, value: str) -> list[tuple[str, str]]:
    """What stands beside the title of each figure."""
    pairs = []
    for each in KPIS:
        title = ENGLISH.kpi(each)
        match = re.search(re.escape(title) + value, text)
        assert match is not None, title
        pairs.append((title, match[1]))
    return pairs


READ: dict[str, Callable[[bytes], Figures]] = {
    "html": of_html, "xlsx": of_xlsx, "pptx": of_pptx, "pdf": of_pdf, "md": of_md,
}  # fmt: skip


def test_every_format_is_read() -> None:
    assert set(READ) == set(FORMATS)


@pytest.mark.parametrize("name", ["made", "northwind"])
@pytest.mark.parametrize("format_", READ)
def test_the_figures_are_the_same(name: str, format_: str) -> None:
    figures = found(name).kpis.figures
    expected = {
        ENGLISH.kpi(each.id): round(each.value) for each in figures if each.value is not None
    }
    assert len(expected) == len(KPIS)
    assert READ[format_](content(name, format_)) == expected

"""The PDF: read back, its structure for screen readers, and that names stay text."""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from stackaudit.errors import UsageError
from stackaudit.figures.report.book import Book
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Logo, Look
from stackaudit.outputs.report.messages import languages
from stackaudit.outputs.report.pdf import render
from stackaudit.outputs.report.pdf.data import data
from stackaudit.outputs.report.tables.blocks import Picture
from stackaudit.outputs.report.tables.chapters import chapters
from stackaudit.outputs.report.tables.model import Pages
from tests.outputs.hostile import HOSTILE, twin_of
from tests.outputs.report.books import CLEAN, NAMES_ONLY, NOTHING, bare_book, full_book, named

ENGLISH = language("en")


def _pixel() -> bytes:
    """The smallest PNG: one black dot."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = zlib.crc32(kind + content).to_bytes(4)
        return len(content).to_bytes(4) + kind + content + check

    head = chunk(b"IHDR", bytes((0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0)))
    body = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b"")


MARKUP = (
    "#set page(height: 1pt)", "*x* _y_ `z`", "$x^2$", "<label> @label", "// x /* y */", "= x",
    '#read("/etc/passwd")', "#panic()", '"; #x', "\\u{41}", "https://evil.example/?a=b", "~ -- ---",
)  # fmt: skip


def made(book: Book, look: Look | None = None, code: str = "en") -> PdfReader:
    return PdfReader(io.BytesIO(render(book, language(code), look or Look())))


@cache
def full() -> PdfReader:
    return made(full_book(), Look(author="Ada & Co", confidentiality="Confidential"))


def flat(page_text: str) -> str:
    """Text as it reads, whatever the lines."""
    return re.sub(r"\s+", " ", page_text.replace("\u200b", ""))


@cache
def all_text() -> str:
    return flat("\n".join(page.extract_text() for page in full().pages))


def tree(reader: PdfReader) -> Iterator[dict[str, Any]]:
    """The elements of the structure, from top to bottom."""
    root: Any = reader.root_object
    waiting: list[Any] = [root["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, ArrayObject):
            waiting.extend(reversed(node))
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            waiting.extend([node["/K"]] if "/K" in node else [])


def roles(reader: PdfReader) -> list[str]:
    return [str(each["/S"]) for each in tree(reader)]


# -- what it says


def test_figures_read_back_are_those_of_the_book() -> None:
    for kpi in full_book().kpis.figures:
        assert kpi.value is not None
        value = ENGLISH.money(kpi.value, "EUR") if kpi.unit == "money" else f"{kpi.value:g}"
        shown = ENGLISH.word("at_least", value=value) if kpi.at_least else value
        assert f"{ENGLISH.kpi(kpi.id)} {shown}" in all_text()
        assert ENGLISH.how(kpi.id) in all_text()


def test_chapters_and_findings_are_there() -> None:
    heads = [str(each.title) for each in full().outline if not isinstance(each, list)]
    book = full_book()
    assert heads[-1] == "Discussion cards"
    assert [each for each in heads if each in {ENGLISH.chapter(c) for c in book.chapters}] == [
        ENGLISH.chapter(each) for each in book.chapters
    ]
    for card in book.register.cards:
        begins = " ".join(card.message.split()[:4])
        assert begins.replace(" ", "") in all_text().replace(" ", "")


def test_cards_are_two_to_a_page() -> None:
    on_a_page = [flat(page.extract_text()).count("Discussion card for") for page in full().pages]
    decisions = full_book().decisions.first
    assert [each for each in on_a_page if each] == [2] * len(decisions)
    assert "We decide" in full().pages[-1].extract_text()


def test_map_is_on_a_landscape_page() -> None:
    page = next(p for p in full().pages if p.extract_text().strip().startswith("Lane map"))
    assert page.mediabox.width > page.mediabox.height


@pytest.mark.parametrize("text", [NOTHING, NAMES_ONLY, CLEAN])
def test_what_is_empty_says_why(text: str) -> None:
    book = bare_book(text)
    said = flat("\n".join(page.extract_text() for page in made(book).pages))
    for each in book.chapters:
        why = book.empty(each)
        assert why is None or ENGLISH.reason(why) in said


# -- pages


def blocks(book: Book, kind: str) -> list[dict[str, Any]]:
    """The blocks of that kind that the template is given."""
    found = data(Pages.of(book, ENGLISH, 30), Look())
    written = [chapter for each in found["sections"] for chapter in each["chapters"]]
    return [block for chapter in written for block in chapter["blocks"] if block["kind"] == kind]


def test_chapters_with_little_in_them_share_a_page() -> None:
    reader = made(bare_book(NOTHING))
    assert len(reader.pages) <= 10
    page = next(flat(e.extract_text()) for e in reader.pages if "Lane map" in e.extract_text()
                and "Contents" not in e.extract_text())  # fmt: skip
    assert "Integration matrix" in page


def test_no_table_has_a_column_without_anything_in_it() -> None:
    for table in blocks(full_book(), "table"):
        for number, column in enumerate(table["columns"]):
            assert any(row[number] for row in table["rows"]), column["title"]


def test_rows_stay_on_one_page_unless_they_are_long() -> None:
    for table in blocks(full_book(), "table"):
        assert not any(table["long"])
    long = [any(table["long"]) for table in blocks(named("Wort " * 60), "table")]
    assert any(long)


def test_what_is_left_out_of_a_table_stands_at_its_end() -> None:
    tools = "".join(f"  t{number}: {{}}\n" for number in range(510))
    (found,) = [
        each["rest"]
        for each in blocks(bare_book(f"stackaudit: 1\ntools:\n{tools}"), "table")
        if each["rest"] and len(each["rows"]) == 500
    ]
    assert found == "The table goes on: 10 more rows are left to other formats."


def test_a_decision_is_not_parted_from_its_heading() -> None:
    found = data(Pages.of(full_book(), ENGLISH, 30), Look())["sections"]
    (written,) = [e for each in found for e in each["chapters"] if e["id"] == "decisions"]
    kept = [each for each in written["blocks"] if each["kind"] == "kept"]
    assert len(kept) == len(full_book().decisions.first)
    assert all(each["blocks"][0]["kind"] == "heading" and each["whole"] for each in kept)


# -- for screen readers


def test_document_is_tagged_and_says_what_it_is() -> None:
    root: Any = full().root_object
    assert root["/MarkInfo"]["/Marked"] is not None
    assert str(root["/Lang"]).lower() == "en-gb"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert full().metadata
    assert full().metadata.title == "Marketing technology audit – Zzmark"  # type: ignore[union-attr]


def test_pictures_have_words_and_tables_have_heads() -> None:
    elements = list(tree(full()))
    figures = [each for each in elements if each["/S"] == "/Figure"]
    blocks = [b for c in chapters(Pages.of(full_book(), ENGLISH)) for b in c.blocks]
    assert len(figures) == sum(isinstance(each, Picture) for each in blocks) >= 6
    assert all(str(each.get("/Alt", "")).strip() for each in figures)
    found = [str(each["/S"]) for each in elements]
    tables = found.count("/Table")
    assert tables > 10
    assert found.count("/THead") == tables
    assert found.count("/H1") == len(full_book().chapters) + 2  # contents and cards


def test_language_is_that_of_the_report() -> None:
    for code in languages():
        assert str(made(bare_book(CLEAN), code=code).root_object["/Lang"]).startswith(code)


# -- hostile names


def shape(node: Any) -> Any:
    """The structure of the data, apart from its texts."""
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items() if key not in ("svg", "height")}
    return [shape(each) for each in node] if isinstance(node, list) else type(node).__name__


def _look(name: str) -> Look:
    return Look(title=name, client=name, author=name, confidentiality=name)


def _data(name: str) -> Any:
    return data(Pages.of(named(name), ENGLISH, 30), _look(name))


@cache
def harmless(length: int) -> Any:
    return shape(_data("x" * length))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_changes_no_data(name: str) -> None:
    found = _data(name)
    assert shape(found) == harmless(len(twin_of(name)))
    written = [c for each in found["sections"] for c in each["chapters"]]
    pictures = [b["svg"] for c in written for b in c["blocks"] if b["kind"] == "picture"]
    tags = {each.tag.rpartition("}")[2] for svg in pictures for each in ET.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "path", "text", "tspan", "circle", "line",
                    "polygon", "defs", "marker", "ellipse", "polyline"}  # fmt: skip


@cache
def harmless_pdf(length: int) -> list[str]:
    return roles(made(named("x" * length, "executive"), _look("x" * length)))


@pytest.mark.parametrize("name", [" ".join(MARKUP[each::3]) for each in range(3)])
def test_markup_in_a_name_is_text(name: str) -> None:
    reader = made(named(name, "executive"), _look(name))
    assert roles(reader) == harmless_pdf(len(twin_of(name)))
    said = "".join(page.extract_text() for page in reader.pages)
    assert re.sub(r"[\s\u200b]", "", name) in re.sub(r"[\s\u200b]", "", said)
    uris = [
        link for page in reader.pages for link in page.get("/Annots", [])
        if "/URI" in link.get_object().get("/A", {})
    ]  # fmt: skip
    assert not uris


@pytest.mark.parametrize("name", ["株式会社" * 9, "شركة التسويق", "x" * 300, "\U00010330\u0e17"])
def test_name_of_any_script_gets_a_page(name: str) -> None:
    assert len(made(named(name, "executive"), _look(name)).pages) > 10


def test_a_way_through_names_from_right_to_left_reads_from_the_left() -> None:
    """Without a mark on both sides of it the arrow would point from the second to the first."""
    ways = [e for e in _strings(data(Pages.of(named("שם"), ENGLISH), Look())) if "שם" in e]
    ways = [e for e in ways if " → " in e and "<svg" not in e]
    assert ways
    assert all(e.count(" → ") == e.count("\u200e → \u200e") for e in ways)
    assert "\u200e" not in str(data(Pages.of(full_book(), ENGLISH), Look()))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for each in node.values() if isinstance(node, dict) else node:
            yield from _strings(each)


def test_signs_without_a_font_are_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _without_system_fonts(monkeypatch)
    reader = made(named("株 Ltd", "executive"))
    said = "".join(page.extract_text() for page in reader.pages)
    assert "\\u682a Ltd" in said
    assert "株" not in said


# -- bytes, templates, the package


def _without_system_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = typst.Compiler

    def bare(**options: Any) -> typst.Compiler:
        return compiler(ignore_system_fonts=True, **options)

    monkeypatch.setattr(typst, "Compiler", bare)


def test_same_book_gives_the_same_bytes_on_machines_with_other_fonts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = Look(logo=Logo("image/png", _pixel()))
    one = render(full_book(), ENGLISH, look)
    assert render(full_book(), ENGLISH, look) == one
    _without_system_fonts(monkeypatch)
    assert render(full_book(), ENGLISH, look) == one
    assert b"2026-11-02T00:00:00" in one


def test_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        render(bare_book(CLEAN), ENGLISH, Look(logo=Logo("image/png", b"nothing")))
    assert caught.value.problems[0].code == "bad-logo"


def test_template_of_somebodys_own_goes_first(tmp_path: Path) -> None:
    own = "#set document(title: [x])\n#let data = json(bytes(sys.inputs.data))\nMine: #data.client"
    (tmp_path / "report.typ").write_text(own, "utf-8")
    reader = made(full_book(), Look(templates=tmp_path))
    assert reader.pages[0].extract_text() == "Mine: Zzmark"


@pytest.mark.parametrize("own", ['#read("../x")', "#let x =", '#import "@preview/cetz:0.4.2"'])
def test_template_that_cannot_be_used_is_refused(own: str, tmp_path: Path) -> None:
    (tmp_path / "report.typ").write_text(own, "utf-8")
    (tmp_path.parent / "x").write_text("secret", "utf-8")
    with pytest.raises(UsageError) as caught:
        made(full_book(), Look(templates=tmp_path))
    assert caught.value.problems[0].code == "bad-template"


def test_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    for call in (FORMATS["pdf"].render, render):
        with pytest.raises(UsageError) as caught:
            call(full_book(), ENGLISH, Look())
        problem = caught.value.problems[0]
        assert problem.code == "missing-extra"
        assert "pip install 'stackaudit[pdf]'" in (problem.hint or "")


def test_anonymous_report_says_so() -> None:
    said = ENGLISH.word("report.anonymized")
    assert said in flat(made(bare_book(CLEAN), Look(anonymous=True)).pages[0].extract_text())

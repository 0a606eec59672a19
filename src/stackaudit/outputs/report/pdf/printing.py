"""The report as PDF: set by typst from data alone, tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stackaudit.errors import Problem, UsageError
from stackaudit.outputs.report.pdf.data import data
from stackaudit.outputs.report.pdf.pictures import Undrawn
from stackaudit.outputs.report.tables.model import Pages

if TYPE_CHECKING:
    from stackaudit.figures.report.book import Book
    from stackaudit.outputs.report.language import Language
    from stackaudit.outputs.report.look import Look

TEMPLATE: Final = "report.typ"
"""In the package, and in a folder of somebody's own templates."""
_HERE: Final = Path(__file__).parent
_STANDARD: Final = "ua-1"
_NUMBERS: Final = 30
"""Of findings, where they are listed; the register has all."""
_UNDRAWN: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_PLACE: Final = "─"
"""Of the frame around the place of a problem; pictures have none."""
_TRIES: Final = 6


def render(book: Book, language: Language, look: Look) -> bytes:
    """The PDF: the same bytes for the same book, language, look, and fonts beyond our own.

    Signs that no font of the machine has are written out by their numbers, in pictures as `?`; so
    are in pictures signs of a name in several scripts that no one font has. Raises UsageError if
    typst is not installed, and for what is wrong in a template or a logo of somebody's own.
    """
    typst = _library()
    pages = Pages.of(book, language, _NUMBERS)
    source, root = _template(look)
    compiler = typst.Compiler(root=root, font_paths=[_HERE / "fonts"])
    undrawn = Undrawn()
    for _ in range(_TRIES):
        inputs = {"data": json.dumps(data(pages, look, undrawn), ensure_ascii=False)}
        try:
            return _compiled(compiler, source, inputs, book.as_of)
        except typst.TypstError as error:
            more = _without(undrawn, error.diagnostic)
            if more == undrawn:
                raise _bad_template(look, error) from None
            undrawn = more
    raise AssertionError(f"still without a font: {undrawn}")


def _without(undrawn: Undrawn, diagnostic: str) -> Undrawn:
    """What cannot be drawn, with what typst says of it now; of texts it names the place."""
    texts, pictures = set(undrawn.texts), set(undrawn.pictures)
    for problem in diagnostic.split("error: "):
        found = {sign for text in _UNDRAWN.findall(problem) for sign in text}
        (texts if _PLACE in problem else pictures).update(found)
    return Undrawn(frozenset(texts), frozenset(pictures))


def _compiled(compiler: Any, source: bytes, inputs: dict[str, str], day: dt.date) -> bytes:
    made = dt.datetime.combine(day, dt.time(), dt.UTC)
    found = compiler.compile(
        source, format="pdf", sys_inputs=inputs, pdf_standards=_STANDARD, timestamp=made
    )
    assert isinstance(found, bytes)
    return found


def _library() -> Any:
    try:
        import typst
    except ImportError:
        message = "a report as pdf needs one more package"
        hint = "pip install 'stackaudit[pdf]'; 'stackaudit[report]' has all"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
    return typst


def _template(look: Look) -> tuple[bytes, Path]:
    """The template, and the folder it may read from: never more than its own."""
    folder = look.templates
    if folder is not None and (folder / TEMPLATE).is_file():
        _offline(folder)
        return (folder / TEMPLATE).read_bytes(), folder
    return (_HERE / TEMPLATE).read_bytes(), _HERE / "fonts"


def _offline(folder: Path) -> None:
    """Raises UsageError where a template asks for a package, which typst would fetch."""
    for each in sorted(folder.rglob("*.typ")):
        if each.is_file() and b"@preview" in each.read_bytes():
            message = f"{each.name} imports a package, and reports are made offline"
            hint = "copy what it needs into the folder of the templates"
            raise UsageError(Problem("bad-template", message, None, hint))


def _bad_template(look: Look, error: Any) -> Exception:
    """What the user can mend, as such; anything else is ours."""
    if look.logo is not None and "image" in error.message:
        message = f"the logo cannot be drawn: {error.message}"
        return UsageError(Problem("bad-logo", message, None, "use a PNG or JPEG picture"))
    if look.templates is None:
        return RuntimeError(error.diagnostic)
    hint = f"compare it with the {TEMPLATE} that ships with stackaudit"
    return UsageError(Problem("bad-template", f"{TEMPLATE}: {error.message}", None, hint))

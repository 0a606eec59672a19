"""The page, put together from the book."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import ChapterId, Item
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.drawings import Pictures
from stackaudit.outputs.report.html.asked import asked
from stackaudit.outputs.report.html.data import data
from stackaudit.outputs.report.html.style import policy, script, style
from stackaudit.outputs.report.html.templating import PAGE, bad_template, environment
from stackaudit.outputs.report.html.writing import Writing
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import SIGNS
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.severity import Severity

SPOKEN: Final[frozenset[ChapterId]] = frozenset(("kpis", "renewals", "limits"))
"""Chapters that say themselves, beside other things, what is empty in them."""
LARGE: Final = 1_500
"""With more findings each has one line, and proofs are left to other formats."""
_STEPS: Final = 8
_NUMBERS: Final = 40
_ABOUT: Final = 24


@dataclass(frozen=True, slots=True)
class Near:
    """What a tool exchanges data with."""

    sources: tuple[Item, ...]
    targets: tuple[Item, ...]


def page(book: Book, language: Language, look: Look) -> str:
    """The page as text; raises UsageError for a template of somebody's own that cannot be used."""
    from jinja2 import TemplateError
    from markupsafe import Markup

    writer = environment(look.templates)
    writer.filters.update(Writing(book, language).filters())
    style_text, script_text = style(look), script()
    found = _context(book, language, look) | {
        "style": Markup(style_text),  # noqa: S704 - ours, with a color that was checked
        "script": Markup(script_text),  # noqa: S704 - ours
        "policy": Markup(policy(style_text, script_text)),  # noqa: S704 - ours, no quotes in it
    }
    try:
        writer.globals.update(found)
        parts = writer.get_template("parts.html.j2").module
        macros = {name: getattr(parts, name) for name in _MACROS}
        return writer.get_template(PAGE).render(**macros)
    except TemplateError as error:
        if look.templates is None:
            raise
        raise bad_template(error) from None


_MACROS: Final = (
    "pill", "sign", "tool", "tools", "names", "many", "owners", "numbers", "stated", "figure",
    "empty", "roadmap_step", "finding", "proof",
)  # fmt: skip


def _context(book: Book, language: Language, look: Look) -> dict[str, Any]:
    """Everything that templates may name."""
    from markupsafe import Markup

    cards = book.register.cards
    numbers = {each.fingerprint: each.number for each in cards}
    organization = book.organization or language.word("report.no_organization")
    client = visible(look.client or organization)
    title = visible(look.title) if look.title else language.word("report.title")
    json_text = data(book, language, numbers)
    return {
        "book": book, "language": language, "look": look,
        "w": language.word, "n": language.count,
        "client": client,
        "headline": visible(look.title or organization),
        "title": f"{title} – {client}",
        "logo": _logo(look),
        "verdict_words": language.outcome(book.kpis.verdict.outcome, book.kpis.verdict.gating),
        "spoken": SPOKEN,
        "pictures": Pictures(book, language),
        "signs": SIGNS,
        "order": {each: number for number, each in enumerate(SENSITIVITIES)},
        "severities": sorted(Severity, reverse=True), "categories": CATEGORIES,
        "number_of": numbers,
        "card_of": {each.fingerprint: each for each in cards},
        "large": len(cards) > LARGE,
        "linked": _linked(book),
        "neighbours": _neighbours(book),
        "respondents": tuple(asked(book.questions.respondents)),
        "most_steps": _STEPS, "most_numbers": _NUMBERS, "most_about": _ABOUT,
        "data": Markup(json_text),  # noqa: S704 - without <, > and &
    }  # fmt: skip


def _linked(book: Book) -> frozenset[str]:
    """The tools that have a row of their own to link to."""
    if "inventory" not in book.chapters:
        return frozenset()
    return frozenset(each.tool.id for each in book.inventory.tools)


def _neighbours(book: Book) -> Mapping[str, Near]:
    names = {each.id: Item(each.id, each.name) for each in book.lanes.detailed.chips}
    sources: dict[str, list[Item]] = {}
    targets: dict[str, list[Item]] = {}
    for link in book.lanes.detailed.links:
        targets.setdefault(link.source, []).append(names[link.target])
        sources.setdefault(link.target, []).append(names[link.source])
    return {
        each.tool.id: Near(
            tuple(sources.get(each.tool.id, ())), tuple(targets.get(each.tool.id, ()))
        )
        for each in book.inventory.tools
    }


def _logo(look: Look) -> str | None:
    if look.logo is None:
        return None
    return f"data:{look.logo.media_type};base64,{base64.b64encode(look.logo.data).decode()}"

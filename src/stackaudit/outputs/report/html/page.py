"""The page, put together from the book."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import ChapterId, Item
from stackaudit.figures.sensitivity import SENSITIVITIES
from stackaudit.outputs.report.drawings import MOST_GAPS, Pictures
from stackaudit.outputs.report.heat_maps import MOST_COLUMNS
from stackaudit.outputs.report.html.asked import asked
from stackaudit.outputs.report.html.compact import compact
from stackaudit.outputs.report.html.data import data
from stackaudit.outputs.report.html.fixes import fixes, general
from stackaudit.outputs.report.html.style import policy, script, style
from stackaudit.outputs.report.html.templating import PAGE, bad_template, environment
from stackaudit.outputs.report.html.writing import Writing, main_file
from stackaudit.outputs.report.language import Language
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.svg.palette import SIGNS
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.severity import Severity

SPOKEN: Final[frozenset[ChapterId]] = frozenset(("kpis", "renewals", "limits"))
"""Chapters that say themselves, beside other things, what is empty in them."""
LARGE: Final = 600
"""With more findings each has one line, and proofs are left to other formats; with more flows
the tables have no links and the pictures fewer words."""
_LATER: Final = ("style", "script", "data", "policy")
"""What is put in when the page is there; no name can ask for it, since nothing hidden in a name
stays hidden."""
_MARK: Final = re.compile("\x02(\\w+)\x02")
_CLASSES: Final = re.compile(r'\bclass=(?:"([^"]*)"|([^\s>"]+))')
MANY: Final = 200
"""With more flows the neighbours of a tool have no links."""
DENSE: Final = 120
"""With more lines in the map they are thinner."""
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

    writer = environment(look.templates)
    writing = Writing(book, language, main_file(book))
    writer.filters.update(writing.filters())
    found = _context(book, language, look, writing) | {each: f"\x02{each}\x02" for each in _LATER}
    try:
        writer.globals.update(found)
        parts = writer.get_template("parts.html.j2").module
        macros = {name: getattr(parts, name) for name in _MACROS}
        html = compact(writer.get_template(PAGE).render(**macros))
    except TemplateError as error:
        if look.templates is None:
            raise
        raise bad_template(error) from None
    style_text, script_text = style(look, _classes(html)), script()
    later = {"style": style_text, "script": script_text, "data": found["json"],
             "policy": policy(style_text, script_text)}  # fmt: skip
    return _MARK.sub(lambda mark: later[mark[1]], html)


def _classes(html: str) -> frozenset[str]:
    """Every class that an element of the page has."""
    found = _CLASSES.findall(html)
    return frozenset(name for names in found for each in names for name in each.split())


_MACROS: Final = (
    "pill", "sign", "tool", "tools", "names", "many", "owners", "numbers", "stated", "figure",
    "empty", "roadmap_step", "finding", "proof", "compared", "alike",
    "key", "mark", "signs_keys", "blank", "few", "upright", "most",
)  # fmt: skip


def _context(book: Book, language: Language, look: Look, writing: Writing) -> dict[str, Any]:
    """Everything that templates may name."""
    cards = book.register.cards
    numbers = {each.fingerprint: each.number for each in cards}
    organization = book.organization or language.word("report.no_organization")
    client = visible(look.client or organization)
    title = visible(look.title) if look.title else language.word("report.title")
    json_text = data(book, language, writing.orders())
    return {
        "book": book, "language": language, "look": look,
        "w": language.word, "n": language.count,
        "client": client,
        "headline": visible(look.title or organization),
        "title": f"{title} – {client}",
        "logo": _logo(look),
        "verdict_words": language.outcome(book.kpis.verdict.outcome, book.kpis.verdict.gating),
        "spoken": SPOKEN, "chapters": _order(book), "dense": DENSE,
        "pictures": Pictures(book, language),
        "signs": SIGNS,
        "severities": sorted(Severity, reverse=True), "categories": CATEGORIES,
        "number_of": numbers,
        "card_of": {each.fingerprint: each for each in cards},
        "fix_of": _fixes(book, large=len(cards) > LARGE),
        "large": len(cards) > LARGE,
        "brief": len(book.inventory.flows) > LARGE,
        "near_linked": len(book.inventory.flows) <= MANY,
        "linked": _linked(book),
        "source": writing.source,
        "neighbours": _neighbours(book),
        "sensitivities": SENSITIVITIES,
        "provided": _provided(book),
        "most_columns": MOST_COLUMNS, "most_gaps": MOST_GAPS,
        "respondents": tuple(asked(book.questions.respondents)),
        "most_steps": _STEPS, "most_numbers": _NUMBERS, "most_about": _ABOUT,
        "json": json_text,
    }  # fmt: skip


def _order(book: Book) -> tuple[ChapterId, ...]:
    """The chapters as the book has them; the matrix leads where the map shows capabilities."""
    found = list(book.chapters)
    if book.lanes.map.bundled and {"lanes", "matrix"} <= set(found):
        found.remove("matrix")
        found.insert(found.index("lanes"), "matrix")
    return tuple(found)


def _provided(book: Book) -> Mapping[tuple[str, str], str]:
    """What a tool is for a capability: by their ids, main or also."""
    return {
        (row.capability.id, each.tool.id): each.role
        for row in book.overlap.rows
        for each in row.providers
    }


def _fixes(book: Book, *, large: bool) -> Mapping[str, str]:
    """What to do by rule; in a large register, which has no proofs, for every rule."""
    if not large:
        return fixes(book.register.cards)
    texts: dict[str, list[str]] = {}
    for card in book.register.cards:
        texts.setdefault(card.rule, []).append(card.fix)
    return {rule: general(found) for rule, found in texts.items()}


def _linked(book: Book) -> Mapping[str, int]:
    """The tools that have a row of their own to link to, each with its number."""
    if "inventory" not in book.chapters:
        return {}
    return {each.tool.id: number for number, each in enumerate(book.inventory.tools, 1)}


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

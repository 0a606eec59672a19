"""The five figures with what they are counted from, and what was not checked, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stackaudit.figures.report.kpis import Kpi, Part
from stackaudit.figures.report.limits import Limits, RuleRun
from stackaudit.outputs.report.tables.model import Amount, Cell, Field, Pages, Table, table
from stackaudit.rules.severity import Severity


def figures(pages: Pages) -> Table:
    """The five figures, each with how it is counted."""
    title = pages.word("sheet.figures")
    return table("figures", title, _FIGURES, pages.book.kpis.figures, pages)


def kpi_cell(kpi: Kpi, value: float | None, pages: Pages) -> Cell:
    """A value of a figure in its unit; the word for unknown where nothing can be said."""
    if value is None:
        return pages.word("unknown")
    return Amount(value, kpi.at_least) if kpi.unit == "money" else int(value)


def _whole(kpi: Kpi, pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    if kpi.of is None:
        return None
    return Amount(kpi.of) if kpi.unit == "money" else int(kpi.of)


def _certain(kpi: Kpi, pages: Pages) -> Cell:
    if kpi.empty is not None:
        return pages.language.reason(kpi.empty)
    return pages.word("sheet.lower_bound" if kpi.at_least else "sheet.exact")


_FIGURES: Final[tuple[Field[Kpi], ...]] = (
    Field("figure", "text", 44, lambda kpi, p: p.language.kpi(kpi.id)),
    Field("value", "money", 16, lambda kpi, p: kpi_cell(kpi, kpi.value, p)),
    Field("whole", "money", 16, _whole),
    Field("certain", "text", 34, _certain),
    Field("how", "long", 90, lambda kpi, p: p.language.how(kpi.id)),
)


def parts(pages: Pages) -> Table:
    """What each figure is counted from; the parts that count add up to it."""
    title = pages.word("sheet.parts")
    reasons = (pages.reason(kpi.empty) for kpi in pages.book.kpis.figures)
    empty = " ".join(dict.fromkeys(filter(None, reasons)))
    return table("parts", title, _PARTS, _parts(pages), pages, empty)


def _parts(pages: Pages) -> Iterator[tuple[Kpi, Part]]:
    for kpi in pages.book.kpis.figures:
        for part in kpi.parts:
            yield kpi, part


def part_name(kpi: Kpi, part: Part, pages: Pages) -> str:
    """What a part is called."""
    return part.name if part.name is not None else pages.language.kpi_part(kpi.id, part.key)


def _value(each: tuple[Kpi, Part], pages: Pages) -> Cell:  # noqa: ARG001 - as all cells
    part = each[1]
    return Amount(part.value) if part.unit == "money" else int(part.value)


_PARTS: Final[tuple[Field[tuple[Kpi, Part]], ...]] = (
    Field("figure", "text", 44, lambda each, p: p.language.kpi(each[0].id)),
    Field("value", "money", 16, _value),
    Field("counts", "text", 16, lambda each, p: p.language.flag(each[1].counts)),
    Field("part", "text", 40, lambda each, p: part_name(*each, p)),
)


def severities(pages: Pages) -> Table:
    """How many findings there are to act on, by severity."""
    fields: tuple[Field[tuple[Severity, int]], ...] = (
        Field("severity", "severity", 44, lambda each, _: each[0]),
        Field("findings", "number", 16, lambda each, _: each[1]),
    )
    found = pages.book.kpis.verdict.by_severity.items()
    return table("severities", pages.word("sheet.severities"), fields, found, pages)


def basis(pages: Pages) -> Table:
    """What the report rests on: the day, the versions, the digests, what is listed in part."""
    fields: tuple[Field[tuple[str, Cell]], ...] = (
        Field("basis", "text", 40, lambda each, _: each[0]),
        Field("value", "long", 70, lambda each, _: each[1]),
    )
    return table("basis", pages.word("sheet.basis"), fields, _basis(pages), pages)


def _basis(pages: Pages) -> Iterator[tuple[str, Cell]]:
    found, word = pages.book.limits, pages.word
    yield word("sheet.as_of"), found.as_of
    yield word("limits.confirmed"), found.confirmed or word("unknown")
    verdict = pages.book.kpis.verdict
    yield word("sheet.checks"), verdict.checks
    yield word("sheet.decided"), verdict.decided
    yield word("limits.incomplete"), _sections(found, pages)
    if found.unlisted:
        yield word("limits.unlisted"), ", ".join(found.unlisted)
    for each in found.failures:
        yield word("limits.failures"), f"{each.rule} ({each.subject}): {each.error}"
    if found.compared_with is not None:
        yield word("limits.compared_with"), found.compared_with
    yield word("limits.version"), found.version
    yield word("limits.inventory_digest"), found.inventory_digest
    yield word("limits.rules_digest"), found.rules_digest
    yield word("limits.catalog_digest"), found.catalog_digest


def _sections(found: Limits, pages: Pages) -> str:
    return ", ".join(pages.word(f"section.{e}") for e in found.incomplete) or pages.word("none")


def rules(pages: Pages) -> Table:
    """Every rule that ran, those that could not be decided everywhere first."""
    found = pages.book.limits
    undecided = {each.rule for each in found.undecided}
    rest = (each for each in found.rules if each.rule not in undecided)
    title = pages.word("limits.rules")
    return table("rules", title, _RULES, (*found.undecided, *rest), pages)


_RULES: Final[tuple[Field[RuleRun], ...]] = (
    Field("title", "text", 40, lambda run, _: run.title),
    Field("category", "text", 22, lambda run, p: p.word(f"category.{run.category}")),
    Field("severity", "severity", 12, lambda run, _: run.severity),
    Field("checks", "number", 11, lambda run, _: run.checks),
    Field("found", "number", 11, lambda run, _: run.found),
    Field("open", "number", 11, lambda run, _: run.open),
    Field("failed", "number", 11, lambda run, _: run.failed),
    Field("since", "text", 13, lambda run, _: run.since),
    Field("rule", "text", 34, lambda run, _: run.rule),
    Field("digest", "text", 68, lambda run, _: run.digest),
)

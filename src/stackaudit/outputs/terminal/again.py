"""A report that was read, for a person at a terminal: every finding, by rule."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console

from stackaudit.outputs.document import Figures, Finding, Report, Total
from stackaudit.outputs.items import SEVERITIES as WORST_FIRST
from stackaudit.outputs.items import Item, counted, items, waiver_words
from stackaudit.outputs.terminal.console import HEIGHT, PIPE_WIDTH
from stackaudit.outputs.terminal.page import Page, Part
from stackaudit.outputs.terminal.table import Column, gap_of, write_table
from stackaudit.outputs.terminal.words import LEADS, amount
from stackaudit.rules.severity import Severity


def render(report: Report, *, width: int = PIPE_WIDTH) -> str:
    """The report as plain text, for a file: the same whatever the terminal."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=width,
        height=HEIGHT,
        color_system=None,
        force_terminal=False,
        legacy_windows=False,
    )
    report_again(report, console)
    return file.getvalue()


def report_again(report: Report, console: Console) -> None:
    """Print verdict, figures, findings by rule with their proof, and what is open."""
    with Page(console) as page:
        _write_head(page, report)
        _write_figures(page, report)
        proofs = {each.fingerprint: each for each in report.findings}
        for _, members in _by_rule(items(report)):
            _write_rule(page, list(members), proofs)
        _write_end(page, report)


def _write_head(page: Page, report: Report) -> None:
    sign, style = _sign(report)
    page.write((report.verdict.words, "strong"), lead=page.badge(sign, style))
    figures = report.figures
    about: list[list[Part]] = [[(report.organization, "strong")]] if report.organization else []
    about += [[report.inventory], [counted(figures.tools, "tool")]]
    about += [[counted(figures.flows, "flow")], [f"as of {report.as_of}"]]
    about += [[f"compared with {report.compared_with}"]] if report.compared_with else []
    page.flow(about)
    for rule in sorted({each.rule for each in report.failures}):
        page.write(f"{rule} failed to run, a bug in stackaudit", lead=("! ", "gates"))
    for note in report.verdict.notes:
        page.write(note, indent=2, lead=("• ", "faint"))


def _sign(report: Report) -> tuple[str, str]:
    verdict = report.verdict
    if not verdict.passed:
        return "✗ FAIL", "fail"
    if report.failures or not verdict.checks or not (report.findings or verdict.clean):
        return "? UNSURE", "unsure"
    return "✓ PASS", "good"


def _write_figures(page: Page, report: Report) -> None:
    figures = report.figures
    if not figures.categories:
        return
    columns = [Column("category", least=4), *(Column(each, right=True) for each in WORST_FIRST)]
    columns += [Column("gates", right=True), Column("open", right=True)]
    page.blank()
    write_table(page, columns, _rows(figures), indent=2, gap=gap_of(page))
    money = [*_money("saves", figures.saves, report), *_money("at stake", figures.at_stake, report)]
    if money:
        page.blank()
        page.flow(money, indent=2)


def _rows(figures: Figures) -> list[list[Part]]:
    return [
        [
            each.category,
            *(f"{each.findings.get(word, 0):,}" for word in WORST_FIRST),
            f"{each.gating:,}",
            f"{each.open:,}",
        ]
        for each in figures.categories
    ]


def _money(word: str, total: Total, report: Report) -> list[list[Part]]:
    if not total.amount:
        return []
    least = "at least " if total.at_least else ""
    return [[(f"{word} ", "label"), f"{least}{amount(total.amount, report.currency)} a year"]]


def _by_rule(found: Sequence[Item]) -> Iterable[tuple[str, Iterable[Item]]]:
    """By rule, in the order of the first of each."""
    order = {rule: place for place, rule in enumerate(dict.fromkeys(each.rule for each in found))}
    ordered = sorted(found, key=lambda each: order[each.rule])  # stable: keeps what comes first
    return groupby(ordered, key=lambda each: each.rule)


def _write_rule(page: Page, members: list[Item], proofs: dict[str, Finding]) -> None:
    worst = max(Severity.of(each.severity) for each in members)
    first = members[0]
    page.blank()
    heading: list[list[Part]] = [[(first.title, "strong")], [(first.rule, "type")]]
    page.flow(heading, lead=page.badge(worst.word.upper(), worst.word))
    for item in members:
        _write_item(page, item, proofs.get(item.fingerprint))
    if why := next((p.why for each in members if (p := proofs.get(each.fingerprint))), ""):
        _labelled(page, "why", why, 2)


def _write_item(page: Page, item: Item, proof: Finding | None) -> None:
    sign: Part = ("✗ ", "gates") if item.gates else ("• ", "faint")
    page.write(item.headline, indent=2, lead=sign)
    if item.stops:
        _labelled(page, "path", " → ".join(each.name for each in item.stops))
    if proof is not None and proof.evidence:
        facts = (f"{each.subject}: {each.fact} {each.shown}" for each in proof.evidence)
        _labelled(page, "proof", "; ".join(facts))
    _labelled(page, "fix", item.fix)
    for each in (item.note, waiver_words(item)):
        _labelled(page, "", each or "")
    places = ", ".join(dict.fromkeys(f"{each.file}:{each.line}" for each in item.places))
    facts_: list[list[Part]] = [[places], [(item.severity, item.severity)], [item.state]]
    facts_ += [[("gates", "gates")]] if item.gates else []
    facts_ += [[f"{LEADS[proof.lead]}, {proof.effort} effort"]] if proof else []
    page.flow(facts_, indent=4, lead=[("at ", "label")], hang=6)


def _labelled(page: Page, label: str, text: str, indent: int = 4) -> None:
    if text:
        page.write(text, indent=indent, lead=(f"{label} ", "label"), hang=6)


def _write_end(page: Page, report: Report) -> None:
    if report.fixed:
        page.blank()
        page.write(("Fixed", "strong"))
    for each in report.fixed:
        page.write(f"{each.rule} {' + '.join(each.subjects)}", indent=2, lead=("• ", "faint"))
    if report.open:
        page.blank()
        words = f"{counted(len(report.open), 'check')} of {report.verdict.checks:,} open"
        page.write(f"{words} for facts nobody stated", lead=("Open  ", "strong"))

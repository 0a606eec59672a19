"""The rules of a SARIF file, with all that code scanning shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.outputs.document import Report, RuleRun, Severity
from stackaudit.outputs.encode import markdown
from stackaudit.outputs.encode.text import cut
from stackaudit.outputs.items import Item

Node = dict[str, Any]

LONGEST_ID: Final = 255
LONGEST_DESCRIPTION: Final = 1024
"""Both as GitHub cuts them."""

LEVELS: Final[Mapping[Severity, str]] = MappingProxyType(
    {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
)
SECURITY_SEVERITY: Final[Mapping[Severity, str]] = MappingProxyType(
    {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0"}
)
"""A number inside the band that GitHub gives each word: above 9 critical, 7 to 8.9 high, 4 to 6.9
medium, below that low; the bands of CVSS 3.1, section 5."""

PROBLEM_SEVERITY: Final[Mapping[Severity, str]] = MappingProxyType(
    {"critical": "error", "high": "error", "medium": "warning", "low": "recommendation"}
)


@dataclass(frozen=True, slots=True)
class Descriptor:
    """One rule as SARIF describes it, and its number in the list."""

    id: str
    index: int
    node: Node


def descriptors(report: Report, shown: Iterable[Item]) -> dict[str, Descriptor]:
    """By id: the rules that ran, then those of findings that the list of rules does not have."""
    made: dict[str, Node] = {each.rule: _of_run(each) for each in report.rules}
    for item in shown:
        if item.rule not in made:
            made[item.rule] = _described(item.rule, item.title, item.category, item.severity)
    return {
        rule: Descriptor(node["id"], index, node) for index, (rule, node) in enumerate(made.items())
    }


def _described(rule: str, title: str, category: str, severity: Severity) -> Node:
    words = cut(title or rule, LONGEST_DESCRIPTION)
    return {
        "id": cut(rule, LONGEST_ID),
        "name": cut(rule.rpartition("/")[2] or rule, LONGEST_ID),
        "shortDescription": {"text": words},
        "fullDescription": {"text": words},
        "help": {"text": words, "markdown": markdown.text(words)},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": _properties(category or rule.partition("/")[0], severity),
    }


def _of_run(run: RuleRun) -> Node:
    node = _described(run.rule, run.title, run.category, run.severity or "medium")
    if run.why:
        node["fullDescription"] = {"text": cut(run.why, LONGEST_DESCRIPTION)}
    node["help"] = {"text": _plain_help(run), "markdown": "\n".join(_help(run))}
    if run.help_uri and markdown.is_plain(run.help_uri):
        node["helpUri"] = run.help_uri
    tags = node["properties"]["tags"]
    tags += [f"lead-{run.lead}"] if run.lead else []
    tags += [f"effort-{run.effort}"] if run.effort else []
    return node


def _properties(category: str, severity: Severity) -> Node:
    """`security-severity` only for security: GitHub shows such a rule as a vulnerability."""
    made: Node = {
        "category": cut(category, LONGEST_ID),
        "precision": "very-high",
        "problem.severity": PROBLEM_SEVERITY[severity],
        "tags": [cut(category, LONGEST_ID), "martech"],
    }
    if category == "security":
        made["security-severity"] = SECURITY_SEVERITY[severity]
    return made


def _plain_help(run: RuleRun) -> str:
    parts = [run.why, f"What to do: {run.fix}" if run.fix else ""]
    if run.ask:
        parts += [f"Ask IT: {run.ask.it}", f"Ask marketing: {run.ask.marketing}"]
    parts += [f"Reference: {each}" for each in run.references]
    return "\n".join(cut(each, 2_000) for each in parts if each) or cut(
        run.title or run.rule, 2_000
    )


def _help(run: RuleRun) -> Iterator[str]:
    yield from (f"**{markdown.text(run.title or run.rule)}**", "", markdown.text(run.why, 2_000))
    if run.fix:
        yield from ("", f"**What to do:** {markdown.text(run.fix, 2_000)}")
    if run.ask:
        yield from ("", f"- Ask IT: {markdown.text(run.ask.it)}")
        yield f"- Ask marketing: {markdown.text(run.ask.marketing)}"
    if run.references:
        yield from ("", "**References**", "")
        yield from (f"- {markdown.text(each)}" for each in run.references)
    if run.help_uri and markdown.is_plain(run.help_uri):
        yield from ("", markdown.link("The rule in full", run.help_uri))

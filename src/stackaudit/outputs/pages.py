"""The documentation that follows from the code: a page for each rule, an index, the facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from stackaudit.figures.clears import added_lines, change_words
from stackaudit.figures.conditions import in_words, template_words
from stackaudit.figures.examples import example_lines
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.load import CATEGORIES
from stackaudit.rules.rule import Expression, Rule
from stackaudit.rules.rule_file import Finds, Passes
from stackaudit.rules.subjects import kinds

MADE: Final = "<!-- Made from the code by docs/generate.py; do not edit. -->"
_TIME: Final = (
    "The passing of time alone can raise it, so it does not gate a change that is compared with a "
    "baseline."
)
_FACTS: Final = (
    "What rules can read. *Stated* facts stand in the inventory, *derived* ones follow from it."
)
_LEADS: Final = {"it": "IT", "marketing": "marketing", "both": "IT and marketing"}


def _page(lines: Iterable[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"


def plain(text: str) -> str:
    """A text inside Markdown: nothing in it is markup."""
    for sign in "\\`*_{}[]<>|#":
        text = text.replace(sign, f"\\{sign}")
    return text


def rule_page(rule: Rule) -> str:
    """Everything that a rule's file says, for people who read before they install."""
    return _page(_rule_lines(rule))


def _rule_lines(rule: Rule) -> Iterator[str]:
    yield from (f"# {plain(rule.title)}", "", MADE, "")
    lead = f"{_LEADS[rule.lead]} lead"
    yield f"`{rule.id}` · **{rule.severity.word}** · {lead} · {rule.effort} effort"
    yield from ("", f"Looks at: {plain(kinds()[rule.subject].doc)}.", "")
    yield from (plain(rule.why), "", "## When it fires", "")
    yield from _condition(rule)
    yield from _parameters(rule)
    yield from _facts_read(rule.facts())
    yield from ("## What to do", "", plain(template_words(rule.fix)), "")
    yield from _clearing(rule)
    yield from ("## Questions for the workshop", "", f"- IT: {plain(rule.ask_it)}")
    yield from (f"- Marketing: {plain(rule.ask_marketing)}", "")
    yield from _standing(rule)
    yield from _examples(rule)


def _condition(rule: Rule) -> Iterator[str]:
    yield from _both(rule.when, rule)
    for name, text in rule.values.items():
        yield from (f"where `{name}` is `{text}`", "")
    for severity, condition in rule.severity_when:
        yield from (f"It is **{severity.word}** when:", "")
        yield from _both(condition, rule)


def _both(expression: Expression, rule: Rule) -> Iterator[str]:
    words = in_words(expression.tree, rule.subject)
    yield from (
        f"{plain(words[:1].upper() + words[1:])}.",
        "",
        "```python",
        expression.text,
        "```",
        "",
    )


def _parameters(rule: Rule) -> Iterator[str]:
    if rule.param_texts:
        yield from ("## Parameters", "", "| name | default |", "|---|---|")
        yield from (f"| `{name}` | {plain(text)} |" for name, text in rule.param_texts.items())
        yield from ("", "Changed under `adjust:` in the configuration.", "")


def _facts_read(facts: Sequence[Fact]) -> Iterator[str]:
    yield from ("## Facts it reads", "", "| fact | type | meaning |", "|---|---|---|")
    for fact in sorted(facts, key=lambda each: each.full_name):
        yield f"| `{fact.full_name}` | {plain(str(fact.type))} | {plain(fact.doc)} |"
    yield ""


def _clearing(rule: Rule) -> Iterator[str]:
    yield from ("One change that clears it:", "")
    yield from (f"- {plain(words)}" for words in change_words(rule.clears))
    if rule.clears.add is not None:
        yield from ("- add to the inventory:", "", "```yaml", *added_lines(rule.clears.add), "```")
    yield ""


def _standing(rule: Rule) -> Iterator[str]:
    if rule.time_driven:
        yield from (_TIME, "")
    if rule.implied_by:
        causes = ", ".join(f"`{each}`" for each in rule.implied_by)
        yield from (f"Where {causes} is found on the same subject, it is folded under that.", "")
    if rule.references:
        yield from ("## References", "", *(f"- {plain(each)}" for each in rule.references), "")


def _examples(rule: Rule) -> Iterator[str]:
    yield from ("## Examples", "")
    for finds in rule.examples.finds:
        yield from _example(f"It finds {', '.join(finds.subjects)}", finds)
    for passes in rule.examples.passes:
        left = ", ".join(passes.open or ())
        yield from _example(f"It stays open for {left}" if left else "It finds nothing", passes)


def _example(says: str, example: Finds | Passes) -> Iterator[str]:
    note = f": {example.note}" if example.note else ""
    yield from (f"{plain(says + note)}", "", "```yaml", *example_lines(example), "```", "")


def rules_index(rules: Sequence[Rule]) -> str:
    """The list of all rules with links to their pages."""
    lines = ["# Rules", "", MADE, "", f"{len(rules)} rules ship with stackaudit."]
    for category in CATEGORIES:
        members = [rule for rule in rules if rule.category == category]
        if members:
            lines += [
                "",
                f"## {category}",
                "",
                "| rule | finds | severity | lead |",
                "|---|---|---|---|",
            ]
            lines += [
                f"| [{rule.name}]({category}/{rule.name}.md) | {plain(rule.title)} "
                f"| {rule.severity.word} | {_LEADS[rule.lead]} |"
                for rule in members
            ]
    return _page(lines)


def facts_page(facts: Sequence[Fact]) -> str:
    """Every fact that rules can read, by the kind of its subject."""
    lines = ["# Facts", "", MADE, "", _FACTS]
    for kind, members in groupby(facts, key=lambda fact: fact.kind):
        lines += ["", f"## {kind.replace('_', ' ')}", "", f"{plain(kinds()[kind].doc)}.", ""]
        lines += ["| fact | type | origin | meaning |", "|---|---|---|---|"]
        lines += [
            f"| `{fact.full_name}` | {plain(str(fact.type))} "
            f"| {'stated' if fact.stated else 'derived'} | {plain(fact.doc)} |"
            for fact in members
        ]
    return _page(lines)

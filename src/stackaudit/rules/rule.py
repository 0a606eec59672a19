"""A rule as it runs: everything in its file checked and compiled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import Any

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.expressions.tree import Constant, Node, facts_read
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.finding import Effort, Lead
from stackaudit.rules.rule_file import Examples
from stackaudit.rules.severity import Severity
from stackaudit.rules.template import Template


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression in its three forms: as written, as checked, as compiled."""

    text: str
    tree: Node
    value: Compiled


@dataclass(frozen=True, slots=True)
class Change:
    """What clears a finding: facts to set, a thing to remove, entries to add."""

    sets: Mapping[str, tuple[Expression, Fact, Expression]]
    """Fact as written → (the subject it belongs to, the fact, its new value)."""
    remove: Expression | None
    add: Any
    """The entries to add, with templates in place of texts."""
    words: Template | None


@dataclass(frozen=True, slots=True)
class Rule:
    """One situation that counts as a problem, ready to run."""

    id: str
    title: str
    subject: str
    when: Expression
    severity: Severity
    severity_when: tuple[tuple[Severity, Expression], ...]
    """From the most to the least severe."""
    message: Template
    message_text: str
    saves: Expression | None
    costs: Expression | None
    why: str
    fix: Template
    clears: Change
    ask_it: str
    ask_marketing: str
    lead: Lead
    effort: Effort
    time_driven: bool
    implied_by: tuple[str, ...]
    references: tuple[str, ...]
    since: str
    params: Mapping[str, Constant]
    param_texts: Mapping[str, str]
    values: Mapping[str, str]
    read_examples: Callable[[], Examples] = field(repr=False, compare=False)
    """See `examples`."""
    place: Place
    digest: str
    """sha-256 of the rule's file, with the parameters it runs with."""
    language: str | None = None
    """Of its texts, where they are a translation; None where they are those of its file."""

    @property
    def examples(self) -> Examples:
        """Stacks in which it finds something, and in which it does not; read when asked for."""
        return self.read_examples()

    @property
    def category(self) -> str:
        """The folder it is in."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """Its id without the category."""
        return self.id.partition("/")[2]

    def facts(self) -> tuple[Fact, ...]:
        """Every fact that decides the rule: its condition and its severities."""
        trees = [self.when.tree, *(each.tree for _, each in self.severity_when)]
        return tuple(dict.fromkeys(fact for tree in trees for fact in facts_read(tree)))

"""The parts of a rule file that are read as expressions and as texts with placeholders."""

from __future__ import annotations

from collections.abc import Callable

from stackaudit.dataclass import dataclass
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.expressions.parse import Scope, parse, parse_flag
from stackaudit.rules.expressions.tree import Node
from stackaudit.rules.rule import Expression
from stackaudit.rules.rule_problems import Path, RuleProblems
from stackaudit.rules.template import Template, parse_template
from stackaudit.rules.types import MONEY, same_unit


@dataclass(frozen=True, slots=True)
class Parts:
    """Reads the parts of one rule; what is wrong with one is noted, and the part is None."""

    rule_id: str
    subject: str
    scope: Scope
    problems: RuleProblems

    def expression(self, text: str, path: Path) -> Expression | None:
        """An expression of any type."""
        return self._read(text, path, parse)

    def condition(self, text: str, path: Path) -> Expression | None:
        """An expression that is true or false."""
        return self._read(text, path, parse_flag)

    def money(self, text: str | None, key: str) -> Expression | None:
        """An amount of money a year, or a plain number; None where the rule says nothing."""
        found = None if text is None else self.expression(text, (key,))
        if found is not None:
            type_ = found.tree.type
            if type_.base != "number" or not same_unit(type_, MONEY):
                message = f"money is meant, this is {type_}"
                self.problems.note("bad-expression", message, (key,), "say it as money a year")
        return found

    def template(self, text: str, path: Path) -> Template | None:
        """A text with placeholders."""
        return self.problems.attempt(lambda: parse_template(text, self.scope, self.subject), path)

    def _read(self, text: str, path: Path, read: Callable[[str, Scope], Node]) -> Expression | None:
        tree = self.problems.attempt(lambda: read(text, self.scope), path)
        if tree is None:
            return None
        value = Compiled(tree, self.subject, self.rule_id)
        return Expression(" ".join(text.split()), tree, value)

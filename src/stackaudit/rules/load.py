"""From a rule file to a rule: read, checked, compiled; a mistake is named at its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from stackaudit.errors import Place, Problem, RuleError, did_you_mean, listed
from stackaudit.inventory.nodes import Map, Node, unpack
from stackaudit.inventory.problems import problems_of, walk_value
from stackaudit.inventory.reader import read_document
from stackaudit.rules.expressions.compile import compile_tree
from stackaudit.rules.expressions.parse import ExpressionProblem, Scope, parse, parse_flag
from stackaudit.rules.expressions.tree import Constant
from stackaudit.rules.expressions.tree import Node as Tree
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.params import read_param
from stackaudit.rules.rule import Change, Expression, Rule
from stackaudit.rules.rule_file import Clears, RuleFile
from stackaudit.rules.severity import Severity
from stackaudit.rules.subjects import kinds
from stackaudit.rules.template import Template, parse_template

CATEGORIES: Final = ("bloat", "integration", "silo", "security", "alignment", "inventory")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the configuration changes about a rule."""

    params: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    severity: str | None = None


def load_rule(
    data: bytes, rule_id: str, file: str, adjustment: Adjustment | None = None
) -> Rule:
    """Check and compile one rule file; raises RuleError with all its problems."""
    document = read_document(data, file)
    if document.problems:
        raise RuleError(document.problems)
    root = document.root
    if not isinstance(root, Map):
        raise RuleError(Problem("not-a-rule", "a mapping is meant here", Place(file, 1, 1)))
    try:
        parts = _adapter().validate_python(root)
    except ValidationError as error:
        raise RuleError(problems_of(error, root, file, RuleFile)) from None
    return _Builder(parts, root, rule_id, file, adjustment or Adjustment(), data).rule()


@cache
def _adapter() -> TypeAdapter[RuleFile]:
    return TypeAdapter(RuleFile)


@dataclass(slots=True)
class _Builder:
    """Compiles the parts of one rule file, gathering what is wrong with each."""

    parts: RuleFile
    root: Map
    id: str
    file: str
    adjustment: Adjustment
    data: bytes
    problems: list[Problem] = field(default_factory=list)

    def rule(self) -> Rule:
        self._check_names()
        params = self._params()
        scope = self._scope({}, params)
        values = self._values(scope)
        rule = self._compiled(self._scope(values, params), params)
        if self.problems or rule is None:
            raise RuleError(self.problems)
        return rule

    def _check_names(self) -> None:
        category, _, name = self.id.partition("/")
        if category not in CATEGORIES or not name:
            self._note("bad-rule-id", f"`{category}` is not a category of rules", (),
                       did_you_mean(category, CATEGORIES, f"the folder says it: {listed(CATEGORIES)}"))  # fmt: skip
        if self.parts.subject not in kinds():
            self._note("unknown-subject", f"there is no subject `{self.parts.subject}`", ("subject",),
                       did_you_mean(self.parts.subject, kinds(), f"there are {', '.join(kinds())}"))  # fmt: skip
            raise RuleError(self.problems)

    def _params(self) -> dict[str, Constant]:
        declared = {name: read_param(name, each) for name, each in (self.parts.params or {}).items()}
        for name, value in self.adjustment.params.items():
            if name not in declared:
                self._note("unknown-param", f"{self.id} has no parameter `{name}`", ("params",),
                           did_you_mean(name, declared, "see `stackaudit explain`"))  # fmt: skip
                continue
            read = read_param(name, value)
            if read.type != declared[name].type:
                self._note("bad-param", f"the parameter `{name}` is {declared[name].type}",
                           ("params", name), "write it as its default is written")  # fmt: skip
                continue
            declared[name] = read
        return declared

    def _scope(self, values: Mapping[str, Tree], params: Mapping[str, Constant]) -> Scope:
        about_inventory = self.id.startswith("inventory/")
        return Scope({self.parts.subject: self.parts.subject}, params, values, about_inventory)

    def _values(self, scope: Scope) -> dict[str, Tree]:
        values: dict[str, Tree] = {}
        for name, text in (self.parts.values or {}).items():
            inner = Scope(scope.subjects, scope.params, values, scope.may_ask_known)
            tree = self._try(lambda text=text, inner=inner: parse(text, inner), ("values", name))  # type: ignore[misc]
            if tree is not None:
                values[name] = tree
        return values

    def _compiled(self, scope: Scope, params: Mapping[str, Constant]) -> Rule | None:
        parts = self.parts
        when = self._condition(parts.when, scope, ("when",))
        severities = [
            (Severity.of(word), self._condition(text, scope, ("severity_when", word)))
            for word, text in (parts.severity_when or {}).items()
        ]
        message = self._template(parts.message, scope, ("message",))
        fix = self._template(parts.fix, scope, ("fix",))
        saves = self._money(parts.saves, scope, "saves")
        costs = self._money(parts.costs, scope, "costs")
        clears = self._clears(parts.clears, scope)
        if when is None or message is None or fix is None or clears is None or self.problems:
            return None
        worst_first = sorted(
            ((s, e) for s, e in severities if e is not None), key=lambda pair: -pair[0]
        )
        return Rule(
            id=self.id,
            title=" ".join(parts.title.split()),
            subject=parts.subject,
            when=when,
            severity=Severity.of(self.adjustment.severity or parts.severity),
            severity_when=() if self.adjustment.severity else tuple(worst_first),
            message=message,
            message_text=" ".join(parts.message.split()),
            saves=saves,
            costs=costs,
            why=" ".join(parts.why.split()),
            fix=fix,
            clears=clears,
            ask_it=" ".join(parts.ask.it.split()),
            ask_marketing=" ".join(parts.ask.marketing.split()),
            lead=parts.lead,
            effort=parts.effort,
            time_driven=bool(parts.time_driven),
            implied_by=parts.implied_by or (),
            references=parts.references or (),
            since=parts.since,
            params=params,
            param_texts=self._param_texts(),
            values={name: " ".join(text.split()) for name, text in (parts.values or {}).items()},
            examples=parts.examples,
            place=Place(self.file, 1, 1),
            digest=self._digest(),
        )

    def _param_texts(self) -> dict[str, str]:
        stated = {**(self.parts.params or {}), **self.adjustment.params}
        return {n: ", ".join(v) if isinstance(v, tuple) else v for n, v in stated.items()}

    def _digest(self) -> str:
        adjusted = [sorted(self.adjustment.params.items()), self.adjustment.severity]
        text = self.data.replace(b"\r\n", b"\n") + json.dumps(adjusted).encode()
        return hashlib.sha256(text).hexdigest()

    def _condition(self, text: str, scope: Scope, path: tuple[str, ...]) -> Expression | None:
        return self._expression(text, scope, path, parse_flag)

    def _money(self, text: str | None, scope: Scope, key: str) -> Expression | None:
        if text is None:
            return None
        found = self._expression(text, scope, (key,), parse)
        if found is not None and found.tree.type.base != "number":
            self._note("bad-expression", f"money is meant, this is {found.tree.type}", (key,))
        return found

    def _expression(
        self, text: str, scope: Scope, path: tuple[str, ...], read: Callable[[str, Scope], Tree]
    ) -> Expression | None:
        tree = self._try(lambda: read(text, scope), path)
        if tree is None:
            return None
        compiled = compile_tree(tree, self.parts.subject, self.id)
        return Expression(" ".join(text.split()), tree, compiled)

    def _template(self, text: str, scope: Scope, path: tuple[str, ...]) -> Template | None:
        return self._try(lambda: parse_template(text, scope, self.parts.subject), path)

    def _clears(self, clears: Clears, scope: Scope) -> Change | None:
        if clears.set is None and clears.remove is None and clears.add is None:
            self._note("bad-clears", "say what clears it: set, remove or add", ("clears",))
            return None
        sets = {}
        for name, text in (clears.set or {}).items():
            found = self._set(name, text, scope)
            if found is not None:
                sets[name] = found
        remove = None
        if clears.remove is not None:
            remove = self._expression(clears.remove, scope, ("clears", "remove"), parse)
        words = self._template(clears.words, scope, ("clears", "words")) if clears.words else None
        return Change(sets, remove, self._added(clears.add, scope), words)

    def _set(self, name: str, text: str, scope: Scope) -> Any:
        owner, _, fact_name = name.rpartition(".")
        path = ("clears", "set", name)
        of = self._expression(owner, scope, path, parse)
        value = self._expression(text, scope, path, parse)
        if of is None or value is None:
            return None
        facts = facts_of(of.tree.type.kind or "")
        if fact_name not in facts:
            self._note("unknown-fact", f"there is no fact `{name}`", path,
                       did_you_mean(fact_name, facts, "see `stackaudit facts`"))  # fmt: skip
            return None
        if facts[fact_name].writes is None:
            self._note("bad-clears", f"`{name}` is worked out and cannot be set", path,
                       "set the facts it follows from")  # fmt: skip
            return None
        return of, facts[fact_name], value

    def _added(self, node: Any, scope: Scope) -> Any:
        """The entries to add, with every text read as a template."""
        if isinstance(node, dict):
            return {self._added(k, scope): self._added(v, scope) for k, v in node.items()}
        if isinstance(node, list):
            return [self._added(each, scope) for each in node]
        if isinstance(node, str):
            return self._template(node, scope, ("clears", "add"))
        return node

    def _try(self, action: Callable[[], T], path: tuple[str, ...]) -> T | None:
        try:
            return action()
        except ExpressionProblem as problem:
            self._note("bad-expression", problem.message, path, problem.hint, problem.offset)
            return None

    def _note(
        self, code: str, message: str, path: tuple[str, ...], hint: str | None = None, offset: int = 0
    ) -> None:
        line, column = unpack(walk_value(self.root, path) or 0)
        place = Place(self.file, line, column + offset)
        self.problems.append(Problem(code, message, place, hint))


def rule_files(folder: Path) -> list[tuple[str, Path]]:
    """The rule files below a folder as (id, path), sorted by id; `rules/<category>/<name>.yaml`."""
    found = [
        (f"{path.parent.name}/{path.stem}", path)
        for path in folder.glob("*/*.yaml")
        if path.is_file()
    ]
    return sorted(found)


def nearest_rules(name: str, rules: Iterable[str]) -> str | None:
    """A hint for a rule or category that does not exist."""
    known = list(rules)
    names = {each.partition("/")[2]: each for each in known}
    if name in names:
        return f"did you mean `{names[name]}`?"
    return did_you_mean(name, [*known, *CATEGORIES], "see `stackaudit rules`")


__all__ = ["Adjustment", "Node", "load_rule", "nearest_rules", "rule_files"]

"""From a rule file to a rule: read, checked, ready to run; a mistake is named at its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import field, replace
from functools import cache
from keyword import kwlist
from typing import Final

from pydantic import TypeAdapter, ValidationError

from stackaudit.dataclass import dataclass
from stackaudit.errors import InventoryError, Place, Problem, RuleError, did_you_mean, listed
from stackaudit.inventory.decode import decode
from stackaudit.inventory.nodes import Map
from stackaudit.inventory.problems import problems_of
from stackaudit.inventory.reader import read_document
from stackaudit.rules.clears import read_clears
from stackaudit.rules.expressions.parse import RESERVED, Scope, parse
from stackaudit.rules.expressions.syntax import NAME
from stackaudit.rules.expressions.tree import Constant, Node
from stackaudit.rules.folders import CATEGORIES, rule_files
from stackaudit.rules.params import read_param
from stackaudit.rules.parts import Parts
from stackaudit.rules.rule import Expression, Rule
from stackaudit.rules.rule_file import RuleFile
from stackaudit.rules.rule_problems import Path, RuleProblems
from stackaudit.rules.severity import SEVERITIES, Severity
from stackaudit.rules.subjects import kinds

_RULE_HINT: Final = "a rule begins with its `title:`; see docs/rule-language.md"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What the configuration changes about a rule."""

    params: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    severity: str | None = None
    place: Place | None = None
    """Where the configuration says so; what is wrong with it is reported there."""


def load_rule(data: bytes, rule_id: str, file: str, adjustment: Adjustment | None = None) -> Rule:
    """Check one rule file; raises RuleError with all its problems."""
    root, text = _read(data, file)
    try:
        parts = _adapter().validate_python(root)
    except ValidationError as error:
        raise RuleError(problems_of(error, root, file, RuleFile)) from None
    problems = RuleProblems(file, text, root)
    loader = _Loader(parts, rule_id, adjustment or Adjustment(), data, problems)
    rule = loader.rule() if loader.names_fit() else None
    if problems.found or rule is None:
        raise RuleError(problems.found)
    return rule


def _read(data: bytes, file: str) -> tuple[Map, str]:
    try:
        _, text = decode(data, file)
    except InventoryError as error:
        raise RuleError(error.problems) from None
    document = read_document(data, file)
    if document.problems:
        raise RuleError(
            replace(each, hint=_RULE_HINT) if each.code == "empty" else each
            for each in document.problems
        )
    if not isinstance(document.root, Map):
        place = Place(file, 1, 1)
        raise RuleError(Problem("not-a-rule", "a mapping is meant here", place, _RULE_HINT))
    return document.root, text


@cache
def _adapter() -> TypeAdapter[RuleFile]:
    return TypeAdapter(RuleFile)


@dataclass(frozen=True, slots=True)
class _Loader:
    """Checks the parts of one rule file; what is wrong with each is in `problems`."""

    file: RuleFile
    id: str
    adjustment: Adjustment
    data: bytes
    problems: RuleProblems

    def names_fit(self) -> bool:
        """Whether id, subject and the names of params and values can be what they are."""
        category, _, name = self.id.partition("/")
        if category not in CATEGORIES or not name:
            hint = did_you_mean(category, CATEGORIES, f"the folder is {listed(CATEGORIES)}")
            self._note("bad-rule-id", f"`{category}` is not a category of rules", (), hint)
        subject = self.file.subject
        if subject not in kinds():
            hint = did_you_mean(subject, kinds(), f"there are {', '.join(kinds())}")
            self._note("unknown-subject", f"there is no subject `{subject}`", ("subject",), hint)
        self._check_names("params", self.file.params or {}, frozenset(kwlist))
        self._check_names("values", self.file.values or {}, RESERVED | {subject})
        if self.adjustment.severity not in (None, *SEVERITIES):
            message = f"the severity of {self.id} is {listed(SEVERITIES)}"
            self._note_adjusted("bad-severity", message, ("severity",), "write one of these words")
        return not self.problems.found

    def _check_names(self, section: str, names: Iterable[str], taken: Set[str]) -> None:
        for name in names:
            if name in taken or not NAME.fullmatch(name):
                message = f"`{name}` cannot be a name under `{section}:`"
                hint = "it has a meaning already" if name in taken else "use a-z, 0-9 and _"
                self.problems.note_key("bad-name", message, (section, name), hint)

    def rule(self) -> Rule | None:
        """The rule; None, with problems noted, if anything in its file is wrong."""
        params = self._params()
        about_inventory = self.id.startswith("inventory/")
        scope = Scope({self.file.subject: self.file.subject}, params, {}, about_inventory)
        scope = replace(scope, values=self._values(scope))
        if self.problems.found:
            return None  # what is said with a wrong value would only seem wrong too
        return self._rule(Parts(self.id, self.file.subject, scope, self.problems), params)

    def _params(self) -> dict[str, Constant]:
        declared = {name: read_param(name, text) for name, text in self._stated_params().items()}
        for name, value in self.adjustment.params.items():
            if name not in declared:
                message = f"{self.id} has no parameter `{name}`"
                hint = did_you_mean(name, declared, f"see `stackaudit explain {self.id}`")
                self._note_adjusted("unknown-param", message, ("params",), hint)
                continue
            read = read_param(name, value)
            if read.type != declared[name].type:
                message = f"the parameter `{name}` of {self.id} is {declared[name].type}"
                hint = "write it as its default is written"
                self._note_adjusted("bad-param", message, ("params", name), hint)
                continue
            declared[name] = read
        return declared

    def _stated_params(self) -> dict[str, str | tuple[str, ...]]:
        return dict(self.file.params or {})

    def _values(self, scope: Scope) -> dict[str, Node]:
        """Each may name those above it."""
        values: dict[str, Node] = {}
        for name, text in (self.file.values or {}).items():
            inner = replace(scope, values=dict(values))
            tree = self.problems.attempt(lambda t=text, s=inner: parse(t, s), ("values", name))  # type: ignore[misc]
            if tree is not None:
                values[name] = tree
        return values

    def _rule(self, parts: Parts, params: Mapping[str, Constant]) -> Rule | None:
        file = self.file
        when, severities = parts.condition(file.when, ("when",)), self._severities(parts)
        message, fix = (
            parts.template(file.message, ("message",)),
            parts.template(file.fix, ("fix",)),
        )
        saves, costs = parts.money(file.saves, "saves"), parts.money(file.costs, "costs")
        clears = read_clears(file.clears, parts)
        if when is None or message is None or fix is None or clears is None:
            return None
        return Rule(
            id=self.id,
            title=_flat(file.title),
            subject=file.subject,
            when=when,
            severity=Severity.of(self.adjustment.severity or file.severity),
            severity_when=severities,
            message=message,
            message_text=_flat(file.message),
            saves=saves,
            costs=costs,
            why=_flat(file.why),
            fix=fix,
            clears=clears,
            ask_it=_flat(file.ask.it),
            ask_marketing=_flat(file.ask.marketing),
            lead=file.lead,
            effort=file.effort,
            time_driven=bool(file.time_driven),
            implied_by=file.implied_by or (),
            references=file.references or (),
            since=file.since,
            params=params,
            param_texts=self._param_texts(),
            values={name: _flat(text) for name, text in (file.values or {}).items()},
            read_examples=lambda: file.examples,
            place=Place(self.problems.file, 1, 1),
            digest=self._digest(),
        )

    def _severities(self, parts: Parts) -> tuple[tuple[Severity, Expression], ...]:
        """The worst first; checked but without effect where the configuration sets one."""
        stated = (self.file.severity_when or {}).items()
        read = [(Severity.of(w), parts.condition(t, ("severity_when", w))) for w, t in stated]
        if self.adjustment.severity:
            return ()
        return tuple(
            (severity, condition)
            for severity, condition in sorted(read, key=lambda pair: -pair[0])
            if condition is not None
        )

    def _param_texts(self) -> dict[str, str]:
        stated = {**self._stated_params(), **self.adjustment.params}
        return {n: ", ".join(v) if isinstance(v, tuple) else v for n, v in stated.items()}

    def _digest(self) -> str:
        adjusted = [sorted(self.adjustment.params.items()), self.adjustment.severity]
        text = self.data.replace(b"\r\n", b"\n") + json.dumps(adjusted).encode()
        return hashlib.sha256(text).hexdigest()

    def _note_adjusted(self, code: str, message: str, path: Path, hint: str | None) -> None:
        """A problem with what the configuration changes, at its line there."""
        if self.adjustment.place is None:
            self._note(code, message, path, hint)
        else:
            self.problems.found.append(Problem(code, message, self.adjustment.place, hint))

    def _note(self, code: str, message: str, path: Path, hint: str | None) -> None:
        self.problems.note(code, message, path, hint)


def _flat(text: str) -> str:
    return " ".join(text.split())


__all__ = ["CATEGORIES", "Adjustment", "load_rule", "rule_files"]

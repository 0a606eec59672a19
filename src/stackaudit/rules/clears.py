"""What a rule says under `clears`, checked: the change after which its finding is gone."""

from __future__ import annotations

from typing import Any

from stackaudit.errors import did_you_mean
from stackaudit.rules.expressions.literals import as_word
from stackaudit.rules.expressions.problem import ExpressionProblem
from stackaudit.rules.facts.registry import Fact, facts_of
from stackaudit.rules.parts import Parts
from stackaudit.rules.rule import Change, Expression
from stackaudit.rules.rule_file import Clears
from stackaudit.rules.rule_problems import Path
from stackaudit.rules.types import Type, comparable


def read_clears(clears: Clears, parts: Parts) -> Change | None:
    """The change, with everything in it compiled; None, with problems noted, if it is wrong."""
    if clears.set is None and clears.remove is None and clears.add is None:
        hint = "say set, remove or add"
        parts.problems.note("bad-clears", "no change that clears the finding", ("clears",), hint)
        return None
    sets = {name: _set(name, text, parts) for name, text in (clears.set or {}).items()}
    words = parts.template(clears.words, ("clears", "words")) if clears.words else None
    return Change(
        sets={name: found for name, found in sets.items() if found is not None},
        remove=_remove(clears.remove, parts),
        add=_added(clears.add, parts, ("clears", "add")),
        words=words,
    )


def _set(name: str, text: str, parts: Parts) -> tuple[Expression, Fact, Expression] | None:
    owner, _, fact_name = name.rpartition(".")
    path = ("clears", "set", name)
    if not owner:
        parts.problems.note_key("bad-clears", f"`{name}` is not a fact", path, "write tool.mfa")
        return None
    of, value = parts.expression(owner, path), parts.expression(text, path)
    if of is None or value is None:
        return None
    facts = facts_of(of.tree.type.kind or "")
    if fact_name not in facts:
        hint = did_you_mean(fact_name, facts, "see `stackaudit facts`")
        parts.problems.note_key("unknown-fact", f"there is no fact `{name}`", path, hint)
        return None
    found = facts[fact_name]
    if found.writes is None:
        message, hint = f"`{name}` is worked out", "set the facts it follows from"
        parts.problems.note_key("bad-clears", message, path, hint)
        return None
    parts.problems.attempt(lambda: _check_type(value, found.type), path)
    return of, found, value


def _check_type(value: Expression, meant: Type) -> None:
    """Raises ExpressionProblem if the fact cannot have the value."""
    given = as_word(value.tree, meant, 0).type
    if meant.base == "many":
        fits = given.base == "many"
    else:
        fits = comparable(given, meant) or {given.base, meant.base} == {"text", "subject"}
    if not fits:
        raise ExpressionProblem(f"{meant} is meant here, this is {given}", 0, "see the fact's type")


def _remove(text: str | None, parts: Parts) -> Expression | None:
    path = ("clears", "remove")
    found = None if text is None else parts.expression(text, path)
    if found is not None and found.tree.type.base != "subject":
        message = f"a tool, a flow or another entry is meant, this is {found.tree.type}"
        parts.problems.note("bad-clears", message, path, "name the subject itself")
    return found


def _added(node: Any, parts: Parts, path: Path) -> Any:
    """The entries to add, with every text read as a template."""
    if isinstance(node, dict):
        return {
            _added(key, parts, (*path, key)): _added(value, parts, (*path, key))
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_added(each, parts, (*path, number)) for number, each in enumerate(node)]
    return parts.template(node, path) if isinstance(node, str) else node

"""Where rules come from: those that ship, and other people's packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from stackaudit.errors import Problem, RuleError, UsageError
from stackaudit.inventory.files import read_bytes, shown_name
from stackaudit.rules.load import (
    CATEGORIES,
    Adjustment,
    load_rule,
    nearest_rules,
    rule_files,
)
from stackaudit.rules.rule import Rule
from stackaudit.shipped import shipped


def shipped_rules() -> Path:
    """The folder of the rules that ship: in the package, or at the top of a checkout."""
    return shipped("rules")


def load_rules(
    folders: Sequence[Path] = (),
    adjustments: Mapping[str, Adjustment] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The shipped rules and those of more folders, chosen by category or id, sorted by id.

    Raises RuleError for an invalid rule, UsageError for a name that no rule has.
    """
    files = _files([shipped_rules(), *folders])
    chosen = choose(files, select, ignore)
    problems: list[Problem] = []
    rules = []
    for rule_id in chosen:
        path = files[rule_id]
        name = shown_name(path)
        try:
            rules.append(load_rule(read_bytes(path, name), rule_id, name, (adjustments or {}).get(rule_id)))
        except RuleError as error:
            problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    return tuple(rules)


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in folders:
        for rule_id, path in rule_files(folder):
            if rule_id in files:
                raise RuleError(
                    Problem("duplicate-rule", f"the rule {rule_id} is already in {files[rule_id]}",
                            None, "rename one of the two files")  # fmt: skip
                )
            files[rule_id] = path
    return dict(sorted(files.items()))


def choose(rules: Iterable[str], select: Sequence[str], ignore: Sequence[str]) -> list[str]:
    """The ids that are selected (all, if nothing is) and not ignored.

    Each name is a category or an id. Raises UsageError for one that means no rule.
    """
    known = list(rules)
    problems = [
        Problem("unknown-rule", f"there is no rule or category `{name}`", None, nearest_rules(name, known))
        for name in (*select, *ignore)
        if name not in known and name not in CATEGORIES
    ]
    if problems:
        raise UsageError(problems)

    def named(rule_id: str, names: Sequence[str]) -> bool:
        return rule_id in names or rule_id.partition("/")[0] in names

    return [
        rule_id
        for rule_id in known
        if (not select or named(rule_id, select)) and not named(rule_id, ignore)
    ]


def find_rule(name: str, folders: Sequence[Path] = ()) -> Rule:
    """One rule by its id, or by its name alone where only one rule has it.

    Raises UsageError with the nearest name, RuleError if the rule is invalid.
    """
    files = _files([shipped_rules(), *folders])
    found = [rule_id for rule_id in files if name in (rule_id, rule_id.partition("/")[2])]
    if len(found) != 1:
        raise UsageError(
            Problem("unknown-rule", f"there is no rule `{name}`", None, nearest_rules(name, files))
        )
    path = files[found[0]]
    shown = shown_name(path)
    return load_rule(read_bytes(path, shown), found[0], shown)

"""Where rules come from: those that ship, and other people's packs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from stackaudit.errors import (
    InputError,
    Place,
    Problem,
    RuleError,
    UsageError,
    listed,
    nearest,
)
from stackaudit.inventory.tree import DISK, Tree
from stackaudit.rules.folders import rule_files
from stackaudit.rules.load import CATEGORIES, Adjustment, load_rule
from stackaudit.rules.rule import Rule
from stackaudit.rules.show import ENGLISH, Wording
from stackaudit.rules.stored import stored_rules
from stackaudit.shipped import shipped

_File: TypeAlias = "tuple[Path, Tree]"
"""A rule file, and where it is read from."""


def shipped_rules() -> Path:
    """The folder of the rules that ship: in the package, or at the top of a checkout."""
    return shipped("rules")


def find_rule(name: str, folders: Sequence[Path] = ()) -> Rule:
    """One rule, by its id or by its name alone; raises UsageError if there is none."""
    files = _files(folders)
    ids = [each for each in files if name in (each, each.partition("/")[2])]
    if len(ids) != 1:
        hint = f"say which: {listed(ids)}" if ids else nearest_rules(name, files)
        what = "more than one rule is called" if ids else "there is no rule"
        raise UsageError(Problem("unknown-rule", f"{what} `{name}`", None, hint))
    return _loaded(ids[0], files[ids[0]], None)


def load_rules(
    folders: Sequence[Path] = (),
    adjustments: Mapping[str, Adjustment] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    tree: Tree = DISK,
    wording: Wording | None = None,
) -> tuple[Rule, ...]:
    """The shipped rules and those of more folders, chosen by category or id, sorted by id.

    `tree` is where those folders are: on the disk, or in a revision. With `wording`, the texts
    are in its language where the folder of a rule has them. Raises RuleError for an invalid rule
    or translation, UsageError for a name that no rule has or a folder that is not there,
    SurroundingsError when the disk fails.
    """
    files = _files(folders, tree)
    adjusted = adjustments or {}
    chosen = choose(files, select, ignore)
    _refuse_unknown(adjusted, files)
    problems: list[Problem] = []
    rules = []
    for rule_id in chosen:
        try:
            rules.append(_loaded(rule_id, files[rule_id], adjusted.get(rule_id)))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    return tuple(rules) if wording is None else _worded(rules, folders, tree, wording)


def _worded(
    rules: Iterable[Rule], folders: Iterable[Path], tree: Tree, wording: Wording
) -> tuple[Rule, ...]:
    from stackaudit.rules.translation import in_language

    found = tuple(rules)
    for folder, where in ((shipped_rules(), DISK), *((each, tree) for each in folders)):
        found = in_language(found, folder, wording, where)
    if wording.code != ENGLISH.code:
        return found
    return tuple(_written(rule, wording) for rule in found)


def _written(rule: Rule, wording: Wording) -> Rule:
    """The rule with the values in its own texts written so."""
    message, fix = (replace(each, wording=wording) for each in (rule.message, rule.fix))
    return replace(rule, message=message, fix=fix)


def _loaded(rule_id: str, file: _File, adjustment: Adjustment | None) -> Rule:
    path, tree = file
    name = tree.name(path)
    text = tree.read(path, name)
    stored = stored_rules().rule(rule_id, text, name) if adjustment is None else None
    return stored or load_rule(text, rule_id, name, adjustment)


def _files(folders: Iterable[Path], tree: Tree = DISK) -> dict[str, _File]:
    """The rules that ship, and those in more folders, by id."""
    files: dict[str, _File] = {}
    for folder, where in ((shipped_rules(), DISK), *((each, tree) for each in folders)):
        for rule_id, path in rule_files(folder, where):
            if rule_id in files:
                raise RuleError(_duplicate(rule_id, files[rule_id], where.name(path)))
            files[rule_id] = (path, where)
    return dict(sorted(files.items()))


def _duplicate(rule_id: str, first: _File, name: str) -> Problem:
    path, tree = first
    if path.is_relative_to(shipped_rules()):
        message = f"the rule {rule_id} ships with stackaudit"
        hint = "rename the file; to change a rule that ships, `adjust:` it in the configuration"
    else:
        message = f"the rule {rule_id} is already in {tree.name(path)}"
        hint = "rename one of the two files"
    return Problem("duplicate-rule", message, Place(name, 1, 1), hint)


def choose(rules: Iterable[str], select: Sequence[str], ignore: Sequence[str]) -> list[str]:
    """The ids that are selected (all, if nothing is) and not ignored.

    Each name is a category or an id. Raises UsageError for one that means no rule.
    """
    known = list(rules)
    _refuse_unknown((*select, *ignore), known, CATEGORIES)

    def named(rule_id: str, names: Sequence[str]) -> bool:
        return rule_id in names or rule_id.partition("/")[0] in names

    return [
        rule_id
        for rule_id in known
        if (not select or named(rule_id, select)) and not named(rule_id, ignore)
    ]


def _refuse_unknown(
    names: Iterable[str], rules: Iterable[str], categories: Iterable[str] = ()
) -> None:
    known = set(rules)
    problems = [
        Problem("unknown-rule", f"there is no rule `{name}`", None, nearest_rules(name, known))
        for name in names
        if name not in known and name not in categories
    ]
    if problems:
        raise UsageError(problems)


def nearest_rules(name: str, rules: Iterable[str]) -> str:
    """A hint for a rule or category that does not exist."""
    ids = {each.partition("/")[2]: each for each in sorted(rules)}
    near = nearest(name, [*ids, *ids.values(), *CATEGORIES])
    return f"did you mean `{ids.get(near, near)}`?" if near else "see `stackaudit rules`"


def rule_ids(folders: Sequence[Path] = (), tree: Tree = DISK) -> tuple[str, ...]:
    """The ids of the rules that ship and of those in more folders, sorted; nothing is loaded."""
    return tuple(_files(folders, tree))


def rules_in(folder: Path) -> tuple[Rule, ...]:
    """The rules of one folder alone, sorted by id.

    Raises RuleError with all that is wrong with them, or with their translations.
    """
    problems: list[Problem] = []
    rules = []
    for rule_id, path in rule_files(folder):
        try:
            rules.append(_loaded(rule_id, (path, DISK), None))
        except RuleError as error:
            problems.extend(error.problems)
    if problems:
        raise RuleError(problems)
    from stackaudit.rules.translation import check_translations

    check_translations(rules, folder)
    return tuple(rules)

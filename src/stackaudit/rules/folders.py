"""Which files of a folder are rules, and which are their texts in other languages.

All YAML in it is one or the other: a file that is passed over would look like a rule that found
nothing, or a text that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from stackaudit.errors import Place, Problem, RuleError, UsageError
from stackaudit.inventory.tree import DISK, Tree

CATEGORIES: Final = ("bloat", "integration", "silo", "security", "alignment", "inventory")
"""The folders that rules are in."""

TRANSLATIONS: Final = "translations"
"""The folder beside the categories that has the texts in other languages."""

_FILE: Final = re.compile(r"[a-z0-9][a-z0-9-]*\.yaml")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


def rule_files(folder: Path, tree: Tree = DISK) -> list[tuple[str, Path]]:
    """The rule files below a folder as (id, path), sorted by id; `rules/<category>/<name>.yaml`.

    Raises UsageError if there is no such folder, RuleError for a YAML file in the wrong place.
    """
    if not tree.is_folder(folder):
        message = f"there is no folder {tree.name(folder)}"
        raise UsageError(Problem("no-folder", message, None, "check the name of the rule pack"))
    files = list(_yaml_files(folder, tree))
    rules = [each for each in files if not _in_translations(folder, each)]
    _refuse_misplaced(folder, files, tree)
    return sorted((f"{path.parent.name}/{path.stem}", path) for path in rules)


def translation_files(folder: Path, tree: Tree = DISK) -> list[tuple[str, str, Path]]:
    """The translations below a folder of rules as (language, category, path), sorted.

    `translations/<language>/<category>.yaml`. Raises RuleError for one in the wrong place.
    """
    below = folder / TRANSLATIONS
    if not tree.is_folder(below):
        return []
    files = list(_yaml_files(below, tree))
    _refuse_misplaced(folder, files, tree)
    return sorted((path.parent.name, path.stem, path) for path in files)


def _in_translations(folder: Path, path: Path) -> bool:
    return path.relative_to(folder).parts[0] == TRANSLATIONS


def _refuse_misplaced(folder: Path, files: Iterable[Path], tree: Tree) -> None:
    problems = [_misplaced(folder, path, tree) for path in files if not _in_place(folder, path)]
    if problems:
        raise RuleError(problems)


def _in_place(folder: Path, path: Path) -> bool:
    *parents, _ = path.relative_to(folder).parts
    if not _FILE.fullmatch(path.name):
        return False
    if _in_translations(folder, path):
        return len(parents) == 2 and _LANGUAGE.fullmatch(parents[1]) is not None
    return len(parents) == 1


def _yaml_files(folder: Path, tree: Tree) -> Iterator[Path]:
    for path in tree.below(folder):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in (".yaml", ".yml") and not hidden:
            yield path


def _misplaced(folder: Path, path: Path, tree: Tree) -> Problem:
    place = Place(tree.name(path), 1, 1)
    if _in_translations(folder, path):
        hint = "a translation is translations/<language>/<category>.yaml, as in translations/de"
        return Problem("misplaced-translation", "not where a translation can be", place, hint)
    hint = "a rule is <category>/<name>.yaml, with a-z, 0-9 and - in its name"
    return Problem("misplaced-rule", "not where a rule can be", place, hint)

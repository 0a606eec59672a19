"""Which files of a folder are rules: all that are YAML, each in the folder of its category."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stackaudit.errors import Place, Problem, RuleError, UsageError
from stackaudit.inventory.tree import DISK, Tree

_FILE: Final = re.compile(r"[a-z0-9][a-z0-9-]*\.yaml")


def rule_files(folder: Path, tree: Tree = DISK) -> list[tuple[str, Path]]:
    """The rule files below a folder as (id, path), sorted by id; `rules/<category>/<name>.yaml`.

    Raises UsageError if there is no such folder, RuleError for a YAML file in the wrong place: a
    rule that is passed over would look like one that found nothing.
    """
    if not tree.is_folder(folder):
        message = f"there is no folder {tree.name(folder)}"
        raise UsageError(Problem("no-folder", message, None, "check the name of the rule pack"))
    found, misplaced = [], []
    for path in _yaml_files(folder, tree):
        if len(path.relative_to(folder).parts) == 2 and _FILE.fullmatch(path.name):
            found.append((f"{path.parent.name}/{path.stem}", path))
        else:
            misplaced.append(path)
    if misplaced:
        raise RuleError(_misplaced(tree.name(path)) for path in misplaced)
    return sorted(found)


def _yaml_files(folder: Path, tree: Tree) -> Iterator[Path]:
    for path in tree.below(folder):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in (".yaml", ".yml") and not hidden:
            yield path


def _misplaced(file: str) -> Problem:
    hint = "a rule is <category>/<name>.yaml, with a-z, 0-9 and - in its name"
    return Problem("misplaced-rule", "not where a rule can be", Place(file, 1, 1), hint)

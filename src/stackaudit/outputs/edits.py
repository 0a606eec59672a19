"""What an edit changes in a file, as lines with + and -, safe for a terminal."""

from __future__ import annotations

import difflib

from stackaudit.outputs.sanitize import visible


def edit_text(before: str, after: str, file: str) -> str:
    """The lines that differ, with three lines around them; empty if nothing does."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), file, file, "before", "after", lineterm=""
    )
    return "".join(f"{_shown(line)}\n" for line in lines)


def _shown(line: str) -> str:
    head, tab, when = line.partition("\t")
    return f"{visible(head)} ({when})" if tab and when in ("before", "after") else visible(line)

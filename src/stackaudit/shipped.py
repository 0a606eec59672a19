"""Where the files that ship with stackaudit are: in the package, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The folder `name` (rules, stacks) as it came with this installation."""
    package = Path(__file__).parent
    inside = package / "_shipped" / name
    return inside if inside.is_dir() else package.parents[1] / name

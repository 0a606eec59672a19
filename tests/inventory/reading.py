"""Reading inventories in tests: a stack, or what is wrong with it, in a line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from stackaudit.errors import InventoryError
from stackaudit.inventory.load import load, load_text
from stackaudit.inventory.stack import Stack

CAPABILITIES = {
    "crm": "crm",
    "email": "email",
    "e-mail": "email",
    "email marketing": "email",
    "forms": "forms",
    "landing-pages": "landing-pages",
}
HERE = Path(__file__).parent
FULL = HERE / "full.yaml"


class Found(NamedTuple):
    """A problem as a test writes it down."""

    code: str
    at: str
    hint: str
    message: str


def read(text: str) -> Stack:
    return load_text(text, CAPABILITIES)


def read_file(path: Path) -> Stack:
    return load(path, CAPABILITIES)


def full_text() -> str:
    """The full example, without the include that text cannot have."""
    lines = FULL.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join("\n" if line.startswith("include:") else line for line in lines)


def problems(text: str | bytes, tmp_path: Path | None = None) -> list[Found]:
    """What is wrong with the text; `at` is line:column. Fails if nothing is."""
    if isinstance(text, bytes):
        assert tmp_path is not None
        path = tmp_path / "stack.yaml"
        path.write_bytes(text)
        return problems_in(path)
    with pytest.raises(InventoryError) as caught:
        read(text)
    return _found(caught.value)


def problems_in(path: Path) -> list[Found]:
    """What is wrong with the inventory in a file; `at` is file:line:column, without folders."""
    with pytest.raises(InventoryError) as caught:
        read_file(path)
    return _found(caught.value)


def _found(error: InventoryError) -> list[Found]:
    assert error.exit_code == 2
    return [
        Found(
            problem.code,
            "" if problem.place is None else Path(str(problem.place)).name.removeprefix("<text>:"),
            problem.hint or "",
            problem.message,
        )
        for problem in error.problems
    ]

"""The making of the index of rules: `python -m stackaudit.rules.building`.

Runs when the package is built. In a checkout it is worth running after a change of the code that
checks rules; without it, rules are read from their files, which takes longer.
"""

from __future__ import annotations

import io
import json
import os
import pickle
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

from stackaudit.errors import Place
from stackaudit.rules.facts.registry import Fact
from stackaudit.rules.folders import rule_files
from stackaudit.rules.library import shipped_rules
from stackaudit.rules.load import load_rule
from stackaudit.rules.stored import FILE, FORMAT, code_digest, digest_of


def write_index(file: Path = FILE) -> None:
    """Write the index of the rules that ship; the old file or the new, never half."""
    half = file.with_suffix(f".{os.getpid()}.tmp")
    try:
        half.write_bytes(built(rule_files(shipped_rules())))
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def built(files: Iterable[tuple[str, Path]]) -> bytes:
    """The bytes of the index for these rules; raises RuleError if one of them is invalid."""
    listed, pickles = {}, []
    for rule_id, path in files:
        text = path.read_bytes()
        stored = _pickled(load_rule(text, rule_id, path.name))
        listed[rule_id] = (digest_of(text), len(stored))
        pickles.append(stored)
    head = {"format": FORMAT, "code": code_digest(), "rules": listed}
    return b"".join((json.dumps(head, separators=(",", ":")).encode(), b"\n", *pickles))


def _pickled(rule: Any) -> bytes:
    stored = io.BytesIO()
    _Pickler(stored, protocol=5).dump(rule)
    return stored.getvalue()


class _Pickler(pickle.Pickler):
    """Facts and what is about the file go by name, classes are called with their fields."""

    def persistent_id(self, value: Any) -> Any:
        if isinstance(value, Fact):
            return (value.kind, value.name)
        if isinstance(value, Place):
            return "place"
        return "examples" if isinstance(value, FunctionType) else None

    def reducer_override(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, each.name) for each in fields(value))
        return NotImplemented


if __name__ == "__main__":
    write_index()

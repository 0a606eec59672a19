"""The index of the rules that ship: checked already, so that an audit need not do it again.

The first line is a JSON object: the form of the file, the digest of the code that checked the
rules, and of each rule the digest of its file and where its bytes are. A rule is taken from here
only if both digests are those of today, so that it is never old: a rule that somebody edits is
read from its file, and where the code is another one all of them are. It is written when the
package is built (:mod:`stackaudit.rules.building`).

A stored rule is a pickle that can name nothing but the few classes that rules are made of, and
facts and files by their names: reading one runs no code that is not here.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import pickle
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.rules.expressions import tree
from stackaudit.rules.expressions.compile import Compiled
from stackaudit.rules.facts.registry import facts_of
from stackaudit.rules.rule import Change, Expression, Rule
from stackaudit.rules.rule_file import Examples
from stackaudit.rules.severity import Severity
from stackaudit.rules.template import Placeholder, Template
from stackaudit.rules.types import Type

FILE: Final = Path(__file__).parent / "index.bin"
FORMAT: Final = 1
"""Changes with the form of the index, so that an old file is not read as a new one."""

_PACKAGE: Final = Path(__file__).parents[1]
_CODE: Final = (
    "dataclass.py",
    "errors.py",
    "graph/missing.py",
    "inventory/**/*.py",
    "rules/**/*.py",
)
"""What checks rules: the code on which a stored rule rests."""

PARTS: Final = (
    Rule, Expression, Change, Template, Placeholder, Compiled, Type, Severity, dt.date,
    tree.Constant, tree.Variable, tree.Read, tree.Not, tree.Logic, tree.Compare, tree.In,
    tree.Calculate, tree.Call, tree.Each,
)  # fmt: skip
"""The classes of which a stored rule consists."""

_BY_NAME: Final = {(each.__module__, each.__qualname__): each for each in PARTS}


@dataclass(frozen=True, slots=True)
class Stored:
    """The index in memory."""

    rules: Mapping[str, tuple[str, int, int]]
    """Rule → the digest of its file, and where its pickle begins and ends in `data`."""
    data: bytes

    def rule(self, rule_id: str, text: bytes, file: str) -> Rule | None:
        """The rule in a file of this content; None if the index does not have it."""
        digest, start, end = self.rules.get(rule_id, ("", 0, 0))
        if digest != digest_of(text):
            return None
        try:
            found = _Unpickler(self.data[start:end], rule_id, text, file).load()
        except (pickle.UnpicklingError, LookupError, TypeError, ValueError, EOFError):
            return None
        return found if isinstance(found, Rule) else None


def digest_of(text: bytes) -> str:
    """sha-256 of a rule's file."""
    return hashlib.sha256(text).hexdigest()


class _Unpickler(pickle.Unpickler):
    def __init__(self, data: bytes, rule_id: str, text: bytes, file: str) -> None:
        super().__init__(io.BytesIO(data))
        self._rule = (rule_id, text, file)

    def find_class(self, module: str, name: str) -> Any:
        """Only what rules are made of; raises KeyError for all else."""
        return _BY_NAME[module, name]

    def persistent_load(self, what: Any) -> Any:
        """A fact by kind and name; the place of the rule, and its examples."""
        if isinstance(what, tuple):
            kind, name = what
            return facts_of(kind)[name]
        rule_id, text, file = self._rule
        return Place(file, 1, 1) if what == "place" else _examples(rule_id, text, file)


def _examples(rule_id: str, text: bytes, file: str) -> Callable[[], Examples]:
    """The examples, read from the rule's file when somebody asks for them."""

    def read() -> Examples:
        from stackaudit.rules.load import load_rule

        return load_rule(text, rule_id, file).examples

    return read


@cache
def code_digest() -> str | None:
    """Of the code that checks rules; None if that cannot be read."""
    found = hashlib.sha256()
    try:
        for path in sorted({path for names in _CODE for path in _PACKAGE.glob(names)}):
            text = path.read_bytes()
            name = path.relative_to(_PACKAGE).as_posix()
            found.update(f"{name} {len(text)}\n".encode() + text)
    except OSError:
        return None
    return found.hexdigest()


@cache
def stored_rules() -> Stored:
    """The index as the file has it; an empty one if there is none, or one of other code."""
    try:
        return decoded(FILE.read_bytes())
    except (OSError, ValueError, LookupError, TypeError):
        return Stored({}, b"")


def decoded(data: bytes) -> Stored:
    """The index in a file; raises ValueError if it is not one of this form and of this code."""
    body = data.find(b"\n") + 1
    head = json.loads(data[:body])
    if head.get("format") != FORMAT or head["code"] is None or head["code"] != code_digest():
        raise ValueError("an index of another version")
    rules, end = {}, body
    for rule_id, (digest, size) in head["rules"].items():
        rules[rule_id] = (digest, end, end + size)
        end += size
    if end != len(data):
        raise ValueError("half an index")
    return Stored(rules, data)

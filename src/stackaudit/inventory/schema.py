"""The JSON Schema of an inventory file, for completion and checks in editors.

It is draft-07, not 2020-12: the YAML servers behind most editors implement that draft whole
and later ones in part, and nothing here needs more. Editors read YAML with types (60 is an
integer, `false` a boolean), stackaudit reads text by the type of its field; the schema accepts
what stackaudit accepts, which is why numbers and flags may also be in quotes.

The words of the schema are those of the source: docstrings of models describe their mappings,
docstrings of attributes their keys, docstrings of `Literal` types each of their words.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import ModuleType
from typing import Any, Final

from stackaudit.inventory.model.part import Part, keys_of

URL: Final = (
    "https://raw.githubusercontent.com/stackaudit/stackaudit/main/docs/schema/inventory.schema.json"
)
_REFS: Final = "#/definitions/"
_OWN_KEYS: Final = {"^x-": {"description": "A key of your own; kept, and read by no rule."}}


def inventory_schema() -> dict[str, Any]:
    """The schema of an inventory file; the same bytes on every run."""
    from pydantic import TypeAdapter

    from stackaudit.inventory.model import InventoryFile

    raw = TypeAdapter(InventoryFile).json_schema(ref_template=_REFS + "{model}")
    definitions = raw.pop("$defs")
    words = _Words.read()
    main = _model("InventoryFile", raw, words, definitions)
    main["title"] = "Inventory of a marketing stack"
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": URL,
        **main,
        "definitions": {
            name: _model(name, definitions[name], words, definitions)
            for name in sorted(definitions)
        },
    }


def schema_text() -> str:
    """The schema as the text of a file."""
    return json.dumps(inventory_schema(), indent=2, ensure_ascii=False) + "\n"


def _model(
    name: str, raw: Mapping[str, Any], words: _Words, definitions: Mapping[str, Any]
) -> dict[str, Any]:
    """A mapping with fixed keys, each described."""
    keys = {}
    for key, schema in raw["properties"].items():
        described = {"description": words.keys[name, key]} if (name, key) in words.keys else {}
        keys[key] = described | _value(schema, words, definitions)
    required = {"required": raw["required"]} if "required" in raw else {}
    return {
        "title": _title(name),
        "description": " ".join(raw["description"].split()),
        "type": "object",
        "properties": keys,
        **required,
        "patternProperties": _OWN_KEYS,
        "additionalProperties": False,
    }


def _title(name: str) -> str:
    """`SharedContract` as people write it: Shared contract."""
    return " ".join(re.findall("[A-Z][a-z]*", name)).capitalize()


def _value(schema: Any, words: _Words, definitions: Mapping[str, Any]) -> Any:
    """A schema inside a model: without pydantic's titles and defaults, with words described."""
    if not isinstance(schema, dict):
        return schema
    clean = {
        key: [_value(each, words, definitions) for each in part]
        if key in ("anyOf", "oneOf")
        else _value(part, words, definitions)
        for key, part in schema.items()
        if key not in ("title", "default")
    }
    if "enum" in clean:
        meanings = words.meanings.get(frozenset(map(str, clean["enum"])), {})
        if meanings:
            clean["enumDescriptions"] = [meanings[str(word)] for word in clean["enum"]]
    if clean.get("type") == "object":
        clean = _ids(clean, definitions)
    return _nullable(clean)


def _ids(schema: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with keys of one's own: nothing but ids, and entries that may be empty."""
    for pattern, entry in schema.get("patternProperties", {}).items():
        schema["additionalProperties"] = False
        model = entry.get("$ref", "").removeprefix(_REFS)
        if model and "required" not in definitions[model]:
            schema["patternProperties"][pattern] = {"anyOf": [entry, {"type": "null"}]}
    return schema


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """`X or null` as one schema, where X has a type to which null can be added."""
    choices = schema.get("anyOf", [])
    if len(choices) != 2 or choices[1] != {"type": "null"}:
        return schema
    one = choices[0]
    if "type" not in one or "enum" in one or "const" in one:
        return schema
    types = one["type"] if isinstance(one["type"], list) else [one["type"]]
    rest = {key: part for key, part in schema.items() if key != "anyOf"}
    return {**one, "type": [*types, "null"], **rest}


class _Words:
    """What the source says of models, keys and words."""

    def __init__(self) -> None:
        self.keys: dict[tuple[str, str], str] = {}
        """Model and key → the docstring of the attribute."""
        self.meanings: dict[frozenset[str], dict[str, str]] = {}
        """The words of a Literal → what each means."""

    @classmethod
    def read(cls) -> _Words:
        """Read the source of the models: too slow to do it before somebody asks."""
        from importlib import import_module
        from pkgutil import iter_modules

        from stackaudit.inventory import model

        words = cls()
        for module in iter_modules(model.__path__, f"{model.__name__}."):
            words._add(import_module(module.name))
        return words

    def _add(self, module: ModuleType) -> None:
        tree = ast.parse(inspect.getsource(module))
        for target, value, text in _documented(tree.body):
            if value is not None and _is_literal(value):
                written = frozenset(ast.literal_eval(value.slice))  # type: ignore[attr-defined]
                self.meanings[written] = _meanings(target, written, text)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                self._add_model(getattr(module, node.name), dict(_attributes(node)))

    def _add_model(self, model: type, attributes: Mapping[str, str]) -> None:
        own = keys_of(model) if issubclass(model, Part) else {}
        for name, key in own.items():
            if name in attributes:
                self.keys[model.__name__, key] = attributes[name]
                continue
            for base in model.__mro__[1:]:
                if (base.__name__, key) in self.keys:
                    self.keys[model.__name__, key] = self.keys[base.__name__, key]


def _attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for name, _, text in _documented(node.body):
        yield name, text


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr | None, str]]:
    """Every assignment that a docstring follows: its name, its value, the text on one line."""
    for statement, after in pairwise(body):
        if not isinstance(after, ast.Expr) or not isinstance(after.value, ast.Constant):
            continue
        target = statement.targets[0] if isinstance(statement, ast.Assign) else None
        target = statement.target if isinstance(statement, ast.AnnAssign) else target
        if isinstance(target, ast.Name) and isinstance(after.value.value, str):
            value = statement.value if isinstance(statement, (ast.Assign, ast.AnnAssign)) else None
            yield target.id, value, " ".join(after.value.value.split())


def _is_literal(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Subscript)
        and isinstance(value.value, ast.Name)
        and value.value.id == "Literal"
    )


def _meanings(name: str, written: frozenset[str], text: str) -> dict[str, str]:
    """Read `planned: decided and not in use; pilot: …`; raises ValueError if a word is missing."""
    found = {}
    for part in text.removesuffix(".").split("; "):
        word, _, meaning = part.partition(": ")
        found[word] = meaning
    if set(found) != written:
        raise ValueError(f"the docstring of {name} does not say what each word means")
    return found

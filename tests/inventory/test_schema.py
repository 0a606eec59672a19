"""The JSON Schema accepts what stackaudit accepts, and helps where one types."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from stackaudit.inventory.schema import inventory_schema, schema_text
from tests.inventory.reading import FULL, problems, read

ROOT = Path(__file__).parents[2]
COPY = ROOT / "docs" / "schema" / "inventory.schema.json"
STACKS = sorted((ROOT / "stacks").glob("*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: numbers, true and false have types, dates and `no` are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - as PyYAML declares it


for tag, pattern, first in (
    ("bool", "true|false", "tf"),
    ("null", "~|null|", ["~", "n", ""]),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]+", "-+0123456789"),
):
    resolver = re.compile(f"^({pattern})$")
    EditorLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", resolver, list(first))


def as_editors_see(text: str) -> Any:
    def named(node: Any) -> Any:
        if isinstance(node, dict):
            return {str(key): named(value) for key, value in node.items()}
        return [named(each) for each in node] if isinstance(node, list) else node

    return named(yaml.load(text, EditorLoader))


def errors(text: str) -> list[str]:
    validator = Draft7Validator(inventory_schema(), format_checker=Draft7Validator.FORMAT_CHECKER)
    return [each.message for each in validator.iter_errors(as_editors_see(text))]


def test_it_is_a_schema() -> None:
    Draft7Validator.check_schema(inventory_schema())


@pytest.mark.parametrize("path", [FULL, *STACKS], ids=lambda path: path.name)
def test_whole_inventories_are_valid(path: Path) -> None:
    assert errors(path.read_text(encoding="utf-8")) == []


def test_there_are_stacks_to_try_it_on() -> None:
    assert {path.name for path in STACKS} >= {"northwind.yaml", "sourcegraph.yaml"}


ACCEPTED = [
    "tools: {a: }",
    "tools: {a: {name: 010, region: no, users: '60', own_access: 'true', x-y: [1]}}",
    "tools: {a: {contract: {cost: 0, seats: ~, x-y: 1}, pilot: ~, users: 0}}",
    "tools: {a: {contract: {cost: {amount: 19.90, period: month}}, it_involved: never}}",
    "tools: {a: {subprocessors: {aws: }, certifications: {soc2: }, links: {x: }}}",
    "tools: {a: {holds: [2024]}}\ndatasets: {2024: }",
    "budget: {innovation: none, total: '900000'}\nstackaudit: '1'",
    "flows: [{from: a, to: a, every: event, key: [x, y]}]\ntools: {a: }",
    "policy: ~\ndatasets: ~\nflows: ~",
    "roadmap: [{id: a, when: 2027}, {id: b, when: 2027-H1}]",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_the_tool_accepts_the_schema_accepts(text: str) -> None:
    read(text)
    assert errors(text) == []


REFUSED = [
    "tols: {}",
    "tools: {a: {lifecylce: active}}",
    "tools: {a: {lifecycle: activ}}",
    "tools: {Hubspot: {}}",
    "tools: {a: {contract: {cost: 5}}}",
    "tools: {a: {contract: {cost: 5 EUR}}}",
    "tools: {a: {contract: {cost: {amount: 5, curency: USD, period: year}}}}",
    "tools: {a: {holds: contact}}",
    "tools: {a: {access: {scim: 'no'}}}",
    "tools: {a: {access: {scim: no}}}",
    "tools: {a: {users: -5}}",
    "tools: {a: {users: 1.5}}",
    "tools: {a: {fit: {business: 5}}}",
    "tools: {a: {bought: 2026-13-45}}",
    "tools: {a: {contract: {notice: 15m}}}",
    "flows: [{from: a}]",
    "flows: [~]",
    "reviews: {a: {state: expired}}",
    "reviews: {a: }",
    "contracts: {c: {covers: []}}",
    "stackaudit: 2",
    "exchange_rates: {usd: 1}",
    "policy: {innovation_share: 5}",
    "roadmap: [{id: a, when: 2027-Q5}]",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_schema_refuses_the_tool_refuses(text: str) -> None:
    assert errors(text)
    assert problems(text)


def _mappings(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "the file", schema
    yield from schema["definitions"].items()


def test_every_key_is_described_and_every_mapping_takes_ones_own_keys() -> None:
    for name, mapping in _mappings(inventory_schema()):
        assert mapping["description"], name
        assert mapping["title"], name
        assert mapping["additionalProperties"] is False
        assert "^x-" in mapping["patternProperties"]
        for key, value in mapping["properties"].items():
            assert len(value.get("description", "")) > 10, f"{name}.{key}"
            assert "default" not in value, "an editor would fill it in"


def test_every_word_that_can_be_chosen_is_explained() -> None:
    def enums(node: Any) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if "enum" in node:
                yield node
            for value in node.values():
                yield from enums(value)
        elif isinstance(node, list):
            for value in node:
                yield from enums(value)

    explained = [each for each in enums(inventory_schema()) if "enumDescriptions" in each]
    assert len(explained) > 20
    for each in explained:
        assert all(each["enumDescriptions"])
        assert len(each["enumDescriptions"]) == len(each["enum"])
    plain = {tuple(each["enum"]) for each in enums(inventory_schema()) if each not in explained}
    assert {words[0] for words in plain} <= {1, "datasets", "flows", "consent", "low"}


def test_the_keys_are_those_of_the_full_example() -> None:
    """The example uses every key there is, so that it stays a test of all of them."""
    written = as_editors_see(FULL.read_text(encoding="utf-8"))
    schema = inventory_schema()

    def unused(node: Any, where: dict[str, Any]) -> set[str]:
        return set(where["properties"]) - {key for each in node for key in each or {}}

    assert unused([written], schema) == set()
    assert unused(written["tools"].values(), schema["definitions"]["Tool"]) == set()
    assert unused(written["flows"], schema["definitions"]["Flow"]) == set()
    assert unused(written["datasets"].values(), schema["definitions"]["Dataset"]) == set()
    assert unused(written["reviews"].values(), schema["definitions"]["Review"]) == set()
    assert unused(written["roadmap"], schema["definitions"]["RoadmapItem"]) == set()
    assert unused(written["observations"], schema["definitions"]["Observation"]) == set()


def test_the_committed_copy_is_current() -> None:
    assert COPY.read_text(encoding="utf-8") == schema_text(), "run docs/generate.py"


def test_the_text_is_the_same_on_every_run() -> None:
    code = "from stackaudit.inventory.schema import schema_text; print(schema_text(), end='')"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {schema_text().encode()}
    assert schema_text().endswith("}\n")
    assert json.loads(schema_text()) == inventory_schema()

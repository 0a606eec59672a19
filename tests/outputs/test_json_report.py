"""The JSON report: complete, in the shape of its schema, the same bytes for the same input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from stackaudit.audit import audit
from stackaudit.outputs.json_report import document, render
from stackaudit.outputs.schema import report_schema
from tests.stacks import DAY, UNREVIEWED, audited

STACKS = sorted(Path("stacks").glob("*.yaml"))


@pytest.fixture(scope="module")
def northwind() -> dict[str, Any]:
    report: dict[str, Any] = json.loads(render(audit("stacks/northwind.yaml", as_of=DAY)))
    return report


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_it_has_the_shape_of_its_schema(stack: Path) -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document(audit(stack, as_of=DAY)))


def test_every_finding_has_what_a_reader_needs(northwind: dict[str, Any]) -> None:
    assert northwind["findings"]
    for finding in northwind["findings"]:
        assert finding["evidence"], finding["rule"]
        assert all(each["place"] for each in finding["evidence"])
        assert finding["locations"]
        assert len(finding["fingerprint"]) == 32
        assert finding["fix"]
        assert finding["ask"]["it"]
        assert finding["ask"]["marketing"]


def test_findings_that_rest_on_a_path_have_it(northwind: dict[str, Any]) -> None:
    rules = {
        "security/unreviewed-downstream",
        "integration/late-data",
        "security/stored-token-reach",
    }
    found = [each for each in northwind["findings"] if each["rule"] in rules]
    assert {each["rule"] for each in found} == rules
    assert all(len(each["path"]) > 1 for each in found)


def test_fingerprints_are_unique(northwind: dict[str, Any]) -> None:
    prints = [each["fingerprint"] for each in northwind["findings"]]
    assert len(prints) == len(set(prints))


def test_open_rules_name_what_is_unknown(northwind: dict[str, Any]) -> None:
    assert northwind["open"]
    assert all(each["unknown"] for each in northwind["open"])


def test_two_runs_give_the_same_bytes() -> None:
    assert render(audited(UNREVIEWED)) == render(audited(UNREVIEWED))


def test_hostile_names_stay_inside_their_strings() -> None:
    harmless = UNREVIEWED.replace("  mailer: {", '  mailer: {name: "aaaaaaaa", ')
    hostile = UNREVIEWED.replace("  mailer: {", '  mailer: {name: "\\e[31m\\u202e</", ')
    first, second = render(audited(harmless)), render(audited(hostile))
    assert "\x1b" not in second
    assert second.isascii()
    assert _shape(json.loads(first)) == _shape(json.loads(second))


def _shape(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _shape(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_shape(each) for each in node]
    return type(node).__name__

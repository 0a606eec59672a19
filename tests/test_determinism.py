"""The order of what is written changes nothing; neither does what has nothing to do with it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from stackaudit.audit import AuditResult, audit, read_stack_text
from stackaudit.findings.base import Base
from stackaudit.outputs.json_report import document
from stackaudit.rules.library import load_rules
from tests.stacks import DAY

RULES = load_rules()


def report(text: str) -> dict[str, Any]:
    return document(audit(read_stack_text(text), rules=RULES, as_of=DAY))


def without_places(node: Any) -> Any:
    """The report without file, line and column: they move with the order of the file."""
    if isinstance(node, dict):
        return {
            key: without_places(value)
            for key, value in node.items()
            if key not in ("place", "locations", "location")
            and not (key == "inventory" and "schema_version" in node)  # the name of the file
        }
    if isinstance(node, list):
        return [without_places(each) for each in node]
    return node


def shuffled(node: Any, chance: random.Random, *, sections: bool = True) -> Any:
    """The same mapping with keys in another order; lists keep theirs but for `flows`."""
    if isinstance(node, dict):
        keys = list(node)
        chance.shuffle(keys)
        return {key: shuffled(node[key], chance, sections=False) for key in keys}
    if isinstance(node, list):
        return [shuffled(each, chance, sections=False) for each in node]
    return node


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["northwind", "sourcegraph"])
def test_the_order_of_tools_keys_and_flows_changes_nothing(name: str, seed: int) -> None:
    plain = yaml.load(Path(f"stacks/{name}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    chance = random.Random(seed)
    other = shuffled(plain, chance)
    chance.shuffle(other["flows"])
    first = without_places(report(yaml.safe_dump(plain, sort_keys=False)))
    second = without_places(report(yaml.safe_dump(other, sort_keys=False)))
    assert json.dumps(first) == json.dumps(second)


def test_files_in_another_order_change_nothing(tmp_path: Path) -> None:
    plain = yaml.load(Path("stacks/northwind.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    whole = without_places(report(yaml.safe_dump(plain, sort_keys=False)))
    tools = plain.pop("tools")
    names = sorted(tools)
    (tmp_path / "teams").mkdir()
    for file, part in (("z.yaml", names[:20]), ("a.yaml", names[20:])):
        content = {"tools": {name: tools[name] for name in part}}
        (tmp_path / "teams" / file).write_text(yaml.safe_dump(content), "utf-8")
    plain["include"] = ["teams/*.yaml"]
    main = tmp_path / "stack.yaml"
    main.write_text(yaml.safe_dump(plain, sort_keys=False), "utf-8")
    split = document(audit(main, rules=RULES, as_of=DAY))
    assert json.dumps(without_places(split)) == json.dumps(whole)


def fingerprints(result: AuditResult) -> dict[tuple[str, tuple[str, ...]], str]:
    return {
        (
            each.finding.rule,
            tuple(ref.id for ref in each.finding.subjects),
        ): each.finding.fingerprint
        for each in result.findings
    }


def test_a_fingerprint_survives_moves_prices_dates_and_new_tools() -> None:
    text = Path("stacks/northwind.yaml").read_text("utf-8")
    before = fingerprints(audit(read_stack_text(text), rules=RULES, as_of=DAY))
    plain = yaml.load(text, Loader=yaml.BaseLoader)
    plain["tools"]["another-tool"] = {"name": "Another", "capabilities": ["dam"]}
    plain["tools"]["sprout-social"]["contract"]["cost"] = "51000/year"
    plain["tools"]["hotjar"]["last_used"] = "2026-01-05"
    plain["tools"] = dict(sorted(plain["tools"].items(), reverse=True))
    changed = read_stack_text("# moved\n\n\n" + yaml.safe_dump(plain, sort_keys=False))
    after = fingerprints(audit(changed, rules=RULES, as_of=DAY))
    assert before.keys() <= after.keys()
    assert all(after[key] == value for key, value in before.items())


def test_a_renamed_tool_keeps_its_history() -> None:
    old = "stackaudit: 1\ntools: {mailer: {}}\n"
    new = "stackaudit: 1\ntools: {post: {previously: [mailer]}}\n"
    rules = load_rules(select=["security/unreviewed-tool"])
    before = audit(read_stack_text(old), rules=rules, as_of=DAY)
    base = Base.of(before.findings, "before")
    after = audit(read_stack_text(new), rules=rules, as_of=DAY, base=base)
    assert [each.status for each in after.findings] == ["known"]


def test_time_zone_locale_and_hash_seed_do_not_matter(tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    outputs = set()
    for number, zone in enumerate(("UTC", "Pacific/Kiritimati")):
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(number), "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-m", "stackaudit", "audit", "stacks/northwind.yaml", "-f", "json",
             "--as-of", DAY.isoformat()],
            capture_output=True, env=environment, check=False,
        )  # fmt: skip
        assert done.returncode == 1, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1

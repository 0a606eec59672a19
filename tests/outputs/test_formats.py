"""Every format: valid where there is a schema, complete, and the same when rendered again."""

from __future__ import annotations

import csv
import io
import json
import re
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from lxml import etree

from stackaudit.audit import AuditResult, audit
from stackaudit.outputs import sarif
from stackaudit.outputs.document import Report
from stackaudit.outputs.formats import FORMATS, Source
from stackaudit.outputs.items import items
from stackaudit.outputs.json_report import document
from stackaudit.outputs.report_file import report_of
from tests.outputs.hostile import finding, report_with
from tests.stacks import DAY, UNREVIEWED, audited

SCHEMAS = Path(__file__).parent / "schemas"
STACKS = sorted(Path("stacks").glob("*.yaml"))
MACHINE = [name for name in FORMATS if name != "text"]


@cache
def northwind() -> AuditResult:
    return audit("stacks/northwind.yaml", as_of=DAY)


@cache
def report() -> Report:
    return Source(northwind()).report()


@cache
def hostile() -> Report:
    return report_with("\x1b]::error::<x>&\"'|@a\u202e%0A")


@pytest.mark.parametrize("name", MACHINE)
def test_rendered_again_it_has_the_same_bytes(name: str) -> None:
    """What the audit writes, and what its JSON report gives when it is read back."""
    from stackaudit.outputs.report_file import parse_report

    again = parse_report(Source(northwind()).render(FORMATS["json"]).encode(), "report.json")
    assert FORMATS[name].render(again) == Source(northwind()).render(FORMATS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_input_gives_the_same_bytes(name: str) -> None:
    first, second = (Source(audited(UNREVIEWED)).render(FORMATS[name]) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", FORMATS)
def test_the_order_of_what_was_found_does_not_matter(name: str) -> None:
    turned = replace(report(), findings=report().findings[::-1])
    if name != "json":
        assert FORMATS[name].render(turned) == FORMATS[name].render(report())


# -- SARIF


@cache
def sarif_schema() -> jsonschema.Draft202012Validator:
    """As it ships in the npm package @microsoft/sarif-multitool-linux 5.7.0 (MIT)."""
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text("utf-8-sig"))
    return jsonschema.Draft202012Validator(schema)


def sarif_of(of: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(sarif.render(of))
    sarif_schema().validate(log)
    run: dict[str, Any] = log["runs"][0]
    return run


@pytest.mark.parametrize("stack", STACKS, ids=lambda path: path.stem)
def test_sarif_is_valid(stack: Path) -> None:
    sarif_of(Source(audit(stack, as_of=DAY)).report())


def test_sarif_is_valid_whatever_the_names() -> None:
    sarif_of(hostile())


def test_the_sarif_schema_refuses_what_is_wrong() -> None:
    log = json.loads(sarif.render(report()))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    with pytest.raises(jsonschema.ValidationError):
        sarif_schema().validate(log)


def test_every_result_is_located_and_known_by_its_fingerprint() -> None:
    run = sarif_of(report())
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(report().findings)
    for result in run["results"]:
        at = result["locations"][0]["physicalLocation"]
        assert at["artifactLocation"] == {"uri": "stacks/northwind.yaml", "uriBaseId": "%SRCROOT%"}
        assert at["region"]["startLine"] > 1
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        print_ = result["fingerprints"]["stackaudit/v1"]
        assert result["partialFingerprints"]["primaryLocationLineHash"] == f"{print_}:1"


def test_rules_stay_within_what_github_shows() -> None:
    for rule in sarif_of(report())["tool"]["driver"]["rules"]:
        assert len(rule["properties"]["tags"]) <= 10
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        security = rule["properties"]["category"] == "security"
        assert ("security-severity" in rule["properties"]) == security
        assert ("security" in rule["properties"]["tags"]) == security


def test_only_a_comparison_gives_a_baseline_state() -> None:
    assert not any("baselineState" in each for each in sarif_of(report())["results"])
    states = [each["baselineState"] for each in sarif_of(hostile())["results"]]
    assert {"new", "updated", "unchanged"} == set(states)


def test_what_is_waived_is_suppressed_with_the_reason() -> None:
    results = sarif_of(report_with("mail"))["results"]
    suppressed = [each for each in results if "suppressions" in each]
    assert [each["properties"]["status"] for each in suppressed] == ["waived"]
    assert suppressed[0]["suppressions"] == [
        {
            "kind": "external",
            "status": "accepted",
            "justification": "waived by mail until 2027-01-01: mail (mail)",
        }
    ]


def test_a_path_is_a_code_flow_through_the_places_of_its_tools() -> None:
    flows = [each["codeFlows"] for each in sarif_of(report())["results"] if "codeFlows" in each]
    steps = flows[0][0]["threadFlows"][0]["locations"]
    assert len(steps) > 1
    assert all(each["location"]["physicalLocation"]["region"]["startLine"] for each in steps)


def test_too_many_results_are_cut_and_what_gates_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 30)
    run = sarif_of(report())
    assert len(run["results"]) == 30
    assert sum(each["properties"]["gates"] for each in run["results"]) == report().verdict.gating
    left = len(report().findings) - 30
    assert run["properties"]["resultsLeftOut"] == left
    notice = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]
    assert notice.startswith(f"{left} findings left out")


def test_a_file_too_large_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_BYTES", 40_000)
    text = sarif.render(report())
    assert len(zlib.compress(text.encode())) <= 40_000
    assert 0 < len(json.loads(text)["runs"][0]["results"]) < len(report().findings)


@pytest.mark.parametrize(
    ("file", "uri", "below"),
    [
        ("a b/c#d.yaml", "a%20b/c%23d.yaml", True),
        ("./stack.yaml", "stack.yaml", True),
        ("/srv/stack.yaml", "file:///srv/stack.yaml", False),
        ("<stdin>", "%3Cstdin%3E", True),
        ("javascript:x", "javascript%3Ax", True),
    ],
)
def test_files_become_addresses(file: str, uri: str, below: bool) -> None:
    place = replace(report().findings[0].locations[0], file=file)
    run = sarif_of(replace(report(), findings=[finding("x", place)], open=[], inventory=file))
    found = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert found == {"uri": uri, **({"uriBaseId": "%SRCROOT%"} if below else {})}


# -- JUnit


@cache
def junit_schema() -> etree.XMLSchema:
    """The schema of Jenkins' xUnit plugin (MIT)."""
    return etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd"))


@pytest.mark.parametrize("of", [report, hostile], ids=["northwind", "hostile"])
def test_junit_is_valid(of: Any) -> None:
    junit_schema().assertValid(etree.fromstring(FORMATS["junit"].render(of()).encode()))


def test_junit_counts_say_what_the_verdict_says() -> None:
    root = ET.fromstring(FORMATS["junit"].render(report()))
    failures = len(root.findall(".//failure"))
    assert root.get("failures") == str(report().verdict.gating) == str(failures)
    named = [f"stackaudit {each.category}" for each in report().figures.categories]
    assert [each.get("name") for each in root] == named
    quiet = {each.rule for each in report().rules} - {each.rule for each in report().findings}
    cases = root.findall(".//testcase")
    assert len(cases) == len(report().findings) + len(quiet)
    assert cases[0].get("file") == "stacks/northwind.yaml"


def test_junit_skips_what_is_known_and_waived_and_fails_what_gates() -> None:
    root = ET.fromstring(FORMATS["junit"].render(report_with("mail")))
    kinds = [tuple(child.tag for child in case) for case in root.iter("testcase")]
    assert kinds.count(("failure",)) == 3  # two findings, and what is open instead of found
    assert kinds.count(("skipped", "system-out")) == 2
    assert kinds.count(("error",)) == 1


# -- the servers' own


def test_gitlab_has_the_shape_that_is_published() -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8"))
    for of in (report(), hostile()):
        found = json.loads(FORMATS["gitlab"].render(of))
        jsonschema.Draft202012Validator(schema).validate(found)
        prints = [each["fingerprint"] for each in found]
        assert len(prints) == len(set(prints))


def test_gitlab_lists_all_but_what_is_waived() -> None:
    of = report_with("mail")
    listed = [each for each in items(of) if each.state != "waived"]
    assert len(json.loads(FORMATS["gitlab"].render(of))) == len(listed)


def test_github_shows_what_gates_first_and_says_what_it_does_not_show() -> None:
    lines = FORMATS["github"].render(report()).splitlines()
    levels = [line.partition(" ")[0] for line in lines]
    assert levels == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 10
    left = report().verdict.gating - 10
    assert f"not shown here: {left} findings that gate" in lines[-1]
    assert lines[0].startswith("::error file=stacks/northwind.yaml,line=")


def test_azure_shows_ten_errors_and_ten_warnings() -> None:
    lines = FORMATS["azure"].render(report()).splitlines()
    assert sum("type=error;" in line for line in lines) == 10
    assert sum("type=warning;" in line for line in lines) == 10
    assert lines[-1].startswith("stackaudit: ")


def test_escapes_are_taken_back_by_the_runner() -> None:
    name = "50% of a:b,c;d]e"
    github = FORMATS["github"].render(report_with(name)).splitlines()[1]
    title = re.search(r"title=([^,]*)::", github)
    assert title
    back = title[1].replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    assert back == f"{name} (high)"
    azure = FORMATS["azure"].render(report_with(name)).splitlines()[1]
    code = re.search(r"code=([^;]*);", azure)
    assert code
    back = code[1].replace("%3B", ";").replace("%5D", "]").replace("%AZP25", "%")
    assert back == f"security/{name}"


# -- for people


def test_the_comment_is_short_and_can_be_found_again() -> None:
    text = FORMATS["markdown"].render(report())
    assert text.startswith("<!-- stackaudit stacks/northwind.yaml -->\n## ")
    assert len(text) < 20_000
    assert "```mermaid" in text
    assert text.count("**gates**") == 10
    fresh = [each for each in items(report()) if each.gates or not each.folded]
    assert f"and {len(fresh) - 10} more" in text


def test_the_comment_says_what_was_fixed_and_leaves_out_what_was_there() -> None:
    of = report_with("mail")
    known = [each for each in of.findings if each.status in ("known", "waived")]
    text = FORMATS["markdown"].render(replace(of, findings=known, open=[]))
    assert "### Fixed" in text
    assert "| finding |" not in text
    assert "1 known · 1 waived" in text


def test_csv_has_a_row_for_each_finding() -> None:
    text = FORMATS["csv"].render(report())
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert len(rows) == len(report().findings)
    assert sum(row["gates"] == "yes" for row in rows) == report().verdict.gating
    saves = sum(float(row["saves_a_year"]) for row in rows if row["saves_a_year"])
    assert saves == pytest.approx(sum(f.saves.amount or 0 for f in report().findings if f.saves))


def test_the_report_and_the_audit_have_one_shape() -> None:
    assert report_of(document(northwind())) == report()

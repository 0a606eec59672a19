"""SARIF 2.1.0, for code scanning: valid by the schema of OASIS and within GitHub's limits.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html and
https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

from stackaudit.outputs.document import Location, Report, Stop
from stackaudit.outputs.encode.json_text import json_text
from stackaudit.outputs.encode.text import cut
from stackaudit.outputs.encode.uri import relative
from stackaudit.outputs.items import Item, counted, exit_code, items, waiver_words
from stackaudit.outputs.sarif_rules import LEVELS, Descriptor, descriptors
from stackaudit.project import HOMEPAGE

Node = dict[str, Any]

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
ROOT: Final = "%SRCROOT%"
MAX_RESULTS: Final = 25_000
"""GitHub refuses a file with more; it shows the 5,000 most severe."""

MAX_BYTES: Final = 10 * 1000 * 1000
"""GitHub refuses a file that is larger when it is compressed."""

MAX_PLACES: Final = 100
"""GitHub shows so many locations of a result, and refuses 1,000."""

LONGEST: Final = 2_000
"""Characters of a message; GitHub shows the first sentence in its lists."""

FINGERPRINT: Final = "stackaudit/v1"
BASELINE: Final = {
    "new": "new",
    "worse": "updated",
    "open": "updated",
    "known": "unchanged",
    "waived": "unchanged",
}
EXITS: Final = {
    0: "nothing gates",
    1: "findings gate",
    4: "a rule failed to run: a bug in stackaudit",
}


def render(report: Report) -> str:
    """The report as SARIF; where it would be too large, without what matters least."""
    found = items(report)
    shown = found[:MAX_RESULTS]
    while True:
        text = json_text(_log(report, shown, len(found)))
        if not shown or _fits(text):
            return text
        shown = shown[: len(shown) // 2]


def _fits(text: str) -> bool:
    return len(text) <= MAX_BYTES or len(zlib.compress(text.encode("ascii"))) <= MAX_BYTES


def _log(report: Report, shown: Sequence[Item], total: int) -> Node:
    rules = descriptors(report, shown)
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(report, rules)},
                "automationDetails": {"id": f"stackaudit/{relative(report.inventory)[0]}/"},
                "columnKind": "unicodeCodePoints",
                "language": "en",
                "originalUriBaseIds": {ROOT: {"description": _text("The root of the repository")}},
                "invocations": [_invocation(report, total - len(shown))],
                "results": [_result(each, report, rules) for each in shown],
                "properties": _about(report, total - len(shown)),
            }
        ],
    }


def _driver(report: Report, rules: dict[str, Descriptor]) -> Node:
    return {
        "name": "stackaudit",
        "version": cut(report.tool_version, 100),
        "informationUri": HOMEPAGE,
        "rules": [each.node for each in rules.values()],
    }


def _about(report: Report, left_out: int) -> Node:
    return {
        "asOf": report.as_of,
        "verdict": report.verdict.words,
        "notes": report.verdict.notes,
        "comparedWith": report.compared_with,
        "inventoryDigest": report.digests.inventory,
        "openChecks": len(report.open),
        "fixed": [each.fingerprint for each in report.fixed],
        "resultsLeftOut": left_out,
    }


def _invocation(report: Report, left_out: int) -> Node:
    code = exit_code(report)
    notices = [_notice("error", f"{each.rule} failed: {each.error}") for each in report.failures]
    if left_out:
        words = f"{counted(left_out, 'finding')} left out: more than code scanning takes"
        notices.append(_notice("warning", words))
    return {
        "executionSuccessful": not report.failures,
        "exitCode": int(code),
        "exitCodeDescription": EXITS[int(code)],
        "toolExecutionNotifications": notices,
    }


def _notice(level: str, words: str) -> Node:
    return {"level": level, "message": _text(words)}


def _text(words: str) -> Node:
    r"""A message: its signs for links and placeholders are escaped as SARIF 3.11 says."""
    escaped = cut(words, LONGEST)
    for sign in "\\[]":
        escaped = escaped.replace(sign, f"\\{sign}")
    return {"text": escaped.replace("{", "{{").replace("}", "}}")}


def _result(item: Item, report: Report, rules: dict[str, Descriptor]) -> Node:
    made: Node = {
        "ruleId": rules[item.rule].id,
        "ruleIndex": rules[item.rule].index,
        "level": LEVELS[item.severity],
        "message": _text(f"{item.headline}. {item.fix}" if item.fix else item.headline),
        "locations": [_location(item.place, item)],
        "fingerprints": {FINGERPRINT: item.fingerprint},
        "partialFingerprints": {
            FINGERPRINT: item.fingerprint,
            "primaryLocationLineHash": f"{item.fingerprint}:1",
        },
        "properties": _properties(item),
    }
    others = _different(item.places[1:MAX_PLACES])
    if others:
        made["relatedLocations"] = [{"id": n, **_physical(at)} for n, at in enumerate(others, 1)]
    if any(stop.place for stop in item.stops):
        made["codeFlows"] = [_flow(item.stops[:MAX_PLACES], item.place)]
    if report.compared_with is not None:
        made["baselineState"] = BASELINE[item.state]
    if item.state == "waived":
        made["suppressions"] = [_suppression(item)]
    return made


def _different(places: Iterable[Location]) -> list[Location]:
    return list(dict.fromkeys(places))


def _properties(item: Item) -> Node:
    return {
        "severity": item.severity,
        "status": item.state,
        "gates": item.gates,
        "category": item.category,
        "subjects": list(item.subjects),
        "note": item.note,
    }


def _suppression(item: Item) -> Node:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": cut(waiver_words(item) or "waived", LONGEST),
    }


def _location(place: Location, item: Item) -> Node:
    logical = [{"name": each, "kind": "resource"} for each in item.subjects if each]
    return {**_physical(place), **({"logicalLocations": logical} if logical else {})}


def _physical(place: Location) -> Node:
    uri, below_root = relative(place.file)
    artifact: Node = {"uri": uri, **({"uriBaseId": ROOT} if below_root else {})}
    region = {"startLine": place.line, "startColumn": place.column}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _flow(stops: Sequence[Stop], otherwise: Location) -> Node:
    """The tools along which the data or the key goes, each at its place in the inventory."""
    steps = [
        {"location": {**_physical(each.place or otherwise), "message": _text(each.name)}}
        for each in stops
    ]
    return {"threadFlows": [{"locations": steps}]}

"""GitLab's code quality report.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format; GitLab itself compares
it with the report of the target branch. What is waived is left out, for it has no word for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from stackaudit.outputs.document import Report, Severity
from stackaudit.outputs.encode.json_text import json_text
from stackaudit.outputs.encode.text import cut
from stackaudit.outputs.items import Item, items

LONGEST: Final = 1_000
SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor"}
)


def render(report: Report) -> str:
    """The report as a list of what GitLab calls violations."""
    return json_text(list(_violations(report)))


def _violations(report: Report) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for item in items(report):
        if item.state != "waived":
            yield _violation(item, _unique(item.fingerprint, seen))


def _unique(fingerprint: str, seen: Counter[str]) -> str:
    """The fingerprint; GitLab drops a second entry with the same one."""
    seen[fingerprint] += 1
    number = seen[fingerprint]
    return fingerprint if number == 1 else f"{fingerprint}-{number}"


def _violation(item: Item, fingerprint: str) -> dict[str, Any]:
    return {
        "description": cut(item.headline, LONGEST),
        "check_name": cut(item.rule, LONGEST),
        "fingerprint": fingerprint,
        "severity": SEVERITIES[item.severity],
        "location": {"path": _path(item.place.file), "lines": {"begin": item.place.line}},
    }


def _path(file: str) -> str:
    """Relative to the root of the repository, which is where jobs begin."""
    path = cut(file, 4_096)
    while path.startswith("./"):
        path = path[2:]
    return path

"""Reports that are read: only a whole one of a known version gets through, quickly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stackaudit.audit import AuditResult
from stackaudit.errors import ExitCode
from stackaudit.outputs import report_file
from stackaudit.outputs.items import exit_code
from stackaudit.outputs.json_report import document, render
from stackaudit.outputs.report_file import ReportError, parse_report, read_report
from tests.stacks import UNREVIEWED, audited


@pytest.fixture(scope="module")
def result() -> AuditResult:
    return audited(UNREVIEWED, "security")


@pytest.fixture
def node(result: AuditResult) -> dict[str, Any]:
    return json.loads(render(result))  # type: ignore[no-any-return]


def refused(data: bytes | str) -> str:
    with pytest.raises(ReportError) as caught:
        parse_report(data if isinstance(data, bytes) else data.encode(), "report.json")
    assert all(each.hint for each in caught.value.problems)
    return str(caught.value)


def test_it_comes_back_as_it_was(result: AuditResult) -> None:
    report = parse_report(render(result).encode(), "report.json")
    assert report == report_file.report_of(document(result))
    assert exit_code(report) is ExitCode.FINDINGS


def test_a_byte_order_mark_is_no_matter(result: AuditResult) -> None:
    assert parse_report(b"\xef\xbb\xbf" + render(result).encode(), "report.json").findings


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\x00\xff",
        b'{"schema_version": NaN}',
        b'{"schema_version": ' + b"9" * 5_000 + b"}",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"schema_version": "\\ud800"}',
        "findings:\n- x\n",
    ],
    ids=["empty", "half", "binary", "nan", "endless", "deep", "deeper", "surrogate", "yaml"],
)
def test_what_is_not_json_is_refused(data: bytes | str) -> None:
    assert "not-json" in refused(data)


def test_half_a_report_is_refused(result: AuditResult) -> None:
    text = render(result)
    assert "not-json" in refused(text[: len(text) // 2])


@pytest.mark.parametrize("data", [b"[]", b"1", b"{}", b'{"version": "2.1.0", "runs": []}'])
def test_other_json_is_refused(data: bytes) -> None:
    assert "not-a-report" in refused(data)


@pytest.mark.parametrize("version", [0, 2, "1", True, None, [1]])
def test_an_unknown_version_is_refused(node: dict[str, Any], version: object) -> None:
    assert "unknown-version" in refused(json.dumps({**node, "schema_version": version}))


def test_of_a_newer_version_it_says_so(node: dict[str, Any]) -> None:
    with pytest.raises(ReportError) as caught:
        parse_report(json.dumps({**node, "schema_version": 2}).encode(), "report.json")
    assert "newer" in str(caught.value.problems[0].hint)


def test_a_number_that_nobody_can_print_is_refused(node: dict[str, Any]) -> None:
    node["findings"][0]["evidence"][0]["value"] = "here"
    for number in ("1e999", "9" * 18, "-1e300"):
        assert "too large" in refused(json.dumps(node).replace('"here"', number, 1))


@pytest.mark.parametrize(
    ("field", "value"),
    [("findings", {}), ("verdict", None), ("as_of", 1), ("surprise", 1), ("findings", [{}])],
)
def test_a_wrong_field_is_named_and_its_value_is_not(
    node: dict[str, Any], field: str, value: object
) -> None:
    words = refused(json.dumps({**node, field: value}))
    assert "bad-report" in words
    assert field in words


def test_values_never_appear_in_the_error(node: dict[str, Any]) -> None:
    node["findings"][0]["severity"] = "sk-live-123456"
    assert "sk-live" not in refused(json.dumps(node))


def test_many_problems_are_counted(node: dict[str, Any]) -> None:
    words = refused(json.dumps({**node, "findings": [{}] * 50}))
    assert len(words.splitlines()) == report_file.MAX_SHOWN + 1
    assert "more" in words


def test_a_line_before_the_first_is_refused(node: dict[str, Any]) -> None:
    node["findings"][0]["locations"][0]["line"] = 0
    assert "locations" in refused(json.dumps(node))


def test_a_report_cannot_pass_with_what_gates(node: dict[str, Any]) -> None:
    node["verdict"]["passed"] = True
    assert "says it passes" in refused(json.dumps(node))


def test_the_fields_that_older_reports_lack_are_empty(node: dict[str, Any]) -> None:
    for name in ("inventory", "compared_with"):
        del node[name]
    for name in ("stops", "references", "help_uri", "waiver", "note"):
        del node["findings"][0][name]
    assert parse_report(json.dumps(node).encode(), "report.json").findings[0].stops == []


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json", Path("/dev/zero"), Path("a\0b")):
        with pytest.raises(ReportError):
            read_report(str(path))


def test_a_file_too_large_is_not_even_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_file, "MAX_BYTES", 10)
    (tmp_path / "big.json").write_bytes(b"x" * 11)
    with pytest.raises(ReportError, match="report-too-large"):
        read_report(str(tmp_path / "big.json"))

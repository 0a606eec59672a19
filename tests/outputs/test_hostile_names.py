"""In every format a hostile name gives the same structure as a harmless one of its length."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

from stackaudit.outputs.formats import FORMATS
from stackaudit.outputs.sanitize import visible
from tests.outputs.hostile import HOSTILE, report_with, twin_of


@cache
def rendered(format_: str, name: str) -> str:
    return FORMATS[format_].render(report_with(name))


# -- the structure of each format, as the programs that read it see it


def shape(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: shape(value) for key, value in node.items()}
    if isinstance(node, list):
        return [shape(each) for each in node]
    return type(node).__name__


def of_json(text: str) -> Any:
    assert text.isascii()
    return shape(json.loads(text))


def of_sarif(text: str) -> Any:
    """Apart from which addresses are relative, and which rules have the same name."""
    run = json.loads(text)["runs"][0]
    for location in _locations(run):
        location.pop("uriBaseId", None)
    return shape(run)


def _locations(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, dict):
        here = [node["artifactLocation"]] if "artifactLocation" in node else []
        return here + [each for value in node.values() for each in _locations(value)]
    if isinstance(node, list):
        return [found for each in node for found in _locations(each)]
    return []


def of_xml(text: str) -> Any:
    return [(each.tag, sorted(each.attrib)) for each in ET.fromstring(text).iter()]


def of_github(text: str) -> Any:
    """As the runner reads a line: trimmed, `::`, a name, properties, `::`, the rest."""
    commands = []
    for line in text.splitlines():
        match = re.fullmatch(r"::(?P<name>[a-z]+)(?: (?P<properties>.*?))?::(?P<data>.*)", line)
        assert match, line
        pairs = (match["properties"] or "").split(",")
        assert all(pair.count("=") >= 1 for pair in pairs)
        commands.append((match["name"], [pair.partition("=")[0] for pair in pairs]))
    return commands


def of_azure(text: str) -> Any:
    """As the agent reads a line: the first `##vso[` in it, properties up to `]`, the rest."""
    commands: list[Any] = []
    for line in text.splitlines():
        head, found, rest = line.partition("##vso[")
        if not found:
            assert "##[" not in line
            commands.append("text")
            continue
        assert not head
        about, _, _ = rest.partition("]")
        name, _, properties = about.partition(" ")
        keys = [each.partition("=")[0] for each in properties.split(";") if each]
        commands.append((name, keys))
    return commands


PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
LIVE = re.compile(r"[@#!~%$&:](?=\w)|://|www\.", re.IGNORECASE)
LIVE_IN_CODE = re.compile(r"@\w|://|www\.", re.IGNORECASE)


def of_markdown(text: str) -> Any:
    tokens = []
    live = LIVE
    for token in PARSER.parse(text):
        for each in [token, *(token.children or [])]:
            words = each.content if each.type in ("html_inline", "html_block") else ""
            live = {"<code>": LIVE_IN_CODE, "</code>": LIVE}.get(words, live)
            tokens.append((each.type, each.tag, sorted(each.attrs), masked(words)))
            if each.type == "text":
                assert not live.search(each.content), each.content
            if each.type == "fence":
                tokens.append(of_mermaid(each.content))
    return tokens


def masked(html: str) -> str:
    """The hidden first line names the file; nothing else of HTML may come from one."""
    if html.startswith("<!-- stackaudit"):
        assert re.fullmatch(r"<!-- stackaudit [\w./%~:-]+ -->\n?", html)
        assert html.count("--") == 2
        return "marker"
    assert html in ("", "<code>", "</code>")
    return html


def of_mermaid(text: str) -> Any:
    lines = text.splitlines()
    assert lines[0] == "flowchart LR"
    for line in lines[1:]:
        assert re.fullmatch(r'  t\d+(\["(\w| |#\d+;)*"\]| --> t\d+)', line), line
    return [re.sub(r'"[^"]*"', "", line) for line in lines]


def of_csv(text: str) -> Any:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]", cell), cell
    return [len(row) for row in rows]


STRUCTURES: dict[str, Callable[[str], Any]] = {
    "json": of_json,
    "sarif": of_sarif,
    "junit": of_xml,
    "github": of_github,
    "github-summary": of_markdown,
    "gitlab": of_json,
    "azure": of_azure,
    "markdown": of_markdown,
    "csv": of_csv,
}


def test_every_format_is_tested() -> None:
    assert {*STRUCTURES, "text"} == set(FORMATS)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
@pytest.mark.parametrize("format_", STRUCTURES)
def test_the_structure_is_that_of_a_harmless_twin(format_: str, name: str) -> None:
    structure = STRUCTURES[format_]
    assert structure(rendered(format_, name)) == structure(rendered(format_, twin_of(name)))


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_nothing_hidden_gets_through_and_no_log_takes_it_for_a_command(name: str) -> None:
    for format_ in FORMATS:
        text = rendered(format_, name)
        assert not set(text) & set("\x00\x07\x1b\x9b\x85\x0b\x0c\u202e\u2028\u200b\ufffe"), format_
        assert not re.search(r"##(vso)?\[(?!task\.logissue type=)", text), format_
        commands = re.findall(r"^\s*::(\w+)", text, re.MULTILINE)
        assert set(commands) <= ({"error", "warning", "notice"} if format_ == "github" else set())


UNBROKEN = [each for each in HOSTILE if 3 < len(each) < 40 and " " not in visible(each)]


@pytest.mark.parametrize("name", UNBROKEN, ids=ascii)
def test_text_is_that_of_a_harmless_twin(name: str) -> None:
    twin = "x" * cell_len(visible(name))
    shown = rendered("text", name).replace(visible(name), twin)
    assert re.sub(r"\s+", " ", shown) == re.sub(r"\s+", " ", rendered("text", twin))


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_addresses_are_plain(name: str) -> None:
    for location in _locations(json.loads(rendered("sarif", name))):
        assert re.fullmatch(r"(file://)?[A-Za-z0-9._~/%-]+", location["uri"])


@pytest.mark.parametrize("uri", [*HOSTILE, "http://example.org", "https://user:pw@example.org/"])
def test_only_plain_https_addresses_become_links(uri: str) -> None:
    report = report_with("x")
    linked = replace(
        report,
        findings=[replace(each, help_uri=uri) for each in report.findings],
        rules=[replace(each, help_uri=uri) for each in report.rules],
    )
    for format_ in ("markdown", "github-summary", "sarif"):
        assert FORMATS[format_].render(linked) == rendered(format_, "x")

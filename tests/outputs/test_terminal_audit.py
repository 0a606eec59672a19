"""The report of an audit: whole, by width, and with names that want to break it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from syrupy.assertion import SnapshotAssertion

from stackaudit.audit import AuditResult
from stackaudit.errors import Place
from stackaudit.findings.judged import Judged
from stackaudit.outputs.sanitize import visible
from stackaudit.outputs.terminal import render, report_audit
from stackaudit.rules.finding import Failure, Unknown
from stackaudit.rules.severity import Severity
from tests.outputs.terminal_sample import (
    STACK,
    evidence,
    finding,
    left_open,
    result_of,
    sample,
    shown,
)


@pytest.mark.parametrize("width", [80, 140])
def test_the_whole_report(width: int, snapshot: SnapshotAssertion) -> None:
    assert shown(sample(), width) == snapshot


def test_the_whole_report_with_everything(snapshot: SnapshotAssertion) -> None:
    assert shown(sample(), show_all=True) == snapshot


def test_the_whole_report_in_color(snapshot: SnapshotAssertion) -> None:
    assert colored(sample()).replace("\x1b", "<ESC>") == snapshot


def colored(result: AuditResult, width: int = 80) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, height=25, force_terminal=True, color_system="256",
        legacy_windows=False, no_color=False,
    )  # fmt: skip
    report_audit(result, console)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@pytest.mark.parametrize("name", ["Tidy Chat", "株式会社例 " * 9, "x" * 300])
def test_no_line_is_wider_than_the_terminal(width: int, name: str) -> None:
    lines = shown(named(name), width).splitlines()
    assert max(cell_len(line) for line in lines if not line.startswith("Next")) <= width
    assert not any(line != line.rstrip() for line in lines)


def test_the_command_to_copy_is_never_broken() -> None:
    assert "Next  stackaudit explain security/wide-exposure\n" in shown(sample(), 40)


def test_prose_stays_readable_on_a_very_wide_terminal() -> None:
    assert max(cell_len(line) for line in shown(sample(), 400).splitlines()) <= 120


def test_a_file_gets_every_finding_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = shown(sample(), 100, show_all=True)
    for name, value in {"COLUMNS": "50", "FORCE_COLOR": "1", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)
    assert render(sample()) == piped


# -- what is said first and last


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (sample(), ("✗ FAIL", "3 findings gate")),
        (result_of(), ("✓ PASS", "Clean: nothing found.")),
        (result_of(Judged(finding(), "known")), ("✓ PASS", "Nothing gates; 1 finding")),
        (result_of(checks=0), ("? UNSURE", "There was nothing to check.")),
        (
            result_of(open_=[left_open("a/b", "mail", Severity.LOW, "tools.mail.dpa")], checks=2),
            ("? UNSURE", "too little is known"),
        ),
        (
            result_of(failures=[Failure("a/b", "mail", "ZeroDivisionError", "…")]),
            ("? UNSURE", "1 rule failed to run", "a/b"),
        ),
    ],
    ids=["gates", "clean", "passes", "empty", "open", "failed"],
)
def test_the_verdict_comes_first(result: AuditResult, words: tuple[str, ...]) -> None:
    text = shown(result)
    assert text.startswith(words[0])
    assert all(word in " ".join(text.split()) for word in words)


ALIKE = [
    Judged(finding("bloat/x", f"tool-{n}", f"Tool {n}", Severity.LOW), "new") for n in range(200)
]


@pytest.mark.parametrize(
    ("result", "show_all", "command"),
    [
        (sample(), False, "stackaudit explain security/wide-exposure"),
        (result_of(*ALIKE), False, "stackaudit audit stack.yaml --all"),
        (result_of(*ALIKE), True, "stackaudit explain bloat/x"),
        (result_of(), False, "stackaudit rules"),
        (
            result_of(open_=[left_open("a/b", "mail", Severity.LOW, "tools.mail.dpa")]),
            False,
            "stackaudit explain a/b",
        ),
    ],
    ids=["gates", "alike", "alike, all shown", "clean", "open"],
)
def test_the_last_line_is_the_next_command(
    result: AuditResult, show_all: bool, command: str
) -> None:
    last = shown(result, 120, show_all=show_all).splitlines()[-1]
    assert last.startswith(f"Next  {command}")


# -- what is listed, and what is not


def drowned() -> AuditResult:
    """200 findings that are alike, and 3 that matter."""
    matter = [
        Judged(finding("security/x", f"key-{n}", f"Key {n}", Severity.CRITICAL), "new", None, True)
        for n in range(3)
    ]
    return result_of(*ALIKE, *matter)


def test_many_alike_do_not_drown_the_few_that_matter() -> None:
    lines = shown(drowned()).splitlines()
    assert len(lines) < 60
    assert [sum(f"Key {n} sees" in line for line in lines) for n in range(3)] == [1, 1, 1]
    assert sum("Tool " in line for line in lines if "sees" in line) == 5
    assert any("… and 195 more (--all shows them)" in line for line in lines)
    first_rule = next(line for line in lines if line.startswith(("CRITICAL", "LOW")))
    assert "security/x" in first_rule


def test_all_of_them_are_shown_when_asked_for() -> None:
    text = shown(drowned(), show_all=True)
    assert all(f"Tool {n} sees" in text for n in range(200))
    assert "more" not in text


def test_six_are_not_cut_to_five() -> None:
    assert "more" not in shown(result_of(*ALIKE[:6]))
    assert "… and 2 more" in shown(result_of(*ALIKE[:7]))


def test_what_is_folded_away_says_how_many_gate() -> None:
    gating = [replace(each, gates=True) for each in ALIKE[:8]]
    assert "… and 3 more, all gate" in shown(result_of(*gating))
    assert "200 findings, 8 gate" in shown(result_of(*gating, *ALIKE[8:]))


def test_a_display_filter_says_what_it_leaves_out_and_never_hides_what_gates() -> None:
    text = shown(sample(), min_severity=Severity.CRITICAL)
    assert "security/unreviewed-tool" in text  # high, and gates
    assert "bloat/idle-seats" not in text
    assert "4 findings below critical are counted above and not listed" in text


def test_consequences_stand_with_their_cause_and_not_apart() -> None:
    text = shown(sample())
    assert "also  security/unreviewed-downstream gates" in text
    assert text.count("security/unreviewed-downstream") == 1


def test_the_fix_stands_once_and_each_has_its_own_with_all() -> None:
    assert shown(sample()).count("Decide before") == 1
    every = shown(sample(), show_all=True)
    assert "Decide before 2026-11-16" in every
    assert "Decide before 2027-01-15" in every


def test_of_the_reason_the_first_sentence_is_enough_until_all_is_asked_for() -> None:
    assert "breach takes months" not in shown(sample())
    assert "breach takes months" in " ".join(shown(sample(), show_all=True).split())


def test_that_a_tool_is_in_use_is_no_proof_worth_a_word() -> None:
    assert "in_use" not in shown(sample(), show_all=True)


def test_many_facts_are_counted() -> None:
    facts = tuple(evidence(f"tool.fact_{n}", "Tidy Chat", str(n)) for n in range(9))
    result = result_of(Judged(finding(evidence=facts), "new"))
    assert "fact_5 5; 3 more facts" in " ".join(shown(result).split())
    assert "fact_8 8" in shown(result, show_all=True)


def test_no_money_no_columns_for_it() -> None:
    assert "at stake" not in shown(result_of(Judged(finding(), "new")))


def test_a_section_that_is_listed_in_part_is_asked_for_in_full() -> None:
    text = shown(result_of(open_=[left_open("a/b", "mail", Severity.LOW, "stack.flows")]), 120)
    assert "flows, in full" in text
    assert text.splitlines()[-1] == "Next  stackaudit explain a/b  why to state flows, in full"


# -- names that want to break the report


def named(name: str) -> AuditResult:
    """An audit in which everything that comes from a file is called so."""
    place = Place(name, 3, 5)
    hostile = finding(
        label=name,
        title=name,
        message=f"{name} is shared",
        why=name,
        fix=name,
        may_be=Severity.CRITICAL,
        path=("chat", name),
        locations=(place, place),
        evidence=(evidence("tool.name", name, name), evidence("tool.name", "other", name)),
        unknown=(Unknown("tool.name", name, name),),
    )
    waiting = left_open("silo/dead-end", "mail", Severity.LOW, name)
    return result_of(
        Judged(hostile, "new"),
        Judged(hostile._replace(fingerprint="2", label="Two", rule="bloat/idle-seats"), "new"),
        open_=[waiting],
        stack=STACK.replace("Tidy Chat", "Name of the chat"),
    )


HOSTILE = [
    "[red]",
    "[/]",
    "[/red][bold",
    "[link=https://evil.example]x[/link]",
    ":smile:",
    "\x1b[31m",
    "\x1b]8;;https://evil.example\x07x",
    "\x1b]52;c;eA==\x07",
    "\x9b2J",
    "\u202eabc\u202c",
    "a\nb\rc\td",
    "\u2028\u2029",
    "\ud800",
    "\U0001f600",
    "株式会社",
    "{0}%s$HOME`x`",
]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_hostile_name_changes_nothing_but_the_name(name: str) -> None:
    """The report equals that of a harmless twin of the same length, styles and lines and all."""
    twin = "x" * cell_len(visible(name))
    assert colored(named(name), 100).replace(visible(name), twin) == colored(named(twin), 100)


@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_no_name_sends_a_control_to_the_terminal(name: str) -> None:
    text = shown(named(name))
    assert all(
        char.isprintable() or char in "\n\xa0\u3000" for char in set(text) - set(visible(name))
    )
    assert not set(text) & {"\x1b", "\x9b", "\r", "\t", "\u202e", "\u2028", "\x85"}


def test_a_command_to_copy_runs_nothing_else() -> None:
    """The name of a rule is the name of a file, which may be anybody's."""
    text = shown(result_of(Judged(finding("bloat/x;reboot"), "new")))
    assert text.splitlines()[-1].startswith("Next  stackaudit explain 'bloat/x;reboot'")


def test_the_same_audit_gives_the_same_text() -> None:
    first = sample()
    turned = replace(first, findings=tuple(reversed(first.findings)), open=first.open[::-1])
    assert shown(turned) == shown(first)

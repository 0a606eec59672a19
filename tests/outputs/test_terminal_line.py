"""Lines of a report: broken where the library would break them, at a fraction of the price."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from stackaudit.figures.groups import Entry
from stackaudit.findings.judged import Judged
from stackaudit.outputs.terminal import render
from stackaudit.outputs.terminal.line import LEAST, Line
from stackaudit.outputs.terminal.page import Page
from stackaudit.rules.finding import Finding
from stackaudit.rules.severity import Severity
from tests.outputs.terminal_sample import finding, result_of

WORDS = st.text(alphabet="abcxyz,.-éß例え語e\u0301→", min_size=1, max_size=30)
PARTS = st.lists(
    st.tuples(WORDS, st.sampled_from([" ", "  ", "", "\u3000"])).map("".join), max_size=12
)


@given(parts=PARTS, width=st.integers(LEAST, 60))
def test_a_paragraph_is_broken_where_the_library_breaks_it(parts: list[str], width: int) -> None:
    line = Line(tuple((part, "plain") for part in parts))
    theirs = Text("".join(parts)).wrap(Console(file=io.StringIO()), width, overflow="fold")
    ours = line.wrapped(width)
    assert [each.plain.rstrip() for each in ours] == [each.plain.rstrip() for each in theirs]


@given(parts=PARTS, width=st.integers(LEAST, 60))
def test_no_word_loses_its_style_where_a_line_is_broken(parts: list[str], width: int) -> None:
    line = Line(tuple((part, str(number)) for number, part in enumerate(parts)))
    letters = [(letter, style) for text, style in line.runs for letter in text]
    broken = [run for each in line.wrapped(width) for run in each.runs]
    kept = [(letter, style) for text, style in broken for letter in text]
    assert [each for each in kept if each[0].strip()] == [
        each for each in letters if each[0].strip()
    ]


def test_the_first_line_of_a_paragraph_may_be_longer_than_the_others() -> None:
    file = io.StringIO()
    with Page(Console(file=file, width=40, color_system=None)) as page:
        page.write("what it says of this and of that", lead="LEAD ", hang=20)
        page.write("one", " ", "line ", lead="- ")
        page.write("")
    assert file.getvalue().splitlines() == [
        "LEAD                what it says of this",
        " " * 20 + "and of that",
        "- one line",
        "",
    ]


def test_twice_the_findings_take_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    looked = 0

    def counted(entry: Entry) -> Finding:
        nonlocal looked
        looked += 1
        return entry.judged.finding

    monkeypatch.setattr(Entry, "finding", property(counted))
    few = result_of(*(some(number) for number in range(30)))
    many = result_of(*(some(number) for number in range(60)))
    render(few)
    once, looked = looked, 0
    render(many)
    assert looked <= once * 2.2


def some(number: int) -> Judged:
    return Judged(finding("a/b", f"t{number}", f"t{number}", Severity.LOW), "new")

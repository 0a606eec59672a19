"""The sheet that people fill in: a row for each tool (or flow, dataset …), a column a question."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.dataclass import dataclass
from stackaudit.figures.questions import Interview, Question
from stackaudit.outputs.asked_words import AskedWords
from stackaudit.outputs.sanitize import visible
from stackaudit.rules.asking import FIRST, NOT_ASKED, Topic


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a sheet as text."""

    header: tuple[str, ...]
    topics: tuple[Topic, ...]
    """What the columns after the first ones ask for."""
    notes: tuple[tuple[str, ...], ...]
    """Rows below the header that explain the columns."""
    rows: tuple[tuple[str, ...], ...]

    def lines(self) -> Iterator[tuple[str, ...]]:
        """All rows from the top."""
        yield self.header
        yield from self.notes
        yield from self.rows


def sheet_of(found: Interview) -> Sheet:
    """The sheet of all questions that a cell can answer, the most useful to the left and on top."""
    words = AskedWords.of(found)
    questions = [each for each in found.questions if each.topic.in_a_cell]
    topics = tuple({each.topic.name: each.topic for each in questions}.values())
    entries: dict[tuple[str, str], list[Question]] = {}
    for each in questions:
        entries.setdefault((each.path.section, each.path.entry), []).append(each)
    blank = ("",) * (len(FIRST) - 1)
    return Sheet(
        header=(*words.words["first"], *(f"{topic.text} [{topic.name}]" for topic in topics)),
        topics=topics,
        notes=(
            (
                words.text("hints"),
                *blank,
                *(_hint(topic, found.datasets, words) for topic in topics),
            ),
            (words.text("whom"), *blank, *(words.word("roles", topic.role) for topic in topics)),
        ),
        rows=tuple(_row(*key, asked, topics) for key, asked in entries.items()),
    )


def _hint(topic: Topic, datasets: tuple[str, ...], words: AskedWords) -> str:
    """How to answer; where data is asked for, with the names that the inventory has for it."""
    if topic.kind == "ids" and datasets:
        return words.text("names", hint=topic.hint, names=visible(", ".join(datasets)))
    return topic.hint


def _row(
    section: str, entry: str, asked: list[Question], topics: tuple[Topic, ...]
) -> tuple[str, ...]:
    wanted = {each.topic.name for each in asked}
    people = sorted({each.owner for each in asked if each.owner})
    cells = ("" if topic.name in wanted else NOT_ASKED for topic in topics)
    return (section, entry, visible(asked[0].label), visible(", ".join(people)), *cells)

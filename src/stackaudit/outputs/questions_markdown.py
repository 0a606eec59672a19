"""The questions as Markdown: an interview guide, by whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackaudit.figures.questions import Entry, Interview
from stackaudit.outputs.asked_words import AskedWords
from stackaudit.outputs.sanitize import visible


def render(found: Interview) -> bytes:
    """A heading for each person to ask, and below it what to ask, as a list to tick off."""
    return ("\n".join(_lines(found)) + "\n").encode("utf-8")


def _lines(found: Interview) -> Iterator[str]:
    words = AskedWords.of(found)
    yield f"# {words.text('title')}"
    yield ""
    if not found.questions:
        yield words.text("nothing")
        return
    shown = {"shown": len(found.entries), "all": found.total_entries}
    yield words.text("intro", open=found.open, facts=found.total, **shown)
    for person in found.respondents():
        yield ""
        yield f"## {_safe(person.title)}"
        yield ""
        for each in person.entries:
            yield from _entry(each, words)


def _entry(each: Entry, words: AskedWords) -> Iterator[str]:
    """A question; where it is about several things a list of them, each to tick off."""
    topic = each.best.topic
    yield f"- [ ] {each.number}\\. **{_safe(each.title)}**: {_safe(topic.text)}"
    answer = "answer_each" if len(each.questions) > 1 else "answer"
    yield f"  {words.text(answer, hint=_safe(topic.hint))}"
    if each.decides:
        yield f"  {words.text('decides_named', rules=', '.join(map(_safe, each.decides)))}"
    if each.helps:
        yield f"  {words.text('helps_named', rules=', '.join(map(_safe, each.helps)))}"
    if len(each.questions) > 1:
        yield from (f"  - [ ] {_safe(label)}" for label in each.labels)


def _safe(text: str) -> str:
    """Text without a meaning in Markdown or HTML; names of people are no mentions."""
    plain = re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", visible(text))
    without = plain.replace("&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    unlinked = re.sub(r"(?i)\bwww\.", lambda match: f"{match[0][:3]}&#46;", without)
    return unlinked.replace("@", "&#64;").replace("://", "&#58;//")

"""The questions as Markdown: an interview guide, by whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackaudit.figures.questions import Entry, Interview
from stackaudit.outputs.sanitize import visible


def render(found: Interview) -> bytes:
    """A heading for each person to ask, and below it what to ask, as a list to tick off."""
    return ("\n".join(_lines(found)) + "\n").encode("utf-8")


def _lines(found: Interview) -> Iterator[str]:
    yield "# Questions worth asking"
    yield ""
    if not found.questions:
        yield "Nothing is left open: every rule could be decided."
        return
    yield f"{found.open:,} checks wait for {found.total:,} facts that nobody stated. The"
    yield f"{len(found.entries):,} most useful of {found.total_entries:,} questions, by whom to"
    yield "ask; the number is the rank among all."
    for person in found.respondents():
        yield ""
        yield f"## {_safe(person.title)}"
        yield ""
        for each in person.entries:
            yield from _entry(each)


def _entry(each: Entry) -> Iterator[str]:
    """A question; where it is about several things a list of them, each to tick off."""
    topic = each.best.topic
    yield f"- [ ] {each.number}\\. **{_safe(each.title)}**: {_safe(topic.text)}"
    yield f"  Answer{' for each' if len(each.questions) > 1 else ''}: {_safe(topic.hint)}."
    if each.decides:
        yield f"  Decides {', '.join(map(_safe, each.decides))}."
    if each.helps:
        yield f"  Helps to decide {', '.join(map(_safe, each.helps))}."
    if len(each.questions) > 1:
        yield from (f"  - [ ] {_safe(label)}" for label in each.labels)


def _safe(text: str) -> str:
    """Text without a meaning in Markdown or HTML; names of people are no mentions."""
    plain = re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", visible(text))
    without = plain.replace("&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    unlinked = re.sub(r"(?i)\bwww\.", lambda match: f"{match[0][:3]}&#46;", without)
    return unlinked.replace("@", "&#64;").replace("://", "&#58;//")

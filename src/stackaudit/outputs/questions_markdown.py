"""The questions as Markdown: an interview guide, by whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stackaudit.figures.questions import Interview, Question
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
    yield f"{found.open:,} checks wait for what nobody stated. The {len(found.questions):,} most"
    yield f"useful of {found.total:,} questions, by whom to ask; the number is the rank among all."
    for person in found.respondents():
        yield ""
        yield f"## {_safe(person.title)}"
        yield ""
        for number, each in person.questions:
            yield from _question(number, each)


def _question(number: int, each: Question) -> Iterator[str]:
    yield f"- [ ] {number}\\. **{_safe(each.label)}**: {_safe(each.text)}"
    yield f"  Answer: {_safe(each.topic.hint)}."
    if each.decides:
        yield f"  Decides {', '.join(map(_safe, each.decides))}."
    if each.helps:
        yield f"  Helps to decide {', '.join(map(_safe, each.helps))}."


def _safe(text: str) -> str:
    """Text without a meaning in Markdown or HTML; names of people are no mentions."""
    plain = re.sub(r"([\\`*_{}\[\]<>()#+!|~])", r"\\\1", visible(text))
    without = plain.replace("&", "&amp;").replace("\\<", "&lt;").replace("\\>", "&gt;")
    unlinked = re.sub(r"(?i)\bwww\.", lambda match: f"{match[0][:3]}&#46;", without)
    return unlinked.replace("@", "&#64;").replace("://", "&#58;//")

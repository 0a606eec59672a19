"""The open questions, by whom to ask."""

from __future__ import annotations

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.figures.questions import Interview, Respondent, interview
from stackaudit.figures.report.parts import Reason


@dataclass(frozen=True, slots=True)
class Questions:
    """What nobody stated, in the order in which it is worth asking."""

    interview: Interview
    """All of them."""
    respondents: tuple[Respondent, ...]
    """The same by role and name."""
    empty: Reason | None


def questions(result: AuditResult) -> Questions:
    """All questions of an audit."""
    found = interview(result)
    return Questions(
        interview=found,
        respondents=found.respondents(),
        empty=None if found.questions else "no-questions" if result.stack.tools else "no-tools",
    )

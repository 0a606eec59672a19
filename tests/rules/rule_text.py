"""Rule files for tests: one that is right, and the same with parts replaced."""

from __future__ import annotations

from stackaudit.errors import Problem, RuleError
from stackaudit.rules.load import Adjustment, load_rule
from stackaudit.rules.rule import Rule

RULE = """\
title: One login for several people
subject: tool
params: {few: 5, share: 40%}
values:
  many: tool.users > params.few
when: tool.in_use and tool.shared_login
severity: medium
severity_when:
  high: many
message: "people share one login to {tool.name}"
saves: tool.annual_cost
why: Nobody can say who did what.
fix: Give everybody an account of their own.
clears: {set: {tool.shared_login: "false"}}
ask: {it: Where is it used?, marketing: Who uses it?}
lead: both
effort: small
since: "0.1"
examples:
  finds:
    - stack: "{stackaudit: 1, tools: {canva: {access: {shared_login: true}}}}"
      subjects: [canva]
  passes:
    - stack: "{stackaudit: 1, tools: {canva: {access: {shared_login: false}}}}"
"""


def with_parts(**parts: str | None) -> str:
    """The rule with keys replaced by other lines, or left out."""
    lines: list[str] = []
    left = dict(parts)
    skipping = False
    for line in RULE.splitlines():
        key = line.partition(":")[0]
        if not line.startswith(" "):
            skipping = key in parts
            if skipping:
                lines += [parts[key]] if parts[key] is not None else []  # type: ignore[list-item]
                del left[key]
        if not skipping:
            lines.append(line)
    lines += [text for text in left.values() if text is not None]
    return "\n".join(lines) + "\n"


def loaded(
    text: str = RULE, rule_id: str = "security/sample", adjustment: Adjustment | None = None
) -> Rule:
    """The rule that the text makes."""
    return load_rule(text.encode(), rule_id, "sample.yaml", adjustment)


def problems(
    text: str, rule_id: str = "security/sample", adjustment: Adjustment | None = None
) -> list[Problem]:
    """What is wrong with the text."""
    try:
        loaded(text, rule_id, adjustment)
    except RuleError as error:
        return list(error.problems)
    return []

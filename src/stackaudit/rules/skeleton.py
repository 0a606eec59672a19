"""The beginning of a new rule: a working one, with comments that say what goes where."""

from __future__ import annotations

import re
from typing import Final

from stackaudit.errors import Problem, UsageError, did_you_mean, listed
from stackaudit.rules.load import CATEGORIES

SKELETON: Final = """\
# The rule {id}. Its folder is its category, its file name its name.
# Facts that `when` can read: `stackaudit facts tool`. The language: docs/rule-language.md.
# Run the examples with: stackaudit rules test FOLDER
title: A shared login                # what it finds, in a few words
subject: tool                        # what it looks at: tool, flow, dataset, need, contract …
# params: {{most: 5}}                  # thresholds, so that a configuration can change them
# values: {{share: tool.admins / tool.users}}   # expressions named once
when: tool.in_use and tool.shared_login
severity: medium                     # low, medium, high or critical
# severity_when: {{high: "tool.criticality >= 'high'"}}   # the worst that holds is taken
message: "{{tool.name}} is used through one account by several people"
why: >
  Say why it matters, so that both sides of the table understand it.
fix: Say what to do, as a next step.
clears: {{set: {{tool.shared_login: "false"}}}}   # one change that clears it; tested below
ask:
  it: A question for IT.
  marketing: A question for marketing.
lead: both                           # who should take it up: it, marketing or both
effort: small                        # small, medium or large
# time_driven: true                  # if the passing of time alone can raise it
# implied_by: [security/unreviewed-tool]   # if that finding on the same subject is the cause
# references: ["a standard, a regulation, a published figure"]
since: "0.1"
examples:
  finds:                             # stacks in which it must find exactly these subjects
    - stack: |
        stackaudit: 1
        tools:
          mailer: {{access: {{shared_login: true}}}}
      subjects: [mailer]
  passes:                            # stacks in which it must find nothing
    - stack: |
        stackaudit: 1
        tools:
          mailer: {{access: {{shared_login: false}}}}
    - note: Nobody said; the rule stays open.
      stack: |
        stackaudit: 1
        tools:
          mailer: {{}}
      open: [mailer]
"""

_NAMED: Final = "a rule is named in a-z, 0-9 and -"


def checked_id(name: str) -> str:
    """The id of a new rule; raises UsageError if its category or its form is wrong."""
    category, _, rule = name.partition("/")
    if "/" not in name and name not in CATEGORIES:
        message = f"`{name}` is no id: a rule is named by its category and its name"
        raise UsageError(Problem("bad-rule-id", message, None, f"as in security/{name}"))
    if category not in CATEGORIES:
        hint = did_you_mean(category, CATEGORIES, f"the categories are {listed(CATEGORIES, 'and')}")
        raise UsageError(Problem("bad-rule-id", f"there is no category `{category}`", None, hint))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", rule):
        raise UsageError(Problem("bad-rule-id", _NAMED, None, f"as in {category}/my-rule"))
    return name


def skeleton(rule_id: str) -> str:
    """The file of a new rule."""
    return SKELETON.format(id=rule_id)

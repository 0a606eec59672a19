"""An example of a rule as lines to show: the stack, and what is accepted beside it."""

from __future__ import annotations

from stackaudit.rules.rule_file import Finds, Passes


def example_lines(example: Finds | Passes) -> list[str]:
    """The inventory as it is written; then the waivers of the configuration, as comments."""
    lines = example.stack.rstrip("\n").split("\n")
    if example.waivers:
        lines += ["", "# accepted, in stackaudit.yaml:", "# waivers:"]
        lines += [
            f'#   - {{rule: {each.rule}, subject: "{each.subject}", expires: {each.expires}, …}}'
            for each in example.waivers
        ]
    return lines

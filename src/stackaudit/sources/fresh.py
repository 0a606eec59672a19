"""A first inventory: pleasant to read, about ten lines a tool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.edit.render import block, inline
from stackaudit.sources.flow_plan import named_in, new_flows
from stackaudit.sources.identify import Gathered
from stackaudit.sources.plan import IMPORTED, entry_of, imported_marks

_HEAD: Final = """\
# The marketing tools of an organization; `stackaudit audit` says what to do about them.
# What is not stated is unknown: it becomes a question, never a finding. Leave out what you do not
# know. To say that something is not there, write none, never, false or [].
"""
_FLOWS: Final = """
# Which data goes from where to where? Until something stands here, nothing is known of flows, and
# no rule speaks of silos or needs:
# flows:
#   - {from: a-tool, to: another-tool, data: [contact], method: native, every: 1d}
"""
_SEEN_FLOWS: Final = """
# Which data goes from where to where. As long as `incomplete: [flows]` stands above, there may be
# flows that are not listed; take it out when these are all.
flows:
"""
_MARKS: Final = """
# Marks of what was imported, so that the next import can bring it up to date. What you change
# stays as you write it. Remove this part, and no import changes anything that stands here.
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the person said who begins the inventory."""

    organization: str | None = None
    currency: str | None = None
    rates: Mapping[str, Decimal] | None = None


def new_inventory(found: Gathered, answers: Answers) -> str:
    """The text of an inventory that states what was seen, and nothing else."""
    head: dict[str, Any] = {"stackaudit": "1"}
    if answers.organization:
        head["organization"] = answers.organization
    if answers.currency:
        head["currency"] = answers.currency
    entries = {tool.id: entry_of(tool) for tool in found.tools.values()}
    rates = _used_rates(entries, answers.rates or {})
    if rates:
        head["exchange_rates"] = rates
    lines = [line for key, value in head.items() for line in block(key, value, 0, 0)]
    flows = new_flows(found.flows)
    if flows:
        lines += block("incomplete", ["flows"], 0, 0)
    text = _HEAD + "\n".join(lines) + "\n\n" + _datasets(flows) + _tools(entries) + _flows(flows)
    marks = imported_marks(found)
    if any(marks.values()):
        text += _MARKS + "\n".join(block(IMPORTED, marks, 0)) + "\n"
    return text


def _tools(entries: Mapping[str, Mapping[str, Any]]) -> str:
    if not entries:
        return "tools: {}\n"
    parts = ["\n".join(block(id_, entry, 2)) for id_, entry in entries.items()]
    return "tools:\n" + "\n\n".join(parts) + "\n"


def _datasets(flows: Sequence[Mapping[str, Any]]) -> str:
    """The datasets that flows name; what is in them, and how sensitive it is, is unknown."""
    names = named_in(flows)
    return "\n".join(block("datasets", {each: {} for each in names}, 0)) + "\n\n" if names else ""


def _flows(flows: Sequence[Mapping[str, Any]]) -> str:
    if not flows:
        return _FLOWS
    return _SEEN_FLOWS + "\n".join(f"  - {inline(each)}" for each in flows) + "\n"


def _used_rates(entries: Mapping[str, Any], rates: Mapping[str, Decimal]) -> dict[str, str]:
    """The rates of the currencies that a price is in."""
    costs = [entry.get("contract", {}).get("cost") for entry in entries.values()]
    used = {cost["currency"] for cost in costs if isinstance(cost, Mapping)}
    return {code: f"{worth:f}" for code, worth in rates.items() if code in used}

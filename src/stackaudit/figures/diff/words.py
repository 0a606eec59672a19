"""The difference in words that the terminal and Markdown share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from stackaudit.figures.diff.difference import Cost, Difference, Money
from stackaudit.figures.diff.entries import EntryChange
from stackaudit.figures.diff.facts import Change

HEADS: Final[Mapping[str, str]] = {
    "tools": "Tools",
    "lifecycles": "Lifecycle",
    "flows": "Flows",
    "datasets": "Datasets",
    "capabilities": "Capabilities",
    "contracts": "Contracts",
    "reviews": "Reviews",
    "other": "Roadmap, budget, policy and the rest",
}
_FIRST_LOOK: Final = frozenset({"product", "vendor", "capabilities", "holds", "collects", "users"})
"""What says most of a tool that nobody has seen before."""
_SAID_ALREADY: Final[Mapping[str, frozenset[str]]] = {
    "flows": frozenset({"from", "to", "through", "id"}),
    "contracts": frozenset({"name"}),
    "datasets": frozenset({"name"}),
    "capabilities": frozenset({"name"}),
    "other": frozenset({"id", "title"}),
}


def title(found: Difference) -> str:
    """What is compared with what."""
    return f"{found.before.words} → {found.after.words}"


def missing_side(found: Difference) -> str | None:
    """That one of the two has no inventory."""
    for state, what in ((found.before, "added"), (found.after, "removed")):
        if not state.there:
            return f"There is no inventory in {state.words}: everything is {what}."
    return None


def outline(found: Difference) -> str:
    """How much is different, in one sentence."""
    if found.nothing:
        return "Nothing is different in meaning."
    parts = [part for name in HEADS if (part := _counted(name, found.sections[name]))]
    findings = found.findings
    for word, changes in (
        ("new", findings.new),
        ("worse", findings.worse),
        ("cleared", findings.cleared),
        ("open instead of found", findings.open),
    ):
        if changes:
            parts.append(f"{len(changes):,} finding{'s' * (len(changes) != 1)} {word}")
    return "; ".join(parts) + "."


def _counted(name: str, entries: tuple[EntryChange, ...]) -> str:
    counts = [
        f"{count:,} {kind}"
        for kind in ("added", "removed", "renamed", "changed")
        if (count := sum(each.kind == kind for each in entries))
    ]
    return f"{name}: {', '.join(counts)}" if counts and name != "other" else ""


def named(section: str, entry: EntryChange) -> str:
    """The entry as a person would name it, with its id, and the one that it had."""
    name = entry.label
    if section != "flows" and entry.label != entry.id:
        name = f"{entry.label} ({entry.id})"
    return f"{name}, was {entry.was}" if entry.was else name


def to_show(section: str, entry: EntryChange) -> tuple[Change, ...]:
    """The changes worth a line: of a new tool a first look, of what is gone nothing.

    What a contract costs is in the table of money.
    """
    if entry.kind == "removed":
        return ()
    found = [each for each in entry.changes if section != "contracts" or each.fact != "cost"]
    if entry.kind != "added":
        return tuple(found)
    if section == "tools":
        return tuple(each for each in found if each.fact in _FIRST_LOOK)
    return tuple(each for each in found if each.fact not in _SAID_ALREADY.get(section, ()))


def lines(section: str, entry: EntryChange) -> tuple[str, ...]:
    """The facts that are different, one a line; of a new entry all on one."""
    changes = to_show(section, entry)
    if entry.kind == "added":
        return ("; ".join(change_words(each, new=True) for each in changes),) if changes else ()
    return tuple(map(change_words, changes))


def change_words(change: Change, *, new: bool = False) -> str:
    """One fact that is different; `new`: of an entry that is new as a whole."""
    if change.added or change.removed:
        parts = (*(f"+ {each}" for each in change.added), *(f"− {each}" for each in change.removed))
        return f"{change.fact}: {', '.join(parts)}"
    if change.after is None:
        return f"{change.fact}: not stated any more, was {change.before}"
    if change.before is None:
        return f"{change.fact}: {change.after}" + ("" if new else " (was not stated)")
    return f"{change.fact}: {change.before} → {change.after}"


def money_words(money: Money) -> str | None:
    """What a year costs, before and after; None where nothing is known or different."""
    if not money.contracts and money.before == money.after:
        return None
    unit = f" {money.currency}" if money.currency else ""
    before, after = (
        f"{'at least ' if each.at_least else ''}{each.amount:,.0f}"
        for each in (money.before, money.after)
    )
    if money.difference is None:
        return f"{before} → {after} a year, in two currencies"
    about = "" if money.is_exact else ", as far as it is stated"
    return f"{before} → {after}{unit} a year ({signed(money.difference)}{about})"


def signed(amount: float) -> str:
    """More with +, less with −."""
    return f"{'+' if amount > 0 else '−' if amount < 0 else '±'}{abs(amount):,.0f}"


def cost_row(cost: Cost, money: Money) -> tuple[str, str, str, str]:
    """Contract, before, after, difference."""
    before, after = ("–" if each is None else f"{each:,.0f}" for each in (cost.before, cost.after))
    apart = (cost.after or 0.0) - (cost.before or 0.0)
    return cost.contract, before, after, signed(apart) if money.comparable else ""

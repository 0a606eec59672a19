"""Which facts, if somebody stated them, would let the most rules be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.inventory.origins import Origins
from stackaudit.rules.finding import Open
from stackaudit.rules.severity import Severity


@dataclass(frozen=True, slots=True)
class UsefulUnknown:
    """Something not stated, and what waits for it."""

    missing: str
    """Its path in the inventory: tools.hubspot.access.mfa."""
    rules: tuple[str, ...]
    """The rules that wait for it, the most severe first."""
    checks: int
    """How many checks (rule × subject) wait for it, perhaps among other facts."""
    worst: Severity
    """The severity of the worst of those rules."""
    place: Place
    """The entry that would say it, or the beginning of the inventory."""

    def sort_key(self) -> tuple[object, ...]:
        """What most rules wait for first; of equals the worst, then what most checks wait for."""
        return (-len(self.rules), -self.worst, -self.checks, self.missing)


def most_useful(result: AuditResult, limit: int = 5) -> tuple[UsefulUnknown, ...]:
    """The unknown facts that most rules wait for, at most `limit` of them."""
    origins = result.stack.origins
    found = [useful(missing, opens, origins) for missing, opens in waiting(result.open).items()]
    return tuple(sorted(found, key=UsefulUnknown.sort_key)[:limit])


def waiting(open_rules: Iterable[Open]) -> Mapping[str, list[Open]]:
    """What is not stated, as a path in the inventory → all that waits for it."""
    found: dict[str, list[Open]] = defaultdict(list)
    for each in open_rules:
        for missing in paths_of(each):
            found[missing].append(each)
    return found


def paths_of(open_rule: Open) -> tuple[str, ...]:
    """What an open rule waits for, each path once."""
    return tuple(sorted({unknown.missing for unknown in open_rule.unknown}))


def useful(missing: str, opens: list[Open], origins: Origins) -> UsefulUnknown:
    """One of them, and what waits for it."""
    rules = {each.rule: each.severity for each in opens}
    worst_first = sorted(rules, key=lambda rule: (-rules[rule], rule))
    return UsefulUnknown(
        missing=missing,
        rules=tuple(worst_first),
        checks=len(opens),
        worst=rules[worst_first[0]],
        place=_place(missing, origins),
    )


def _place(missing: str, origins: Origins) -> Place:
    """Where it would be stated: `tools.hubspot.access.mfa` at the entry or its deepest key."""
    section, _, rest = missing.partition(".")
    entry, *keys = rest.split(".")
    if section == "stack":  # a whole section
        return origins.place(entry)
    return origins.place(section, entry, *(int(key) if key.isdigit() else key for key in keys))

"""A finding against what was there before: new, known or worse, fixed, or no longer provable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from stackaudit.dataclass import dataclass
from stackaudit.findings.base import Base, Known
from stackaudit.findings.judged import Status
from stackaudit.findings.waivers import Accepted
from stackaudit.rules.finding import Finding, Open, Results
from stackaudit.rules.waiver import Waiver


@dataclass(frozen=True, slots=True)
class OpenInstead:
    """A finding of the base that can no longer be decided, because a fact was taken away."""

    open: Open
    was: Known
    """The finding as it was before."""
    gates: bool
    waiver: Waiver | None = None
    """Who accepts it, as if it were still found."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts whose absence leaves it open, as paths in the inventory."""
        return tuple(each.missing for each in self.open.unknown)


def status_of(finding: Finding, base: Base | None, accepted: Accepted | None = None) -> Status:
    """`waived` if it is accepted; `known` at its severity, `worse` if it was known at a lower one.

    What is accepted in the base, and no longer is, is `new`.
    """
    if accepted is not None and accepted.in_force:
        return "waived"
    known = base.before(finding) if base is not None else None
    if known is None or known.waived:
        return "new"
    return "known" if finding.severity <= known.severity else "worse"


def reopened(results: Results, base: Base) -> Mapping[str, tuple[Open, Known]]:
    """By the fingerprint of each finding of the base that is open now: how it is, and was."""
    names = _found(results)
    pairs: dict[str, tuple[Open, Known]] = {}
    for each in results.open:
        if each.unlisted:
            continue
        if (known := base.before(each)) is not None and known.fingerprint not in names:
            pairs[known.fingerprint] = (each, known)
    unlisted = _unlisted_by_rule(results.open, base)
    there = names | pairs.keys()
    for name, known in base.known.items():
        stands_for_it = None if name in there else _among(unlisted.get(known.rule, ()), known, base)
        if stands_for_it is not None:
            pairs[name] = (stands_for_it, known)
    return dict(sorted(pairs.items(), key=lambda pair: _order(pair[1][1])))


def _unlisted_by_rule(opens: Iterable[Open], base: Base) -> Mapping[str, list[Open]]:
    """What stands for subjects that cannot even be listed any more, by rule.

    Where it was open in the base already, it was no fact of this change that was taken away.
    """
    found: dict[str, list[Open]] = defaultdict(list)
    for each in opens:
        if each.unlisted and each.fingerprint not in (base.open or ()):
            found[each.rule].append(each)
    return found


def _among(unlisted: Iterable[Open], known: Known, base: Base) -> Open | None:
    """What of this stands for the subjects of a finding.

    Where the whole stack is in question, only a base that says what was open there can tell.
    """
    for each in unlisted:
        ids = {ref.id for ref in each.subjects if ref.kind != "stack"}
        if ids <= set(known.subjects) if ids else base.open is not None:
            return each
    return None


def fixed(results: Results, base: Base) -> tuple[Known, ...]:
    """The findings of the base that are gone: neither found nor open.

    Only rules that were asked, and that did not fail, can say so.
    """
    failed = {each.rule for each in results.failures}
    asked = {each.rule for each in results.tallies} - failed
    there = _found(results) | reopened(results, base).keys()
    gone = [
        known for name, known in base.known.items() if name not in there and known.rule in asked
    ]
    return tuple(sorted(gone, key=_order))


def _found(results: Results) -> set[str]:
    return {
        name for each in results.findings for name in (each.fingerprint, *each.former_fingerprints)
    }


def _order(known: Known) -> tuple[int, str, tuple[str, ...], str]:
    """The worst first, as findings are sorted."""
    return (-known.severity, known.rule, known.subjects, known.fingerprint)

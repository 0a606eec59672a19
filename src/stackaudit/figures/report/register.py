"""All findings: each with its proof, by rule, by tool and by owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stackaudit.audit import AuditResult
from stackaudit.dataclass import dataclass
from stackaudit.errors import Place
from stackaudit.figures.report.lookup import owners_of, tool_items, tools_of, under, weight
from stackaudit.figures.report.parts import Item, Owners, Reason
from stackaudit.findings.judged import Status
from stackaudit.findings.money import Total
from stackaudit.rules.finding import Effort, Evidence, Lead, Money, Unknown
from stackaudit.rules.severity import Severity
from stackaudit.rules.waiver import Waiver


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, with all that a reader or a discussion needs of it."""

    number: int
    """Its number in this report, from 1; other chapters and formats refer to it."""
    fingerprint: str
    rule: str
    category: str
    title: str
    """Of the rule, in the language of the rule's file."""
    severity: Severity
    may_be: Severity | None
    """A higher severity that an unknown fact leaves possible."""
    status: Status
    gates: bool
    label: str
    """What it is about, as a person would name it."""
    message: str
    why: str
    fix: str
    ask_it: str
    ask_marketing: str
    lead: Lead
    effort: Effort
    saves: Total | None
    """What clearing it saves a year; None if it is not about saving."""
    at_stake: Total | None
    """What the contract costs a year that it puts in question."""
    tools: tuple[Item, ...]
    """The tools it is about, in the order of its subjects."""
    owners: Owners
    """Of those tools, and of the flow, contract or capability that it is about."""
    evidence: tuple[Evidence, ...]
    path: tuple[Item, ...]
    """The way of the data through tools that proves it; empty where there is none."""
    places: tuple[Place, ...]
    unknown: tuple[Unknown, ...]
    references: tuple[str, ...]
    """Norms and sources, as the rule names them: texts or https addresses."""
    folded_under: str | None
    """The fingerprint of the finding that is its cause."""
    consequences: tuple[str, ...]
    """Fingerprints of the findings folded under it."""
    waiver: Waiver | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The findings that have something in common."""

    id: str
    """Of the rule or tool; of an owner the name."""
    name: str
    """The title of the rule, the name of the tool, the name of the owner."""
    worst: Severity
    fingerprints: tuple[str, ...]
    """The worst first."""


@dataclass(frozen=True, slots=True)
class Register:
    """All findings, the worst first; consequences stay in the list beside their cause."""

    cards: tuple[Card, ...]
    by_rule: tuple[Shelf, ...]
    by_tool: tuple[Shelf, ...]
    by_owner: tuple[Shelf, ...]
    """The worst first; findings that nobody answers for are in none (see `unowned`)."""
    unowned: tuple[str, ...]
    """Fingerprints of findings for whose subjects no owner is stated."""
    empty: Reason | None

    @property
    def by_fingerprint(self) -> Mapping[str, Card]:
        """The findings by fingerprint; made anew whenever it is asked for."""
        return {each.fingerprint: each for each in self.cards}

    def card(self, fingerprint: str) -> Card:
        """The finding with that fingerprint; KeyError if there is none. For many: the mapping."""
        return self.by_fingerprint[fingerprint]


def register(result: AuditResult) -> Register:
    """Every finding with its number, and where to look for it."""
    cards = tuple(_cards(result))
    return Register(
        cards=cards,
        by_rule=_shelves(((each, each.rule, each.title) for each in cards), by_name=False),
        by_tool=_shelves((each, tool.id, tool.name) for each in cards for tool in each.tools),
        by_owner=_shelves((each, name, name) for each in cards for name in each.owners.all),
        unowned=tuple(each.fingerprint for each in cards if not each.owners.all),
        empty=_empty(result),
    )


def _empty(result: AuditResult) -> Reason | None:
    if result.findings:
        return None
    if not result.stack.tools:
        return "no-tools"
    return "no-findings" if result.verdict.clean else "too-little-known"


def _cards(result: AuditResult) -> Iterator[Card]:
    folded, rules = under(result), {rule.id: rule for rule in result.rules}
    ordered = sorted(result.findings, key=weight)
    for number, judged in enumerate(ordered, 1):
        finding, world = judged.finding, result.world
        rule = rules.get(finding.rule)
        follow = folded.get(finding.fingerprint, ())
        yield Card(
            number=number,
            fingerprint=finding.fingerprint,
            rule=finding.rule,
            category=finding.category,
            title=finding.title,
            severity=finding.severity,
            may_be=finding.may_be,
            status=judged.status,
            gates=judged.gates,
            label=finding.label,
            message=finding.message,
            why=finding.why,
            fix=finding.fix,
            ask_it=finding.ask_it,
            ask_marketing=finding.ask_marketing,
            lead=finding.lead,
            effort=finding.effort,
            saves=_money(finding.saves),
            at_stake=_money(finding.costs),
            tools=tool_items(world, tools_of(world, judged)),
            owners=owners_of(world, judged),
            evidence=finding.evidence,
            path=tool_items(world, finding.path),
            places=finding.locations,
            unknown=finding.unknown,
            references=rule.references if rule else (),
            folded_under=judged.folded_under,
            consequences=tuple(each.finding.fingerprint for each in follow),
            waiver=judged.waiver,
            note=judged.note,
        )


def _money(money: Money | None) -> Total | None:
    if money is None:
        return None
    return Total(round(money.amount or 0.0, 2), money.at_least or money.amount is None)


def _shelves(found: Iterable[tuple[Card, str, str]], *, by_name: bool = True) -> tuple[Shelf, ...]:
    """The cards by what they have in common; the worst shelf first, then the fullest.

    Then by name, or by id where the name depends on the language.
    """
    cards: dict[str, list[Card]] = {}
    names: dict[str, str] = {}
    for card, id_, name in found:
        cards.setdefault(id_, []).append(card)
        names.setdefault(id_, name)
    shelves = [
        Shelf(
            id_,
            names[id_],
            max(each.severity for each in together),
            tuple(each.fingerprint for each in together),
        )
        for id_, together in cards.items()
    ]
    return tuple(
        sorted(
            shelves,
            key=lambda each: (
                -each.worst, -len(each.fingerprints), each.name if by_name else "", each.id,
            ),
        )
    )  # fmt: skip

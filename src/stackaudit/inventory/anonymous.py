"""An inventory without names: what identifies is replaced, what counts stays.

Anonymous by construction: a text is written only where this module knows what it is. Fixed words
(`enforced`, `personal`), numbers, money and days stay; ids and names become pseudonyms, the same
for the same name everywhere; all other text (notes, links, addresses, people's own keys) is left
out or stands as a word that says only that something was stated.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model import (
    Dataset,
    Flow,
    Observation,
    RoadmapItem,
    SharedContract,
    Subprocessor,
    Tool,
)
from stackaudit.inventory.model.scalars import NEVER, NONE
from stackaudit.inventory.stack import Stack
from stackaudit.inventory.values import Duration, Money, Rate

_REGIONS: Final = frozenset(("eea", "emea", "apac", "latam", "global"))
"""Regions that say nothing of who it is; so do all of two letters."""
_CERTIFICATES: Final = frozenset(
    (
        "soc1",
        "soc2",
        "soc3",
        "iso27001",
        "iso27017",
        "iso27018",
        "iso27701",
        "pci-dss",
        "tisax",
        "c5",
    )
)
_CLASSES: Final = frozenset(
    ("none", "personal", "special", "public", "internal", "confidential", "restricted")
)
_SOURCES: Final = frozenset(("gtm", "har", "website", "okta"))
_DRIVERS: Final = frozenset(("growth", "cost", "risk"))

_FIXED: Final = frozenset(
    (
        *("kind", "privacy", "confidentiality", "lane", "does", "lifecycle", "sso", "mfa"),
        *("classified", "criticality", "dpa", "safeguard", "disposition", "method", "status"),
        *("protect", "of", "can", "state", "when", "every", "incomplete", "contract", "pilot"),
    )
)
"""Fields whose texts are words of the format."""
_LEFT_OUT: Final = frozenset(("links", "notes", "previously", "product", "origins"))
_KINDS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("system_of_record", "on", "held_by", "through", "target", "successor"), "tool"
    ),
    **dict.fromkeys(("covers", "counterparts", "tools", "tool"), "tool"),
    **dict.fromkeys(("needs", "collects", "holds", "erasure", "data"), "dataset"),
    **dict.fromkeys(("receives", "sends"), "dataset"),
    **dict.fromkeys(("owner", "business", "technical", "operated_by", "by", "decides"), "owner"),
    **dict.fromkeys(("must", "meets"), "must"),
    **dict.fromkeys(("identity", "key"), "key"),
    **dict.fromkeys(("domains", "domain"), "host"),
    **dict.fromkeys(("subprocessors", "refused_subprocessors"), "subprocessor"),
    "capabilities": "capability",
    "vendor": "vendor",
    "brands": "brand",
    "channels": "channel",
    "scopes": "scope",
    "metric": "metric",
    "where": "place",
    "conditions": "condition",
    "evidence": "evidence",
    "depends_on": "item",
    "keep": "reason",
    "must_show": "aim",
}
"""The field that a name stands in → what it is a name of."""


_NAMES: Final = ("owner", "vendor")
"""Kinds of names on which no fingerprint rests: another language may call them otherwise."""


@dataclass(slots=True)
class Pseudonyms:
    """The pseudonym of every name met so far; one set for all stacks that are to be compared."""

    capabilities: Mapping[str, str]
    """The capabilities that anybody may know, by id with their names: the taxonomy's."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What people and things are called in another language: `owner`, `personal-data`."""
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def of(self, kind: str, name: str, prefix: str | None = None) -> str:
        """The pseudonym of a name: `owner-3`; the same for the same name of the same kind."""
        if name in (NONE, NEVER):
            return name
        if kind == "capability" and name in self.capabilities:
            return name
        if (kind, name) not in self.given:
            start = prefix or (self.words.get(kind, kind) if kind in _NAMES else kind)
            self.counts[start] = self.counts.get(start, 0) + 1
            self.given[kind, name] = f"{start}-{self.counts[start]}"
        return self.given[kind, name]

    def any_of(self, name: str, kinds: Iterable[str]) -> str | None:
        """The pseudonym that a name has as one of these kinds; None if it was never met."""
        if name in self.capabilities:
            return name
        return next((self.given[kind, name] for kind in kinds if (kind, name) in self.given), None)

    def said(self, pseudonym: str) -> str:
        """A pseudonym as a person would say it: `email-2` → Email marketing 2."""
        start, _, number = pseudonym.rpartition("-")
        words = self.capabilities.get(start) or self.words.get(start)
        words = words or start.replace("-", " ").capitalize()
        return f"{words} {number}"

    def learn(self, stack: Stack) -> None:
        """Give every tool and dataset its pseudonym, in an order that says nothing of its name."""
        for id_ in sorted(stack.tools, key=_shuffled):
            main = next(iter(stack.tools[id_].capabilities or ()), "")
            self.of("tool", id_, main if main in self.capabilities else None)
        for id_ in sorted(stack.datasets, key=_shuffled):
            privacy = stack.datasets[id_].privacy
            self.of(
                "dataset", id_, f"{privacy}-data" if privacy in ("personal", "special") else "data"
            )


def _shuffled(id_: str) -> bytes:
    return sha256(id_.encode()).digest()


def rewritten(
    stack: Stack, names: Pseudonyms, seen: Mapping[str, str | None] | None = None
) -> dict[str, Any]:
    """What the stack declares without the names, as plain data to read an inventory from.

    `seen` are the observations to keep, by id, with the tool that each of them is: without names
    nobody could find that out. None: there is no tool that it is.
    """
    names.learn(stack)
    write = _Writer(names)
    sections: dict[str, Callable[[], Any]] = {
        "policy": lambda: write.part(stack.policy),
        "budget": lambda: write.part(stack.budget),
        "datasets": lambda: write.entries("dataset", stack.datasets),
        "capabilities": lambda: write.entries("capability", stack.capabilities),
        "tools": lambda: write.entries("tool", stack.tools),
        "flows": lambda: [write.part(each) for each in stack.flows.values()],
        "contracts": lambda: write.entries("contract", stack.contracts),
        "reviews": lambda: write.reviews(stack),
        "roadmap": lambda: [write.part(each) for each in stack.roadmap.values()],
        "observations": lambda: [
            write.observation(stack.observations[id_], tool) for id_, tool in (seen or {}).items()
        ],
    }
    found: dict[str, Any] = {"stackaudit": "1"}
    if stack.organization is not None:
        found["organization"] = "Organization"
    if stack.currency is not None:
        found["currency"] = stack.currency
    if stack.exchange_rates:
        found["exchange_rates"] = {k: str(v) for k, v in stack.exchange_rates.items()}
    if stack.confirmed is not None:
        found["confirmed"] = stack.confirmed.isoformat()
    if stack.incomplete:
        found["incomplete"] = sorted(stack.incomplete)
    stated = (each for each in sections if stack.origins.states(each))
    return found | {each: sections[each]() for each in stated}


@dataclass(frozen=True, slots=True)
class _Writer:
    names: Pseudonyms

    def entries(self, kind: str, entries: Mapping[str, Any]) -> dict[str, Any]:
        """A section by id, in the order of the pseudonyms."""
        found = {self.names.of(kind, id_): self.part(e, id_) for id_, e in entries.items()}
        return dict(sorted(found.items()))

    def reviews(self, stack: Stack) -> dict[str, Any]:
        """The reviews; a product that was reviewed is `none`, as all are, or else another one."""
        found = self.entries("tool", stack.reviews)
        for id_, review in stack.reviews.items():
            recorded = review.scope.product if review.scope is not None else None
            if recorded is not None and (tool := stack.tools.get(id_)) is not None:
                scope = found[self.names.of("tool", id_)]["scope"]
                same = recorded == tool.product
                scope["product"] = NONE if same else self.names.of("product", recorded)
        return found

    def part(self, part: Any, id_: str | None = None) -> dict[str, Any]:
        """The fields of an entry that are stated."""
        found: dict[str, Any] = {}
        for each in dataclasses.fields(part):
            value = getattr(part, each.name)
            if value is None or each.name in _LEFT_OUT:
                continue
            key = {"source": "from", "target": "to"}.get(each.name, each.name)
            written = self._field(part, each.name, value, id_)
            if written is not None:
                found[key if isinstance(part, Flow) else each.name] = written
        if isinstance(part, Tool | Dataset) and id_ is not None:
            kind = "tool" if isinstance(part, Tool) else "dataset"
            found["name"] = self.names.said(self.names.of(kind, id_))
        if isinstance(part, Tool):
            found["product"] = NONE  # or a product would be looked for by name
        return found

    def _field(self, part: Any, name: str, value: Any, id_: str | None) -> Any:
        kind = type(part).__name__
        if name in ("name", "title", "id"):
            return self._own_name(part, name, id_)
        if name == "source" and isinstance(part, Flow):
            return self.names.of("tool", value)
        if name == "classes":
            return {self.names.of("dataset", k): self._classes(v) for k, v in value.items()}
        if name == "grants" and kind == "Scope":
            return [self._grant(each) for each in value]
        if name == "regions":
            return [self._market(kind, each) for each in value]
        if name == "certifications":
            return {self._certificate(k): self._value(name, v) for k, v in value.items()}
        if name == "innovation_share":
            return f"{value * 100:.6f}".rstrip("0").rstrip(".") + "%"
        return self._value(name, value)

    def observation(self, seen: Observation, tool: str | None) -> dict[str, Any]:
        """What a source saw: the tool that it is, else something without a name.

        A script or an app of one's own stays one; nobody can tell whose.
        """
        found = self.part(seen)
        if tool is None:
            found["name"] = self.names.said(self.names.of("observed", seen.thing))
            return {**found, "product": NONE} if seen.product == NONE else found
        kept = {key: value for key, value in found.items() if key not in ("domain", "vendor")}
        return {**kept, "tool": self.names.of("tool", tool)}

    def _own_name(self, part: Any, name: str, id_: str | None) -> str | None:
        """A name of its own, made from its id, so that both can be told to belong together."""
        if isinstance(part, RoadmapItem):
            pseudonym = self.names.of("item", part.id)
            return pseudonym if name == "id" else self.names.said(pseudonym)
        if isinstance(part, Flow):
            return self.names.of("flow", part.id or "")
        if isinstance(part, SharedContract) and id_ is not None:
            return self.names.said(self.names.of("contract", id_))
        return None

    def _value(self, name: str, value: Any) -> Any:
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, Money):
            return self._money(value)
        if isinstance(value, Rate):
            return f"{value.amount:.2f}/{value.period}"
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, int | float | Decimal | Duration):
            return str(value)
        if isinstance(value, str):
            return self._text(name, value)
        if isinstance(value, tuple) and value and isinstance(value[0], Subprocessor):
            return self._subprocessors(value)
        if isinstance(value, tuple):
            return [each for each in (self._value(name, one) for one in value) if each is not None]
        return self.part(value)

    def _text(self, name: str, text: str) -> str | None:
        """A fixed word as it is, a name as its pseudonym, anything else not at all."""
        if name in _FIXED or text in (NONE, NEVER):
            return text
        if name == "region":
            return self._region(text)
        if name == "driver":
            return text if text in _DRIVERS else self.names.of("driver", text)
        if name == "source":
            return text if text in _SOURCES else self.names.of("source", text)
        kind = _KINDS.get(name)
        if kind is None:
            return None
        pseudonym = self.names.of(kind, text)
        return f"{pseudonym}.example" if kind == "host" else pseudonym

    def _region(self, text: str) -> str:
        plain = text.casefold()
        known = plain in _REGIONS or (len(plain) == 2 and plain.isascii() and plain.isalpha())
        return text if known else self.names.of("region", text)

    def _market(self, kind: str, text: str) -> str:
        """A market of a tool; where a policy lists regions, a region."""
        return self.names.of("market", text) if kind == "UsedFor" else self._region(text)

    def _certificate(self, text: str) -> str:
        return text if text in _CERTIFICATES else self.names.of("certificate", text)

    def _classes(self, text: str | None) -> str | None:
        return None if text is None else " ".join(e for e in text.split() if e in _CLASSES)

    def _grant(self, text: str) -> str:
        """`salesforce write`: the tool, and what the key allows."""
        tool, _, right = text.partition(" ")
        known = right if right in ("read", "write", "admin") else ""
        return f"{self.names.of('tool', tool)} {known}".strip()

    def _subprocessors(self, found: tuple[Subprocessor, ...]) -> dict[str, str | None]:
        return {
            self.names.of("subprocessor", each.name): each.region and self._region(each.region)
            for each in found
        }

    def _money(self, money: Money) -> dict[str, str]:
        found = {"amount": str(money.amount), "period": money.period}
        return found if money.currency is None else {**found, "currency": money.currency}

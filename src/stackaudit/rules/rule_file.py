"""The shape of a rule file, as it is written; nothing in it is compiled yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Day, Flag, Id, ListMeant, Text, Texts
from stackaudit.rules.review_policy import Requirements, ReviewSettings

Level = Literal["low", "medium", "high", "critical"]


def _scalar_or_list(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return value


Param = Annotated[str | tuple[str, ...], BeforeValidator(_scalar_or_list)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(Part):
    """The question for each side of the table."""

    it: Text
    """What to ask IT."""
    marketing: Text
    """What to ask marketing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamplePolicy(Part):
    """What the configuration of an example asks of reviews."""

    reviews: ReviewSettings | None = None
    """As under `reviews:` of a configuration."""
    require: Requirements | None = None
    """As under `gate: {require: …}` of a configuration."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleWaiver(Part):
    """A waiver that is in force in an example."""

    rule: Text
    """The rule that it names, or `<category>/*`."""
    subject: Text
    """The subject that it names."""
    expires: Day
    """The last day on which it counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds(Part):
    """A stack in which the rule must find exactly these subjects."""

    stack: Text
    """The inventory, as text."""
    subjects: Annotated[tuple[Text, ...], ListMeant, Field(min_length=1)]
    """The ids of the subjects; several ids of one subject are joined with ` + `."""
    as_of: Day | None = None
    """The day of the audit; 2026-11-02 if not stated."""
    severity: Level | None = None
    """The severity the findings must have."""
    policy: ExamplePolicy | None = None
    """What the configuration asks of reviews; nothing if not stated."""
    waivers: Annotated[tuple[ExampleWaiver, ...], ListMeant] | None = None
    """What is accepted; nothing if not stated."""
    note: Text | None = None
    """What the example shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passes(Part):
    """A stack in which the rule must find nothing."""

    stack: Text
    """The inventory, as text."""
    open: Annotated[tuple[Text, ...], ListMeant] | None = None
    """The subjects for which the rule must stay open; none if not stated."""
    as_of: Day | None = None
    """The day of the audit; 2026-11-02 if not stated."""
    policy: ExamplePolicy | None = None
    """What the configuration asks of reviews; nothing if not stated."""
    waivers: Annotated[tuple[ExampleWaiver, ...], ListMeant] | None = None
    """What is accepted; nothing if not stated."""
    note: Text | None = None
    """What the example shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples(Part):
    """What the rule finds and what it leaves alone; run by the test suite."""

    finds: Annotated[tuple[Finds, ...], ListMeant, Field(min_length=1)]
    """Stacks in which it must find something."""
    passes: Annotated[tuple[Passes, ...], ListMeant, Field(min_length=1)]
    """Stacks in which it must find nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clears(Part):
    """One change that clears the finding."""

    set: Mapping[str, Text] | None = None
    """Facts to state, each with an expression for its value."""
    remove: Text | None = None
    """A tool or flow to remove, as an expression."""
    add: Any = None
    """What to add to the inventory; texts in it may hold placeholders."""
    words: Text | None = None
    """The change in words, where the facts alone do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFile(Part):
    """A rule. Its folder is its category, its file name its name."""

    title: Text
    """What it finds, in a few words."""
    subject: Text
    """The kind of thing it looks at: tool, flow, need …"""
    params: Mapping[str, Param] | None = None
    """Its thresholds, each changeable in the configuration."""
    values: Mapping[str, Text] | None = None
    """Expressions named once, used in `when`, `message` and the rest."""
    when: Text
    """The condition under which it finds something."""
    severity: Level
    """How much it matters."""
    severity_when: Mapping[Level, Text] | None = None
    """Conditions for another severity; the worst that holds is taken."""
    message: Text
    """What is wrong, with placeholders for facts."""
    saves: Text | None = None
    """What clearing it saves a year."""
    costs: Text | None = None
    """What is at stake a year, without being saved."""
    why: Text
    """Why it matters."""
    fix: Text
    """What to do."""
    clears: Clears
    """One change that clears it; checked by the tests."""
    ask: Ask
    """The question for each side."""
    lead: Literal["it", "marketing", "both"]
    """Who should take it up."""
    effort: Literal["small", "medium", "large"]
    """How much work it is."""
    time_driven: Flag | None = None
    """Whether the passing of time alone can raise it."""
    implied_by: Texts | None = None
    """Rules whose finding on the same subject makes this one a consequence."""
    references: Texts | None = None
    """Standards, regulations, published figures."""
    since: Text
    """The version of stackaudit that brought it."""
    examples: Examples
    """Stacks in which it must find something, and in which it must not."""


__all__ = ["Ask", "Clears", "Examples", "Finds", "Id", "Passes", "RuleFile"]

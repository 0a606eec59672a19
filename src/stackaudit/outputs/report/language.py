"""The language of a report: its words, and how it says values and what is known in part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from stackaudit.dataclass import dataclass
from stackaudit.errors import Problem, UsageError, did_you_mean
from stackaudit.figures.lanes.model import Style
from stackaudit.figures.report.decisions import About
from stackaudit.figures.report.exposure import ReviewState
from stackaudit.figures.report.kpis import KpiId, Outcome
from stackaudit.figures.report.parts import Audience, ChapterId, Cost, Reason
from stackaudit.figures.report.quadrant import Quarter
from stackaudit.figures.report.roadmap import Horizon
from stackaudit.figures.sensitivity import Sensitivity
from stackaudit.findings.judged import Status
from stackaudit.findings.money import Total
from stackaudit.outputs.report.messages import (
    Entry,
    MissingWordError,
    filled,
    languages,
    words_of,
)
from stackaudit.outputs.report.writing import Writing
from stackaudit.outputs.svg.lanes.words import Words
from stackaudit.rules.asking import Role
from stackaudit.rules.finding import Effort, Lead
from stackaudit.rules.severity import Severity
from stackaudit.rules.show import Wording
from stackaudit.rules.wording import wording

DEFAULT: Final = "en"
_TERRITORIES: Final[Mapping[str, str]] = {"en": "GB", "de": "DE"}
"""Whose dates and numbers a language has if nobody says: `en-US` is another than `en`."""


@dataclass(frozen=True, slots=True)
class Language(Writing):
    """One language, in the writing of one country."""

    code: str
    """en, de: the file its words are in, and the `lang` of a page."""
    words: Mapping[str, Entry] = field(repr=False)
    """By dotted key: `chapters.kpis.title`."""

    def wording(self) -> Wording:
        """How rules are written in it."""
        return wording(self.code, self.locale)

    # Words

    def word(self, key: str, **values: object) -> str:
        """The text of a key, with the values in their places; raises MissingWordError."""
        found = self._entry(key)
        if not isinstance(found, str):
            raise MissingWordError(f"{key} depends on a number")
        return filled(key, found, values)

    def count(self, key: str, number: float, **values: object) -> str:
        """The text of a key for this number, which stands in it as `{n}`."""
        found = self._entry(key)
        if isinstance(found, str):
            raise MissingWordError(f"{key} does not depend on a number")
        form = self.plural(number)
        return filled(key, found.get(form, found["other"]), {"n": self.number(number), **values})

    def has(self, key: str) -> bool:
        """Whether there is such a word."""
        return key in self.words

    def _entry(self, key: str) -> Entry:
        found = self.words.get(key)
        if found is None:
            raise MissingWordError(key)
        return found

    # Words for values

    def chapter(self, id_: ChapterId) -> str:
        """The title of a chapter."""
        return self.word(f"chapters.{id_}.title")

    def about(self, id_: ChapterId) -> str:
        """What a chapter shows and how it was made, in a sentence or two."""
        return self.word(f"chapters.{id_}.about")

    def reason(self, reason: Reason) -> str:
        """Why there is nothing to show, as a sentence."""
        return self.word(f"empty.{reason}")

    def outcome(self, outcome: Outcome, gating: int = 0) -> str:
        """The verdict as a sentence."""
        if outcome == "gates":
            return self.count("outcome.gates", gating)
        return self.word(f"outcome.{outcome}")

    def kpi(self, id_: KpiId) -> str:
        """What a figure is called."""
        return self.word(f"kpi.{id_}.title")

    def how(self, id_: KpiId) -> str:
        """How a figure is counted."""
        return self.word(f"kpi.{id_}.how")

    def kpi_part(self, id_: KpiId, key: str) -> str:
        """What one part of a figure is, where it is not a thing with a name."""
        return self.word(f"kpi.{id_}.parts.{key}")

    def severity(self, severity: Severity) -> str:
        """critical, high, medium, low."""
        return self.word(f"severity.{severity.word}")

    def status(self, status: Status) -> str:
        """new, known, worse, waived."""
        return self.word(f"status.{status}")

    def lead(self, lead: Lead) -> str:
        """Who takes it up."""
        return self.word(f"lead.{lead}")

    def effort(self, effort: Effort) -> str:
        """How much work it is."""
        return self.word(f"effort.{effort}")

    def lane(self, lane: str) -> str:
        """engage, collect, know, activate, measure, unplaced."""
        return self.word(f"lane.{lane}")

    def sensitivity(self, sensitivity: Sensitivity) -> str:
        """How sensitive data is."""
        return self.word(f"sensitivity.{sensitivity}")

    def style(self, style: Style) -> str:
        """How data is moved."""
        return self.word(f"style.{style}")

    def review(self, state: ReviewState) -> str:
        """The state of a review."""
        return self.word(f"review.{state}")

    def horizon(self, horizon: Horizon) -> str:
        """now, next, later."""
        return self.word(f"horizon.{horizon}")

    def quarter(self, quarter: Quarter) -> str:
        """tolerate, invest, migrate, eliminate."""
        return self.word(f"quarter.{quarter}.title")

    def decision(self, about: About) -> str:
        """What a decision is about."""
        return self.word(f"about.{about}")

    def audience(self, audience: Audience) -> str:
        """For whom the report is."""
        return self.word(f"audience.{audience}")

    def role(self, role: Role) -> str:
        """Whom to ask."""
        return self.word(f"role.{role}")

    def stated(self, group: str, value: str | None) -> str:
        """A word of the inventory (`method`, `lifecycle` …); `unknown` where nothing is stated."""
        return self.word("unknown") if value is None else self.word(f"{group}.{value}")

    def flag(self, value: bool | None) -> str:
        """yes, no, unknown."""
        return self.word("unknown" if value is None else "yes" if value else "no")

    def owner(self, name: str | None) -> str:
        """A name as stated; nobody for `none`, unknown for what nobody said."""
        if name is None:
            return self.word("unknown")
        return self.word("nobody") if name == "none" else name

    def untranslated(self, rules: int) -> str | None:
        """That so many rules have no texts in it; None if all have."""
        return self.count("limits.untranslated", rules) if rules else None

    # Money and days, as far as they are known

    def total(self, total: Total, currency: str | None) -> str:
        """A sum of money a year; at least, where something that belongs to it is unknown."""
        amount = self.money(total.amount, currency)
        if not total.at_least:
            return amount
        return self.word("at_least", value=amount) if total.amount else self.word("unknown")

    def cost(self, cost: Cost, currency: str | None) -> str:
        """What something costs a year, as far as it is known."""
        if cost.least is None:
            return self.word("unknown")
        least = self.money(cost.least, currency)
        if cost.exact:
            return least
        if cost.most is None:
            return self.word("at_least", value=least) if cost.least else self.word("unknown")
        return self.word("from_to", least=least, most=self.money(cost.most, currency))

    def since(self, day: dt.date | None) -> str:
        """What a comparison is with: the state of a day, or an older one."""
        if day is None:
            return self.word("changes.older")
        return self.word("changes.since", date=self.date(day))

    # Pictures

    def lane_words(self) -> Words:
        """What the lane map says."""
        from stackaudit.outputs.report.pictures import lane_words

        return lane_words(self)


def language(name: str = DEFAULT) -> Language:
    """The language of a report: `de`, or with a country `de-AT`.

    Raises UsageError for one that has no words, or a country that nobody knows.
    """
    code, _, territory = name.replace("_", "-").partition("-")
    known = languages()
    if code.lower() not in known:
        hint = did_you_mean(code, known, f"there are words for {', '.join(known)}")
        raise UsageError(Problem("unknown-language", f"there is no language `{name}`", None, hint))
    code = code.lower()
    return Language(_locale(code, territory.upper(), name), code, words_of(code))


def _locale(code: str, territory: str, name: str) -> str:
    """The writing of the language in that country, or in the one that it has by default."""
    from babel import Locale, UnknownLocaleError

    wanted = territory or _TERRITORIES.get(code)
    try:
        found = Locale.parse(f"{code}_{wanted}" if wanted else code)
    except (UnknownLocaleError, ValueError):
        found = None
    if found is None or (wanted and found.territory != wanted):
        hint = "write a language and a country, as in de-AT"
        message = f"nothing is known of the language `{name}` in that country"
        raise UsageError(Problem("unknown-language", message, None, hint))
    return str(found)

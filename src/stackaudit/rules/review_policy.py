"""What an organization asks of its security reviews, by what a tool exposes.

How long an approval counts, what it has to rest on, and who may give it. Nothing is asked where
nothing is said, but that an approval without an end counts for 12 months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Annotated, Final, Literal

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Flag, Length, ListMeant, Texts
from stackaudit.inventory.values import Duration

Level = Literal["none", "restricted", "personal", "special"]
LEVELS: Final[tuple[Level, ...]] = ("none", "restricted", "personal", "special")
"""What a breach of a tool would give away, at most: nothing about people and nothing restricted;
restricted business data; data about people; special categories (GDPR article 9)."""

Proof = Literal["link", "dpa", "certificate"]
"""link: the review says where it can be read; dpa: the data processing agreement is signed, or not
needed; certificate: the vendor has a certificate that is valid."""

CADENCE: Final = Duration(12, "mo")
"""How long an approval counts that does not say until when, and of which nothing is configured."""

LONGEST: Final = Duration(36, "mo")
"""How long any approval counts at most, whatever `until` says, where nothing is configured.

Three years is how long an auditor's own certificate may count before everything is looked at again
(the certification cycle of ISO/IEC 17021-1:2015, 9.1.3).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Part):
    """How long an approval counts, by what the tool exposes."""

    none: Length | None = None
    """Neither data about people nor restricted data."""
    restricted: Length | None = None
    """Restricted business data."""
    personal: Length | None = None
    """Data about people."""
    special: Length | None = None
    """Special categories, GDPR article 9."""


Proofs = Annotated[tuple[Proof, ...], ListMeant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Part):
    """What an approval has to rest on; what is asked of less sensitive data is asked of more."""

    none: Proofs | None = None
    """Of every tool."""
    restricted: Proofs | None = None
    """From restricted business data on."""
    personal: Proofs | None = None
    """From data about people on."""
    special: Proofs | None = None
    """For special categories, GDPR article 9."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings(Part):
    """How long reviews count, and what they have to rest on."""

    cadence: Cadence | None = None
    """How long an approval counts that does not say until when; 12mo where nothing is said."""
    longest: Cadence | None = None
    """How long an approval counts at most, whatever its `until` says; 36mo where nothing is said,
    or the cadence if that is longer."""
    evidence: Evidence | None = None
    """What has to be there: link, dpa, certificate; nothing where nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirements(Part):
    """What makes an approval one that the gate trusts."""

    by: Annotated[Texts, ListMeant] | None = None
    """Who may approve; `*` stands for any characters, as in `*@security.example.com`."""
    evidence: Level | None = None
    """From which exposure on an approval has to say where it can be read."""
    other_than_owner: Flag | None = None
    """Whether the reviewer has to be somebody else than the owners of the tool."""


_PROOFS: Final[tuple[Proof, ...]] = ("link", "dpa", "certificate")


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """What is asked of reviews, whole: every level has its cadence and its evidence."""

    cadence: Mapping[str, Duration] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(LEVELS, CADENCE))
    )
    longest: Mapping[str, Duration] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(LEVELS, LONGEST))
    )
    """How long an approval counts at most, whatever it says."""
    evidence: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: MappingProxyType(dict.fromkeys(LEVELS, ()))
    )
    reviewers: tuple[str, ...] | None = None
    """Who may approve, as patterns; None: anybody."""
    other_than_owner: bool = False

    @property
    def same_for_all(self) -> bool:
        """Whether an approval has to rest on the same, whatever the tool exposes."""
        return len(set(self.evidence.values())) == 1

    def last_day(self, level: str, on: dt.date, until: dt.date | None) -> dt.date:
        """The last day of an approval of this day that says, or does not say, until when."""
        stated = until if until is not None else self.cadence[level].after(on)
        return min(stated, self.longest[level].after(on))

    def asked(self, level: Callable[[], str]) -> tuple[str, ...]:
        """What an approval has to rest on; `level` is only asked for where it matters."""
        return self.evidence[LEVELS[0] if self.same_for_all else level()]

    @classmethod
    def of(cls, settings: ReviewSettings | None, require: Requirements | None) -> ReviewPolicy:
        """The policy that a configuration states."""
        cadence = (settings.cadence if settings else None) or Cadence()
        evidence = (settings.evidence if settings else None) or Evidence()
        asked = require or Requirements()
        usual: dict[str, Duration] = {level: getattr(cadence, level) or CADENCE for level in LEVELS}
        longest = (settings.longest if settings else None) or Cadence()
        return cls(
            usual,
            {level: getattr(longest, level) or _at_least(usual[level]) for level in LEVELS},
            {level: _asked(evidence, asked, level) for level in LEVELS},
            asked.by,
            bool(asked.other_than_owner),
        )


def _at_least(usual: Duration) -> Duration:
    """The longest term where none is stated; not shorter than what counts without an `until`."""
    return max(usual, LONGEST, key=lambda each: each.minutes)


def _asked(evidence: Evidence, require: Requirements, level: Level) -> tuple[str, ...]:
    upto = LEVELS[: LEVELS.index(level) + 1]
    asked = {proof for each in upto for proof in getattr(evidence, each) or ()}
    if require.evidence in upto:
        asked.add("link")
    return tuple(each for each in _PROOFS if each in asked)


POINTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "none": (
            "who gets in, with which sign-in, and how accounts end when people leave",
            "which keys it holds to other tools, and what they allow",
            "what happens to the account and to what is in it when the contract ends",
        ),
        "restricted": (
            "who may see and export what is restricted, and whether that leaves a trace",
            "where the vendor keeps it, and who else processes it",
        ),
        "personal": (
            "the data processing agreement: purpose and data are in it (GDPR article 28)",
            "where the data is kept and by whom, and what covers a third country (GDPR chapter V)",
            "that people can be found, corrected and deleted in it (GDPR articles 15 to 17)",
            "for how long it keeps them (GDPR article 5(1)(e))",
            "how it is secured: certificate or report, encryption (GDPR article 32)",
            "how fast the vendor reports a breach (GDPR article 33(2))",
            "whether AI in it reads the data, trains on it, or acts on its own",
        ),
        "special": (
            "that article 9(2) of the GDPR allows this use of special categories at all",
            "the data protection impact assessment (GDPR article 35)",
            "who at the vendor can read it, and whether it can be kept out or encrypted before",
        ),
    }
)
"""What a review looks at from each level on, beside what it looks at below."""


def points(level: str) -> tuple[str, ...]:
    """What a review of a tool has to look at, from the least sensitive to the most."""
    upto = LEVELS[: LEVELS.index(level) + 1]
    return tuple(point for each in upto for point in POINTS[each])


IN_SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "none": "access, keys, and the way out",
        "restricted": "access, keys, the way out, and who may export what is restricted",
        "personal": "access, keys, the way out, the data processing agreement, where and by whom "
        "the data is kept, deletion, security, AI",
        "special": "all that personal data asks for, and whether GDPR article 9 allows this use, "
        "with an impact assessment",
    }
)
"""The same in a few words, for a sentence."""

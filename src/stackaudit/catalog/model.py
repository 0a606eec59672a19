"""What the catalog knows of a product, and what it answers when it is asked for a name.

The small values are named tuples: every audit loads this module, and a dataclass takes several
times as long to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Final, Literal, NamedTuple, get_args

from stackaudit.dataclass import dataclass

State = Literal["active", "merged", "discontinued"]
"""active: sold; merged: lives on in another product; discontinued: gone."""
Level = Literal["none", "optional", "enforced"]
"""The inventory's words for ways to sign in: what the product offers, not what somebody set."""

STATES: Final[tuple[State, ...]] = get_args(State)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
DETECTION: Final = ("scripts", "pixels", "apis", "cookies")
"""The kinds of traces by which a product can be recognized on a page."""


class SignIn(NamedTuple):
    """How people can get in, as the product offers it; None where no source says."""

    sso: Level | None = None
    sso_from: str | None = None
    """The plan from which single sign-on is included."""
    mfa: Level | None = None
    scim: bool | None = None


class SsoCost(NamedTuple):
    """What single sign-on costs: list prices without and with it, `10 USD`, in a year."""

    with_sso: str
    """The price, or `on request`."""
    base: str | None = None
    unit: str | None = None
    """What the price is for: `user/month`."""
    year: int | None = None


class Status(NamedTuple):
    """Whether it can still be bought."""

    state: State = "active"
    into: str | None = None
    """The product that it became, if it was merged."""
    year: int | None = None


ACTIVE: Final = Status()


@dataclass(frozen=True, slots=True)
class Product:
    """A product on the market. What it usually holds or offers is typical, not known of a stack."""

    id: str
    name: str
    """As the vendor writes it."""
    vendor: str | None = None
    domains: tuple[str, ...] = ()
    """The vendor's own domains for it."""
    aliases: tuple[str, ...] = ()
    """What else people write, lower case."""
    former: tuple[str, ...] = ()
    """Names it had before, lower case."""
    editions: tuple[str, ...] = ()
    """Words for plans that only this product has."""
    capabilities: tuple[str, ...] = ()
    """Ids of the taxonomy, the main one first; empty if not known."""
    holds: tuple[str, ...] = ()
    """Kinds of data that it typically holds, ids of datasets.yaml."""
    sign_in: SignIn | None = None
    sso_cost: SsoCost | None = None
    certifications: tuple[str, ...] = ()
    status: Status = ACTIVE
    detection: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Traces by which it can be recognized, by kind (see DETECTION)."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """A page that a reader can open, for each group of facts."""
    checked: bool = False
    """Whether it is complete and a person looked it over."""
    thin: bool = False
    """Whether it is known from public lists alone, and nobody looked at it."""
    own: bool = False
    """Whether the user's own catalog says something of it."""


class Candidate(NamedTuple):
    """A product that a name may mean."""

    product: Product
    score: float
    """0 to 1."""


class Match(NamedTuple):
    """What a name means."""

    name: str
    """As it was asked."""
    candidates: tuple[Candidate, ...] = ()
    """The best first; empty where nothing fits."""
    certain: bool = False
    """Whether the first is meant beyond reasonable doubt; if not, it is a question."""
    by_vendor: bool = False
    """Whether the name is a vendor's alone: the candidates are all it sells, none likelier."""

    @property
    def product(self) -> Product | None:
        """The best candidate, certain or not."""
        return self.candidates[0].product if self.candidates else None

    @property
    def score(self) -> float:
        """The score of the best candidate; 0 where nothing fits."""
        return self.candidates[0].score if self.candidates else 0.0

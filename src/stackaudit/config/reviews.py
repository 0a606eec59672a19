"""What the configuration asks of security reviews, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from stackaudit.config.model import Config, GateSettings
from stackaudit.inventory.values import Duration
from stackaudit.rules.review_policy import (
    LEVELS,
    Cadence,
    Evidence,
    Requirements,
    ReviewPolicy,
    ReviewSettings,
)


def review_policy_in_force(config: Config) -> ReviewPolicy:
    """What is asked of reviews: as configured, else that an approval ends.

    After 12 months if it does not say when, after 36 whatever it says.
    """
    return ReviewPolicy.of(config.said.reviews, _gate(config).require)


def _gate(config: Config) -> GateSettings:
    return config.said.gate or GateSettings()


def review_settings(config: Config) -> Iterator[tuple[str, str, bool]]:
    """Name, value, and whether the configuration states it."""
    policy, said = review_policy_in_force(config), config.said.reviews or ReviewSettings()
    for level in LEVELS:
        stated = getattr(said.cadence or Cadence(), level) is not None
        yield f"reviews.cadence.{level}", _length(policy.cadence[level]), stated
    for level in LEVELS:
        stated = getattr(said.longest or Cadence(), level) is not None
        yield f"reviews.longest.{level}", _length(policy.longest[level]), stated
    for level in LEVELS:
        stated = getattr(said.evidence or Evidence(), level) is not None
        proofs = ", ".join(policy.evidence[level]) or "none"
        yield f"reviews.evidence.{level}", proofs, stated or proofs != "none"
    yield from _requirements(_gate(config).require or Requirements())


def _requirements(require: Requirements) -> Iterator[tuple[str, str, bool]]:
    by, evidence, other = require.by, require.evidence, require.other_than_owner
    yield "gate.require.by", "anybody" if by is None else ", ".join(by), by is not None
    yield "gate.require.evidence", evidence or "not required", evidence is not None
    yield "gate.require.other_than_owner", "yes" if other else "no", other is not None


def _length(duration: Duration) -> str:
    return f"{duration.amount}{duration.unit}"

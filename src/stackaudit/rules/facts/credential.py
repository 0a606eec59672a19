"""Keys: whose they are, what they allow, how old they are."""

from __future__ import annotations

import datetime as dt

from stackaudit.inventory.model import Grant
from stackaudit.phrase import AND, in_a_row, phrase
from stackaudit.rules.facts.registry import fact, stated
from stackaudit.rules.facts.words import NEVER_YET, past
from stackaudit.rules.kinds.credential import CredentialSubject
from stackaudit.rules.types import DATE, FLAG, RIGHT, TEXT, words

stated("credential", "can", RIGHT, "can", "What it allows: read, write or admin.")
stated("credential", "of", words("person", "team", "service"), "of",
       "Whether it belongs to a person, a team or a service account.")  # fmt: skip


@fact("credential", TEXT)
def name(credential: CredentialSubject) -> str:
    """Whose key to what, in words."""
    return credential.label()


@fact("credential", DATE, rests_on=("rotated",), writes="rotated")
def rotated(credential: CredentialSubject) -> dt.date | None:
    """When it was last renewed; `never` is longer ago than any day."""
    return past(credential.entry.rotated)


@fact("credential", FLAG)
def ran_out(credential: CredentialSubject) -> bool:
    """Whether the day on which it stops working has passed; a key that states none has none."""
    expires = credential.entry.expires
    return isinstance(expires, dt.date) and expires < credential.world.today


@fact("credential", DATE, writes="expires")
def would_expire(credential: CredentialSubject) -> dt.date:
    """The day a year after the audit: when a key renewed today should stop working."""
    today = credential.world.today
    return today + dt.timedelta(days=365)


@fact("credential", TEXT)
def age_words(credential: CredentialSubject) -> str:
    """When it was last renewed and when it stops working, in words."""
    done, expires = past(credential.entry.rotated), credential.entry.expires
    today = credential.world.today
    found: list[str] = []
    if done == NEVER_YET:
        found.append(phrase("was never renewed"))
    elif done is not None:
        days = (today - done).days
        found.append(phrase("was last renewed on {day}, {n} days ago", day=done, n=days))
    if isinstance(expires, dt.date):
        ends = "ran out on {day}" if expires < today else "runs out on {day}"
        found.append(phrase(ends, day=expires))
    return in_a_row(found, AND) or phrase("says nothing of its age")


@fact("credential", FLAG)
def fetches(credential: CredentialSubject) -> bool:
    """Whether its flow only fetches: the key is held by the tool that the data goes to.

    False for a grant: nobody can tell from it what it is used for.
    """
    flow = credential.flow
    if flow is None or isinstance(credential.entry, Grant):
        return False
    return credential.entry.held_by == flow.entry.target


@fact("credential", RIGHT)
def enough(credential: CredentialSubject) -> str:
    """The right that would do, in words of the inventory: read where its flow only fetches."""
    return "read" if fetches(credential) else "write"


@fact("credential", TEXT)
def holder(credential: CredentialSubject) -> str:
    """Who answers for it as stated; else that nobody is named."""
    owner = credential.entry.owner
    stated = owner not in (None, "none")
    return phrase("owner: {owner}", owner=owner) if stated else phrase("no owner is named")

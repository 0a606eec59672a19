"""What the business must be able to do, and the kinds of data that it needs for it."""

from __future__ import annotations

from typing import Annotated, Literal

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Id, Ids, Length, ListMeant, Text, Texts

Privacy = Literal["none", "personal", "special"]
"""none: says nothing of a person; personal: says something of a person who can be identified;
special: health, belief, origin and the like, GDPR article 9."""
Confidentiality = Literal["public", "internal", "confidential", "restricted"]
"""public: anybody may know it; internal: for everybody who works here; confidential: for those who
need it; restricted: harm is done if it gets out."""
Lane = Literal["engage", "collect", "know", "activate", "measure"]
"""engage: reaches people; collect: takes data in; know: keeps and joins data; activate: decides
whom to address with what; measure: says what worked."""
Does = Literal["collects", "stores", "moves", "activates", "measures"]
"""collects: takes data in from people; stores: keeps it; moves: brings it from tool to tool;
activates: uses it to address people; measures: counts and compares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset(Part):
    """A kind of data that the stack holds: contact, visitor, purchase, consent."""

    name: Text | None = None
    """What people call it; the id if nothing is stated."""
    kind: Literal["consent"] | None = None
    """`consent` marks the record of what people agreed to."""
    privacy: Privacy | None = None
    """none, personal, or special (the categories of GDPR article 9)."""
    confidentiality: Confidentiality | None = None
    """public, internal, confidential or restricted, as the organization classifies it."""
    system_of_record: Id | None = None
    """The one tool whose copy is right; `none` if there is none."""
    identity: Texts | None = None
    """The keys that say whose record it is: email, customer_id, cookie_id."""
    notes: Text | None = None
    """For people; no rule reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapabilityEntry(Part):
    """Something the business must be able to do; an id of the taxonomy, or your own."""

    name: Text | None = None
    """What people call it; the taxonomy's name if nothing is stated."""
    owner: Text | None = None
    """Who in the business answers for it; `none` if nobody does."""
    needs: Ids | None = None
    """The datasets without which it cannot be done."""
    within: Length | None = None
    """How fresh those datasets must be when they arrive: 15min, 4h, 1d."""
    must: Texts | None = None
    """What a tool has to meet to be fit for it: templates, eu-hosting."""
    lane: Lane | None = None
    """Where it stands in the data's journey; needed for a capability of your own."""
    does: Annotated[tuple[Does, ...], ListMeant] | None = None
    """What it does with data: collects, stores, moves, activates, measures."""
    notes: Text | None = None
    """For people; no rule reads it."""

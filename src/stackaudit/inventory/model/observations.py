"""What sources saw: tags, scripts, sign-in apps and keys, whether or not somebody declared them.

A machine writes these entries, so they normally stand in an included file of their own. They say
what was seen, when and where; they declare nothing: a tool is declared under `tools:`.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final, Literal

from pydantic import model_validator

from stackaudit.dataclass import dataclass
from stackaudit.inventory.model.part import Part
from stackaudit.inventory.model.scalars import Day, Flag, Id, Ids, Text, Texts, refuse

Sighting = Literal["tag", "script", "cookie", "request", "sign_in", "key", "connection"]
"""tag: in a tag manager; script: loaded by a page; cookie: set by a page; request: sent by a
browser; sign_in: an app at the identity provider; key: an access that another tool has granted;
connection: a source or destination in a customer data or integration platform."""

_SCHEME: Final = re.compile(r"^([a-z][a-z0-9+.-]*:)?//")
_NOT_IN_A_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Part):
    """Something that a source saw. It needs a tool, a product, a domain or a name."""

    source: Text
    """The source that saw it: gtm, har, website, okta."""
    kind: Sighting
    """tag, script, cookie, request, sign_in, key or connection."""
    seen: Day | None = None
    """The day on which it was seen."""
    name: Text | None = None
    """What the source calls it."""
    vendor: Text | None = None
    """Whose it is, as the source says."""
    tool: Id | None = None
    """The tool of this inventory that it is, where that is known."""
    product: Id | None = None
    """The entry of the catalog that it is; `none` for a script or an app of your own."""
    domain: Text | None = None
    """The host that it loads from, sends to or runs on."""
    data: Ids | None = None
    """The datasets that it sends; [] if it sends none."""
    consent: Flag | None = None
    """Whether it waits for the visitor's consent before it runs."""
    where: Texts | None = None
    """Where it was seen: pages, a container, a workspace."""
    evidence: Text | None = None
    """What the source has on it: the number of the tag, the line of the recording."""

    @model_validator(mode="after")
    def _is_something(self) -> Observation:
        if (self.tool, self.product, self.domain, self.name) == (None, None, None, None):
            raise refuse("nothing says what was seen", "say its tool, product, domain or name")
        return self

    @property
    def thing(self) -> str:
        """What was seen, whoever saw it and when (see :func:`thing`)."""
        return thing(self.tool, self.product, self.domain, self.name)


def thing(tool: str | None, product: str | None, domain: str | None, name: str | None) -> str:
    """What tells one thing that was seen from another: the surest of what is stated.

    The tool, else the product, else the host, else the name as a machine compares it; of the own
    scripts (`product: none`) the host or the name.
    """
    if tool:
        return tool
    if product and product != "none":
        return product
    return host(domain) if domain else slug(name or "")


def host(address: str) -> str:
    """The host of an address or domain, in lower case and without `www.`."""
    plain = _SCHEME.sub("", address.strip().casefold())
    return re.split("[/:?#]", plain, maxsplit=1)[0].strip(".").removeprefix("www.") or plain


def slug(name: str) -> str:
    """A name in lower case, with one hyphen for whatever is between its words."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return _NOT_IN_A_WORD.sub("-", plain).strip("-") or plain

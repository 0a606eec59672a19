"""Which domain is a product's own: the registered part of a web address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"})
"""Labels before a country that are no name yet: co.uk, com.br."""
_COUNTRY = 2
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def host_of(address: str) -> str | None:
    """The host of an address, in lower case; None for what has none."""
    text = address.strip().casefold()
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    host = host.removeprefix("*.").removeprefix("www.")
    return host if _HOST.fullmatch(host) else None


def registered(host: str) -> str:
    """The part of a host that somebody registered: `klaviyo.com` of `help.klaviyo.com`."""
    labels = host.split(".")
    tail = labels[-2:]
    if len(labels) > 2 and len(tail[1]) == _COUNTRY and tail[0] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(tail)


def main_label(domain: str) -> str:
    """The first label of a registered domain, letters and digits only: `klaviyo`."""
    return re.sub(r"[^a-z0-9]", "", domain.split(".", maxsplit=1)[0])

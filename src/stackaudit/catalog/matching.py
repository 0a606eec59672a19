"""Which product a name means: surely, perhaps, or none.

A name is read as a product's name with words around it. It is a certain match only if the name is
one product's alone *and* every other word is accounted for: a legal form, a plan, a region, the
vendor, what the product is for. One word that says more (`HubSpot implementation partner`) makes
a question of it, as does a vendor or domain that belongs to somebody else. There is no threshold
over which a similar spelling becomes certain: a typing error is always a question. So is the name
of a vendor that sells several products, none of which is called so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from stackaudit.catalog.model import Candidate, Match, Product
from stackaudit.catalog.names import LONGEST, key, keys, words
from stackaudit.catalog.reading import Asked, explains, is_vendor, remarks_fit

if TYPE_CHECKING:
    from stackaudit.catalog.catalog import Catalog

EXACT: Final = 1.0
AROUND: Final = 0.95
"""The name with words around it that are all accounted for."""
BY_DOMAIN: Final = 0.9
SHARED: Final = 0.7
"""The name is right and not one product's alone, or something speaks against it."""
MORE: Final = 0.8
"""The most for a name beside words that say more; less, the more they are."""
BY_VENDOR: Final = 0.5
"""The name is the vendor's of several products, and of none of them."""
LEAST: Final = 0.35
"""Below this a product is no candidate: most of the name says something else."""
MOST_CANDIDATES: Final = 5

_BRACKETS: Final = re.compile(r"[(\[{]([^)\]}]*)[)\]}]?")


class _Reading(NamedTuple):
    """A part of the asked name taken for the name of a product."""

    product: Product
    sure: bool
    """Whether the key names this product alone."""
    fits: bool
    """Whether all other words are accounted for."""
    length: int
    """Letters of the part."""
    words: int
    """Words around it."""
    common: bool = False
    """Whether the part is one word of the trade, which half the market has in a name."""


def match(
    catalog: Catalog, name: str, vendor: str | None = None, domain: str | None = None
) -> Match:
    """What `name` means, with all candidates (see `Catalog.match`)."""
    asked = _asked(catalog, name, vendor, domain)
    best = _certain(catalog, asked)
    if best is not None:
        return Match(name, (best,), certain=True)
    if asked.is_kind:
        return Match(name)
    from stackaudit.catalog.similar import similar  # most audits need no guesses

    found = _ranked([*_shared(catalog, asked), *similar(catalog, asked)])
    sold = () if found else _sold(catalog, asked)
    return Match(name, found or sold, by_vendor=bool(sold))


def certain(
    catalog: Catalog, name: str, vendor: str | None = None, domain: str | None = None
) -> Product | None:
    """The product that `name` means certainly, if there is one."""
    best = _certain(catalog, _asked(catalog, name, vendor, domain))
    return best.product if best else None


def _asked(catalog: Catalog, name: str, vendor: str | None, domain: str | None) -> Asked:
    text = name[:LONGEST].strip()
    remarks = [words(found) for found in _BRACKETS.findall(text)]
    return Asked(
        words=tuple(words(_BRACKETS.sub(" ", text))),
        whole=tuple(keys(text)),
        remarks=tuple(tuple(remark) for remark in remarks if remark),
        flat=tuple(words(text)),
        is_address=_is_address(text),
        vendor=vendor.strip() if vendor else "",
        domain=_host(domain) if domain else _host(text) if _is_address(text) else "",
        around=catalog.index.words,
    )


def _is_address(text: str) -> bool:
    """Whether the text is `klaviyo.com` or `https://www.klaviyo.com/login`."""
    labels = _host(text).split(".")
    return (
        len(labels) > 1
        and len(labels[-1]) > 1
        and labels[-1].isalpha()
        and all(label.replace("-", "").isalnum() for label in labels)
        and not any(map(str.isspace, text))
    )


def _host(address: str) -> str:
    plain = address.strip().casefold().partition("//")[2] or address.strip().casefold()
    return plain.partition("/")[0].partition(":")[0].removeprefix("www.")


def _certain(catalog: Catalog, asked: Asked) -> Candidate | None:
    """The one product that is meant beyond doubt."""
    readings = [each for each in _readings(catalog, asked) if each.sure and each.fits]
    readings = [each for each in readings if asked.vendor_agrees(each.product)]
    longest = max((each.length for each in readings), default=0)
    meant = {each.product.id: each for each in readings if each.length == longest}
    by_domain = _by_domain(catalog, asked.domain)
    if len(meant) == 1:
        reading = next(iter(meant.values()))
        if by_domain and reading.product.id not in by_domain:
            return None
        return Candidate(reading.product, AROUND if reading.words else EXACT)
    return None if meant else _certain_by_domain(catalog, asked, by_domain)


def _certain_by_domain(
    catalog: Catalog, asked: Asked, by_domain: Sequence[str]
) -> Candidate | None:
    """The one product of a domain, if the name says nothing that could be another product."""
    if len(by_domain) != 1:
        return None
    product = catalog.get(by_domain[0])
    if product is None or not asked.vendor_agrees(product):
        return None
    named = not product.thin or key(words(product.name)) == asked.domain.split(".")[0]
    if named and (asked.is_address or explains(asked.around, product, asked.words, generic=True)):
        return Candidate(product, BY_DOMAIN)
    return None


def _by_domain(catalog: Catalog, host: str) -> tuple[str, ...]:
    """The products of a host or of the domain that it belongs to."""
    while "." in host:
        found = catalog.index.owners(catalog.index.domains, host)
        if found:
            return found
        host = host.partition(".")[2]
    return ()


def _readings(catalog: Catalog, asked: Asked) -> Iterator[_Reading]:
    """Every part of the name that is the name of a product, the whole with its brackets too."""
    index = catalog.index
    for whole in asked.whole:
        owners = index.owners(index.sure, whole)
        for product in filter(None, map(catalog.get, owners)):
            yield _Reading(product, len(owners) == 1, True, len(whole), 0)
    yield from _parts_of(catalog, asked, asked.words, brackets=True)
    if asked.remarks:
        yield from _parts_of(catalog, asked, asked.flat, brackets=False)


def _parts_of(
    catalog: Catalog, asked: Asked, parts: Sequence[str], *, brackets: bool
) -> Iterator[_Reading]:
    """The parts of some words that are names; with `brackets`, what is in them must fit besides."""
    index, around = catalog.index, asked.around
    for start, end in _runs(len(parts)):
        part, before, after = key(parts[start:end]), parts[:start], parts[end:]
        owners, weak = index.owners(index.sure, part), index.owners(index.weak, part)
        for product in filter(None, map(catalog.get, dict.fromkeys((*owners, *weak)))):
            fits = (
                explains(around, product, after)
                and explains(around, product, before, before=True)
                and (not brackets or remarks_fit(asked, product))
            )
            yield _Reading(
                product=product,
                sure=_is_sure(catalog, asked, product, (owners, weak), (before, after)),
                fits=fits,
                length=len(part),
                words=len(before) + len(after),
                common=end - start == 1 and part in around.generic - around.ambiguous,
            )


def _is_sure(
    catalog: Catalog,
    asked: Asked,
    product: Product,
    named: tuple[Sequence[str], Sequence[str]],
    beside: tuple[Sequence[str], Sequence[str]],
) -> bool:
    """Whether a key names the product alone, or does so together with its vendor.

    `named`: the products that it names surely and weakly; `beside`: the words around it.
    """
    owners, weak = named

    def confirmed(each: Product) -> bool:
        around = asked.around
        return asked.vendor_confirms(each) or any(is_vendor(around, each, w) for w in beside)

    if not confirmed(product):
        return tuple(owners) == (product.id,)
    others = filter(None, map(catalog.get, {*owners, *weak} - {product.id}))
    return not any(confirmed(other) for other in others)


def _runs(size: int) -> Iterator[tuple[int, int]]:
    """Where every run of words begins and ends, the longest first."""
    for length in range(size, 0, -1):
        for start in range(size - length + 1):
            yield start, start + length


def _shared(catalog: Catalog, asked: Asked) -> Iterator[Candidate]:
    """Products whose name is in the asked one, but not alone or not undisputed."""
    total = sum(map(len, asked.words)) or 1
    for reading in _readings(catalog, asked):
        if reading.fits and not reading.common:
            yield Candidate(reading.product, SHARED)
        elif reading.sure:
            yield Candidate(reading.product, round(MORE * reading.length / total, 2))
    for id_ in _by_domain(catalog, asked.domain):
        product = catalog.get(id_)
        if product is not None:
            yield Candidate(product, SHARED)


def _sold(catalog: Catalog, asked: Asked) -> tuple[Candidate, ...]:
    """Everything that a vendor sells whose name alone is asked; nothing if that is one product.

    First what is sold today, was looked over and is called like the vendor; of those, what the
    most other products connect to, which is what most people have.
    """
    around = asked.around
    vendor = [each for each in asked.flat if each not in around.regions | around.legal]
    products = [
        each for each in catalog.sold_by(" ".join(vendor)) if vendor and asked.vendor_agrees(each)
    ]
    if len(products) < 2:
        return ()
    name = set(words(" ".join(vendor)))

    def place(each: Product) -> tuple[bool, bool, bool, bool, int, str]:
        gone, named = each.status.state != "active", name <= set(words(each.name))
        connections = catalog.connections(each.id)
        return gone, each.thin, not each.checked, not named, -connections, each.id

    return tuple(Candidate(each, BY_VENDOR) for each in sorted(products, key=place))


def _ranked(found: list[Candidate]) -> tuple[Candidate, ...]:
    """The best candidates, each product once; those that a person looked over first."""
    best: dict[str, Candidate] = {}
    for each in found:
        known = best.get(each.product.id)
        if each.score >= LEAST and (known is None or known.score < each.score):
            best[each.product.id] = each
    ordered = sorted(
        best.values(), key=lambda each: (-each.score, each.product.thin, each.product.id)
    )
    return tuple(ordered[:MOST_CANDIDATES])

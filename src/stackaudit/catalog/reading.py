"""What the words around a product's name say: whether they leave any doubt which product it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from stackaudit.catalog.around import Words
from stackaudit.catalog.model import Product
from stackaudit.catalog.names import TOP_LEVEL, key, keys, words


class Asked(NamedTuple):
    """A name as somebody wrote it, taken apart."""

    words: tuple[str, ...]
    """Outside of brackets."""
    whole: tuple[str, ...]
    """Keys of the whole text, brackets and all."""
    remarks: tuple[tuple[str, ...], ...]
    """Inside of brackets."""
    flat: tuple[str, ...]
    """All words, as if there were no brackets."""
    is_address: bool
    """Whether the name is the address of a site."""
    vendor: str
    """As stated beside it; empty if not."""
    domain: str
    """As stated beside it, or the name itself if it is an address; empty if neither."""
    around: Words

    @property
    def is_kind(self) -> bool:
        """Whether it is a word for a kind of software, or none at all, and so no product."""
        plain = [each for each in self.words if each not in self.around.legal]
        return not plain or capability_named(" ".join(self.words)) is not None

    def vendor_agrees(self, product: Product) -> bool:
        """Whether the stated vendor, if there is one, does not speak against the product."""
        return not self.vendor or self.vendor_confirms(product)

    def vendor_confirms(self, product: Product) -> bool:
        """Whether a vendor is stated and is the product's, or is named like the product."""
        if not self.vendor:
            return False
        stated = self.around.vendor_words(self.vendor)
        known = self.around.vendor_words(product.vendor or product.name)
        if self.around.vendor_key(self.vendor) == self.around.vendor_key(product.vendor or ""):
            return True
        shorter = min(len(stated), len(known))
        return bool(shorter) and (
            stated[:shorter] == known[:shorter] or key(stated) in _names(product)
        )


def explains(
    around: Words,
    product: Product,
    rest: Sequence[str],
    *,
    before: bool = False,
    generic: bool = False,
) -> bool:
    """Whether the words beside a product's name leave it the same product.

    `before`: they stand before the name, where plans and legal forms do not; `generic`: words of
    the trade are no other product either, because a domain has named it already.
    """
    rest = [each for each in rest if each not in around.linking]
    if not rest or is_vendor(around, product, rest):
        return True
    allowed = _own_words(around, product)
    if not before:
        allowed |= around.legal | around.regions | around.editions | TOP_LEVEL
    if generic:
        allowed |= around.generic | around.editions
    left = [e for e in rest if e not in allowed and (before or not _is_number(e))]
    if generic:
        left = [each for each in left if capability_named(each) is None]
    return not left or _is_purpose(product, rest) or _is_purpose(product, left)


def remarks_fit(asked: Asked, product: Product) -> bool:
    """Whether what stands in brackets leaves the product the same."""
    around = asked.around
    for remark in asked.remarks:
        plain = [each for each in remark if each not in around.remarks | around.formerly]
        if key(plain) not in _names(product) and not explains(around, product, plain):
            return False
    return True


def capability_named(phrase: str) -> str | None:
    """The capability that a phrase is a word for."""
    from stackaudit.catalog.taxonomy import by_alias  # reads a file, and few names need it

    return by_alias().get(phrase)


def _is_number(word: str) -> bool:
    """Whether it is a version, a year, or how many: `2`, `v3`, `2024`, `100x`; not `365`."""
    digits = word.removeprefix("v").removeprefix("x").removesuffix("x")
    return digits.isdigit() and (
        len(digits) < 3 or digits != word or (len(word) == 4 and word.startswith("20"))
    )


def is_vendor(around: Words, product: Product, rest: Sequence[str]) -> bool:
    """Whether the words are the product's vendor, in one of the ways to write it."""
    vendor = around.vendor_key(product.vendor) if product.vendor else ""
    return bool(vendor) and around.vendor_key(" ".join(rest)) == vendor


def _is_purpose(product: Product, rest: Sequence[str]) -> bool:
    """Whether the words say what the product is for: `Mailchimp newsletter`."""
    return capability_named(" ".join(rest)) in product.capabilities


def _own_words(around: Words, product: Product) -> frozenset[str]:
    """Words that belong to the product: of its vendor, of plans that only it has."""
    vendor = around.vendor_words(product.vendor) if product.vendor else []
    editions = [word for edition in product.editions for word in words(edition)]
    return frozenset((*vendor, *editions))


def _names(product: Product) -> frozenset[str]:
    every = (product.name, *product.aliases, *product.former)
    return frozenset(each for name in every for each in keys(name))

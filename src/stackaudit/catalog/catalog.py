"""The catalog to look things up in; the only module that others need to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from stackaudit.catalog import matching
from stackaudit.catalog.index import Index, stored_index
from stackaudit.catalog.model import Match, Product
from stackaudit.catalog.records import product_of

if TYPE_CHECKING:
    from stackaudit.catalog.connections import HubConnector, Integration
    from stackaudit.catalog.datasets import Dataset


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Catalog:
    """What is known of the market."""

    index: Index
    _products: dict[str, Product] = field(default_factory=dict)
    """Products that were asked for before."""

    def get(self, id_: str) -> Product | None:
        """The product with this id, or with an id that it had before; None if there is none."""
        current = self.index.renamed.get(id_, id_)
        found = self._products.get(current)
        if found is None and current in self.index.records:
            found = self._products[current] = product_of(current, self.index.record(current))
        return found

    def __iter__(self) -> Iterator[Product]:
        for id_ in self.index.records:
            product = self.get(id_)
            assert product is not None  # every id of the index has a record
            yield product

    def __len__(self) -> int:
        return len(self.index.records)

    def ids(self) -> tuple[str, ...]:
        """The ids of all products, sorted."""
        return tuple(self.index.records)

    def sold_by(self, vendor: str) -> tuple[Product, ...]:
        """The products of a vendor, however its name is written, by their ids."""
        sold = self.index.owners(self.index.sold, self.index.words.vendor_key(vendor))
        found = map(self.get, sorted(sold))
        return tuple(each for each in found if each is not None)

    def match(self, name: str, vendor: str | None = None, domain: str | None = None) -> Match:
        """What somebody means who writes `name`; the vendor and a domain help if they are known.

        A match that is not certain is a question to a person, never an answer.
        """
        return matching.match(self, name, vendor, domain)

    def certain(
        self, name: str, vendor: str | None = None, domain: str | None = None
    ) -> Product | None:
        """The product that the name means certainly; quicker than `match`, which also guesses."""
        return matching.certain(self, name, vendor, domain)

    def search(self, text: str) -> list[Product]:
        """Products whose names, vendor, domains or capabilities have all the words, best first."""
        from stackaudit.catalog.searching import search

        return search(self, text)

    def integrations(self, from_: str | None = None, to: str | None = None) -> list[Integration]:
        """Direct integrations from one product, to one, or between two; all if neither is given."""
        senders = [from_] if from_ else self._senders(to) if to else self.ids()
        target = self.index.renamed.get(to, to) if to else None
        found = [each for id_ in senders for each in self._integrations_of(id_)]
        return [each for each in found if target is None or each.to == target]

    def hubs(self, product: str) -> list[HubConnector]:
        """The connectors that hubs have for a product; none for one that does not exist."""
        from stackaudit.catalog.connections import HubConnector

        current, record = self._record(product)
        return [HubConnector(current, *each) for each in record.get("hubs", ())]

    def connections(self, product: str) -> int:
        """How many hubs and other products are known to connect to a product."""
        _, record = self._record(product)
        return sum(len(record.get(key, ())) for key in ("hubs", "to", "from"))

    def datasets(self) -> Mapping[str, Dataset]:
        """The typical kinds of data by id."""
        from stackaudit.catalog.datasets import Dataset

        return {
            id_: Dataset(id=id_, **{**entry, "identity": tuple(entry["identity"])})
            for id_, entry in self.index.datasets.items()
        }

    def stats(self) -> dict[str, Any]:
        """How much the catalog knows, in numbers."""
        from stackaudit.catalog.searching import stats

        return stats(self)

    def digest(self) -> str:
        """sha-256 of everything that the catalog says."""
        return self.index.digest

    def _record(self, id_: str) -> tuple[str, Mapping[str, Any]]:
        current = self.index.renamed.get(id_, id_)
        return current, self.index.record(current) if current in self.index.records else {}

    def _senders(self, to: str) -> list[str]:
        return list(self._record(to)[1].get("from", ()))

    def _integrations_of(self, id_: str) -> list[Integration]:
        from stackaudit.catalog.connections import Integration

        current, record = self._record(id_)
        return [
            Integration(current, to, tuple(data), method, by, source)
            for to, data, method, by, source in record.get("to", ())
        ]


@cache
def catalog() -> Catalog:
    """The catalog that ships with stackaudit, read once."""
    index = stored_index()
    if index is None:
        from stackaudit.catalog.building import built_index

        index = built_index()
    return Catalog(index)

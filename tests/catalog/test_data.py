"""The data that ships: sound, complete enough, and as the import would write it again."""

from __future__ import annotations

from pathlib import Path

from stackaudit.catalog.catalog import catalog
from stackaudit.catalog.check import check
from stackaudit.catalog.data import files
from stackaudit.catalog.importing.entries import HUBS
from stackaudit.catalog.importing.sources import sources
from stackaudit.catalog.importing.writing import write_attribution
from stackaudit.catalog.index import DATA

ROOT = Path(__file__).parents[2]


def test_nothing_is_wrong_with_the_data() -> None:
    assert check() == []


def test_the_catalog_is_as_large_as_promised() -> None:
    stats = catalog().stats()
    assert stats["products"] >= 1200
    assert stats["checked"] >= 300
    assert stats["integrations"] >= 200
    assert set(stats["connectors"]) == set(HUBS)


def test_every_integration_has_a_page_that_says_so() -> None:
    assert all(each.source.startswith("https://") for each in catalog().integrations())


def test_every_file_of_imported_facts_names_where_they_are_from() -> None:
    for hub in HUBS:
        head = (DATA / "connectors" / f"{hub}.yaml").read_text(encoding="utf-8")[:600]
        assert sources()[hub].repository in head
        assert sources()[hub].commit[:12] in head
    for file in files(DATA / "imported"):
        assert "docs/ATTRIBUTION.md" in file.read_text(encoding="utf-8")[:400]


def test_the_page_of_attributions_is_current(tmp_path: Path) -> None:
    write_attribution(tmp_path / "now.md")
    committed = (ROOT / "docs" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert (tmp_path / "now.md").read_text(encoding="utf-8") == committed
    assert all(each.licence in committed for each in sources().values())


def test_ids_that_stacks_and_examples_use_are_there() -> None:
    for id_ in ("segment", "google-bigquery", "google-tag-manager", "typeform", "awin", "algolia"):
        assert catalog().get(id_) is not None

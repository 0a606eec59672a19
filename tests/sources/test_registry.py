"""Installed packages can add sources."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from stackaudit.errors import StackauditError
from stackaudit.sources import registry
from stackaudit.sources.observation import Observation, Seen, ToolSeen
from stackaudit.sources.options import Options
from tests.sources.reading import written


class Lines:
    """A source of a package: a tool a line."""

    name = "lines"
    doc = "a tool a line"

    def recognizes(self, path: Path, head: bytes) -> bool:
        return path.suffix == ".list" and b"\n" in head

    def read(self, path: Path, options: Options) -> Iterator[Observation]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            yield ToolSeen(line, Seen(self.name, path.name, number))


BROKEN = 3


@pytest.fixture(params=["Lines"])
def installed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package with one entry point."""
    value = f"{Lines.__module__}:{request.param}"
    point = EntryPoint("lines", value, registry.GROUP)
    if request.param in globals():
        monkeypatch.setattr(EntryPoint, "load", lambda self: globals()[request.param])
    monkeypatch.setattr(registry, "entry_points", lambda group: [point] * (group == registry.GROUP))
    registry.sources.cache_clear()
    yield
    registry.sources.cache_clear()


@pytest.mark.usefixtures("installed")
def test_a_source_of_a_package(tmp_path: Path) -> None:
    path = written(tmp_path, "HubSpot\nSlack\n", "apps.list")
    source = registry.source_of(path)
    assert source.name == "lines"
    assert [each.name for each in registry.sources()] == ["tech-stack", "lines", "table"]
    assert len(list(source.read(path, Options()))) == 2


@pytest.mark.parametrize("installed", ["BROKEN", "NotThere"], indirect=True)
@pytest.mark.usefixtures("installed")
def test_a_source_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(StackauditError, match="lines of an installed package"):
        registry.sources()


def test_a_file_that_nobody_reads(tmp_path: Path) -> None:
    with pytest.raises(StackauditError, match="nothing that can be imported"):
        registry.source_of(written(tmp_path, "x", "apps.exe"))
    with pytest.raises(StackauditError, match="no source tabel"):
        registry.source_of(written(tmp_path, "x", "apps.csv"), "tabel")

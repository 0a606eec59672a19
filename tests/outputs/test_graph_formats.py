"""The data graph in every format: its shape does not depend on the names in it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from stackaudit.errors import UsageError
from stackaudit.figures.lanes.build import lane_map
from stackaudit.figures.lanes.model import Gap, LaneMap
from stackaudit.outputs.graph.formats import FORMATS, graph_format, graph_targets
from tests.outputs.hostile import HOSTILE
from tests.stacks import UNREVIEWED, audited


@cache
def harmless() -> LaneMap:
    found = lane_map(audited(UNREVIEWED, "security"))
    return replace(found, gaps=(Gap(1, "mailer", "crm", ("contact",), ("why",), ("f" * 32,)),))


def named(name: str) -> LaneMap:
    found = harmless()
    lanes = tuple(
        replace(lane, boxes=tuple(replace(box, name=name, chips=tuple(
            replace(chip, name=name) for chip in box.chips)) for box in lane.boxes))
        for lane in found.lanes
    )  # fmt: skip
    links = tuple(replace(link, data=(name,)) for link in found.links)
    gaps = tuple(replace(gap, data=(name,), why=(name,)) for gap in found.gaps)
    return replace(found, lanes=lanes, links=links, gaps=gaps)


def text(name: str, format_: str) -> str:
    return graph_format(format_).render(named(name)).decode("utf-8")


def xml_shape(found: str) -> object:
    return [(each.tag, tuple(each.attrib)) for each in ET.fromstring(found).iter()]


def json_shape(found: str) -> object:
    def shape(node: object) -> object:
        if isinstance(node, dict):
            return {key: shape(value) for key, value in node.items()}
        return [shape(each) for each in node] if isinstance(node, list) else type(node).__name__

    return shape(json.loads(found))


def dot_shape(found: str) -> object:
    """Lines with every quoted string taken out."""
    return [re.sub(r'"(?:[^"\\]|\\.)*"', '""', line) for line in found.splitlines()]


def mermaid_shape(found: str) -> object:
    return [re.sub(r'"[^"]*"', '""', line) for line in found.splitlines()]


def tree_shape(found: str) -> object:
    return len(found.splitlines())


SHAPES: dict[str, Callable[[str], object]] = {
    "graphml": xml_shape,
    "json": json_shape,
    "dot": dot_shape,
    "mermaid": mermaid_shape,
    "tree": tree_shape,
}


@pytest.mark.parametrize("format_", SHAPES)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_change_no_shape(name: str, format_: str) -> None:
    shape = SHAPES[format_]
    assert shape(text(name, format_)) == shape(text("x" * len(name), format_))


def test_graphml_is_read_by_others() -> None:
    graph = nx.parse_graphml(text("A & B", "graphml"))
    assert graph.nodes["crm"]["name"] == "A & B"
    assert graph.edges["crm", "mailer"]["data"] == "A & B"
    assert graph.edges["mailer", "crm"]["missing"] == 1


def test_mermaid() -> None:
    assert graph_format("mermaid").render(harmless()).decode() == (
        "flowchart LR\n"
        '  subgraph know["Know"]\n    n0["crm"]\n  end\n'
        '  subgraph activate["Activate"]\n    n1["mailer"]\n  end\n'
        '  n0 -->|"contact"| n1\n'
        '  n1 ==>|"missing 1 contact"| n0\n'
        "  linkStyle 1 stroke:#c4162a\n"
    )


def test_the_tree_says_where_data_goes() -> None:
    found = graph_format("tree").render(harmless()).decode()
    assert "      → mailer: contact\n" in found
    assert "MISSING\n  1 mailer → crm: contact\n" in found


def test_png_is_a_picture() -> None:
    pytest.importorskip("typst")
    assert graph_format("png").render(harmless()).startswith(b"\x89PNG\r\n")


def test_png_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(UsageError, match="one more package"):
        graph_format("png").render(harmless())


def test_suffixes_say_the_format() -> None:
    assert graph_targets(["a.gv"])[0][0].name == "dot"
    assert graph_targets(["json:a.out"])[0][0].name == "json"
    with pytest.raises(UsageError, match="says no format"):
        graph_targets(["a.exe"])
    with pytest.raises(UsageError, match="no format"):
        graph_format("svgg")


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_map_gives_the_same_bytes(format_: str) -> None:
    if format_ == "png":
        pytest.importorskip("typst")
    assert graph_format(format_).render(harmless()) == graph_format(format_).render(harmless())

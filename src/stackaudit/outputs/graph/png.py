"""The lane map in pixels: the SVG, drawn by resvg inside typst."""

from __future__ import annotations

from typing import Final

from stackaudit.errors import Problem, UsageError
from stackaudit.figures.lanes.model import LaneMap
from stackaudit.outputs.graph.svg import render as as_svg

PAGE: Final = """\
#set page(width: 1600pt, height: auto, margin: 0pt)
#image("map.svg", width: 1600pt)
"""
PIXELS_PER_INCH: Final = 144.0
"""Two pixels for each unit of the picture: sharp on a projector."""


def render(found: LaneMap, *, dark: bool = False) -> bytes:
    """The picture as PNG; raises UsageError if typst is not installed."""
    try:
        import typst
    except ImportError:
        hint = "pip install 'stackaudit[pdf]', or write an .svg"
        message = "a PNG needs one more package"
        raise UsageError(Problem("missing-extra", message, None, hint)) from None
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "map.svg").write_bytes(as_svg(found, dark=dark))
        (Path(folder) / "map.typ").write_text(PAGE, "utf-8")
        made = typst.compile(Path(folder) / "map.typ", format="png", ppi=PIXELS_PER_INCH)
    assert isinstance(made, bytes)
    return made

"""The ground that slides stand on: measures, theme and layouts of the presentation."""

from __future__ import annotations

import re
from itertools import count
from typing import Any, Final
from xml.etree import ElementTree as ET

from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.slides.canvas import Canvas
from stackaudit.outputs.report.slides.parts import ACCENT, EMU
from stackaudit.outputs.svg.palette import LIGHT

WIDTH: Final = 1280.0
HEIGHT: Final = 720.0
MARGIN: Final = 48.0
TITLE: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 16.0, 80.0)
BODY: Final = Rect(MARGIN, WIDTH - 2 * MARGIN, 144.0, 526.0)
"""Where the content of a slide stands; the caption is above it, the footer below."""
COVER_WIDTH: Final = 1080.0
"""Of what stands on the first slide."""
FOOTER: Final = Rect(MARGIN, 980.0, 684.0, 24.0)
_NUMBER: Final = Rect(WIDTH - MARGIN - 120, 120.0, 684.0, 24.0)
_FONT: Final = "Arial"
"""On every computer, or one of the same widths (Liberation Sans); other scripts have theirs in the
theme."""
_FORMATS: Final = "http://schemas.openxmlformats.org/"
_NAMES: Final = {
    "a": f"{_FORMATS}drawingml/2006/main",
    "p": f"{_FORMATS}presentationml/2006/main",
    "r": f"{_FORMATS}officeDocument/2006/relationships",
}
_SPACES: Final = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
_PROGRAM: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_FORMATS}officeDocument/2006/extended-properties">'
    "<Application>stackaudit</Application></Properties>"
)


def prepare(presentation: Any, accent: str) -> None:
    """Make the library's empty presentation ours: 16:9, two layouts, one font, one color."""
    presentation.slide_width, presentation.slide_height = (
        round(WIDTH * EMU), round(HEIGHT * EMU),
    )  # fmt: skip
    for name, layout in [(each.name, each) for each in presentation.slide_layouts]:
        if name not in ("Title Slide", "Title Only"):
            presentation.slide_layouts.remove(layout)
    size = presentation.element.sldSz
    size.attrib.pop("type", None)  # the library's template is 4:3, and says so
    _leave_out(presentation.part.package._rels, "thumbnail")
    _leave_out(presentation.part._rels, "printerSettings")
    master = presentation.slide_master
    _theme(master, accent)
    _lay_out(master.placeholders, {"title": TITLE, "body": BODY})
    for layout in presentation.slide_layouts:
        _lay_out(layout.placeholders, {})
    cover, plain = presentation.slide_layouts
    _lay_out(cover.placeholders, {"ctrTitle": Rect(120, COVER_WIDTH, 200, 180),
                                  "subTitle": Rect(120, COVER_WIDTH, 392, 90)})  # fmt: skip
    _band(cover, Rect(0, 32, 0, HEIGHT))
    _band(plain, Rect(0, 16, TITLE.top + 8, TITLE.height - 16))
    _made_by(presentation.part.package)


def _theme(master: Any, accent: str) -> None:
    """The color of the configuration, ink instead of black, one font, titles to the left."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as RT

    theme = master.part.part_related_by(RT.THEME)
    text = theme.blob.decode("utf-8")
    color, ink = accent.lstrip("#").upper(), LIGHT.ink[1:].upper()
    text = re.sub(r"(<a:accent1>).*?(</a:accent1>)", _color(color), text, flags=re.DOTALL)
    text = re.sub(r"(<a:dk1>).*?(</a:dk1>)", _color(ink), text, flags=re.DOTALL)
    text = re.sub(r'(<a:latin typeface=")[^"]+(")', rf"\g<1>{_FONT}\g<2>", text)
    theme._blob = text.encode("utf-8")
    style = nodes(master.element, ".//p:titleStyle/a:lvl1pPr")[0]
    style.set("algn", "l")
    nodes(style, "a:defRPr")[0].set("sz", "2800")
    nodes(style, "a:defRPr")[0].set("b", "1")


def nodes(element: Any, path: str) -> list[Any]:
    """The elements or attributes that a path leads to."""
    from lxml import etree

    found: Any = etree.XPath(path, namespaces=_NAMES)(element)
    return list(found)


def parsed(elements: list[ET.Element]) -> list[Any]:
    """Elements as the library has them."""
    from pptx.oxml import parse_xml

    root = ET.Element("root")
    root.extend(elements)
    text = ET.tostring(root, encoding="unicode").replace("<root", f"<root {_SPACES}", 1)
    return list(parse_xml(text))


def _color(value: str) -> str:
    return rf'\g<1><a:srgbClr val="{value}"/>\g<2>'


def _leave_out(relations: Any, kind: str) -> None:
    """Without parts of the library's template that say something about another presentation."""
    for number, each in list(relations.items()):
        if each.reltype.endswith(kind):
            relations.pop(number)


def _made_by(package: Any) -> None:
    """Which program made it, in place of the one that made the library's template."""
    for each in package._rels.values():
        if each.reltype.endswith("extended-properties"):
            each.target_part._blob = _PROGRAM.encode("utf-8")


def _lay_out(placeholders: Any, rects: dict[str, Rect]) -> None:
    """Where placeholders stand; those of the date go, which nobody fills in."""
    everywhere = {"ftr": FOOTER, "sldNum": _NUMBER}
    for each in list(placeholders):
        kind = nodes(each.element, ".//p:ph/@type")[0]
        rect = rects.get(kind, everywhere.get(kind))
        if kind == "dt":
            each.element.getparent().remove(each.element)
        elif rect is not None:
            each.left, each.top = round(rect.left * EMU), round(rect.top * EMU)
            each.width, each.height = round(rect.width * EMU), round(rect.height * EMU)
            _plain(each, kind)


def _plain(placeholder: Any, kind: str) -> None:
    """No margins, and letters that are never shrunk behind our back."""
    frame = placeholder.text_frame
    frame.margin_left = frame.margin_right = 0
    body = nodes(placeholder.element, ".//a:bodyPr")[0]
    for each in list(body):
        body.remove(each)
    body.set("anchor", "b" if kind == "ctrTitle" else "ctr" if kind != "subTitle" else "t")
    for style in nodes(placeholder.element, ".//a:lstStyle/a:lvl1pPr"):
        style.set("algn", "r" if kind == "sldNum" else "l")
        for run in nodes(style, "a:defRPr"):
            run.set("sz", {"ftr": "1100", "sldNum": "1100"}.get(kind, run.get("sz", "2000")))


def _band(layout: Any, rect: Rect) -> None:
    """A mark in the accent color, on the layout: nobody has to read it."""
    canvas = Canvas("en", ids=count(900))
    canvas.box(rect, name="Accent", fill=ACCENT)
    for element in parsed(canvas.elements):
        layout.shapes._spTree.insert(2, element)

"""XML made of elements, so that no text can become one."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def xml_text(root: ET.Element) -> str:
    """The document in ASCII, with nothing in it that a CI log takes for a command."""
    ET.indent(root)
    body = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body.replace("##", "#&#35;")}\n'

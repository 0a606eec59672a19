"""The page without what HTML does not need: it is read by browsers, and mailed.

Only tags are touched, and the signs in a text that need no escaping there: in everything that
comes from a file `<` and `>` are escaped, so that what stands between them is ours.
"""

from __future__ import annotations

import re
from typing import Final

_TAG: Final = re.compile(r"<[a-zA-Z][^<>]*>")
_QUOTED: Final = re.compile(r'(?<=\s)([a-zA-Z-]+)="([A-Za-z0-9_.:#-]+)"(?=[\s>])')
_CLOSED: Final = re.compile(r'="([A-Za-z0-9_.:#-]+)"/>$')
_OPTIONAL: Final = re.compile(r"\s*</(?:li|dt|dd|tr|td|th|thead|tbody|option)>\n*")
"""Ends that HTML infers: by what may follow in their parents (13.1.2.4 of the standard)."""
_PARAGRAPH: Final = re.compile(
    r"</p>\s*(?=<(?:p|div|ul|ol|dl|table|h[1-6])[\s>]|</(?:div|section)>)"
)
"""The end of a paragraph before what cannot be in one, or at the end of what it is in."""
_BLANK: Final = re.compile(r">\n+(?=<)")
_TEXT: Final = re.compile(r">[^<>]+<")
_PLAIN: Final = {"&#39;": "'", "&#34;": '"', "&gt;": ">"}
"""What means nothing in a text; it is escaped for attributes."""
_ESCAPED: Final = re.compile("|".join(_PLAIN))


def compact(html: str) -> str:
    """The page without quotes and end tags that may be left out, and with fewer line ends."""
    short = _TAG.sub(_tag, html)
    short = _BLANK.sub(">", _OPTIONAL.sub("", short))
    return _TEXT.sub(_text, _PARAGRAPH.sub("", short))


def _tag(match: re.Match[str]) -> str:
    return _CLOSED.sub(r"=\1 />", _QUOTED.sub(r"\1=\2", match[0]))


def _text(match: re.Match[str]) -> str:
    return _ESCAPED.sub(lambda sign: _PLAIN[sign[0]], match[0])

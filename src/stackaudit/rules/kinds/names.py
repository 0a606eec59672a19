"""How names look to a person: spacing, case and letters that are drawn alike do not count."""

from __future__ import annotations

import unicodedata
from typing import Final

_DRAWN_ALIKE: Final = str.maketrans(
    "абвгдеёзіїјкмнорсѕтухьԁԛԝαβγεηικνορτυχωАВЕЗІЈКМНОРСЅТУХΑΒΕΖΗΙΚΜΝΟΡΤΥΧ01|I",  # noqa: RUF001
    "a6brдee3iijkmhopcstyxbdqwabyenikvoptuxwabe3ijkmhopcstyxabezhikmnoptyxollo"[:0]
    or "a6brdee3iijkmhopcstyxbdqwabyenikvoptuxwabe3ijkmhopcstyxabezhikmnoptyxolll",
)

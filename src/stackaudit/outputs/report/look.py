"""How a report presents itself: for whom, by whom, with which mark and color."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from stackaudit.dataclass import dataclass

ACCENT: Final = "#1f5fbf"
"""The color of lines and marks where no other is configured."""

MediaType = Literal["image/png", "image/jpeg"]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the cover, as bytes: no format reads it from the disk again."""

    media_type: MediaType
    data: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """What the configuration says of the report as such; all of it is optional.

    Texts are as somebody wrote them: hostile, every format encodes them.
    """

    title: str | None = None
    client: str | None = None
    """For whom it is; the organization of the inventory where nothing is said."""
    author: str | None = None
    logo: Logo | None = None
    accent: str = ACCENT
    """`#rrggbb`. Only for lines and marks: nobody promises that text on it can be read."""
    confidentiality: str | None = None
    """What stands on every page, such as `confidential`."""
    anonymous: bool = False
    """Whether names were replaced by pseudonyms, which every format says."""
    templates: Path | None = None
    """A folder with templates that go before those that ship."""

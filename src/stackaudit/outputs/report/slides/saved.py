"""A presentation as bytes: the same for the same report, whenever and wherever it is made."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The first day that the format knows."""
_UNIX: Final = 3


def saved(presentation: Any) -> bytes:
    """The file, with every date in its directory set to the same day."""
    made = io.BytesIO()
    presentation.save(made)
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            info = zipfile.ZipInfo(entry.filename, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
            new.writestr(info, old.read(entry))
    return again.getvalue()

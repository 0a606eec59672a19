"""Names of files as addresses."""

from __future__ import annotations

from urllib.parse import quote


def relative(file: str) -> tuple[str, bool]:
    """The file as a URI reference, and whether it is relative to the root of the repository."""
    path = file
    while path.startswith("./"):
        path = path[2:]
    if path.startswith("/"):
        return f"file://{_quoted(path)}", False
    if path[1:3] == ":/":  # a drive of Windows
        return f"file:///{_quoted(path)}", False
    return _quoted(path) or "stack.yaml", True


def _quoted(path: str) -> str:
    """All but what is plain in a path by its number; `:` too, which would make it a scheme."""
    return quote(path, safe="/-._~", errors="replace")

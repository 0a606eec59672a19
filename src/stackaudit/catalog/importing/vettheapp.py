"""VetThe.App: a folder of one YAML file for each app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.sources import sources

_CERTIFICATIONS = ("iso27001", "soc2")


def read(folder: Path) -> Iterator[Sighting]:
    """Every app that its authors call ready to be published."""
    for file in sorted(folder.glob("*.yaml")):
        entry = yaml.safe_load(file.read_text(encoding="utf-8"))
        if entry.get("meta", {}).get("ready_to_publish"):
            yield _sighting(file, entry)


def _sighting(file: Path, entry: dict[str, Any]) -> Sighting:
    page = sources()["vettheapp"].page(file.name)
    facts: dict[str, Any] = {"sign_in": _sign_in(entry), "sources": {"sign_in": page}}
    held = [name for name in _CERTIFICATIONS if entry.get("compliance", {}).get(name) is True]
    if held:
        facts["certifications"] = held
        facts["sources"]["certifications"] = page
    return Sighting(
        origin="vettheapp",
        key=file.stem,
        name=entry["name"],
        page=page,
        website=entry["website"],
        facts=facts,
    )


def _sign_in(entry: dict[str, Any]) -> dict[str, Any]:
    """What the app offers, in the words of the inventory: none, optional, enforced."""
    sso, mfa = entry.get("sso", {}), entry.get("mfa", {})
    found: dict[str, Any] = {}
    if sso.get("supported") is not None:
        found["sso"] = "optional" if sso["supported"] else "none"
    if sso.get("supported") and sso.get("tier"):
        found["sso_from"] = str(sso["tier"])
    if mfa.get("supported") is not None:
        enforced = mfa.get("enforcement") == "required"
        found["mfa"] = "none" if not mfa["supported"] else "enforced" if enforced else "optional"
    scim = entry.get("scim", {}).get("supported")
    if scim is not None:
        found["scim"] = scim in ("full", "partial", True)
    return found

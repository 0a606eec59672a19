"""The SSO Wall of Shame: a folder of one YAML file for each vendor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from stackaudit.catalog.importing.sighting import Sighting
from stackaudit.catalog.importing.sources import sources

ON_REQUEST = "on request"

_PRICE = re.compile(
    r"(?P<sign>[$€]?)(?P<amount>\d[\d,]*(\.\d+)?)\s?(?P<behind>€?)"
    r"(\s*(per|/)\s*(?P<unit>[\w/ ]+?))?"
)
_CURRENCIES = {"$": "USD", "€": "EUR"}
_UNITS = {
    "u/m": "user/month",
    "user/mo": "user/month",
    "user/month": "user/month",
    "u/y": "user/year",
    "mo": "month",
    "month": "month",
    "year": "year",
    "device": "device",
    "device/m": "device/month",
    "device/year": "device/year",
    "screen/m": "screen/month",
    "location/m": "location/month",
    "app/mo": "app/month",
    "project/mo": "project/month",
    "repository/mo": "repository/month",
    "resource/month": "resource/month",
    "connection per year": "connection/year",
}


def read(folder: Path) -> Iterator[Sighting]:
    """Every vendor whose prices can be read; the others say nothing that could be compared."""
    for file in sorted(folder.glob("*.yaml")):
        entry = next(iter(yaml.safe_load_all(file.read_text(encoding="utf-8"))))
        cost = _cost(entry)
        if cost is not None:
            page = sources()["sso_tax"].page(file.name)
            yield Sighting(
                origin="sso_tax",
                key=file.stem,
                name=str(entry["name"]).strip(),
                page=page,
                website=entry["vendor_url"],
                facts={"sso_cost": cost, "sources": {"sso_cost": page}},
            )


def _cost(entry: dict[str, Any]) -> dict[str, Any] | None:
    """The two prices as the catalog has them; None where they cannot be compared."""
    base = _price(str(entry["base_pricing"]))
    text = str(entry["sso_pricing"])
    with_sso = (ON_REQUEST, None) if text.casefold().startswith("call us") else _price(text)
    if base is None or with_sso is None:
        return None
    unit = base[1]
    if with_sso[0] != ON_REQUEST and with_sso[1] != unit:
        return None
    cost = {"base": base[0], "with_sso": with_sso[0], "year": int(str(entry["updated_at"])[:4])}
    return cost if unit is None else {**cost, "unit": unit}


def _price(text: str) -> tuple[str, str | None] | None:
    """Amount with currency, and the unit if one is stated."""
    found = _PRICE.fullmatch(text.strip())
    if found is None or not (found["sign"] or found["behind"]):
        return None
    unit = found["unit"]
    if unit is not None and unit.strip() not in _UNITS:
        return None
    currency = _CURRENCIES[found["sign"] or found["behind"]]
    amount = found["amount"].replace(",", "")
    return f"{amount} {currency}", _UNITS[unit.strip()] if unit else None

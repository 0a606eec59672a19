"""Books of reports for the tests of every format: a full one, bare ones, and hostile ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

from stackaudit.figures.report.book import Book, book
from stackaudit.figures.report.parts import Audience
from tests.stacks import audited, waiver

MARK = "Zzmark"
"""Stands in the full stack wherever people write what they like."""

FULL = f"""\
stackaudit: 1
organization: {MARK}
currency: EUR
confirmed: 2026-10-20
incomplete: [contracts]
policy: {{regions: [eu]}}
datasets:
  contact: {{name: "{MARK} contacts", privacy: personal, confidentiality: confidential,
    system_of_record: crm, identity: [email]}}
  visitor: {{privacy: personal, identity: [cookie_id]}}
  health: {{privacy: special}}
  sums: {{privacy: none, system_of_record: none}}
  other: {{}}
capabilities:
  email: {{owner: "{MARK} owner", needs: [contact, visitor], within: 1d}}
  "own-thing": {{name: "{MARK} thing", lane: engage, needs: [contact]}}
tools:
  crm:
    name: "{MARK} crm"
    vendor: "{MARK} vendor"
    capabilities: [crm, email]
    owner: {{business: "{MARK} sales", technical: "{MARK} it"}}
    contract: {{cost: 48000/year, seats: 60, used: 12, renews: 2027-02-01, notice: 60d,
      auto_renew: true}}
    holds: [contact]
    collects: [visitor]
    region: us
    safeguard: none
    fit: {{business: 4, technical: 2}}
    disposition: invest
    access: {{sso: none, mfa: none, shared_login: true}}
  mailer:
    name: "{MARK} mailer"
    capabilities: [email]
    owner: {{business: none, technical: "{MARK} it"}}
    contract: {{cost: 9000/year, renews: 2026-12-31, notice: 30d, auto_renew: true}}
    holds: [contact]
    fit: {{business: 2, technical: 3}}
    dpa: none
    erasure: []
  letters:
    name: "{MARK} letters"
    capabilities: [email, own-thing]
    contract: {{cost: 500/month}}
    holds: [contact, health]
    collects: []
    users: 22
  island:
    capabilities: [own-thing]
    holds: [contact]
    collects: []
    contract: none
  soon: {{lifecycle: planned}}
flows:
  - {{from: crm, to: mailer, data: [contact], method: file, every: 1d, status: broken,
     owner: "{MARK} it", last_success: 2026-10-01, protect: none}}
  - {{from: mailer, to: crm, data: [visitor], method: ipaas, through: letters, every: event}}
  - {{from: crm, to: letters, status: planned, requested: 2026-01-01}}
contracts:
  all: {{covers: [crm, mailer], renews: never}}
reviews:
  crm: {{state: approved, on: 2026-03-02, by: "{MARK} security"}}
  mailer: {{state: requested, on: 2026-03-02}}
roadmap:
  - {{id: one, title: "{MARK} profile", when: 2027-Q1, business: "{MARK} cmo", technical: none,
     driver: growth, tools: [crm]}}
  - {{id: two, depends_on: [one]}}
budget: {{year: 2026, total: 90000}}
"""

NOTHING = "stackaudit: 1\ntools: {}\n"
NAMES_ONLY = "stackaudit: 1\ntools:\n  one: {}\n  two: {name: Two}\n"
"""No findings, no flows, no costs, no data."""
CLEAN = "stackaudit: 1\ncurrency: EUR\ntools:\n  one: {capabilities: [cms], contract: none}\n"


@cache
def full_book(audience: Audience = "workshop", *, compared: bool = False) -> Book:
    """A book in which every chapter has something to show."""
    older = audited(FULL.replace("2026-12-31, notice", "2027-06-30, notice"))
    waived = (waiver("security/shared-login", "crm"),)
    return book(audited(FULL, waivers=waived), audience=audience,
                compare=older if compared else None)  # fmt: skip


@cache
def bare_book(text: str) -> Book:
    """The book of an inventory with little in it."""
    return book(audited(text))


@cache
def named(name: str, audience: Audience = "workshop") -> Book:
    """The full book, in which everything that people write is called so."""
    found = _changed(_short(audience), lambda text: text.replace(MARK, name))
    assert isinstance(found, Book)
    return found


@cache
def _short(audience: Audience) -> Book:
    """The full book with fewer questions and rules: they are all alike."""
    found = full_book(audience)
    asked = found.questions.interview.first(8)
    return replace(
        found,
        questions=replace(found.questions, interview=asked, respondents=asked.respondents()),
        limits=replace(found.limits, rules=found.limits.rules[:4],
                       undecided=found.limits.undecided[:2]),
    )  # fmt: skip


def _changed(node: Any, change: Callable[[str], str]) -> Any:
    """The same values with other texts; what has none of them stays the same object."""
    if isinstance(node, Enum | dt.date):
        return node
    if isinstance(node, str):
        return change(node)
    if isinstance(node, tuple):
        if not _marked(node):
            return node
        make = getattr(node, "_make", tuple)  # of a named tuple
        return make(_changed(each, change) for each in node)
    if isinstance(node, dict):
        return {_changed(key, change): _changed(each, change) for key, each in node.items()}
    if is_dataclass(node) and not isinstance(node, type) and _marked(node):
        changed = {e.name: _changed(getattr(node, e.name), change) for e in fields(node) if e.init}
        return replace(node, **changed)
    return node


_KNOWN: dict[int, bool] = {}
"""Of the nodes of full books, which are never thrown away."""


def _marked(node: Any) -> bool:
    """Whether the mark is anywhere in it."""
    found = _KNOWN.get(id(node))
    if found is None:
        found = _KNOWN[id(node)] = any(map(_has, _children(node)))
    return found


def _has(node: Any) -> bool:
    if isinstance(node, str):
        return MARK in node
    branches = isinstance(node, tuple | dict) or is_dataclass(node)
    return branches and _marked(node)


def _children(node: Any) -> list[Any]:
    if isinstance(node, dict):
        return [*node, *node.values()]
    if isinstance(node, tuple):
        return list(node)
    return [getattr(node, each.name) for each in fields(node)]

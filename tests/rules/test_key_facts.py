"""Keys: which systems of record a tool can open with what it holds."""

from __future__ import annotations

import pytest

from stackaudit.rules.kleene import Some
from tests.rules.facts_reading import fact, members, missing, path


def one(tool: str, flow: str = "") -> str:
    """A stack in which the tool `chat` may hold keys."""
    return f"""
        stackaudit: 1
        datasets:
          contact: {{privacy: personal, system_of_record: crm}}
          product: {{privacy: none, system_of_record: pim}}
          ticket: {{privacy: personal}}
          note: {{}}
        tools:
          crm: {{name: Salesforce, holds: [contact, product]}}
          pim: {{holds: [product]}}
          lake: {{holds: [contact]}}
          desk: {{holds: [ticket]}}
          form: {{holds: []}}
          chat: {{{tool}}}
        flows: [{flow}]
    """


def grant(text: str) -> str:
    return one(f"grants: [{{{text}}}]")


@pytest.mark.parametrize(
    ("key", "opens"),
    [
        ("on: crm, can: write", ("crm",)),
        ("on: crm, can: admin, data: [product]", ("crm",)),
        ("on: crm, can: read, data: [contact]", ("crm",)),
        ("on: crm, data: [contact]", ("crm",)),
        ("on: crm, can: read, data: [product]", ()),
        ("on: pim, can: write, data: [product]", ("pim",)),
        ("on: pim, can: read, data: [product]", ()),
        ("on: lake, can: admin, data: [contact]", ()),
        ("on: form, can: admin", ()),
    ],
)
def test_write_always_and_read_where_it_is_about_people(key: str, opens: tuple[str, ...]) -> None:
    assert members(grant(key), "tool.opens_records", "chat") == opens


@pytest.mark.parametrize(
    ("key", "unstated"),
    [
        ("on: crm, can: read", ["tools.chat.grants.0.data"]),
        ("on: crm", ["tools.chat.grants.0.can", "tools.chat.grants.0.data"]),
        ("on: pim, data: [product]", ["tools.chat.grants.0.can"]),
        ("on: crm, can: read, data: [note]", ["datasets.note.privacy"]),
        ("on: desk, can: write", ["datasets.ticket.system_of_record"]),
    ],
)
def test_what_nobody_said_of_a_key_keeps_it_open(key: str, unstated: list[str]) -> None:
    assert members(grant(key), "tool.opens_records", "chat") == Some(())
    assert missing(grant(key), "tool.opens_records", "chat") == unstated


def test_nobody_said_which_keys_it_holds() -> None:
    assert members(one(""), "tool.opens_records", "chat") == Some(())
    assert missing(one(""), "tool.opens_records", "chat") == ["tools.chat.grants"]
    assert members(one("grants: []"), "tool.opens_records", "chat") == ()


@pytest.mark.parametrize(
    ("flow", "opens"),
    [
        ("from: crm, to: chat, credential: {held_by: chat, can: read}", ("crm",)),
        ("from: chat, to: crm, credential: {held_by: chat}", ("crm",)),
        ("from: form, through: chat, to: crm, credential: {held_by: chat, can: write}", ("crm",)),
        ("from: crm, through: chat, to: form, credential: {held_by: chat, can: read}", ("crm",)),
        ("from: crm, through: chat, to: form, credential: {held_by: chat, can: write}", ()),
        ("from: crm, to: chat, credential: {held_by: crm}", ()),
        ("from: crm, to: chat, status: paused, credential: {held_by: chat}", ("crm",)),
        ("from: crm, to: chat, status: finished, credential: {held_by: chat}", ()),
        ("from: crm, to: chat, status: planned, credential: {held_by: chat}", ()),
    ],
)
def test_the_credential_of_a_flow_opens_an_end(flow: str, opens: tuple[str, ...]) -> None:
    text = one("grants: []", f"{{id: f, data: [contact], {flow}}}")
    assert members(text, "tool.opens_records", "chat") == opens


@pytest.mark.parametrize(
    ("flow", "unstated"),
    [
        ("from: form, through: chat, to: crm, credential: {held_by: chat}",
         ["flows.f.credential.can"]),
        ("from: crm, to: chat, method: api", ["flows.f.credential.held_by"]),
        ("from: crm, to: chat, credential: {can: read}", ["flows.f.credential.held_by"]),
    ],
)  # fmt: skip
def test_nobody_said_which_end_or_who_holds_it(flow: str, unstated: list[str]) -> None:
    text = one("grants: []", f"{{id: f, data: [contact], {flow}}}")
    assert members(text, "tool.opens_records", "chat") == Some(())
    assert missing(text, "tool.opens_records", "chat") == unstated


@pytest.mark.parametrize(
    "flow",
    [
        "from: crm, to: chat, method: file",
        "from: crm, to: chat, method: manual",
        "from: crm, to: chat, method: api, status: planned",
        "from: form, to: chat, method: api",
    ],
)
def test_some_flows_need_no_key_to_a_record(flow: str) -> None:
    text = one("grants: []", f"{{id: f, data: [contact], {flow}}}")
    assert members(text, "tool.opens_records", "chat") == ()


def test_unlisted_flows_may_have_keys() -> None:
    text = one("grants: [], incomplete: [flows]")
    assert missing(text, "tool.opens_records", "chat") == ["tools.chat.incomplete"]


def test_the_witness_and_the_words() -> None:
    text = one("grants: [{on: pim, can: write}, {on: crm, data: [contact]}, {on: crm, can: admin}]")
    assert fact(text, "tool.key_words", "chat") == ("Salesforce (admin)", "pim (write)")
    assert path(text, "tool.opens_records", "chat") == ("chat", "crm")
    text = grant("on: crm, data: [contact]")
    assert fact(text, "tool.key_words", "chat") == ("Salesforce (rights not stated)",)
    assert path(one("grants: []"), "tool.opens_records", "chat") == ()

"""Formats of tables: what they give, and what hostile files get."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from stackaudit.errors import StackauditError
from stackaudit.sources.observation import Doubt, ToolSeen
from stackaudit.sources.options import Options
from stackaudit.sources.tables.mapping import Mapped, mapping_text, read_mapping
from stackaudit.sources.tables.survey import survey
from tests.sources.reading import EUR, doubts, seen, tools, with_rates, written

PLAIN = "Tool,Annual cost (EUR),Seats\nHubSpot,48000,60\nSlack,1200,5\n"


def refused(path: Path, options: Options = EUR) -> str:
    with pytest.raises(StackauditError) as raised:
        seen(path, options)
    assert all(problem.hint for problem in raised.value.problems)
    return str(raised.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv(tmp_path: Path, separator: str, bom: str, newline: str) -> None:
    text = bom + PLAIN.replace(",", separator).replace("\n", newline)
    (tmp_path / "apps.csv").write_bytes(text.encode())
    found = tools(tmp_path / "apps.csv")
    assert found["HubSpot"].facts == {"contract.cost": "48000/year", "contract.seats": "60"}
    assert [each.seen.row for each in found.values()] == [2, 3]


def test_a_quoted_cell_may_have_several_lines(tmp_path: Path) -> None:
    path = written(tmp_path, 'Tool,Notes\nA,"one\ntwo, three"\nB,x\n')
    assert tools(path)["A"].facts == {"notes": "one two, three"}
    assert tools(path)["B"].seen.row == 3  # as a spreadsheet program counts


def test_what_is_not_csv_is_told_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'Tool,Notes\nA,"one\ntwo"\nB,"never closed\n')
    assert "apps.csv:4:1" in refused(path)


def test_titles_and_blank_lines_above_the_header(tmp_path: Path) -> None:
    path = written(tmp_path, "Our tools;;\n;;\nAnwendung;Kosten pro Monat;Lizenzen\nA;100 €;5\n")
    assert tools(path)["A"].facts["contract.cost"] == "100/month"


def test_the_header_may_come_again_and_totals_are_no_tools(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Seats\nA,1\nTool,Seats\nB,2\nTotal:,3\n")
    assert list(tools(path)) == ["A", "B"]


def test_a_ledger_names_who_was_paid(tmp_path: Path) -> None:
    path = written(tmp_path, "Payee,Amount per year\nHubSpot Inc.,48000 EUR\n")
    assert list(tools(path)) == ["HubSpot Inc."]


def test_other_encodings_are_named_by_the_user(tmp_path: Path) -> None:
    path = tmp_path / "apps.csv"
    path.write_bytes("Anwendung;Schutzbedarf\nMüller;öffentlich\n".encode("cp1252"))
    assert "not utf-8" in refused(path)
    assert list(tools(path, Options(encoding="cp1252"))) == ["Müller"]
    path.write_bytes("Anwendung;Schutzbedarf\nMüller;öffentlich\n".encode("utf-16"))
    assert list(tools(path, Options(encoding="utf-16"))) == ["Müller"]
    assert "no encoding" in refused(path, Options(encoding="klingon"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        ",,,\n,,,\n",
        'Tool,Notes\nA,"never closed\n',
        'Tool,Notes\nA,"never closed\n' + "x" * 100_000,
        "Tool,Notes\nA,\0\n",
        "a,b\n1,2\n",
        "Tool" + "," * 10_000_000 + "\n",
        "Tool\nA" + "," * 1_500 + "\n",
    ],
    ids=["empty", "blank", "commas", "quote", "long quote", "NUL", "no names", "wide", "wide row"],
)
def test_csv_that_is_refused(tmp_path: Path, text: str) -> None:
    refused(written(tmp_path, text))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    refused(tmp_path / "missing.csv")
    (tmp_path / "folder.csv").mkdir()
    refused(tmp_path / "folder.csv")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.csv")
        refused(tmp_path / "pipe.csv")
    refused(written(tmp_path, "x", "apps.exe"))


def book(path: Path, rows: list[list[Any]]) -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def test_xlsx(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Our tools"],
        [],
        ["Tool", "Annual cost EUR", "Seats"],
        ["HubSpot", 48000.5, 60.0],
    ]
    path = book(tmp_path / "apps.xlsx", rows)
    assert tools(path)["HubSpot"].facts == {
        "contract.cost": "48000.50/year",
        "contract.seats": "60",
    }
    assert tools(path)["HubSpot"].seen.row == 4


def test_a_formula_without_a_value_is_a_doubt(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Tool", "Annual cost EUR", "Seats"],
        ["HubSpot", "=1000*12", 5],
        ["A", 12, "=1+1"],
    ]
    path = book(tmp_path / "apps.xlsx", rows)
    assert "contract.cost" not in tools(path)["HubSpot"].facts
    assert doubts(path) == [(2, "Annual cost EUR"), (3, "Seats")]


def test_a_sheet_that_claims_to_be_endless(tmp_path: Path) -> None:
    path = book(tmp_path / "apps.xlsx", [["Tool", "Seats"], ["A", 1]])
    rewritten(path, "xl/worksheets/sheet1.xml", b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert list(tools(path)) == ["A"]


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> None:
    """The same archive with other bytes in one part."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(content, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != part or old in data
            after.writestr(name, data.replace(old, new) if name == part else data)
    path.write_bytes(content.getvalue())


def test_an_xlsx_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<f>" + b" " * 50_000_000)
    assert "unpacks" in refused(path)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "parts.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/{number}.xml", b"x")
    assert "unpacks" in refused(path)


def test_xml_entities_in_xlsx_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "apps.xlsx", [["Tool", "Seats"], ["A", 1]])
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    rewritten(path, "xl/worksheets/sheet1.xml", b"<worksheet", bomb)
    refused(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"Tool,Seats\nA,1\n"])
def test_what_is_no_xlsx_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "apps.xlsx"
    path.write_bytes(content)
    refused(path)


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_xlsx_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    path = book(tmp_path / "apps.xlsx", [["Tool", "Seats"], ["A", "=1+1"]])
    data, chance = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(5):
        data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))
    with suppress(StackauditError):
        seen(path)


def test_without_the_packages_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book(tmp_path / "apps.xlsx", [["Tool", "Seats"], ["A", 1]])
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(StackauditError) as raised:
        seen(path)
    assert raised.value.problems[0].hint == (
        "pip install 'stackaudit[xlsx]', or export the table as CSV"
    )


def test_json(tmp_path: Path) -> None:
    apps = [{"name": "HubSpot", "users": 22, "sso": False}, {"name": "A", "status": None}]
    for content in (apps, {"total": 2, "apps": apps}):
        path = written(tmp_path, json.dumps(content), "apps.json")
        assert tools(path)["HubSpot"].facts == {"users": "22", "access.sso": "none"}


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "3", "[" * 100_000, '[{"name": "\\ud800"}]'])
def test_json_that_is_odd(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text, "apps.json")
    if "ud800" in text:
        assert not tools(path)  # nothing is left of the name
    else:
        refused(path)


def test_yaml(tmp_path: Path) -> None:
    path = written(tmp_path, "apps:\n  - {app: HubSpot, seats: 60}\n  - app: A\n", "apps.yaml")
    assert tools(path)["HubSpot"].facts == {"contract.seats": "60"}


def test_markdown(tmp_path: Path) -> None:
    text = (
        "# Tools\n\n| Tool | Annual cost | Owner |\n|---|---:|---|\n"
        "| [HubSpot](https://hubspot.com) | €48,000.00 | **Anna** |\n| A \\| B | TBD | |\n\nend | x\n"  # noqa: E501
    )
    found = tools(written(tmp_path, text, "apps.md"))
    assert found["HubSpot"].domain == "hubspot.com"
    assert found["HubSpot"].facts == {"owner.business": "Anna", "contract.cost": "48000/year"}
    assert list(found) == ["HubSpot", "A | B"]
    refused(written(tmp_path, "no table | here\n", "apps.md"))


@pytest.mark.parametrize("name", ["=1+1", "[/]", "[red]x", "+A", "@x", "<script>", "::error::x"])
def test_names_that_are_code_elsewhere_are_names(tmp_path: Path, name: str) -> None:
    assert list(tools(written(tmp_path, f"Tool,Seats\n{name},1\n"))) == [name]


@pytest.mark.parametrize("name", ["", "TBD", "none", "x" * 300])
def test_rows_without_a_name_are_doubts(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, f"Tool,Seats\n{name},1\nA,2\n")
    assert list(tools(path)) == ["A"]
    assert doubts(path) == [(2, "Tool")]


def test_a_mapping_goes_before_recognition(tmp_path: Path) -> None:
    path = written(tmp_path, "Ding,Tool,Betrag\nHubSpot,Seite,48.000\n")
    mapping = written(
        tmp_path,
        "columns: {Ding: name, Tool: ignore, Betrag: contract.cost/year}\ncurrency: EUR\n"
        'decimal: ","\n',
        "map.yaml",
    )
    found = tools(path, Options(mapped=read_mapping(mapping), currency="EUR"))
    assert found["HubSpot"].facts == {"contract.cost": "48000/year"}


@pytest.mark.parametrize(
    "text",
    ["columns: {A: cost_yaer}", "columns: [a]", "colums: {}", "currency: euro", "decimal: x", "3"],
)
def test_mappings_that_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(StackauditError):
        read_mapping(written(tmp_path, text, "map.yaml"))


def test_a_saved_mapping_reads_back(tmp_path: Path) -> None:
    path = written(tmp_path, "Anwendung;Wetter;Jahreskosten (€)\nA;x;1\n")
    columns = survey(path, EUR).columns
    saved = written(tmp_path, mapping_text(columns), "map.yaml")
    assert read_mapping(saved) == Mapped(
        {"Anwendung": "name", "Wetter": "ignore", "Jahreskosten (€)": "cost_year"}
    )


def test_a_column_that_nobody_knows_is_kept_if_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Cost center\nA,4711\nB,\n")
    assert doubts(path) == [(1, "Cost center")]
    found = tools(path, Options(keep_unknown=True))
    assert found["A"].facts == {"x-cost-center": "4711"}
    assert found["B"].facts == {}


def test_other_currencies_need_a_rate(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Annual cost\nA,$1200.00\nB,€500.00\n")
    assert tools(path)["A"].facts == {"x-cost": "$1200.00"}
    rated = tools(path, with_rates(USD="0.92"))
    assert rated["A"].facts["contract.cost"] == {
        "amount": "1200",
        "currency": "USD",
        "period": "year",
    }


def test_a_price_without_a_period_is_a_doubt(tmp_path: Path) -> None:
    path = written(tmp_path, "Tool,Cost\nA,1200 €\nB,100 €/month\n")
    assert doubts(path) == [(2, "Cost")]
    assert tools(path)["B"].facts["contract.cost"] == "100/month"


def test_a_cell_is_never_repeated_in_a_doubt(tmp_path: Path) -> None:
    secret = "sk-live-4242"
    header = "Tool,Annual cost,Seats,Renewal,SSO,MFA,DPA,Region,Status,Criticality,Category"
    path = written(tmp_path, f"{header}\nA{f',{secret}' * 10}\n")
    found = [each for each in seen(path) if isinstance(each, Doubt)]
    assert len(found) == 10
    assert not [each for each in found if secret in f"{each} {each.hint}"]
    assert isinstance(seen(path)[0], ToolSeen)


def test_a_table_is_found_behind_a_cover_sheet(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    cover = workbook.active
    assert cover is not None
    cover.append(["Software of the marketing department"])
    cover.append(["as of", "October"])
    workbook.create_sheet("empty")
    table = workbook.create_sheet("Apps")
    table.append(["Tool", "Seats"])
    table.append(["HubSpot", 60])
    workbook.save(tmp_path / "apps.xlsx")
    assert tools(tmp_path / "apps.xlsx")["HubSpot"].facts == {"contract.seats": "60"}


def test_links_to_other_files_are_not_followed(tmp_path: Path) -> None:
    path = book(tmp_path / "apps.xlsx", [["Tool", "Seats"], ["A", 1]])
    linked = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(linked, "w") as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                cell = b'<c r="B2" t="n"><v>1</v></c>'
                assert cell in content
                formula = b'<c r="B2"><f>[1]Sheet1!$A$1</f></c>'
                content = content.replace(cell, formula)
            if part.filename == "xl/_rels/workbook.xml.rels":
                end = b"</Relationships>"
                link = (
                    b'<Relationship Id="rIdX" Target="externalLinks/externalLink1.xml" Type="http://'
                    b'schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"/>'
                )
                content = content.replace(end, link + end)
            after.writestr(part, content)
        after.writestr("xl/externalLinks/externalLink1.xml", b"<not even xml")
    path.write_bytes(linked.getvalue())
    assert "contract.seats" not in tools(path)["A"].facts
    assert doubts(path) == [(2, "Seats")]


def test_yaml_of_other_people_may_have_anchors(tmp_path: Path) -> None:
    text = "base: &b {seats: !!int 60}\napps:\n  - {<<: *b, app: HubSpot}\n  - {app: A, <<: *b}\n"
    path = written(tmp_path, text, "apps.yaml")
    assert {name: dict(tool.facts) for name, tool in tools(path).items()} == {
        "HubSpot": {"contract.seats": "60"},
        "A": {"contract.seats": "60"},
    }


@pytest.mark.parametrize("text", ["- {app: A, app: B}\n", "- &a [*a]\n", "- app: *nothing\n"])
def test_yaml_that_says_two_things_is_refused(tmp_path: Path, text: str) -> None:
    assert "apps.yaml:1:" in refused(written(tmp_path, text, "apps.yaml"))

"""A company's tech stack in the style of GitLab's handbook, dirty values included."""

from __future__ import annotations

from pathlib import Path

from stackaudit.sources.observation import ToolSeen
from stackaudit.sources.registry import source_of
from tests.sources.reading import doubts, seen, tools, written

STACK = """\
- title: Mailer Deluxe
  team_member_count: "40"
  business_owner: Ada Example
  technical_owner: Ben Example & Cleo Example
  group_owner: Marketing Operations
  data_classification: Orange
  integration_method: Okta
  saas: true
  subprocessor: "Yes"
  critical_systems_tier: Tier 2 - Business Critical
  collected_data: Name, email
  provisioner: Ben Example
  deprovisioner: TBD
- title: Diagrams
  business_owner: TBD
  group_owner: Design
  data_classification: "RED "
  integration_method: Google OAuth
  critical_systems_tier:
- title: Old Portal
  business_owner: none
  data_classification: Yellow/Orange
  integration_method: see the wiki
  title: Old Portal again
- title: ""
  group_owner: Nobody knows
- just a line
"""


def facts(folder: Path) -> dict[str, ToolSeen]:
    return tools(written(folder, STACK, "tech_stack.yml"))


def test_it_is_recognized_by_its_keys(tmp_path: Path) -> None:
    assert source_of(written(tmp_path, STACK, "tech_stack.yml")).name == "tech-stack"
    plain = written(tmp_path, "- {title: A, seats: 3}\n", "list.yml")
    assert source_of(plain).name == "table"


def test_a_full_entry(tmp_path: Path) -> None:
    assert facts(tmp_path)["Mailer Deluxe"].facts == {
        "owner.business": "Ada Example",
        "owner.technical": "Ben Example & Cleo Example",
        "classified": "confidential",
        "access.sso": "enforced",
        "criticality": "high",
        "x-provisioner": "Ben Example",
        "x-subprocessor": "Yes",
        "x-collected-data": "Name, email",
        "x-tier": "Tier 2 - Business Critical",
    }


def test_dirty_values(tmp_path: Path) -> None:
    found = facts(tmp_path)
    assert found["Diagrams"].facts == {
        "owner.business": "Design",
        "classified": "restricted",
        "access.sso": "optional",
    }
    assert found["Old Portal"].facts == {"owner.business": "none"}


def test_a_stage_behind_the_title_is_no_part_of_the_name(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "- {title: Allocadia (deprecated), data_classification: Red}\n"
        "- {title: Foo (EMEA), integration_method: Okta}\n",
        "tech_stack.yml",
    )
    found = {name: each.facts.get("lifecycle") for name, each in tools(path).items()}
    assert found == {"Allocadia": "retiring", "Foo (EMEA)": None}


def test_what_is_not_understood_is_a_doubt_at_its_line(tmp_path: Path) -> None:
    assert doubts(written(tmp_path, STACK, "tech_stack.yml")) == [
        (24, None),  # the title that is there twice
        (1, "technical_owner"),
        (20, "data_classification"),
        (20, "integration_method"),
        (25, "title"),
        (27, "title"),
    ]


def test_the_columns_of_tables_are_not_asked(tmp_path: Path) -> None:
    """`integration_method` is how people sign in there, not how data flows."""
    assert all(isinstance(each, ToolSeen) for each in seen(written(
        tmp_path,
        "- {title: A, integration_method: SAML, group_owner: B}\n",
        "tech_stack.yaml",
    )))  # fmt: skip

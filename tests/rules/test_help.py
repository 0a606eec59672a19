"""Every rule that ships has a page, and says where it is."""

from __future__ import annotations

import tomllib
from pathlib import Path

from stackaudit import project
from stackaudit.rules.help import help_uri
from stackaudit.rules.library import load_rules
from tests.rules.rule_text import loaded, with_parts

ROOT = Path(__file__).parents[2]


def test_the_address_of_a_rule_is_that_of_its_page() -> None:
    for rule in load_rules():
        address = help_uri(rule)
        assert address is not None
        page = ROOT / "docs" / address.removeprefix(f"{project.DOCS}/")
        assert page.is_file(), page


def test_a_rule_of_another_pack_has_no_page() -> None:
    assert help_uri(loaded(with_parts())) is None


def test_the_addresses_are_those_of_the_project() -> None:
    urls = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    assert (urls["Homepage"], urls["Issues"]) == (project.HOMEPAGE, project.ISSUES)
    assert urls["Documentation"].replace("/tree/", "/blob/") == project.DOCS

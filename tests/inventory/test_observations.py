"""What sources saw: read, named, placed and merged like the rest of an inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.inventory.model.observations import host, slug, thing
from stackaudit.inventory.stack import digest_of
from tests.inventory.reading import problems, read, read_file

SEEN = "observations: [{source: gtm, kind: tag, %s}]\n"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (("crm", "hubspot", "x.com", "X"), "crm"),
        ((None, "hubspot", "x.com", "X"), "hubspot"),
        ((None, None, "https://www.X.com/a?b", "X"), "x.com"),
        ((None, None, None, "Hotjar - Tracking  Code"), "hotjar-tracking-code"),
        ((None, "none", "x.com", "X"), "x.com"),
        ((None, "none", None, "Scroll depth"), "scroll-depth"),
    ],
)
def test_the_surest_of_what_is_stated_says_what_it_is(
    stated: tuple[str | None, ...], expected: str
) -> None:
    assert thing(*stated) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("static.hotjar.com", "static.hotjar.com"),
        ("HTTPS://www.Example.com:8443/a", "example.com"),
        ("//cdn.example.com/x.js", "cdn.example.com"),
        ("example.com.", "example.com"),
    ],
)
def test_the_host_of_an_address(address: str, expected: str) -> None:
    assert host(address) == expected


def test_a_name_of_signs_alone_is_kept() -> None:
    assert (slug("***"), slug("日本 Tag")) == ("***", "日本-tag")


def test_an_id_tells_source_kind_and_what_it_is() -> None:
    stack = read(
        "tools: {hotjar: }\n"
        "observations:\n"
        "  - {source: GTM, kind: tag, tool: hotjar, seen: 2026-10-02}\n"
        "  - {source: GTM, kind: tag, tool: hotjar, seen: 2026-10-01}\n"
        "  - {source: okta, kind: sign_in, name: Lunch Roulette}\n"
    )
    assert {name: str(each.seen) for name, each in stack.observations.items()} == {
        "gtm-tag-hotjar": "2026-10-01",
        "gtm-tag-hotjar-2": "2026-10-02",
        "okta-sign-in-lunch-roulette": "None",
    }
    assert stack.origins.place("observations", "gtm-tag-hotjar").line == 4
    assert stack.origins.states("observations", "gtm-tag-hotjar-2", "seen")


def test_the_order_of_files_and_entries_does_not_matter(tmp_path: Path) -> None:
    one = "{source: gtm, kind: tag, name: A, seen: 2026-10-01}"
    two = "{source: gtm, kind: tag, name: A, seen: 2026-10-02}"
    main = tmp_path / "stack.yaml"
    stacks = []
    for here, there in ((one, two), (two, one)):
        (tmp_path / "seen.yaml").write_text(f"observations: [{here}]\n")
        main.write_text(f"include: [seen.yaml]\nobservations: [{there}, {there}]\n")
        stacks.append(read_file(main))
    first, second = stacks
    assert list(first.observations) == ["gtm-tag-a", "gtm-tag-a-2"]
    assert first.observations == second.observations
    assert digest_of(first) == digest_of(second)
    place = first.origins.place("observations", "gtm-tag-a")
    assert Path(place.file).name == "seen.yaml"


def test_an_observation_changes_the_digest() -> None:
    assert digest_of(read(SEEN % "name: A")) != digest_of(read(SEEN % "name: B"))


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("seen: 2026-10-01", "bad-value", "nothing says what was seen"),
        ("tool: hotjr", "unknown-tool", "there is no tool"),
        ("name: A, data: [visitr]", "unknown-dataset", "there is no dataset"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(text: str, code: str, words: str) -> None:
    (found,) = problems("tools: {hotjar: }\n" + SEEN % text)
    assert (found.code, found.at.partition(":")[0]) == (code, "2")
    assert words in found.message


def test_a_kind_is_one_of_the_words() -> None:
    (found,) = problems("observations: [{source: gtm, kind: tags, name: A}]")
    assert "tag" in f"{found.message} {found.hint}"

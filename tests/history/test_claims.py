"""What a change claims that can make a finding go away: never silent in the verdict."""

from __future__ import annotations

import pytest

from tests.history.test_against import Auditing, audited, repo
from tests.repositories import Repo

__all__ = ["audited", "repo"]

STACK = """\
stackaudit: 1
policy: {regions: [eu]}
datasets:
  contact: {privacy: personal, confidentiality: confidential}
  diet: {privacy: special}
flows: []
tools:
  crm: {product: hubspot-crm, holds: [contact, diet]}
  desk: {holds: [contact]}
  spy: {lifecycle: rejected, product: hotjar}
reviews:
  crm: {state: approved, on: 2026-03-02, by: ann, until: 2027-03-02, scope: {counterparts: []}}
"""

CLAIMS = {
    "a policy": ("[eu]", "[eu, us]", "`regions` is `eu, us`, was `eu` (stack.yaml:2)"),
    "no policy": ("policy: {regions: [eu]}\n", "", "`regions` is not stated, was `eu`."),
    "classes": (
        "personal, confidentiality: confidential",
        "none, confidentiality: public",
        "dataset `contact` lowered: privacy is none, was personal and confidentiality is public",
    ),
    "a class": ("diet: {privacy: special}", "diet: {}", "privacy is not stated, was special"),
    "a retired tool": (
        "desk: {", "desk: {lifecycle: retired, ", "1 tool in use before, retired now: `desk`"
    ),
    "a planned tool": (
        "desk: {", "desk: {lifecycle: planned, ", "1 tool in use before, planned now: `desk`"
    ),
    "a removed tool": (
        "  desk: {holds: [contact]}\n", "", "1 tool in use before, removed: `desk`"
    ),
    "a rejection": ("rejected, product", "retired, product", "`spy` was rejected, and its"),
    "a rejected tool": (
        "  spy: {lifecycle: rejected, product: hotjar}\n", "", "`spy` was rejected, and is removed"
    ),
    "a new name": ("  desk: {", "  chat: {previously: [desk], ", "`chat` says that it was `desk`,"),
    "a name from nowhere": (
        "desk: {", "desk: {previously: [gone], ", "was `gone`, which the base does not have"
    ),
    "another product": (
        "hubspot-crm", "none", "the product of `crm` is `none`, was `hubspot-crm` (stack.yaml:8)"
    ),
    "no flows": ("flows: []\n", "", "no flows are stated any more"),
    "gaps": ("flows: []\n", "flows: []\nincomplete: [flows]\n", "`flows` listed as incomplete"),
    "a scope": (
        "counterparts: []",
        "counterparts: [desk]",
        "changed in `scope.counterparts`, still approved by `ann` on 2026-03-02 until 2027-03-02",
    ),
    "no scope": (", scope: {counterparts: []}", "", "review of `crm` changed in `scope`, still"),
    "an end": ("until: 2027", "until: 2099", "on 2026-03-02 until 2099-03-02"),
}  # fmt: skip


@pytest.mark.parametrize("claim", CLAIMS)
def test_what_can_hide_a_finding_is_named(claim: str, repo: Repo, audited: Auditing) -> None:
    old, new, words = CLAIMS[claim]
    repo.commit(stack=STACK)
    assert "In this change" not in audited("main").notes
    assert STACK.count(old) == 1
    repo.write(stack=STACK.replace(old, new))
    assert words in audited("main").notes


HARMLESS = {
    "a price, an owner, a note": (
        "desk: {", "desk: {notes: x, owner: {business: a}, contract: {cost: 9/year}, "
    ),
    "a product that nobody had stated": ("desk: {", "desk: {product: tidio, "),
    "more sensitive": ("special}", "special, confidentiality: restricted}"),
    "a new dataset": ("flows: []\n", "  cart: {privacy: none}\nflows: []\n"),
    "comments": ("stackaudit: 1\n", "stackaudit: 1 # yes\n\n"),
}  # fmt: skip


@pytest.mark.parametrize("change", HARMLESS)
def test_what_hides_nothing_is_not(change: str, repo: Repo, audited: Auditing) -> None:
    repo.commit(stack=STACK)
    old, new = HARMLESS[change]
    repo.write(stack=STACK.replace(old, new))
    found = audited("main")
    assert (found.code, "In this change" in found.notes) == (0, False)


FLOWS = """\
stackaudit: 1
tools: {crm: {}, mail: {}, shop: {}}
flows:
  - {from: crm, to: mail}
  - {from: shop, to: crm, status: active}
  - {from: shop, to: mail, status: planned}
  - {from: mail, to: shop, status: broken}
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to: mail}": "to: mail, status: paused}"},
         "1 flow said to run before, paused now: `crm-to-mail`"),
        ({"to: mail}": "to: mail, status: finished}", "status: active": "status: finished"},
         "2 flows said to run before, finished now: `crm-to-mail`, `shop-to-crm`"),
        ({"crm: {}": "sales: {previously: [crm]}", "to: crm": "to: sales",
          "from: crm, to: mail": "from: sales, to: mail, status: planned"},
         "1 flow said to run before, planned now: `sales-to-mail`"),
        ({"status: broken": "status: paused"}, None),
        ({"status: planned": "status: active"}, None),
        ({"  - {from: shop, to: crm, status: active}\n": ""}, None),
    ],
)  # fmt: skip
def test_flows_that_are_said_not_to_run_any_more_are_named(
    change: dict[str, str], words: str | None, repo: Repo, audited: Auditing
) -> None:
    repo.commit(stack=FLOWS)
    text = FLOWS
    for old, new in change.items():
        assert old in text
        text = text.replace(old, new)
    repo.write(stack=text)
    notes = audited("main").notes
    assert ("said to run before" in notes) is (words is not None)
    assert (words or "") in notes


def test_a_rejection_is_not_outlived_by_merging_tools(repo: Repo, audited: Auditing) -> None:
    repo.commit(
        stack="stackaudit: 1\nflows: []\n"
        "tools: {a: {}, spy: {product: hotjar, lifecycle: retired}, z: {}}\n"
        "reviews:\n"
        "  a: {state: approved, on: 2026-03-02, by: ann}\n"
        "  spy: {state: rejected, on: 2026-03-02, by: ann}\n"
        "  z: {state: approved, on: 2026-05-02, by: ann}\n",
        stackaudit="gate: {records: base}\n",
    )
    repo.write(
        stack="stackaudit: 1\nflows: []\n"
        "tools: {heat: {product: hotjar, previously: [a, spy, z]}}\n"
        "reviews: {heat: {state: approved, on: 2026-05-02, by: me}}\n"
    )
    found = audited("main")
    assert (found.code, "security/rejected-tool heat" in found.gating) == (1, True)
    assert "was rejected by `ann` on 2026-03-02: approved by `me`" in found.notes


def test_a_flood_of_baseline_entries_comes_last(repo: Repo, audited: Auditing) -> None:
    tools = "".join(f"  t{number}: {{holds: [contact]}}\n" for number in range(20))
    repo.commit(stack=STACK, stackaudit="baseline: baseline.txt\n")
    repo.folder.joinpath("baseline.txt").write_text("", "utf-8")
    repo.commit()
    entries = "".join(f"{n:032x} high security/unreviewed-tool t{n}\n" for n in range(20))
    repo.folder.joinpath("baseline.txt").write_text(entries, "utf-8")
    lowered = STACK.replace("special", "none").replace("by: ann", "by: me")
    repo.write(stack=lowered.replace("reviews:", f"{tools}reviews:"))
    notes = [each for each in audited("main").notes.splitlines() if "In this change" in each]
    assert "`diet` lowered" in notes[0]
    assert "review of `crm` changed in `by`" in notes[1]
    assert all("baseline entry" in each for each in notes[2:])
    assert len(notes) > 20


def test_an_inventory_that_is_gone_says_where_it_was(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    from stackaudit.cli.main import run

    repo.commit(stack=STACK)
    repo.folder.joinpath("stack.yaml").rename(repo.folder / "ours.yaml")
    assert run(["audit", "--against", "main"]) == 2
    said = capsys.readouterr().err
    assert "no-inventory there is no stack.yaml; revision" in said
    assert "--against main:stack.yaml" in said

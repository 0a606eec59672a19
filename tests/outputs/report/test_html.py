"""The page: what is on it, that it is whole by itself, and that nothing in a name changes it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from lxml import html as lxml_html

from stackaudit.errors import UsageError
from stackaudit.figures.report.book import Book
from stackaudit.figures.report.parts import AUDIENCES, Audience
from stackaudit.outputs.report.formats import FORMATS
from stackaudit.outputs.report.html import page as page_module
from stackaudit.outputs.report.html import render
from stackaudit.outputs.report.html.compact import compact
from stackaudit.outputs.report.html.fixes import GAP, fixes
from stackaudit.outputs.report.html.proofs import LEAST, proofs
from stackaudit.outputs.report.html.slim import slim
from stackaudit.outputs.report.html.writing import link, seen
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Logo, Look
from stackaudit.outputs.sanitize import visible
from tests.outputs.hostile import HOSTILE, twin_of
from tests.outputs.report.books import CLEAN, NAMES_ONLY, NOTHING, bare_book, full_book, named

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def made(book: Book, look: Look | None = None, code: str = "en") -> str:
    return render(book, language(code), look or Look()).decode("utf-8")


@cache
def full() -> str:
    return made(full_book())


@cache
def tree(audience: Audience = "workshop") -> lxml_html.HtmlElement:
    return lxml_html.fromstring(made(full_book(audience)))


def text_of(node: lxml_html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


# -- what is on it


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_chapter_of_the_audience_is_there_and_linked(audience: Audience) -> None:
    book, page = full_book(audience), tree(audience)
    assert page.xpath("//main/section/@id") == list(book.chapters)
    assert page.xpath("//nav//a/@href") == [f"#{each}" for each in book.chapters]
    titles = [text_of(each) for each in page.xpath("//main/section//h2")]
    assert titles == [language("en").chapter(each) for each in book.chapters]


def test_the_figures_read_back_are_those_of_the_book() -> None:
    kpis = full_book().kpis.figures
    data = json.loads(tree().xpath("string(//script[@id='data'])"))
    assert [(e["id"], e["value"], e["of"]) for e in data["kpis"]] == [
        (e.id, e.value, e.of) for e in kpis
    ]
    for kpi in kpis:
        (shown,) = tree().xpath(f"//*[@data-kpi='{kpi.id}']")
        digits = re.sub(r"\D", "", shown.text)
        assert digits == ("" if kpi.value is None else str(round(kpi.value)))
        (card,) = tree().xpath(f"//*[@id='kpi-{kpi.id}']")
        assert language("en").how(kpi.id) in text_of(card)


def test_every_finding_is_there_once_with_its_proof() -> None:
    book = full_book()
    found = tree().xpath("//div[@class='rule']/ol/li")
    numbers = sorted(int(each.get("value")) for each in found)
    assert numbers == [each.number for each in book.register.cards]
    for rule, shelf in zip(
        tree().xpath("//div[@class='rule']"), book.register.by_rule, strict=True
    ):
        rows = {int(each[0].text): text_of(each) for each in rule.xpath(".//tbody/tr")}
        whole = text_of(rule)
        assert len(rows) in (0, len(shelf.fingerprints))
        assert rows or len(shelf.fingerprints) < LEAST
        for card in map(book.register.card, shelf.fingerprints):
            assert visible(card.message) in text_of(rule.xpath(f".//li[@value='{card.number}']")[0])
            assert card.fingerprint[:12] in rows.get(card.number, whole)
            for fact in card.evidence:
                assert fact.fact in whole
                assert visible(fact.shown) in whole


def test_what_proves_all_findings_of_a_rule_is_said_once() -> None:
    cards = full_book().register.cards
    for rule in {each.rule for each in cards}:
        members = [each for each in cards if each.rule == rule]
        found = proofs(members)
        assert (found is None) == (len(members) < LEAST)
        if found is None:
            continue
        for card in members:
            own = [each for fact in found.facts for each in found.of(card, fact)]
            said = {(each.fact, each.shown) for each in (*own, *found.shared)}
            assert said == {(each.fact, each.shown) for each in card.evidence}


def test_every_rule_that_found_something_says_why_and_asks_both() -> None:
    page = text_of(tree())
    for shelf in full_book().register.by_rule:
        card = full_book().register.card(shelf.fingerprints[0])
        for text in (card.why, card.ask_it, card.ask_marketing):
            assert " ".join(visible(text).split()) in page


def test_every_finding_says_what_to_do_itself_or_with_its_rule() -> None:
    cards = full_book().register.cards
    by_rule = fixes(cards)
    assert any(GAP in each for each in by_rule.values())
    page = text_of(tree())
    for card in cards:
        text = by_rule.get(card.rule, card.fix)
        assert " ".join(visible(text).split()) in page
        if GAP in text:
            head, _, tail = text.partition(GAP)
            assert card.fix.startswith(head)
            assert card.fix.endswith(tail)
            assert card.fix[len(head) : len(card.fix) - len(tail)] in card.message


def test_every_tool_has_a_row_with_its_neighbours() -> None:
    rows = {
        each.get("id"): text_of(each) for each in tree().xpath("//table[@id='tools']//tbody/tr")
    }
    tools = full_book().inventory.tools
    assert list(rows) == [f"t{number}" for number, _ in enumerate(tools, 1)]
    for row, each in zip(rows.values(), tools, strict=True):
        assert row.startswith(visible(each.tool.name))
    (crm,) = (number for number, each in enumerate(tools, 1) if each.tool.id == "crm")
    assert "→" in rows[f"t{crm}"]
    assert "←" in rows[f"t{crm}"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_ids_are_unique_and_every_link_leads_somewhere(audience: Audience) -> None:
    page = tree(audience)
    ids = Counter[str](page.xpath("//@id"))
    assert [each for each, number in ids.items() if number > 1] == []
    targets = {each[1:] for each in page.xpath("//a/@href") if each.startswith("#")}
    assert targets
    assert targets - set(ids) == set()


@pytest.mark.parametrize("text", [NOTHING, NAMES_ONLY, CLEAN])
@pytest.mark.parametrize("code", ["en", "de"])
def test_what_is_empty_says_why(text: str, code: str) -> None:
    book, words = bare_book(text), language(code)
    page = lxml_html.fromstring(made(book, code=code))
    for chapter in book.chapters:
        (section,) = page.xpath(f"//section[@id='{chapter}']")
        if (reason := book.empty(chapter)) is not None:
            assert words.reason(reason) in text_of(section), chapter


def test_what_changed_is_told() -> None:
    page = lxml_html.fromstring(made(full_book(compared=True)))
    (section,) = page.xpath("//section[@id='changes']")
    changes = full_book(compared=True).changes
    told = text_of(section)
    assert changes.new or changes.cleared
    for each in (*changes.new, *changes.cleared):
        assert visible(each.message) in told


def test_look_is_on_the_cover() -> None:
    look = Look("A title", "A client", "An author", Logo("image/png", PIXEL), "#aa3366", "secret")
    page = made(full_book(), look)
    cover = lxml_html.fromstring(page)
    assert text_of(cover.xpath("//h1")[0]) == "A title"
    for text in ("A client", "An author", "secret"):
        assert text in text_of(cover.xpath("//main/div")[0])
    (image,) = cover.xpath("//img/@src")
    assert base64.b64decode(image.removeprefix("data:image/png;base64,")) == PIXEL
    assert "--accent:#aa3366" in page


def test_anonymous_report_says_so() -> None:
    assert language("en").word("report.anonymized") in made(full_book(), Look(anonymous=True))
    assert language("en").word("report.anonymized") not in full()


def test_german_page_is_german() -> None:
    page = lxml_html.fromstring(made(full_book(), code="de"))
    assert page.get("lang") == "de"
    assert text_of(page.xpath("//h2")[0]) == language("de").chapter("kpis")


# -- whole by itself, and closed


def test_same_book_gives_the_same_bytes() -> None:
    assert render(full_book(), language("en"), Look()) == full().encode("utf-8")


def test_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    page = full()
    (policy,) = re.findall(r'http-equiv=Content-Security-Policy content="([^"]+)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    rules = dict(each.strip().split(" ", 1) for each in policy.split(";"))
    assert rules.pop("style-src") == f"'{_hash(style)}'"
    assert rules.pop("script-src") == f"'{_hash(script)}'"
    assert rules == {
        "default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_nothing_is_fetched_and_nothing_runs_but_the_script() -> None:
    page = tree()
    assert page.xpath("//link | //iframe | //object | //embed | //base | //form") == []
    assert page.xpath("//@style") == []
    assert [
        each for each in page.xpath("//@*") if re.match(r"\s*on\w+$", each.attrname or "")
    ] == []
    assert all(each.startswith(("#", "https://", "http://")) for each in page.xpath("//@href"))
    style = page.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style


def test_every_class_of_a_picture_has_a_color() -> None:
    """What loses its color in the page has to get it from the style."""
    page = tree()
    style = page.xpath("string(//style)")
    for each in page.xpath("//svg//*[@class]"):
        if each.tag in ("rect", "circle", "path", "text") and each.get("fill") is None:
            names = each.get("class").split()
            assert any(f".{name}" in style for name in names), names


# -- names that want to break it


@cache
def shape(name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with its attributes; of pictures without texts, which are broken by width."""
    page = lxml_html.fromstring(made(named(name)))
    assert all(each.startswith(("#", "https://", "http://")) for each in page.xpath("//@href"))
    assert page.xpath("//@style") == []
    return [
        (str(each.tag), tuple(sorted(each.attrib)))
        for each in page.iter()
        if not (each.tag in ("text", "title", "tspan") and each.xpath("ancestor::svg"))
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_leaves_the_page_as_it_is(name: str) -> None:
    assert shape(name) == shape(twin_of(name))


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "\u2028", "<!--", "]]>"])
def test_names_in_the_data_stay_data(name: str) -> None:
    page = made(named(name))
    (text,) = re.findall(r'<script type="application/json" id=data>(.*?)</script>', page, re.DOTALL)
    assert text.isascii()
    assert not set(text) & set("<>&")
    assert any(name in tool[1] for tool in json.loads(text)["tools"])


def test_title_and_client_of_the_configuration_are_hostile_too() -> None:
    bad = "</title><script>x</script>"
    page = lxml_html.fromstring(made(full_book(), Look(bad, bad, bad, confidentiality=bad)))
    assert len(page.xpath("//script")) == 2
    assert text_of(page.xpath("//h1")[0]) == bad


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "https://", "https://[", "http:x", "//evil.example",
     "https://a b", 'https://a"b', "text with https://evil.example in it", "\x01https://evil.example"],
)  # fmt: skip
def test_only_an_address_of_the_web_becomes_a_link(text: str) -> None:
    assert "href" not in str(link(text))


def test_address_becomes_a_link() -> None:
    assert str(link("https://a.example/b?c=1&d")) == (
        '<a href="https://a.example/b?c=1&amp;d">a.example/b?c=1&amp;d</a>'
    )


def test_shortening_touches_no_text() -> None:
    text = '<p class="a">x="y" &lt;li class="b"&gt; </p><ul><li id="c">d</li>\n<li>e</li></ul>'
    assert compact(text) == '<p class=a>x="y" &lt;li class="b"> <ul><li id=c>d<li>e</ul>'
    assert lxml_html.fromstring(text).text_content().split() == (
        lxml_html.fromstring(compact(text)).text_content().replace("de", "d e").split()
    )


def test_picture_without_its_namespace_keeps_its_texts() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g class="chip"><title>a &lt; b</title>'
        '<rect class="chip-ground" fill="#fff" x="1.6" /><text class="ink">a</text></g></svg>'
    )
    assert slim(svg) == (
        '<svg><g class="chip"><title>a &lt; b</title>'
        '<rect class="cg" x="2"/><text>a</text></g></svg>'
    )


# -- large stacks, own templates, missing packages


def test_large_register_is_short_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = full()
    monkeypatch.setattr(page_module, "LARGE", 3)
    page = lxml_html.fromstring(made(full_book()))
    assert len(page.xpath("//div[@class='rule']/ol/li")) == len(full_book().register.cards)
    assert language("en").word("ui.large") in text_of(page)
    assert page.xpath("//div[@class='rule']/ol//details") == []
    assert len(made(full_book())) < len(whole)
    register = text_of(page.xpath("//section[@id='register']")[0])
    assert not any(each.fingerprint[:12] in register for each in full_book().register.cards)


def test_own_template_goes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "spend.html.j2").write_text("<p id='mine'>{{ book.organization }}</p>", "utf-8")
    page = lxml_html.fromstring(made(full_book(), Look(templates=tmp_path)))
    (mine,) = page.xpath("//section[@id='spend']/p[@id='mine']")
    assert mine.text == full_book().organization
    assert page.xpath("//section[@id='exposure']//svg")


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ book.__init__.__globals__ }}", "unsafe"),
        ("{{ no_such_name }}", "no_such_name"),
        ("{% if %}", "spend.html.j2:1"),
        ("{% include '../secret.j2' %}", "secret"),
        ("{{ book.chapters.append('x') }}", "append"),
    ],
)
def test_own_template_that_cannot_be_used_is_refused(
    tmp_path: Path, template: str, says: str
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.j2").write_text("secret", "utf-8")
    (folder / "spend.html.j2").write_text(template, "utf-8")
    with pytest.raises(UsageError, match=says) as raised:
        made(full_book(), Look(templates=folder))
    assert raised.value.problems[0].code in ("bad-template", "outside")


def test_own_template_that_is_a_link_outside_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / "folder" / "spend.html.j2").symlink_to(tmp_path / "secret")
    with pytest.raises(UsageError, match="outside"):
        made(full_book(), Look(templates=tmp_path / "folder"))


def test_missing_package_is_told_with_its_command() -> None:
    wanting = replace(FORMATS["html"], needs=("no_such_package",))
    with pytest.raises(UsageError) as raised:
        wanting.render(full_book(), language("en"), Look())
    problem = raised.value.problems[0]
    assert problem.code == "missing-extra"
    assert "pip install 'stackaudit[html]'" in (problem.hint or "")


def test_hidden_signs_are_written_out() -> None:
    assert seen("a\u202eb") == "a\\u202eb"

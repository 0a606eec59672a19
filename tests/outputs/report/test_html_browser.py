"""The page in a browser: found, filtered, followed, sorted, printed; by keyboard; without scripts.

Chromium of the system is driven, nothing is downloaded; without it these tests are skipped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from stackaudit.figures.report.book import book
from stackaudit.outputs.report.html import render
from stackaudit.outputs.report.language import language
from stackaudit.outputs.report.look import Look
from stackaudit.rules.severity import Severity
from tests.outputs.report.books import full_book
from tests.stacks import audited

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHAIN = """\
stackaudit: 1
datasets: {contact: {privacy: personal, system_of_record: a}}
tools:
  a: {name: Alpha, capabilities: [crm], holds: [contact], contract: {cost: 900/year}}
  b: {name: Beta, capabilities: [email], holds: [contact], contract: {cost: 12000/year}}
  c: {name: Gamma, capabilities: [bi], holds: [contact], contract: {cost: 1000/year}}
  d: {name: Delta, capabilities: [cms], holds: [], contract: none}
  e: {name: Echo, capabilities: [surveys], holds: [contact]}
flows:
  - {from: a, to: b, data: [contact], method: api, every: 1d}
  - {from: b, to: c, data: [contact], method: api, every: 1d}
  - {from: e, to: c, data: [contact], method: api, every: 1d}
  - {from: c, to: d, data: [contact], method: api, status: planned}
"""


MANY = "\n".join((
    "stackaudit: 1",
    "datasets: {contact: {privacy: personal}, page: {privacy: none}}",
    "tools:",
    *(f"  t{n}: {{name: Tool {n}, capabilities: [{'crm' if n % 2 else 'email'}]}}"
      for n in range(61)),
    "flows:",
    *(f"  - {{from: t{n}, to: t{n + 1}, data: [{'contact' if n else 'page'}], method: api}}"
      for n in range(9)),
))  # fmt: skip


@cache
def _written(folder: Path, kind: Literal["full", "chain", "many"]) -> str:
    found = full_book() if kind == "full" else book(audited(CHAIN if kind == "chain" else MANY))
    path = folder / f"{kind}.html"
    path.write_bytes(render(found, language("en"), Look()))
    return path.as_uri()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


class Opened:
    """A page that was opened, and all that went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.wrong.append(message.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))


@pytest.fixture
def opened(browser: Browser, folder: Path) -> Iterator[Opened]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    found = Opened(context.new_page())
    found.page.goto(_written(folder, "full"))
    yield found
    assert found.wrong == []
    assert [each for each in found.asked if not each.startswith(("file:", "data:"))] == []
    context.close()


@pytest.fixture
def chain(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    found = Opened(context.new_page())
    found.page.goto(_written(folder, "chain"))
    yield found.page
    assert found.wrong == []
    context.close()


def visible_findings(page: Page) -> list[str]:
    return list(page.locator(".rule > ol > li:visible").all_inner_texts())


# -- the page is closed


def test_nothing_is_asked_of_the_network_and_nothing_is_said(opened: Opened) -> None:
    page = opened.page
    for each in ("#follow", "#search", "#filter-text"):
        page.locator(each).focus()
    assert len(opened.asked) == 1
    assert opened.asked[0].startswith("file:")


def test_policy_is_in_force(browser: Browser, folder: Path) -> None:
    context = browser.new_context()
    found = Opened(context.new_page())
    found.page.goto(_written(folder, "full"))
    found.page.evaluate("""() => {
      const add = (name, more) =>
        document.body.append(Object.assign(document.createElement(name), more));
      add("script", {textContent: "window.owned = 1"});
      add("img", {src: "https://evil.example/x.png"});
      add("style", {textContent: "body { display: none }"});
    }""")
    found.page.wait_for_timeout(100)
    assert found.page.evaluate("window.owned") is None
    assert found.page.locator("body").is_visible()
    refused = " ".join(found.wrong)
    for directive in ("script-src", "img-src", "style-src"):
        assert directive in refused
    context.close()


# -- finding, filtering, sorting, following


def test_filter_by_text_severity_tool_and_owner(opened: Opened) -> None:
    page = opened.page
    everything = visible_findings(page)
    assert len(everything) == len(full_book().register.cards)
    page.fill("#filter-text", "LETTERS")
    some = visible_findings(page)
    assert 0 < len(some) < len(everything)
    assert str(len(some)) in page.inner_text("#filter-count")
    page.click("#filter-clear")
    assert visible_findings(page) == everything
    page.select_option("#filter-severity", "high")
    numbers = page.locator(".rule > ol > li:visible").evaluate_all("all => all.map(e => e.value)")
    cards = full_book().register.cards
    severe = [each.number for each in cards if each.severity >= Severity.HIGH]
    assert sorted(numbers) == severe
    assert 0 < len(severe) < len(everything)
    rows = page.locator(".rule:visible .proofs tbody tr:not([hidden]) > th")
    assert {int(each) for each in rows.all_text_contents()} <= set(severe)
    page.click("#filter-clear")
    shelf = full_book().register.by_tool[0]
    page.select_option("#filter-tool", label=shelf.name)
    assert len(visible_findings(page)) == len(shelf.fingerprints)
    page.click("#filter-clear")
    shelf = full_book().register.by_owner[0]
    page.select_option("#filter-owner", label=shelf.name)
    assert len(visible_findings(page)) == len(shelf.fingerprints)


def test_filter_by_category_and_lead_hides_whole_rules(opened: Opened) -> None:
    page = opened.page
    page.select_option("#filter-category", "security")
    cards = full_book().register.cards
    assert len(visible_findings(page)) == sum(each.category == "security" for each in cards)
    page.select_option("#filter-lead", "it")
    both = sum(each.category == "security" and each.lead == "it" for each in cards)
    assert len(visible_findings(page)) == both
    assert page.locator(".rule:visible").count() > 0


def test_filter_that_matches_nothing_says_so(opened: Opened) -> None:
    page = opened.page
    assert not page.locator("#filter-none").is_visible()
    page.fill("#filter-text", "no such words anywhere")
    assert page.locator("#filter-none").is_visible()
    assert visible_findings(page) == []


def test_search_finds_a_finding_and_goes_to_it(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("one login")
    hits = page.locator("#hits a")
    assert hits.count() > 0
    assert str(hits.count()) in page.inner_text("#hit-count")
    page.keyboard.press("Enter")
    target = page.evaluate("location.hash")
    assert page.locator(target).is_visible()
    assert not page.locator("#hits").is_visible()


def test_search_ignores_case_and_accents_and_closes_with_escape(opened: Opened) -> None:
    page = opened.page
    page.fill("#search", "zzMÁRK Mailer")
    assert page.locator("#hits").is_visible()
    assert page.locator("#hits a").count() > 0
    page.press("#search", "Escape")
    assert not page.locator("#hits").is_visible()


def test_columns_sort_and_say_so(chain: Page) -> None:
    head = chain.locator("#contracts th", has_text="Cost")

    def costs() -> list[str]:
        return list(chain.locator("#contracts tbody tr").evaluate_all(
            "rows => rows.map(row => row.cells[1].textContent)"))  # fmt: skip

    first = costs()
    assert head.get_attribute("aria-sort") is None
    head.locator("button").focus()
    chain.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert costs() == ["900", "1,000", "12,000"]
    chain.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert costs() == ["12,000", "1,000", "900"]
    chain.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert costs() == first


def test_days_sort_as_days_and_what_is_not_stated_comes_first(opened: Opened) -> None:
    page = opened.page
    page.locator("#contracts th", has_text="Renews").first.locator("button").click()
    shown = page.locator("#contracts tbody tr").evaluate_all(
        "rows => rows.map(row => row.cells[row.cells.length - 3].textContent)"
    )
    rows = full_book().inventory.contracts
    language_ = language("en")
    days = sorted(each.renews for each in rows if isinstance(each.renews, dt.date))
    stated = [language_.short_date(each) for each in days]
    never = [language_.word("never")] * sum(each.renews == "never" for each in rows)
    assert shown == ["?"] * (len(rows) - len(days) - len(never)) + stated + never
    assert len(set(stated)) > 1


def lit(page: Page) -> set[str]:
    return set(page.locator("svg.lane-map .chip.on").evaluate_all(
        "chips => chips.map(chip => chip.dataset.tool)"))  # fmt: skip


def test_one_tool_is_followed_up_and_down_all_the_way(chain: Page) -> None:
    chain.select_option("#follow", label="Beta")
    assert lit(chain) == {"a", "b", "c"}
    assert "Alpha" in chain.inner_text("#followed")
    chain.uncheck("#follow-up")
    assert lit(chain) == {"b", "c"}
    chain.check("#follow-up")
    chain.select_option("#follow", label="Gamma")
    assert lit(chain) == {"a", "b", "c", "e"}  # what is planned carries nothing
    lines = chain.evaluate("""() => {
      const chips = [...document.querySelectorAll("svg.lane-map .chip")].map(e => e.dataset.tool);
      return [...document.querySelectorAll("svg.lane-map .links .on")].map((line) => {
        const group = line.parentElement, ends = group.dataset.e.split(" ");
        const place = [...group.children].indexOf(line);
        return chips[ends[2 * place]] + chips[ends[2 * place + 1]];
      });
    }""")
    assert {"ab", "bc", "ec"} <= set(lines)
    chain.select_option("#follow", value="")
    assert lit(chain) == set()
    assert chain.locator("svg.following").count() == 0


def test_a_click_on_the_map_follows_the_tool_and_a_second_one_lets_go(
    chain: Page,
) -> None:
    chip = chain.locator('svg.lane-map .chip[data-tool="e"]')
    chip.click()
    assert lit(chain) == {"e", "c"}
    chip.click()
    assert lit(chain) == set()


def test_a_line_says_what_it_carries_when_somebody_points_at_it(chain: Page) -> None:
    lines = chain.locator("svg.lane-map .links path")
    assert lines.locator("title").count() == 0
    for number in range(lines.count()):
        lines.nth(number).dispatch_event("pointerover", {"bubbles": True})
    said = lines.locator("title").all_text_contents()
    assert "Alpha → Beta\ncontact; API" in said
    assert len(said) == lines.count()


def test_a_line_between_capabilities_says_what_flows_between_their_tools(
    browser: Browser, folder: Path
) -> None:
    page = browser.new_page()
    page.goto(_written(folder, "many"))
    lines = page.locator("svg.lane-map .links path")
    for number in range(lines.count()):
        lines.nth(number).dispatch_event("pointerover", {"bubbles": True})
    said = lines.locator("title").all_text_contents()
    assert len(said) == 2
    there = next(each for each in said if "Tool 0 → Tool 1: page; API" in each)
    assert "Tool 2 → Tool 3: contact; API" in there
    assert "Tool 1 → Tool 2" not in there
    page.close()


def test_every_flow_has_the_sign_of_its_sensitivity(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(_written(folder, "many"))
    signs = page.locator("#flows tbody tr").evaluate_all("""rows => rows.map((row) => {
      const look = getComputedStyle(row.cells[2], "::before");
      return [row.cells[2].innerText, look.content, look.borderRadius];
    })""")
    assert len(signs) == 9
    for data, sign, radius in signs:
        assert sign == ('"–"' if data == "page" else '"P"')
        assert (radius == "50%") is (data == "page")
    page.close()


def test_nothing_in_a_figure_is_cut(browser: Browser, folder: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(_written(folder, "full"))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    name = page.locator(".parts th").first
    name.evaluate("each => { each.textContent = 'Donaudampfschifffahrtsgesellschaft'; }")
    cut = page.locator(".kpi .scroll").evaluate_all(
        "all => all.filter(each => each.scrollWidth > each.clientWidth).length")  # fmt: skip
    assert cut == 0
    page.close()


def test_a_link_into_something_closed_opens_it(opened: Opened) -> None:
    page = opened.page
    page.fill("#filter-text", "no such words anywhere")
    number = full_book().register.cards[0].number
    page.evaluate(f"location.hash = '#f{number}'")
    page.wait_for_timeout(100)
    assert page.locator(f"#f{number}").is_visible()


# -- keyboard, theme, print, no scripts, everybody


def test_keyboard_reaches_everything_in_order(opened: Opened) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.tagName"))
        shown = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert shown != "none"
    assert {"SUMMARY", "SELECT"} <= seen
    first = page.locator("summary:visible").first
    first.focus()
    page.keyboard.press("Enter")
    assert first.evaluate("each => each.parentElement.open")


def test_theme_follows_the_system_until_somebody_chooses(browser: Browser, folder: Path) -> None:
    grounds = {}
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(_written(folder, "full"))
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        grounds[scheme] = page.evaluate(ground)
        assert page.get_attribute("#theme", "aria-pressed") == str(scheme == "dark").lower()
        page.click("#theme")
        assert page.evaluate(ground) != grounds[scheme]
        assert page.get_attribute("#theme", "aria-pressed") == str(scheme != "dark").lower()
        context.close()
    assert grounds["light"] != grounds["dark"]


def test_on_paper_everything_is_open_and_light(browser: Browser, folder: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(_written(folder, "full"))
    closed = page.locator("details:not([open])").count()
    assert closed > 0
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == closed
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("nav").is_visible()
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF")
    context.close()


@pytest.mark.parametrize("media", ["screen", "print"])
def test_readable_without_scripts(
    browser: Browser, folder: Path, media: Literal["screen", "print"]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.emulate_media(media=media)
    page.goto(_written(folder, "full"))
    for chapter in full_book().chapters:
        assert page.locator(f"#{chapter} h2").is_visible()
    assert not page.locator("#search").is_visible()
    assert not page.locator("#filter-text").is_visible()
    assert page.locator("svg.lane-map").is_visible()
    proof = page.locator(".rule dl").first
    if media == "screen":
        page.locator(".rule summary").first.click()
    assert proof.is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    browser: Browser, folder: Path, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
    context = browser.new_context(
        color_scheme=scheme, bypass_csp=True
    )  # axe is put in from outside
    page = context.new_page()
    page.goto(_written(folder, "full"))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.select_option("#follow", index=1)
    page.fill("#search", "a")
    found = axe.Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    context.close()


WIDE = CHAIN.replace("Alpha", "A" * 120).replace("Beta", "long words " * 20).replace(
    "Gamma", "\u9867\u5ba2\u30c7\u30fc\u30bf" * 12
).replace("contact: {", "contact: {name: " + "Kontakt" * 15 + ", ")  # fmt: skip


@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_long_names_are_not_wider_than_the_page(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "wide.html"
    path.write_bytes(render(book(audited(WIDE)), language("en"), Look()))
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


@pytest.mark.parametrize("width", [1920, 1280, 390])
def test_nothing_is_wider_than_the_page(browser: Browser, folder: Path, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(_written(folder, "full"))
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

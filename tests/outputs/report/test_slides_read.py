"""What a slide shows of a large stack, of long names and of much text: enough, and readable."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any, Final

import pytest
from pptx import Presentation

from stackaudit.figures.lanes.model import Gap
from stackaudit.figures.lanes.route import Rect
from stackaudit.outputs.report.look import Look
from stackaudit.outputs.report.slides import fit, render
from stackaudit.outputs.report.slides.columns import Cell, Column, naming, widths
from stackaudit.outputs.report.slides.map_numbers import apart
from stackaudit.outputs.report.slides.missing import _together
from tests.outputs.report.books import bare_book
from tests.outputs.report.test_slides import (
    BOOKS,
    ENGLISH,
    deck_of,
    every,
    letters,
    made,
    northwind,
    notes,
    shown,
    slide_of,
    texts,
    titles,
)

MANY: Final = "stackaudit: 1\ncurrency: EUR\ntools:\n" + "".join(
    f"  t{n}: {{name: Tool {n}, capabilities: [email], fit: {{business: 4, technical: 4}},"
    f" disposition: tolerate, contract: {{cost: {1000 + n}/year, seats: 9, used: 5}}}}\n"
    for n in range(200)
)
LONG: Final = "Customer engagement and lifecycle platform (enterprise edition) 12"


@cache
def many() -> Any:
    return made(bare_book(MANY))


def more(number: int) -> str:
    return f"{number} more"


@pytest.mark.parametrize("name", ["northwind", "German", "long", "CJK", "technical", "compared"])
def test_no_letters_are_too_small_for_the_wall(name: str) -> None:
    for slide in list(deck_of(name).slides)[1:]:
        if any(each.name.startswith("Lane ") for each in every(slide.shapes)):
            sizes = slide._element.xpath(".//a:rPr/@sz")
            assert min(int(each) for each in sizes) >= 900
        else:
            assert min(size for size, _ in letters(slide)) >= 12


def test_of_a_long_name_the_end_is_kept_by_which_it_is_told_from_others() -> None:
    for lines in (1, 2):
        cut = fit.fitted(LONG, 150, 12, lines, ending=True)
        assert cut.startswith("Customer")
        assert cut.endswith("… 12")
        assert fit.count(cut, 150, 12) <= lines
    assert fit.short(LONG).endswith(" 12")
    assert len(fit.short(LONG)) <= fit.SHORT
    assert fit.fitted("Google Tag Manager", 130, 12).startswith("Google Tag M")
    assert fit.fitted("א" * 80, 100, 12).endswith("…")


def test_lines_break_after_hyphens_as_they_do_on_slides() -> None:
    assert fit.count("Analytics-Suite-with-hyphens", fit.wide("Analytics-Suite-", 12), 12) == 2


@pytest.mark.parametrize("lines", [1, 2])
@pytest.mark.parametrize("number", [1, 2, 9, 60])
def test_a_list_shows_names_and_counts_all_others(lines: int, number: int) -> None:
    names = [f"Tool number {each}" for each in range(number)]
    found = fit.listed(names, 300, 12, lines, more)
    assert fit.count(found, 300, 12) <= lines
    left = re.search(r"(\d+) more", found)
    assert found.count("Tool number") + int(left[1] if left else 0) == number


def test_a_way_that_is_too_long_keeps_its_ends() -> None:
    steps = [f"Tool {each}" for each in range(20)]
    found = fit.way(steps, 300, 12, 1)
    assert fit.count(found, 300, 12) == 1
    assert found.startswith("Tool 0 → ")
    assert found.endswith(" → Tool 19")
    assert " → … → " in found
    assert fit.way(steps[:2], 300, 12, 1) == "Tool 0 → Tool 1"


def test_a_column_gets_what_it_asks_for_and_the_rest_is_for_those_with_more() -> None:
    columns = [Column("No.", 1), Column("Name", 1), Column("Why", 1)]
    rows = [[Cell("1"), Cell("Tool"), Cell("a long reason " * 9)]]
    first, second, third = widths(900, columns, rows, 12)
    assert first + second + third == pytest.approx(900)
    assert first < second < 100
    assert third > 700
    assert widths(900, columns, rows, 12, even=True) == [300, 300, 300]
    assert sum(widths(900, columns, [[Cell("1")] * 3], 12)) == pytest.approx(900)
    assert naming([]).text == "–"


def test_missing_flows_with_one_end_in_common_are_one_row() -> None:
    pairs = [("hub", f"t{n}") for n in range(50)] + [(f"t{n}", "lake") for n in range(30)]
    gaps = [Gap(n, a, b, ("contact",), (), ("why",)) for n, (a, b) in enumerate(pairs, 1)]
    found = _together(gaps)
    assert [len(each) for each in found] == [50, 30]
    assert sorted(gap.number for each in found for gap in each) == list(range(1, 81))


def test_numbers_of_missing_flows_stand_apart_and_on_no_box() -> None:
    ways = [[(100.0, 50.0), (100.0, 80.0), (100.0, 110.0)]] * 3
    places = apart(ways, [], Rect(0, 500, 0, 500))
    assert len(set(places)) == 3
    (free,) = apart(ways[:1], [Rect(0, 300, 40, 50)], Rect(0, 500, 0, 500))
    assert free == (100.0, 110.0)
    marks = [e for e in every(shown().slides[2].shapes) if e.name.startswith("missing flow")]
    marks = [each for each in marks if each.has_text_frame and each.text_frame.text.isdigit()]
    middles = [(each.left + each.width / 2, each.top + each.height / 2) for each in marks]
    assert len(middles) == 7
    for number, (x, y) in enumerate(middles):
        for other, there in middles[:number]:
            assert ((x - other) ** 2 + (y - there) ** 2) ** 0.5 >= 20 * 9525


def test_a_crowded_quarter_names_the_dearest_and_counts_the_others() -> None:
    slide = slide_of(many(), "rated tools has to be replaced")
    said = texts(slide).splitlines()
    named = [each for each in said if re.fullmatch(r"Tool \d+", each)]
    assert named[0] == "Tool 199"
    assert "€1,199" in said
    assert "Decided otherwise: Tolerate (200)" in said
    assert f"{200 - len(named)} more, which cost no more than these, are in the notes" in said
    assert len(named) >= 40
    assert all(f"Tool {number}" in notes(slide) for number in range(200))


def test_contracts_too_many_for_tiles_with_names_are_in_a_table_and_the_notes() -> None:
    slide = slide_of(many(), "spread over 200 contracts")
    (table,) = [each.table for each in slide.shapes if getattr(each, "has_table", False)]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[:2] == [
        ["Contract", "Cost a year", "Use"],
        ["Tool 199", "€1,199", "55\N{NO-BREAK SPACE}%"],
    ]
    assert f"{200 - len(rows) + 1} more" in texts(slide).splitlines()
    assert all(f"Tool {number}: €" in notes(slide) for number in range(200))
    treemap = slide_of(shown(), "goes to Braze")
    assert not any(getattr(each, "has_table", False) for each in treemap.shapes)


def test_one_rated_tool_is_spoken_of_as_one() -> None:
    text = "stackaudit: 1\ntools: {a: {fit: {business: 4, technical: 4}}}\n"
    assert "The only rated tool does not have to be replaced" in titles(made(bare_book(text)))


def test_the_five_figures_have_letters_of_one_size() -> None:
    values = [e for e in every(shown().slides[1].shapes) if e.name.startswith("Value ")]
    sizes = {each.text_frame.paragraphs[0].runs[0].font.size.pt for each in values}
    assert len(values) == 5
    assert len(sizes) == 1


def test_a_card_says_of_how_many_findings_it_shows_the_first() -> None:
    first = next(e for e in northwind().decisions.first if len(e.findings) > 1)
    said = "\n".join(texts(slide) for slide in shown().slides)
    assert ENGLISH.word("slides.cards.first", n=len(first.findings)) in said


def test_titles_of_steps_are_whole() -> None:
    slide = slide_of(shown(), "steps now")
    said = [e for e in texts(slide).splitlines() if e.endswith("…")]
    assert not said


def test_all_states_of_reviews_are_there_with_the_longest_names() -> None:
    slide = slide_of(deck_of("long"), "valid review")
    table = next(each.table for each in slide.shapes if getattr(each, "has_table", False))
    states = {square.state for square in BOOKS["long"]().exposure.squares}
    assert len(table.rows) == len(states) + 1


def test_long_values_of_the_configuration_have_their_part_of_the_footer() -> None:
    look = Look(title="Title " * 60, client="Client " * 30, confidentiality="Secret " * 30)
    deck = Presentation(io.BytesIO(render(bare_book(MANY), ENGLISH, look)))
    footer = list(deck.slides[1].placeholders)[-2].text_frame.text
    assert [part.split()[0] for part in footer.split(" · ")] == ["Secret", "Title", "Client"]
    title = deck.slides[0].shapes.title.text_frame
    assert fit.count(title.text, 1080, title.paragraphs[0].runs[0].font.size.pt, bold=True) <= 3
    assert ("Title " * 60).strip() in notes(deck.slides[0])

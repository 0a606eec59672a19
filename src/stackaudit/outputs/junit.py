"""JUnit XML, for the test views of CI servers: a suite for each category of rules.

What gates fails. What is known or waived is skipped, with the reason; what is new and does not
gate passes, with its message as output; a rule that found nothing is a test that passes; a rule
that could not run is an error. So the counts of a dashboard say what the exit code says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.etree import ElementTree as ET

from stackaudit.outputs.document import Failure, Report, RuleRun
from stackaudit.outputs.encode.text import cut
from stackaudit.outputs.encode.xml import xml_text
from stackaudit.outputs.items import Item, counted, items, waiver_words

LONGEST: Final = 2_000


def render(report: Report) -> str:
    """The report as JUnit XML."""
    suites = [_suite(category, cases, report) for category, cases in _cases(report)]
    root = ET.Element("testsuites", {"name": "stackaudit", "time": "0"})
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    root.extend(suites)
    return xml_text(root)


def _cases(report: Report) -> Iterator[tuple[str, list[ET.Element]]]:
    found = items(report)
    with_items = {each.rule for each in found} | {each.rule for each in report.failures}
    quiet = [each for each in report.rules if each.rule not in with_items]
    known = [each.category for each in report.figures.categories]
    rules = [each.rule for each in report.rules] + [each.rule for each in found]
    rules += [each.rule for each in report.failures]
    for category in dict.fromkeys(known + [_category(each) for each in rules]):
        cases = [_found(each) for each in found if _category(each.rule) == category]
        cases += [_failed(each) for each in report.failures if _category(each.rule) == category]
        cases += [_quiet(each) for each in quiet if _category(each.rule) == category]
        yield category, cases


def _category(rule: str) -> str:
    return rule.partition("/")[0]


def _suite(category: str, cases: list[ET.Element], report: Report) -> ET.Element:
    suite = ET.Element("testsuite", {"name": f"stackaudit {cut(category, LONGEST)}", "time": "0"})
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
    properties = ET.SubElement(suite, "properties")
    about = {"as_of": report.as_of, "version": report.tool_version, "file": report.inventory}
    for name, value in about.items():
        ET.SubElement(properties, "property", {"name": name, "value": cut(value, LONGEST)})
    suite.extend(cases)
    return suite


def _case(rule: str, name: str) -> ET.Element:
    rule_, name_ = cut(rule, LONGEST), cut(name, LONGEST)
    return ET.Element("testcase", {"classname": f"stackaudit.{rule_}", "name": name_, "time": "0"})


def _found(item: Item) -> ET.Element:
    case = _case(item.rule, f"{item.title or item.rule}: {item.label or ', '.join(item.subjects)}")
    case.set("file", cut(item.place.file, LONGEST))
    case.set("line", str(item.place.line))
    if item.gates:
        about = {"message": cut(item.headline, LONGEST), "type": item.severity}
        ET.SubElement(case, "failure", about).text = _lines(_details(item))
    elif item.state in ("known", "waived"):
        ET.SubElement(case, "skipped", {"message": cut(_reason(item), LONGEST)})
        ET.SubElement(case, "system-out").text = _lines(_details(item))
    else:
        ET.SubElement(case, "system-out").text = _lines(_details(item))
    return case


def _reason(item: Item) -> str:
    return waiver_words(item) or f"{item.state}, {item.severity}"


def _details(item: Item) -> Iterator[str]:
    yield f"{item.severity}, {item.state}: {item.headline}"
    if item.fix:
        yield f"Fix: {item.fix}"
    if item.stops:
        yield f"Path: {' → '.join(each.name for each in item.stops)}"
    yield from (f"At {each.file}:{each.line}" for each in item.places[:10])
    yield from (each for each in (item.note, waiver_words(item)) if each)
    yield f"Fingerprint: {item.fingerprint}"


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(cut(each, LONGEST) for each in lines)


def _failed(failure: Failure) -> ET.Element:
    case = _case(failure.rule, f"{failure.rule} on {failure.subject}")
    ET.SubElement(case, "error", {"message": cut(failure.error, LONGEST), "type": "bug"})
    return case


def _quiet(run: RuleRun) -> ET.Element:
    case = _case(run.rule, run.title or run.rule)
    words = f"{counted(run.checks, 'check')}, {run.open:,} open"
    ET.SubElement(case, "system-out").text = words
    return case

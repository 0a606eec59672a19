"""Where the time of an audit goes, stage by stage, in one process.

    python benchmarks/generate.py 15384 > /tmp/large.yaml
    python benchmarks/stages.py /tmp/large.yaml

Read the ratios, not the seconds: machines differ. The first line is the floor: what PyYAML's
parser alone needs to make its events for the same file.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
DAY = dt.date(2026, 11, 2)
STAGES: dict[str, float] = {}
"""Seconds of processor time by stage."""


def main() -> None:
    """Time every stage on one inventory."""
    parser = argparse.ArgumentParser(description="Time the stages of an audit.")
    parser.add_argument("stack", type=Path)
    parser.add_argument("--no-floor", action="store_true", help="skip the parser's own time")
    parser.add_argument("--select", default="", help="rules or categories, separated by commas")
    arguments = parser.parse_args()
    gc.disable()
    if not arguments.no_floor:
        timed("floor: the parser's events", lambda: _events(arguments.stack))
    _stages(arguments.stack, [name for name in arguments.select.split(",") if name])
    print(f"{'all stages but the floor':34} {sum(STAGES.values()):8.3f} s")
    reading, deciding = STAGES["read, validate, merge, resolve"], STAGES["evaluate the rules"]
    print(f"evaluating takes {deciding / reading:.2f} times as long as reading")


def _stages(path: Path, select: list[str]) -> None:
    timed("import", _import)
    from stackaudit.audit import AuditResult, world_of
    from stackaudit.catalog.taxonomy import by_alias
    from stackaudit.findings.gate import Gate, judge
    from stackaudit.inventory.load import load
    from stackaudit.outputs.json_report import render
    from stackaudit.rules.engine import run
    from stackaudit.rules.library import load_rules

    names = timed("taxonomy", by_alias)
    stack = timed("read, validate, merge, resolve", lambda: load(path, names))
    rules = timed("load and compile rules", lambda: load_rules(select=select))
    world = timed("catalog and graph", lambda: world_of(stack, DAY))
    results = timed("evaluate the rules", lambda: run(world, rules))
    judgement = timed("judge", lambda: judge(results, Gate()))
    findings, verdict = judgement.findings, judgement.verdict
    result = AuditResult(
        world, rules, findings, results.open, results.failures, results.tallies, verdict
    )
    text = timed("write JSON", lambda: render(result))
    print(
        f"{len(stack.tools):,} tools, {len(stack.flows):,} flows, {len(rules)} rules, "
        f"{verdict.checks:,} checks, {len(findings):,} findings, {len(results.open):,} open, "
        f"{len(results.failures)} failures, {len(text):,} characters of JSON"
    )


def _import() -> None:
    import networkx  # noqa: F401
    import pydantic  # noqa: F401
    import typer  # noqa: F401
    import yaml  # noqa: F401


def _events(path: Path) -> int:
    from yaml.cyaml import CParser
    from yaml.events import StreamEndEvent

    parser: Any = CParser(path.read_text(encoding="utf-8"))
    count = 0
    while type(parser.get_event()) is not StreamEndEvent:
        count += 1
    return count


def timed(name: str, action: Callable[[], T]) -> T:
    """Run, and print seconds and the peak of memory so far.

    Seconds of the processor, not of the clock: stages compute, and other programs should not count.
    """
    start = time.process_time()
    value = action()
    seconds = time.process_time() - start
    if not name.startswith("floor"):
        STAGES[name] = seconds
    print(f"{name:34} {seconds:8.3f} s  peak {_peak():6,.0f} MB", flush=True)
    return value


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    main()

"""What more rules cost: the whole audit with a part of the rules, and with all of them.

    python benchmarks/generate.py 15384 > /tmp/large.yaml
    python benchmarks/more_rules.py /tmp/large.yaml --part bloat,silo

One process reads the inventory once and then audits it with each set, so that both rest on the same
reading and a machine that is busy does not favour either. Read the last column.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stackaudit.audit import AuditResult, world_of
from stackaudit.catalog.taxonomy import by_alias
from stackaudit.findings.gate import Gate, judge
from stackaudit.inventory.load import load
from stackaudit.inventory.stack import Stack
from stackaudit.outputs import json_report, terminal
from stackaudit.rules.engine import run
from stackaudit.rules.library import load_rules

T = TypeVar("T")
DAY = dt.date(2026, 11, 2)
READING = "read, validate, merge, resolve"


def main() -> None:
    """Audit with a part of the rules and with all, and print seconds and ratios by stage."""
    parser = argparse.ArgumentParser(description="What more rules cost.")
    parser.add_argument("stack", type=Path)
    parser.add_argument("--part", required=True, help="rules or categories, with commas")
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    gc.disable()
    names = by_alias()
    reading: dict[str, float] = {}
    stack = _timed(READING, reading, lambda: load(arguments.stack, names))
    sets = {"part": [name for name in arguments.part.split(",") if name], "all": []}
    best: dict[str, dict[str, float]] = {}
    for _ in range(arguments.rounds):
        for which, select in sets.items():
            stages = _audited(stack, select)
            gc.collect()
            kept = best.setdefault(which, stages)
            best[which] = {name: min(kept[name], took) for name, took in stages.items()}
    _print(reading[READING], best)


def _audited(stack: Stack, select: list[str]) -> dict[str, float]:
    stages: dict[str, float] = {}
    rules = _timed("load and compile rules", stages, lambda: load_rules(select=select))
    world = _timed("catalog and graph", stages, lambda: world_of(stack, DAY))
    results = _timed("evaluate the rules", stages, lambda: run(world, rules))
    judged = _timed("judge", stages, lambda: judge(results, Gate()))
    result = AuditResult(
        world, rules, judged.findings, results.open, results.failures, results.tallies,
        judged.verdict,
    )  # fmt: skip
    text = _timed("write text", stages, lambda: terminal.render(result, show_all=False))
    json = _timed("write JSON", stages, lambda: json_report.render(result))
    print(
        f"{len(rules)} rules: {len(results.findings):,} findings, {len(results.open):,} open, "
        f"{len(text):,} characters of text, {len(json):,} of JSON",
        flush=True,
    )
    return stages


def _print(reading: float, best: dict[str, dict[str, float]]) -> None:
    part, whole = best["part"], best["all"]
    print(f"{READING:34} {reading:8.3f} {reading:8.3f}")
    for name in part:
        print(f"{name:34} {part[name]:8.3f} {whole[name]:8.3f} {whole[name] / part[name]:7.2f}")
    for written in ("text", "JSON"):
        left_out = "write JSON" if written == "text" else "write text"
        sums = [
            reading + sum(took for name, took in stages.items() if name != left_out)
            for stages in (part, whole)
        ]
        print(
            f"{f'the audit, written as {written}':34} {sums[0]:8.3f} {sums[1]:8.3f} "
            f"{sums[1] / sums[0]:7.2f}"
        )


def _timed(name: str, stages: dict[str, float], action: Callable[[], T]) -> T:
    start = time.process_time()
    value = action()
    stages[name] = time.process_time() - start
    return value


if __name__ == "__main__":
    main()

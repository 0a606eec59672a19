"""What a whole process takes, as a ratio to what importing our dependencies alone takes.

    python benchmarks/generate.py 300 > /tmp/s300.yaml
    python benchmarks/startup.py stacks/northwind.yaml /tmp/s300.yaml

Processor time of the process, user and system; every command is run in turn with the floor, so
that a machine that slows down slows both, and the middle of the ratios is printed. Files of
bytecode are written by a first run that does not count.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

FLOOR = ("-c", "import typer, pydantic, yaml, networkx")
STACKAUDIT = ("-m", "stackaudit")


def main() -> None:
    """Time the commands that need no inventory, then `validate` and `audit` of each one given."""
    parser = argparse.ArgumentParser(description="Time whole processes against the imports.")
    parser.add_argument("stacks", nargs="*", type=Path, metavar="STACK")
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each, default 7")
    arguments = parser.parse_args()
    commands = [["--version"], ["--help"], ["rules"], ["explain", "security/unreviewed-tool"]]
    for stack in arguments.stacks:
        commands += [["validate", str(stack)], ["audit", str(stack)]]
    print(f"{'ratio':>6} {'least':>6} {'most':>6}  seconds")
    for command in commands:
        ratios, seconds = timed(command, arguments.runs)
        figures = (statistics.median(ratios), min(ratios), max(ratios))
        listed = " ".join(f"{each:6.2f}" for each in figures)
        took = statistics.median(seconds)
        print(f"{listed}  {took:7.3f}  stackaudit {' '.join(command)}", flush=True)


def timed(command: Sequence[str], runs: int) -> tuple[list[float], list[float]]:
    """The ratio to the floor, and the seconds, of every run but the first."""
    pairs = [(run(*STACKAUDIT, *command), run(*FLOOR)) for _ in range(runs + 1)][1:]
    return [ours / floor for ours, floor in pairs], [ours for ours, _ in pairs]


def run(*arguments: str) -> float:
    """Seconds of the processor that Python takes with these arguments."""
    environment = {
        name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
    }
    process = subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: findings gate
        raise SystemExit(f"{' '.join(arguments)} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()

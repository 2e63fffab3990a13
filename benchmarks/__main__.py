"""``python -m benchmarks``: measure, print the table, write ``RESULTS.md`` and the picture."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks import core_environment, plot, report
from benchmarks.measure import FULL, QUICK, Measured, growth, measure
from benchmarks.rows import ROWS, shortened

RESULTS = Path(__file__).with_name("RESULTS.md")
_BESIDE = ("boto3", "botocore", "pydantic", "pydantic-core")


def main() -> int:
    """Run the command line. Return 1 if a goal is missed with ``--strict``."""
    asked = _parser().parse_args()
    console = Console(width=None if sys.stdout.isatty() else 190)
    effort = QUICK if asked.quick else FULL
    if asked.rounds:
        effort = replace(effort, cold=asked.rounds, warm=asked.rounds)
    rows = [row for row in ROWS if not asked.rows or row.key in asked.rows]
    if asked.quick:
        rows = [shortened(row) for row in rows]
    pythons = {"boto3": sys.executable, "ours": sys.executable}
    core = None if asked.no_core else core_environment.python(console.print)
    if core:
        pythons["core"] = core
    results: list[Measured] = []
    with console.status("starting") as status:
        results.extend(measure(rows, pythons, effort, status.update))
        in_order = sorted(results, key=lambda each: rows.index(each.row))
        lines = [report.line(each) for each in in_order]
        curves = {} if asked.rows else growth(pythons, effort)
    console.print(report.table(lines))
    fits = plot.fits(curves)
    for fit in fits:
        console.print("  ".join(report_cell for report_cell in plot.cells(fit)), highlight=False)
    failed = {
        each.row.title: " ".join(each.failed["core"].split())[:160]
        for each in in_order
        if each.failed
    }
    for title, reason in failed.items():
        console.print(f"sagemaker-core cannot do: {title}: {reason}", highlight=False)
    if asked.rows or asked.quick:
        console.print(f"{RESULTS.name} is written by a full run")
    else:
        plot.draw(curves)
        RESULTS.write_text(
            report.page(
                lines,
                failed,
                fits,
                core_environment.versions(sys.executable, *_BESIDE),
                _about_core(core),
            ),
            encoding="utf-8",
        )
    reached = all(each.reached for each in lines) and all(fit.is_linear for fit in fits)
    return int(asked.strict and not reached)


def _about_core(core: str | None) -> str:
    if core is None:
        return "This run left sagemaker-core out, so its column is empty."
    beside = core_environment.versions(core, "sagemaker-core", "boto3", "pydantic")
    versions = ", ".join(f"{name} {version}" for name, version in beside.items())
    return f"In the environment of sagemaker-core: {versions}."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    keys = [row.key for row in ROWS]
    parser.add_argument("rows", nargs="*", metavar="row", help=f"of: {', '.join(keys)}")
    parser.add_argument(
        "--quick", action="store_true", help="measure briefly, in under two minutes"
    )
    parser.add_argument("--rounds", type=int, help="so many rounds, for whole processes and calls")
    parser.add_argument("--no-core", action="store_true", help="leave sagemaker-core out")
    parser.add_argument("--strict", action="store_true", help="fail if a goal is missed")
    return parser


if __name__ == "__main__":
    sys.exit(main())

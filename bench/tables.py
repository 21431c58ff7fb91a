"""What was measured as Markdown tables."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from measure import Cost, Costs, spread

NAMES = {
    "scan": "bare DuckDB scan: one column summed",
    "keino": "`keino footprint`: category × year, every row accounted for",
    "polars": "Polars script: category × year, no checks",
    "pandas": "pandas script: category × year, no checks",
    "check": "`keino check`",
    "everything": "`keino footprint --out`: report and every line written",
}
LIBRARIES = ("keino", "duckdb", "ibis-framework", "pyarrow", "numpy", "polars", "pandas")


def machine() -> str:
    """Processor, system and versions in one sentence each."""
    text = Path("/proc/cpuinfo").read_text("utf-8") if Path("/proc/cpuinfo").exists() else ""
    model = next((line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), "")
    used = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (
        f"{os.cpu_count()} processors ({model or platform.machine()}), {platform.system()}, "
        f"Python {platform.python_version()}. {used}."
    )


def ratio_table(costs: dict[str, Costs]) -> str:
    """CPU, wall time and memory of every program; CPU also as a ratio to the bare scan of the same turn."""
    scan = costs["scan"].runs
    rows = ["| program | CPU ÷ bare scan | CPU s | wall s | peak MiB | runs |", "|---|---|---|---|---|---|"]
    for name, cost in costs.items():
        ratios = [mine.cpu_s / its.cpu_s for mine, its in zip(cost.runs, scan, strict=False)]
        rows.append(
            f"| {NAMES[name]} | {spread(ratios)} | {cost.cpu_s:.2f} | {cost.wall_s:.2f} | {cost.peak_mib:.0f} "
            f"| {len(cost.runs)} |"
        )
    return "\n".join(rows)


def memory_table(by_lines: dict[str, Cost]) -> str:
    """Peak memory of ``keino footprint`` by number of lines."""
    rows = ["| lines | peak MiB | CPU s |", "|---|---|---|"]
    rows += [f"| {label} | {cost.peak_mib:.0f} | {cost.cpu_s:.2f} |" for label, cost in by_lines.items()]
    return "\n".join(rows)


def parts_table(parts: dict[str, float], scan_s: float) -> str:
    """CPU of each part of ``keino footprint``."""
    whole = sum(parts.values())
    rows = ["| part of `keino footprint` | CPU s | share | ÷ bare scan |", "|---|---|---|---|"]
    rows += [
        f"| {part} | {seconds:.2f} | {seconds / whole:.0%} | {seconds / scan_s:.2f} |"
        for part, seconds in parts.items()
        if seconds >= 0.005
    ]
    return "\n".join([*rows, f"| together | {whole:.2f} | 100% | {whole / scan_s:.2f} |"])

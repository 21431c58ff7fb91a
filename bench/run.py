"""``make bench``: time and memory of keino on a large ledger beside a bare scan and two hand-written scripts.

    python bench/run.py [--lines 10000000] [--runs 5] [--keep]

Programs take turns, so that a busy machine is busy for all of them; each run is a whole process from the start of the
interpreter on. Tables go to standard output as Markdown, everything measured to bench-data/result.json. Ends with exit
code 1 when a program fails or disagrees on any sum.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from agreement import disagreements
from measure import CommandFailed, Cost, Costs, run
from tables import machine, memory_table, parts_table, ratio_table

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "bench-data"
KEINO = (sys.executable, "-m", "keino")
#: Programs that take long run less often: that is enough to see their size.
MOST_RUNS = {"pandas": 2, "everything": 1}


def script(name: str) -> tuple[str, str]:
    """A program of this folder."""
    return sys.executable, str(HERE / f"{name}.py")


def ledger_of(folder: Path, lines: int, *flags: str) -> Path:
    """The ledger of so many lines, written unless it is there already."""
    path = folder / f"ledger-{'-'.join((str(lines), *(flag.strip('-') for flag in flags)))}.csv"
    if not path.with_name(path.name + ".truth.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run((*script("make_ledger"), "--lines", str(lines), *flags, str(path)))
    return path


def programs(ledger: Path, folder: Path) -> dict[str, tuple[str, ...]]:
    """Commands by name, the bare scan first."""
    file, rates = str(ledger), str(folder)
    return {
        "scan": (*script("bare_scan"), file),
        "keino": (*KEINO, "footprint", file, "--json"),
        "polars": (*script("polars_script"), file, rates),
        "pandas": (*script("pandas_script"), file, rates),
        "check": (*KEINO, "check", file, "--json"),
        "everything": (*KEINO, "footprint", file, "--out", str(folder / "out"), "--json"),
    }


def take_turns(
    commands: dict[str, tuple[str, ...]], runs: int, folder: Path
) -> tuple[dict[str, Costs], dict[str, str], dict[str, str]]:
    """Run all programs in turn, ``runs`` times; return what they cost, what they printed last, and which failed."""
    failed: dict[str, str] = {}
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    printed: dict[str, str] = {}
    for number in range(runs):
        for name, command in commands.items():
            if number >= MOST_RUNS.get(name, runs) or name in failed:
                continue
            try:
                cost, printed[name] = run(command)
            except CommandFailed as failure:
                failed[name] = str(failure)
                continue
            finally:
                shutil.rmtree(folder / "out", ignore_errors=True)
            costs[name].append(cost)
            say(f"  {name}: {cost.cpu_s:.2f} s CPU, {cost.peak_mib:.0f} MiB")
    return {name: Costs(tuple(each)) for name, each in costs.items() if each}, printed, failed


def memory(folder: Path, lines: int) -> dict[str, Cost]:
    """What ``keino footprint`` takes for a quarter, the whole and twice the lines, and with texts that never repeat."""
    wanted: list[tuple[str, int, tuple[str, ...]]] = [
        (f"{count:,}".replace(",", " "), count, ()) for count in (lines // 4, lines, 2 * lines)
    ]
    wanted.append((f"{wanted[1][0]}, each with a text of its own", lines, ("--descriptions",)))
    found = {}
    for label, count, flags in wanted:
        if shutil.disk_usage(folder).free < count * 400:
            say(f"  no room on the disk for {label} lines")
            continue
        ledger = ledger_of(folder, count, *flags)
        found[label], _ = run((*KEINO, "footprint", str(ledger), "--json"))
        say(f"  {label} lines: {found[label].peak_mib:.0f} MiB, {found[label].cpu_s:.2f} s CPU")
    return found


def warm(path: Path) -> None:
    """Read a file once, so that no program pays for the disk."""
    with path.open("rb") as stream:
        while stream.read(1024**2):
            pass


def say(text: str) -> None:
    """Tell what is going on, apart from the tables."""
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    """Measure, print tables, and compare results."""
    given = arguments()
    folder = given.data
    say(f"Writing {given.lines} lines …")
    ledger = ledger_of(folder, given.lines)
    run((*script("rates"), str(folder / "accounts.csv"), str(folder)))
    warm(ledger)
    say("Taking turns …")
    costs, printed, failed = take_turns(programs(ledger, folder), given.runs, folder)
    wrong = [*failed.values(), *disagreements(ledger, folder, printed)]
    say("Memory by number of lines …")
    by_lines = memory(folder, given.lines)
    parts = json.loads(run((*script("parts"), str(ledger)))[1])
    result = {
        "machine": machine(),
        "lines": given.lines,
        "bytes": ledger.stat().st_size,
        "costs": {name: [asdict(each) for each in cost.runs] for name, cost in costs.items()},
        "memory": {label: asdict(cost) for label, cost in by_lines.items()},
        "parts": parts,
        "disagreements": wrong,
    }
    (folder / "result.json").write_text(json.dumps(result, indent=1), "utf-8")
    print("\n\n".join((machine(), ratio_table(costs), memory_table(by_lines), parts_table(parts, costs["scan"].cpu_s))))
    print("\nAll programs agree to the cent." if not wrong else "\n".join(("\nNot in order:", *wrong)))
    if not given.keep:
        for path in folder.glob("ledger-*"):
            path.unlink()
    return 1 if wrong else 0


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--lines", type=int, default=10_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", action="store_true", help="leave the ledgers in the data folder for the next time")
    parser.add_argument("--data", type=Path, default=DATA, help="folder for ledgers and results")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

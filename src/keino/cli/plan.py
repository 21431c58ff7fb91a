"""``keino plan``: how much procurement can take away, and what to start when to reach a target."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from keino.cli.console import language_option, progress_bar, show_json
from keino.cli.options import FILES, read_options, reading_options
from keino.errors import UsageError

if TYPE_CHECKING:
    from keino.engine.plan_result import PlanResult

_TARGET = re.compile(r"(\d{4})(?:=[-\u2212]?(\d{1,3}(?:[.,]\d+)?)\s*%)?", re.ASCII)


class BadTargetOption(UsageError):
    """--target that says no year, or no share."""

    code = "bad_target_option"
    template = "{text} is no target. Write the year and what is to be cut, such as --target 2035=-50%."


class TemplateExists(UsageError):
    """A template that would overwrite a file."""

    code = "template_exists"
    template = "{path} is there already and may hold your work, so nothing was written. Choose another name."


@click.command("plan")
@FILES
@click.option("--year", type=click.IntRange(1990, 2100), help="Baseline year; without it the plan's, else the newest.")
@click.option(
    "--plan",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your plan (TOML): targets, years, budgets, costs, contracts. --template writes one to fill in.",
)
@click.option(
    "--contracts",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Your contracts (CSV or .xlsx: category, value_eur, ends, renews).",
)
@click.option("--target", metavar="YEAR[=-SHARE%]", help="Without a plan: the gap to a target, such as 2035=-50%.")
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a plan file with your hotspots and measures to fill in; never over another file.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for tables and the manifest.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0.1, 86_400),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to look for the best plan; with budgets their price takes two more searches.",
)
@click.option("--top", type=click.IntRange(1), default=15, show_default=True, help="Categories in the table.")
@click.option(
    "--factors",
    default="",
    metavar="fi|uk|FILE",
    help="Emission factors (fi@EDITION for one edition); without it those of the currency.",
)
@click.option("--rules", type=click.Path(path_type=Path, dir_okay=False), help="Your own rules for categories (CSV).")
@reading_options
@language_option
def command(
    files: tuple[Path, ...],
    year: int | None,
    plan: Path | None,
    contracts: Path | None,
    target: str | None,
    template: Path | None,
    out: Path | None,
    time_limit: float,
    top: int,
    factors: str,
    rules: Path | None,
    mapping: Path | None,
    currency: str,
    ledger_year: int | None,
    sheet: str,
    language: str,
    *,
    strict: bool,
    as_json: bool,
) -> None:
    """Say how much of the footprint procurement can take away, and with --plan what to start when, and at what cost.

    Without --plan: the potential of each category with its sources, what is not assessed, and the gap to a target.
    With it: the best plan within your budgets, or which of them stands in the way of the target and what is reachable.

    With --out, FOLDER gets plan.json (what --json prints), potential.csv, manifest.json, and of a plan chosen.csv and
    path.csv (for `keino followup --plan`). Keys of the plan file and the JSON: docs/how-to/plan.md.
    """
    asked = _target(target)
    if template is not None and template.exists():
        raise TemplateExists(path=template)
    from keino.engine.plan import PlanOptions, run_plan
    from keino.engine.run import RunOptions

    read = read_options(mapping, currency, ledger_year, sheet)
    options = PlanOptions(
        run=RunOptions(read=read, factors=factors, rules=rules, strict=strict),
        year=year,
        plan=plan,
        contracts=contracts,
        target=asked,
        time_limit_s=time_limit,
    )
    with progress_bar(language) as progress:
        result = run_plan(files, options, progress)
    _show(result, language, top=top, out=out, template=template, as_json=as_json)
    if strict and _has_rejected(result):
        sys.exit(1)


def _target(text: str | None) -> tuple[int, float | None] | None:
    """Year and share of ``2035=-50%``; a year alone is one too."""
    if text is None:
        return None
    found = _TARGET.fullmatch(text.strip())
    share = float(found.group(2).replace(",", ".")) / 100 if found and found.group(2) else None
    if found is None or (share is not None and share > 1):
        raise BadTargetOption(text="".join(sign if sign.isprintable() else "?" for sign in text))
    return int(found.group(1)), share


def _has_rejected(result: PlanResult) -> bool:
    rows_of_contracts = result.contracts is not None and bool(result.contracts.rejected)
    return rows_of_contracts or any(reading.rejected for reading in result.result.readings)


def _show(
    result: PlanResult, language: str, *, top: int, out: Path | None, template: Path | None, as_json: bool
) -> None:
    """Write what is wanted, and show the result."""
    from keino.cli.plan_files import plan_json, write_plan

    if template is not None:
        from keino.cli.plan_template import write_template

        write_template(result, template, language)
    if out is not None:
        write_plan(result, out)
    if as_json:
        show_json(plan_json(result))
        return
    from keino.cli.plan_text import plan_text

    click.echo(plan_text(result, language, top=top, out=out, template=template))

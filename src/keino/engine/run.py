"""Facts + ledgers + flow → results: the path from files to hotspots.

A ledger is counted in one pass into sums of lines that are alike (account, category words, year …); only those few sums
meet categories and factors. Where single lines, units or suppliers are asked for, the lines are first stored as Parquet
and the very same expressions run on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from keino import __version__, flow
from keino.domain.carbon.factors import Coefficient, coefficients
from keino.domain.carbon.footprint import COEFFICIENT_SCHEMA, coefficient_columns
from keino.engine import factor_sets
from keino.engine.accounting_year import settle_year
from keino.engine.coefficient_file import write_coefficients
from keino.engine.connect import connect
from keino.engine.descriptions import describe
from keino.engine.evidence import EVIDENCE, Decided, Key, decide_all, key_table
from keino.engine.ingest.container import ledger_files
from keino.engine.ingest.counting import Counted, count
from keino.engine.ingest.reading import ReadOptions, open_ledger, undecided
from keino.engine.lines import lines_table, supplier_sums, unit_sums, with_supplier, with_unit
from keino.engine.manifest import sha256_of
from keino.engine.rejected import write_rejects
from keino.engine.results import FootprintResult
from keino.engine.slices import Sum, sums_of
from keino.engine.store import write_cube, write_lines
from keino.engine.summary import Material, summarise
from keino.engine.tables import NUMBER, TEXT, WHOLE, in_memory
from keino.errors import Problem, UsageError, mark

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend
    from ibis.expr.types import Table

Progress = Callable[[str, int, int], None]


def no_progress(step: str, done: int, whole: int) -> None:
    """Tell nobody."""


class MixedCurrencies(UsageError):
    """Ledgers of different currencies can't be added up."""

    code = "mixed_currencies"
    template = (
        "The files are in different currencies ({currencies}), and their amounts can't be added up. Read them one "
        "currency at a time, or say the currency with --currency if keino took it wrong."
    )


class UndecidedReading(UsageError):
    """``--strict``: keino would have had to choose between equally good readings."""

    code = "undecided_reading"
    template = (
        "{path} can be read in more than one way, and --strict leaves no choice to keino: {choices}. Nothing was "
        "calculated. Decide in a mapping file (write one with --write-mapping) and give it with --mapping."
    )


#: What is open, by the code of the choice.
_OPEN = {
    "amount_net_or_gross": mark("whether amounts include VAT"),
    "amount_gross_only": mark("how much VAT the amounts include"),
    "one_of_several_columns": mark("which of several columns is meant"),
    "guessed_from_values": mark("what the columns mean, since the file has no headings"),
    "values_over_words": mark("whether headings stand over the right columns"),
    "decimal_mark": mark("whether a comma or a point marks decimals"),
    "date_order": mark("whether dates put the day or the month first"),
    "currency": mark("the currency"),
    "currency_assumed": mark("the currency"),
    "mixed_currencies": mark("what to do with lines in other currencies"),
    "sheet": mark("which sheet holds the ledger"),
}


class NothingToCount(UsageError):
    """No line is left."""

    code = "nothing_to_count"
    template = "No purchase line is left to count ({why}), so there is no footprint. Check the files and the year."


@dataclass(frozen=True)
class RunOptions:
    """What the user wants of a run."""

    read: ReadOptions = field(default_factory=ReadOptions)
    reads: Mapping[Path, ReadOptions] = field(default_factory=dict)  # of single files, in place of ``read``
    factors: str = ""  # fi, uk or the path of a file; empty = by the ledger's currency
    rules: Path | Sequence[Mapping[str, str]] | None = None  # the buyer's own: their file, or its rows
    year: int | None = None  # count only this year's lines
    by: tuple[str, ...] = ()  # further slices: unit, supplier
    out: Path | None = None  # folder for lines and rejected rows
    is_stored: bool = False  # keep in ``out`` what later questions need (``engine.stored``), and no lines.csv
    strict: bool = False
    engine: str = "duckdb"
    population: int | None = None
    organisation: str = ""
    unclassified: str = "none"


def read_ledgers(
    paths: Sequence[Path], options: RunOptions, progress: Progress = no_progress, rejects: Path | None = None
) -> tuple[Counted, ...]:
    """Read and count ledgers, nothing more. ``rejects`` is a folder for files of rejected rows."""
    with TemporaryDirectory(prefix="keino-") as name:
        folder = Path(name)
        backend = connect(folder, options.engine)
        counted = _count_all(backend, folder, paths, options, (), progress)
        if rejects is not None:
            _write_rejects(backend, counted, rejects)
        return tuple(counted)


def run_footprint(paths: Sequence[Path], options: RunOptions, progress: Progress = no_progress) -> FootprintResult:
    """Run the path from ledgers to hotspots and return everything a report shows.

    With ``options.out`` the lines and the rejected rows are written there too. Raises KeinoError.
    """
    own = factor_sets.buyer_rules(options.rules)
    conditions = [column for rule in own for column, _ in rule.conditions]
    columns = tuple(dict.fromkeys((*EVIDENCE, *(c for c in conditions if c != "description"))))
    with TemporaryDirectory(prefix="keino-") as name:
        folder = Path(name)
        backend = connect(folder, options.engine)
        counted = _count_all(backend, folder, paths, options, columns, progress)
        _require_one_currency(counted)
        progress("categorise", 0, 1)
        rules, chart = factor_sets.category_rules(_accounts(counted), own)
        whole = "description" in conditions
        keys, decided = decide_all(counted, rules, columns, reads_whole_descriptions=whole)
        if decided.vague:
            clear = [key for key in keys if key.evidence not in decided.vague]
            keys = clear + describe(backend.con, counted, decided)
        keys = [key for key in keys if options.year is None or key.year == options.year]
        if not keys:
            raise NothingToCount(
                why=Problem("year {year}", year=options.year) if options.year else Problem("every row was rejected")
            )
        return _result(_Run(backend, folder, options, counted, keys, decided, chart, progress))


def _count_all(
    backend: Backend,
    folder: Path,
    paths: Sequence[Path],
    options: RunOptions,
    columns: Sequence[str],
    progress: Progress,
) -> list[Counted]:
    files = ledger_files(list(paths))
    counted = []
    for number, path in enumerate(files):
        progress("read", number, len(files))
        ledger = open_ledger(path, backend.con, folder, options.reads.get(path, options.read))
        if options.strict and (open_choices := undecided(ledger)):
            codes = dict.fromkeys(choice.code for choice in open_choices)
            raise UndecidedReading(path=path.name, choices=tuple(Problem(_OPEN.get(code, code)) for code in codes))
        counted.append(settle_year(count(backend.con, ledger, columns)))
    progress("read", len(files), len(files))
    return counted


def _require_one_currency(counted: Iterable[Counted]) -> None:
    currencies = sorted({each.reading.currency for each in counted})
    if len(currencies) > 1:
        raise MixedCurrencies(currencies=", ".join(currencies))


def _accounts(counted: Iterable[Counted]) -> list[tuple[str, str]]:
    """Distinct (account code, account name) pairs."""
    pairs: dict[tuple[str, str], None] = {}
    for each in counted:
        code, name = each.columns.index("account_code"), each.columns.index("account_name")
        pairs.update({(group.keys[code], group.keys[name]): None for group in each.groups if group.keys[code]})
    return list(pairs)


@dataclass
class _Run:
    """A run whose ledgers are counted and decided."""

    backend: Backend
    folder: Path
    options: RunOptions
    counted: list[Counted]
    keys: list[Key]
    decided: Decided
    chart: str
    progress: Progress


def _result(run: _Run) -> FootprintResult:
    options, currency = run.options, run.counted[0].reading.currency
    chosen = factor_sets.choose_factors(options.factors, currency)
    spend = _spend(run)
    made = coefficients(
        {category for category, _ in spend},
        {year for _, year in spend},
        chosen.basis,
        currency=currency,
        unclassified=options.unclassified,
        spend=spend,
    )
    sums = sums_of(
        run.backend, _footprint(run, in_memory(run.backend, "line_sums", key_table(run.keys, run.decided)), made), ()
    )
    units: tuple[Sum, ...] = ()
    suppliers: tuple[Sum, ...] = ()
    if options.out is not None or options.by:
        run.progress("lines", 0, 1)
        ledgers = [each.ledger for each in run.counted]
        lines = _footprint(run, lines_table(run.backend, ledgers, run.decided, run.folder, options.year), made)
        if options.out is not None:
            _write(run, lines, made, options.out)
            lines = run.backend.read_parquet(options.out / "lines.parquet")
        units, suppliers = unit_sums(run.backend, lines), supplier_sums(run.backend, lines)
        run.progress("lines", 1, 1)
    readings = tuple(each.reading for each in run.counted)
    if options.out is not None:
        paths = [each.ledger.path for each in run.counted]
        readings = tuple(replace(r, sha256=sha256_of(path)) for r, path in zip(readings, paths, strict=True))
    return summarise(
        Material(
            readings=readings,
            sums=sums,
            units=units,
            suppliers=suppliers,
            coefficients=made,
            chosen=chosen,
            chart=run.chart,
        ),
        population=options.population,
        organisation=options.organisation,
        code_version=__version__,
    )


def _write(run: _Run, lines: Table, made: Sequence[Coefficient], folder: Path) -> None:
    """Write the lines and the rejected rows; in a store also what later questions need."""
    folder.mkdir(parents=True, exist_ok=True)
    if run.options.is_stored:
        write_lines(run.backend.con, run.backend.compile(with_supplier(with_unit(lines))), folder, as_csv=False)
        write_cube(run.backend.con, folder)
        write_coefficients(made, folder)
    else:
        write_lines(run.backend.con, run.backend.compile(lines), folder)
    _write_rejects(run.backend, run.counted, folder)


def _spend(run: _Run) -> dict[tuple[str, int], float]:
    """Spend in scope by category and year."""
    spend: dict[tuple[str, int], float] = {}
    for key in run.keys:
        decision = run.decided.decide(key.evidence, key.description)
        if not decision.exclusion_reason:
            place = (decision.category_code, key.year)
            spend[place] = spend.get(place, 0.0) + float(key.amount)
    return spend


def _footprint(run: _Run, lines: Table, made: Sequence[Coefficient]) -> Table:
    kinds = {"string": TEXT, "int64": WHOLE, "float64": NUMBER}
    cells = coefficient_columns(made)
    keys = in_memory(run.backend, "decisions", run.decided.table())
    factors = in_memory(
        run.backend, "coefficients", {name: (kinds[kind], cells[name]) for name, kind in COEFFICIENT_SCHEMA.items()}
    )
    return flow.footprint_of_purchases(lines, keys, factors, evidence=run.decided.columns)


def _write_rejects(backend: Backend, counted: Iterable[Counted], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for each in counted:
        if each.reading.rejected:
            write_rejects(backend.con, each.ledger, folder)

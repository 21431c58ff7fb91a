"""Ledgers with real bytes and runs with real results: what pages of runs and lines need."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from keino.engine import run as engine_run
from keino.engine.results import FootprintResult
from keino.engine.run import Progress, RunOptions, no_progress
from keino.web.measurement.choices import FileState, LedgerState
from keino.web.measurement.models import Ledger, LedgerFile, Run
from keino.web.measurement.queries.runs import Owner, ledgers_to_count, owned
from keino.web.measurement.services.runs import ask_run, calculate_run

HEADER = "Tositenumero;Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Y-tunnus;Selite;Summa (alv 0%)"
LINES = (
    "1;5.1.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;8000004-6;;1000,00",
    "2;6.2.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;8000004-6;;-100,00",
    "3;7.3.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;8000012-6;maito;500,50",
    "4;8.4.2023;4742;Avustukset yhteisöille;Sivistyslautakunta;Keksitty Seura ry;;;200,00",
    "5;9.5.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;8000012-6;;ei tiedossa",
    "6;10.6.2022;4520;Elintarvikkeet;Tekninen lautakunta;keksitty tukku oy;8000012-6;kahvi;80,25",
    "7;11.6.2022;4470;Muut palvelut;Tekninen lautakunta;Satunnainen Seppo;;neuvonta;40,00",
)


def ledger_bytes(lines: tuple[str, ...] = LINES) -> bytes:
    return ("\n".join((HEADER, *lines)) + "\n").encode()


def a_sent_ledger(owner: Owner, *, lines: tuple[str, ...] = LINES, name: str = "ostot.csv", **fields: Any) -> Ledger:
    """A confirmed ledger whose one file lies in the storage."""
    ledger = Ledger.objects.create(**owned(owner), **({"title": name, "state": LedgerState.CONFIRMED} | fields))
    add_file(ledger, name, ledger_bytes(lines))
    return ledger


def add_file(ledger: Ledger, name: str, content: bytes) -> LedgerFile:
    key = uuid.uuid4()
    return LedgerFile.objects.create(
        public_id=key,
        ledger=ledger,
        name=name,
        size_bytes=len(content),
        received_bytes=len(content),
        sha256="0" * 64,
        stored_as=default_storage.save(f"ledgers/{ledger.public_id.hex}/{key.hex}/file", ContentFile(content)),
        state=FileState.READ,
    )


def a_calculated_run(owner: Owner, **asked: Any) -> Run:
    """A run over these ledgers, else all confirmed ones (one of ``LINES`` where there is none), calculated at once."""
    if "ledgers" not in asked and not ledgers_to_count(owner).exists():
        a_sent_ledger(owner)
    ledgers = asked.pop("ledgers", None) or ledgers_to_count(owner)
    run = ask_run(owner=owner, ledgers=ledgers, by=asked.pop("by", None), **asked)
    with patch.object(engine_run, "run_footprint", _calculated_once):
        calculate_run(run, no_progress)
    return Run.objects.get(pk=run.pk)


_calculate = engine_run.run_footprint
_kept = tempfile.TemporaryDirectory(prefix="keino-calculated-")
_results: dict[str, FootprintResult] = {}


def _calculated_once(ledgers: Sequence[Path], options: RunOptions, progress: Progress) -> FootprintResult:
    """What the engine finds, kept: the same bytes under the same names and options are calculated once in a process."""
    assert options.out is not None
    named = [(path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in ledgers]
    asked = replace(options, out=None, reads={Path(path.name): read for path, read in options.reads.items()})
    key = hashlib.sha256(repr((named, asked)).encode()).hexdigest()
    if key not in _results:
        _results[key] = _calculate(ledgers, options, progress)
        shutil.copytree(options.out, Path(_kept.name, key))
    else:
        shutil.copytree(Path(_kept.name, key), options.out, dirs_exist_ok=True)
    return _results[key]

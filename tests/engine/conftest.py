"""Small ledgers for the engine's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

HEADER = "Tositenumero;Tositepvm;Tilinumero;Tilin nimi;Toimielin;Toimittajan nimi;Y-tunnus;Summa (alv 0%)"
LINES = (
    "1;5.1.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;8000004-6;1000,00",
    "2;6.2.2023;4569;Sähkö ja kaasu;Tekninen lautakunta;Esimerkkienergia Oy;8000004-6;-100,00",
    "3;7.3.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;8000012-6;500,50",
    "4;8.4.2023;4742;Avustukset yhteisöille;Sivistyslautakunta;Keksitty Seura ry;;200,00",
    "5;9.5.2023;4520;Elintarvikkeet;Sivistyslautakunta;Keksitty Tukku Oy;8000012-6;ei tiedossa",
    "6;10.6.2023;4480;Aktivoidut palvelujen ostot;Tekninen lautakunta;;;-50,00",
)


@pytest.fixture
def small_ledger(tmp_path: Path) -> Path:
    """Six rows of 2023: four purchases (one a credit note, one unreadable), a grant and a capitalisation entry."""
    path = tmp_path / "pieni.csv"
    path.write_text("\n".join((HEADER, *LINES)) + "\n", encoding="utf-8")
    return path

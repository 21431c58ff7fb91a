"""How each file looks: format, encoding, header words and what stands around the lines. Headers drift over the years.

A column is (header as printed, field); two columns may share a printed name. With ``numeric_codes`` a workbook keeps
account codes as numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from keino.towns.buyers import Buyer

Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Layout:
    """Look of one file. ``delimiter`` is empty for workbooks; ``decimal`` is the decimal mark of text amounts."""

    file_name: str
    columns: Columns
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ","
    line_end: str = "\r\n"
    title_rows: tuple[str, ...] = ()
    total_row: Literal["none", "bare", "labelled"] = "none"
    footer_rows: tuple[str, ...] = ()
    notes_sheet: Literal["none", "first", "last"] = "none"
    numeric_codes: bool = False


def layout(buyer: Buyer, year: int) -> Layout:
    """Return the layout of the buyer's file of ``year`` (2020–2024)."""
    return {"ostoniemi": _town, "inkopsvik": _municipality, "esimerkkivirasto": _agency}[buyer.key](year)


_TOWN_START: Columns = (
    ("Kunnan nimi", "buyer_name"),
    ("Kuntanumero", "buyer_number"),
    ("Kunnan Y-tunnus", "buyer_business_id"),
)

_TOWN_COLUMNS: dict[int, Columns] = {
    2020: (
        *_TOWN_START,
        ("Tositenumero", "voucher"),
        ("Tositepäivämäärä", "day"),
        ("Toimittajan nimi", "supplier_name"),
        ("Toimittajan Y-tunnus", "supplier_id"),
        ("Toimittajan maakoodi", "supplier_country"),
        ("Kirjanpidon tilinumero", "account_code"),
        ("Tilin nimi", "account_name"),
        ("Toimielin", "unit"),
        ("Tulosalue", "subunit"),
        ("Laskun summa ilman ALV", "net"),
        ("Palveluluokka", "service_class"),
        ("Selite", "description"),
    ),
    2021: (
        *_TOWN_START,
        ("Tositenumero", "voucher"),
        ("Tositepäivämäärä ", "day"),
        ("Toimittajan  nimi", "supplier_name"),
        ("Toimittajan Y-tunnus", "supplier_id"),
        ("Toimittajan maakoodi", "supplier_country"),
        ("Tilinumero", "account_code"),
        ("Tilin nimi", "account_name"),
        ("Toimielin", "unit"),
        ("Tulosalue", "subunit"),
        ("  Laskun summa ilman ALV ", "net"),
        ("Palveluluokka", "service_class"),
        ("Selite", "description"),
    ),
    2022: (
        *_TOWN_START,
        ("Tosite numero", "voucher"),
        ("Tositepvm", "day"),
        ("Toimittajan nimi", "supplier_name"),
        ("Toimittajan y-tunnus", "supplier_id"),
        ("Toimittajan maakoodi", "supplier_country"),
        ("TILI", "account_code"),
        ("TILIN NIMI", "account_name"),
        ("Toimielin", "unit"),
        ("Tulosalue", "subunit"),
        ("Laskun summa ilman ALV:tä", "net"),
        ("ALV määrä euroina", "vat"),
        ("Kokonaissumma euroina", "gross"),
        ("Palveluluokka", "service_class"),
        ("Selite", "description"),
    ),
    2023: (
        ("Tapahtumanumero", "voucher"),
        ("Tapaht.pvm", "day"),
        ("Tili nro", "account_code"),
        ("Tilin nimi", "account_name"),
        ("Toimielin", "unit"),
        ("Tulosalue", "subunit_code"),
        ("Tulosalue", "subunit"),
        ("Toimittaja", "supplier_name"),
        ("Y-tunnus", "supplier_id"),
        ("Toimittajan maakoodi", "supplier_country"),
        ("Summa (alv 0%)", "net"),
        ("Palveluluokka", "service_class"),
        ("Selite", "description"),
    ),
    2024: (
        ("Tositenumero", "voucher"),
        ("Tositepvä", "day"),
        ("Tilinumero", "account_code"),
        ("Tilin nimi", "account_name"),
        ("Y-tunnus", "supplier_id"),
        ("Toimittajan\nnimi", "supplier_name"),
        ("Toimittajan maakoodi", "supplier_country"),
        ("Nettosumma", "net"),
        ("Palveluluokka", "service_class"),
        ("Selite", "description"),
    ),
}

INVENTED = {
    "fi": "Keksitty esimerkkiaineisto: kaupunki, toimittajat ja laskut eivät ole todellisia.",
    "sv": "Påhittat exempelmaterial: kommunen, leverantörerna och fakturorna är inte verkliga.",
}


def _town(year: int) -> Layout:
    return Layout(
        file_name=f"ostolaskut_{year}.csv",
        columns=_TOWN_COLUMNS[year],
        encoding="cp1252",
        delimiter=";",
        total_row="bare" if year in {2021, 2023} else "none",
        footer_rows=(INVENTED["fi"],) if year in {2022, 2023} else (),
    )


_SWEDISH_REST: Columns = (
    ("Nämnd", "unit"),
    ("Resultatområde", "subunit"),
    ("Serviceklass", "service_class"),
    ("Beskrivning", "description"),
)

_MUNICIPALITY_COLUMNS: dict[int, Columns] = {
    2020: (
        ("Verifikatnummer", "voucher"),
        ("Bokföringsdatum", "day"),
        ("Kontonummer", "account_code"),
        ("Kontonamn", "account_name"),
        ("Leverantör", "supplier_name"),
        ("FO-nummer", "supplier_id"),
        ("Landskod", "supplier_country"),
        ("Nettobelopp", "net"),
        *_SWEDISH_REST,
    ),
    2022: (
        ("Verifikatnummer", "voucher"),
        ("Verifikatdatum", "day"),
        ("Leverantörens namn ", "supplier_name"),
        ("Leverantörens FO-nummer", "supplier_id"),
        ("Landskod", "supplier_country"),
        ("Konto", "account_code"),
        ("Kontots namn", "account_name"),
        (" Belopp exkl. moms", "net"),
        ("Moms", "vat"),
        ("Totalbelopp", "gross"),
        *_SWEDISH_REST,
    ),
    2024: (
        ("Ver.nr", "voucher"),
        ("Datum", "day"),
        ("Konto", "account_code"),
        ("Konto", "account_name"),
        ("Leverantör", "supplier_name"),
        ("FO-nummer", "supplier_id"),
        ("Landskod", "supplier_country"),
        ("Summa utan moms", "net"),
        *_SWEDISH_REST,
    ),
}


def _municipality(year: int) -> Layout:
    return Layout(
        file_name=f"inkopsfakturor_{year}.xlsx",
        columns=_MUNICIPALITY_COLUMNS[year if year in _MUNICIPALITY_COLUMNS else year - 1],
        title_rows=("Inköpsviks kommun", f"Inköpsfakturor {year}") + (() if year == 2021 else ("",)),
        total_row="labelled" if year == 2022 else "none",
        footer_rows=(INVENTED["sv"],) if year in {2021, 2023} else (),
        notes_sheet="first" if year == 2024 else "last",
        numeric_codes=year in {2021, 2023},
    )


_AGENCY_COLUMNS: Columns = (
    ("lasku_id", "voucher"),
    ("tili", "account"),
    ("tiliointisumma", "net"),
    ("tositepvm", "day"),
    ("toimittaja_y_tunnus", "supplier_id"),
    ("toimittaja_nimi", "supplier_name"),
    ("hankintayksikko_tunnus", "unit_code"),
    ("hankintayksikko", "unit"),
    ("ylaorganisaatio_tunnus", "parent_code"),
    ("ylaorganisaatio", "parent_name"),
    ("sektori", "sector"),
    ("tuote_palveluryhma", "category_group"),
    ("hankintakategoria", "category"),
)


def _agency(year: int) -> Layout:
    """Tab-separated; the decimal mark turns from point to comma in 2023 and a byte order mark appears in 2024."""
    return Layout(
        file_name=f"hankinnat_{year}.tsv",
        columns=_AGENCY_COLUMNS,
        encoding="utf-8-sig" if year >= 2024 else "utf-8",
        delimiter="\t",
        decimal="." if year <= 2022 else ",",
        line_end="\n",
        footer_rows=("Keksitty esimerkkiaineisto: virastoa ei ole olemassa.",) if year == 2021 else (),
    )

"""A realistic result made by hand: an invented town, two years, twelve categories, every kind of trouble.

Every sum is computed here from the lines of ``_PLAN`` with plain arithmetic, so tables that must tie can be checked
against it without asking the code under test.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from keino.engine.results import (
    CategoryLabel,
    Choice,
    Coverage,
    FactorUse,
    FootprintResult,
    Hotspot,
    LedgerReading,
    QuadrantLimits,
    Rejection,
    Repair,
    Slice,
    TotalRow,
    YearChange,
)

YEARS = (2022, 2023)

# category, spend 2022, spend 2023, kgCO2e per euro 2022, 2023 (None: no factor), GSD, match, quadrant
_PLAN: tuple[tuple[str, str, str, float | None, float | None, float, str, str], ...] = (
    ("BUILD.REPAIR", "4210000.50", "4875300.10", 0.218, 0.211, 1.4, "exact", "volume"),
    ("INFRA.WORKS", "2950400.00", "2610900.75", 0.218, 0.211, 1.4, "exact", "volume"),
    ("HEAT.DISTRICT", "1320000.25", "1498000.00", 0.702, 0.689, 2.0, "exact", "act_first"),
    ("ELEC.POWER", "910000.00", "1105000.40", 0.702, 0.689, 2.0, "exact", "act_first"),
    ("FUEL.MOTOR", "402000.00", "377500.00", 0.452, 0.440, 1.5, "exact", "intensity"),
    ("FOOD.CATERING", "2240000.00", "2410000.00", 0.312, 0.305, 1.5, "proxy", "act_first"),
    ("MED.MEDICINES", "118000.00", "121500.00", 0.133, 0.129, 1.5, "exact", "watch"),
    ("ICT.HARDWARE", "640300.00", "702000.00", 0.226, 0.222, 1.5, "exact", "volume"),
    ("ICT.SOFTWARE", "815000.00", "990000.00", 0.081, 0.079, 1.6, "interpolated", "volume"),
    ("MOVE.ROAD", "730000.00", "702000.00", 0.441, 0.432, 1.5, "exact", "act_first"),
    ("CARE.RESIDENTIAL", "3105000.00", "3320400.00", 0.092, 0.090, 1.7, "average", "volume"),
    ("WATER.WASTE", "214000.00", "-12300.00", 0.710, 0.694, 1.5, "exact", "intensity"),
    ("RENT.LAND", "41000.00", "44000.00", None, None, 1.0, "none", "watch"),
    ("", "486200.00", "512400.33", None, None, 1.0, "none", ""),
)

_LABELS = {
    "BUILD": ("Talonrakentaminen", "Husbyggnad", "Building construction"),
    "BUILD.REPAIR": ("Korjausrakentaminen", "Reparationsbyggande", "Building repair"),
    "INFRA": ("Maa- ja vesirakentaminen", "Anläggningsbyggande", "Civil engineering"),
    "INFRA.WORKS": (
        "Katujen, teiden ja verkostojen rakentaminen",
        "Byggande av gator, vägar och nät",
        "Construction of streets, roads and networks",
    ),
    "HEAT": ("Lämmitys", "Uppvärmning", "Heating"),
    "HEAT.DISTRICT": (
        "Kaukolämpö, höyry ja kaukojäähdytys",
        "Fjärrvärme, ånga och fjärrkyla",
        "District heat, steam and cooling",
    ),
    "ELEC": ("Sähkö ja kaasu", "El och gas", "Electricity and gas"),
    "ELEC.POWER": ("Sähkö ja sähkönsiirto", "El och elöverföring", "Electricity and its transmission"),
    "FUEL": ("Poltto- ja voiteluaineet", "Bränslen och smörjmedel", "Fuels and lubricants"),
    "FUEL.MOTOR": (
        "Ajoneuvojen ja työkoneiden polttoaineet",
        "Drivmedel för fordon och arbetsmaskiner",
        "Fuels of vehicles and machines",
    ),
    "FOOD": ("Elintarvikkeet ja ateriat", "Livsmedel och måltider", "Food and meals"),
    "FOOD.CATERING": ("Ateriapalvelut", "Måltidstjänster", "Catering services"),
    "MED": ("Lääkkeet ja hoitotarvikkeet", "Läkemedel och vårdtillbehör", "Medicines and care supplies"),
    "MED.MEDICINES": ("Lääkkeet", "Läkemedel", "Medicines"),
    "ICT": ("ICT", "IKT", "ICT"),
    "ICT.HARDWARE": (
        "Tietokoneet ja muut ICT-laitteet",
        "Datorer och annan IKT-utrustning",
        "Computers and other ICT equipment",
    ),
    "ICT.SOFTWARE": ("Ohjelmistot ja lisenssit", "Programvara och licenser", "Software and licences"),
    "MOVE": ("Kuljetukset ja matkat", "Transporter och resor", "Transport and travel"),
    "MOVE.ROAD": (
        "Koulukyydit ja muut henkilökuljetukset",
        "Skolskjutsar och persontransporter",
        "School transport and other rides",
    ),
    "CARE": (
        "Sosiaali-, terveys- ja sivistyspalvelut",
        "Social-, hälso- och bildningstjänster",
        "Social, health and cultural services",
    ),
    "CARE.RESIDENTIAL": ("Asumispalvelut", "Boendetjänster", "Residential care"),
    "WATER": ("Vesi ja jätteet", "Vatten och avfall", "Water and waste"),
    "WATER.WASTE": ("Jätehuolto", "Avfallshantering", "Waste management"),
    "RENT": ("Vuokrat", "Hyror", "Rents"),
    "RENT.LAND": ("Maa-alueiden vuokrat", "Markhyror", "Rents of land"),
}

#: Short names where the names are too long for a chart.
_SHORT = {
    "INFRA.WORKS": ("Katujen ja teiden rakentaminen", "Gatu- och vägbygge", "Street and road construction"),
    "HEAT.DISTRICT": ("Kaukolämpö", "Fjärrvärme", "District heating"),
    "ELEC.POWER": ("Sähkö", "El", "Electricity"),
    "FUEL.MOTOR": ("Ajoneuvojen polttoaineet", "Drivmedel", "Motor fuels"),
    "ICT.HARDWARE": ("Tietokoneet", "Datorer", "Computers"),
    "MOVE.ROAD": ("Henkilökuljetukset", "Persontransporter", "School transport"),
    "CARE": ("Hoiva ja sivistys", "Omsorg och bildning", "Care and culture"),
}

_UNITS = (("Tekninen toimi", 0.52), ("Sivistystoimi", 0.23), ("Perusturva", 0.17), ("Konsernihallinto", 0.08))


def _span(footprint: float | None, gsd: float) -> tuple[float | None, float | None]:
    if footprint is None:
        return None, None
    return tuple(sorted((footprint / gsd**1.96, footprint * gsd**1.96)))  # type: ignore[return-value]


def _slice(keys: dict[str, str | int], parts: list[tuple[Decimal, float | None]], gsd: float, lines: int) -> Slice:
    known = [footprint for _, footprint in parts if footprint is not None]
    footprint = sum(known) if known else None
    low, high = _span(footprint, gsd)
    without = sum((spend for spend, kg in parts if kg is None), Decimal(0))
    return Slice(keys, lines, sum((spend for spend, _ in parts), Decimal(0)), footprint, low, high, without)


def _cells() -> dict[tuple[str, int], tuple[Decimal, float | None, float]]:
    cells = {}
    for code, first, second, factor_first, factor_second, gsd, _match, _quadrant in _PLAN:
        for year, spend, factor in ((2022, first, factor_first), (2023, second, factor_second)):
            cells[code, year] = (Decimal(spend), None if factor is None else float(spend) * factor, gsd)
    return cells


def _group(name: str, keys: list[Any], wanted: Any, gsd: float | None = None) -> tuple[Slice, ...]:
    slices = []
    for key in keys:
        chosen = [cell for place, cell in _cells().items() if wanted(place, key)]
        slices.append(_slice({name: key}, [cell[:2] for cell in chosen], gsd or chosen[0][2], 120 * len(chosen)))
    return tuple(slices)


def _category_years() -> tuple[Slice, ...]:
    return tuple(
        _slice({"category": code, "year": year}, [(spend, kg)], gsd, 120)
        for (code, year), (spend, kg, gsd) in _cells().items()
    )


def _portions(name: str, total: Slice, portions: tuple[tuple[dict[str, str | int], float], ...]) -> tuple[Slice, ...]:
    """Parts of the whole by share; the last one takes what rounding leaves, so that sums tie to the cent."""
    parts: list[Slice] = []
    for number, (keys, share) in enumerate(portions, 1):
        last = number == len(portions)
        spend = (
            total.spend - sum((p.spend for p in parts), Decimal(0))
            if last
            else round(total.spend * Decimal(str(share)), 2)
        )
        lines = total.lines - sum(p.lines for p in parts) if last else int(total.lines * share)
        kg = (total.footprint_kgco2e or 0) * share
        parts.append(Slice(keys, lines, spend, kg, kg * 0.7, kg * 1.4))
    del name
    return tuple(parts)


def _hotspots(by_category: tuple[Slice, ...], total: Slice) -> tuple[Hotspot, ...]:
    parts = [part for part in by_category if part.keys["category"] and part.footprint_kgco2e is not None]
    quadrants = {row[0]: row[7] for row in _PLAN}
    by_footprint = sorted(parts, key=lambda p: -p.footprint_kgco2e)
    by_intensity = sorted(parts, key=lambda p: -(p.intensity_kgco2e_per_unit or 0))
    by_spend = sorted(parts, key=lambda p: -p.spend)
    running, spots = 0.0, []
    for rank, part in enumerate(by_footprint, 1):
        share = part.footprint_kgco2e / total.footprint_kgco2e
        running += share
        code = str(part.keys["category"])
        spots.append(
            Hotspot(code, rank, by_intensity.index(part) + 1, by_spend.index(part) + 1, share, running, quadrants[code])
        )
    return tuple(spots)


def _changes(by_year: tuple[Slice, ...]) -> tuple[YearChange, ...]:
    def change(category: str, before: Slice, after: Slice) -> YearChange:
        spend, kg = after.spend - before.spend, (after.footprint_kgco2e or 0) - (before.footprint_kgco2e or 0)
        price = round(before.spend * Decimal("0.035"), 2)
        volume_kg = float((spend - price) / before.spend) * (before.footprint_kgco2e or 0)
        return YearChange(
            category, 2022, 2023, spend, price, spend - price, kg, volume_kg, kg - volume_kg, "example-index"
        )

    cells = {(str(part.keys["category"]), part.keys["year"]): part for part in _category_years()}
    codes = [row[0] for row in _PLAN if row[3] is not None]
    return (change("", *by_year), *(change(code, cells[code, 2022], cells[code, 2023]) for code in codes))


def _factors() -> tuple[FactorUse, ...]:
    uses = []
    for code, first, second, factor_first, factor_second, gsd, match, _quadrant in _PLAN:
        for year, spend, factor in ((2022, first, factor_first), (2023, second, factor_second)):
            if factor is not None:
                uses.append(
                    FactorUse(
                        code,
                        year,
                        "X" + code[:1],
                        *(f"{word} {code.lower()}" for word in ("Tuotteet kuten", "Produkter som", "Products like")),
                        1.0,
                        factor,
                        "kgCO2e/EUR",
                        "purchaser",
                        match,
                        gsd,
                        "category",
                        "Taulukon lähin tuoteryhmä",
                        "Tabellens närmaste produktgrupp",
                        "Closest product group of the table",
                        "example-factors",
                        f"sheet FI, row {year}",
                        "",
                        Decimal(spend),
                    )
                )
    return tuple(uses)


def reading(**changes: Any) -> LedgerReading:
    """One file as it was read, with a repair, rejections, a total row and a choice."""
    base = LedgerReading(
        path="/ledgers/ostolaskut-2022-2023.csv",
        container="csv",
        sheet="",
        encoding="cp1252",
        delimiter=";",
        decimal=",",
        header_row=3,
        currency="EUR",
        amount_basis="net",
        mapping={"amount_net": "Summa", "posting_date": "Tosite pvm", "supplier_name": "Toimittaja"},
        unmapped=("Maksuehto", "Hyväksyjä"),
        rows=3420,
        accepted=3361,
        repaired=52,
        rejected=7,
        amount_accepted=Decimal("37120000.10"),
        amount_repaired=Decimal("1410600.90"),
        amount_rejected=Decimal("-310.25"),
        blank_rows=2,
        preamble_rows=2,
        total_rows=(TotalRow(3423, Decimal("38530290.75"), "grand_total", "YHTEENSÄ"),),
        rejections=(
            Rejection("bad_amount", 4, Decimal(0), 211, "12.3.2023;Esimerkki Oy;4391;#ARVO!"),
            Rejection("date_out_of_range", 3, Decimal("-310.25"), 980, "1.1.0203;Esimerkki Oy;4391;-310,25"),
        ),
        repairs=(Repair("trailing_minus", 31), Repair("parentheses", 21)),
        choices=(
            Choice(
                "amount_net_or_gross",
                "net",
                ("gross",),
                {"header": "Summa", "reason": "ledgers_are_mostly_net"},
                is_decided_by_evidence=False,
            ),
            Choice("date_order", "%d/%m/%Y", ("%m/%d/%Y",), {"example": "23/04/2022"}),
        ),
        first_date="2022-01-03",
        last_date="2023-12-29",
    )
    return replace(base, **changes)


def footprint_result(**changes: Any) -> FootprintResult:
    """A whole result of two years. Any field may be replaced."""
    leaves = [row[0] for row in _PLAN]
    mains = list(dict.fromkeys(code.partition(".")[0] for code in leaves))
    by_category = _group("category", leaves, lambda place, code: place[0] == code)
    by_main = _group("category", mains, lambda place, code: place[0].partition(".")[0] == code)
    by_year = _group("year", list(YEARS), lambda place, year: place[1] == year, gsd=1.25)
    total = _slice({}, [cell[:2] for cell in _cells().values()], 1.25, 120 * len(_cells()))
    unknown = by_category[-1]
    account = total.spend - unknown.spend - Decimal("4100000.00")
    coverage = Coverage(
        total.spend,
        (
            Slice({"category_basis": "account"}, 2600, account, None, None, None),
            Slice({"category_basis": "text"}, 520, Decimal("4100000.00"), None, None, None),
            Slice({"category_basis": "none"}, 240, unknown.spend, None, None, None),
        ),
        (
            Slice({"exclusion_reason": "transfer"}, 40, Decimal("1200400.00"), None, None, None),
            Slice({"exclusion_reason": "tax"}, 13, Decimal("31220.10"), None, None, None),
        ),
        total.spend_without_factor,
    )
    suppliers = tuple(
        (
            {"supplier_name": f"Esimerkkitoimittaja {n} Oy", "supplier_business_id": f"{n:07d}-0"},
            round(0.078 * 0.92**n, 6),
        )
        for n in range(60)
    )
    suppliers = (
        *suppliers,
        ({"supplier_name": "", "supplier_business_id": ""}, 1 - sum(share for _, share in suppliers)),
    )
    base = FootprintResult(
        readings=(reading(),),
        currency="EUR",
        years=YEARS,
        factor_set="fi",
        factor_edition="2026-1",
        editions={"emission_factors": "2026-1", "category_products": "2026-1"},
        code_version="0.1.0",
        total=total,
        coverage=coverage,
        categories={
            code: CategoryLabel(code, code.partition(".")[0] if "." in code else "", *names, *_SHORT.get(code, names))
            for code, names in _LABELS.items()
        },
        by_category=by_category,
        by_main_category=by_main,
        by_year=by_year,
        by_category_year=_category_years(),
        by_unit=_portions("unit_name", total, tuple(({"unit_name": name}, share) for name, share in _UNITS)),
        by_supplier=_portions("supplier_name", total, suppliers),
        hotspots=_hotspots(by_category, total),
        limits=QuadrantLimits(1_000_000.0, 0.27),
        changes=_changes(by_year),
        factors=_factors(),
        sources={
            "example-factors": {
                "key": "example-factors",
                "producer": "Example statistics",
                "title": "Factors of an example",
                "edition": "2026",
                "published": "2026-01",
                "url": "https://example.org/factors?a=1&b=2",
                "licence": "CC BY 4.0",
                "citation": "Example statistics (2026). Factors of an example.",
                "note": "",
            }
        },
        caveats=(
            "purchaser_prices",
            "capital_goods_excluded",
            "energy_d35",
            "unclassified_left_out",
            "municipal_chain",
        ),
        population=30000,
        organisation="Esimerkkilän kaupunki",
    )
    return replace(base, **changes)


def single_category(**changes: Any) -> FootprintResult:
    """A parish that bought one thing in one year."""
    part = Slice({"category": "HEAT.DISTRICT"}, 12, Decimal("84000.00"), 57876.0, 15000.0, 220000.0)
    whole = replace(part, keys={})
    result = footprint_result(
        years=(2023,),
        total=whole,
        by_category=(part,),
        by_main_category=(replace(part, keys={"category": "HEAT"}),),
        by_year=(replace(part, keys={"year": 2023}),),
        by_category_year=(replace(part, keys={"category": "HEAT.DISTRICT", "year": 2023}),),
        by_unit=(),
        by_supplier=(),
        changes=(),
        hotspots=(Hotspot("HEAT.DISTRICT", 1, 1, 1, 1.0, 1.0, "act_first"),),
        coverage=Coverage(
            part.spend, (Slice({"category_basis": "account"}, 12, part.spend, None, None, None),), (), Decimal(0)
        ),
        readings=(
            reading(
                choices=(),
                rejections=(),
                repairs=(),
                total_rows=(),
                rows=12,
                accepted=12,
                repaired=0,
                rejected=0,
                amount_accepted=part.spend,
                amount_repaired=Decimal(0),
                amount_rejected=Decimal(0),
            ),
        ),
        population=None,
        organisation="",
    )
    return replace(result, **changes)


def without_factors() -> FootprintResult:
    """A ledger in a currency for which no factor is known."""
    part = Slice({"category": "FOOD.CATERING"}, 40, Decimal("12345.67"), None, None, None, Decimal("12345.67"))
    return single_category(
        currency="SEK",
        total=replace(part, keys={}),
        by_category=(part,),
        by_main_category=(replace(part, keys={"category": "FOOD"}),),
        by_year=(replace(part, keys={"year": 2023}),),
        by_category_year=(replace(part, keys={"category": "FOOD.CATERING", "year": 2023}),),
        hotspots=(),
        limits=None,
        factors=(),
        sources={},
        caveats=(),
        coverage=Coverage(
            part.spend, (Slice({"category_basis": "text"}, 40, part.spend, None, None, None),), (), part.spend
        ),
    )


def negative_spend() -> FootprintResult:
    """Credit notes outweigh purchases."""
    part = Slice({"category": "FOOD.CATERING"}, 3, Decimal("-1200.00"), -366.0, -800.0, -160.0)
    return single_category(
        total=replace(part, keys={}),
        by_category=(part,),
        by_main_category=(replace(part, keys={"category": "FOOD"}),),
        by_year=(replace(part, keys={"year": 2023}),),
        hotspots=(),
        limits=None,
        by_category_year=(replace(part, keys={"category": "FOOD.CATERING", "year": 2023}),),
        coverage=Coverage(
            part.spend, (Slice({"category_basis": "text"}, 3, part.spend, None, None, None),), (), Decimal(0)
        ),
    )


def empty_result() -> FootprintResult:
    """Files that hold no purchase at all."""
    nothing = Slice({}, 0, Decimal(0), None, None, None)
    return single_category(
        years=(),
        total=nothing,
        by_category=(),
        by_main_category=(),
        by_year=(),
        by_category_year=(),
        hotspots=(),
        limits=None,
        factors=(),
        sources={},
        caveats=(),
        coverage=Coverage(Decimal(0), (), (), Decimal(0)),
        readings=(),
    )

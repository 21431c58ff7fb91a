"""From accounts to invoices: a year's euros spread over suppliers, units, months and lines.

An invoice has one or more postings, as in real ledgers, where a line is a posting and not an invoice. Amounts are whole
cents. Everything is drawn from ``random.Random`` seeded with the buyer, the year and the account.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from keino.towns.seasons import MONTHS, PRICES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keino.towns.buyers import Buyer
    from keino.towns.chart import Account, Unit
    from keino.towns.suppliers import Pool, Supplier

SITES = {
    "fi": ("Satukoulu", "Tarinan päiväkoti", "Haaveen koulu", "Arvoituskirjasto", "Kuvitelman halli", "Luulon lukio",
           "Pilvilinnan talo", "Kangastuksen varikko", "Keksinnön paloasema", "Esimerkin uimahalli", "Tarinatalo",
           "Satupuiston huolto"),
    "sv": ("Sagoskolan", "Drömmens daghem", "Fantasiskolan", "Gåtans bibliotek", "Hägringens hall", "Påhittsgymnasiet",
           "Luftslottet", "Diktardepån", "Exempelsimhallen", "Sagohuset", "Drömmens park", "Låtsasgården"),
}  # fmt: skip
CARD_DIVISOR = 15
CARD_TRADES = frozenset({"transport", "stationery", "books", "goods", "services", "catering"})
FOREIGN_TRADES = frozenset({"ict", "software", "books", "consulting", "medicine"})
PRIVATE_TRADES = frozenset({"consulting", "education", "building", "earthworks", "transport", "care"})


@dataclass(frozen=True)
class Posting:
    """One line of an invoice. ``nature`` says what it is in truth: purchase, rent, investment, transfer, …"""

    account: Account
    unit: Unit
    cents: int
    nature: str
    description: str = ""


@dataclass(frozen=True)
class Invoice:
    """An invoice, a credit note or a bookkeeping entry; ``shape`` is empty or what is special about it."""

    day: date
    supplier: Supplier
    postings: tuple[Posting, ...]
    shape: str = ""


def year_invoices(buyer: Buyer, pool: Pool, accounts: tuple[Account, ...], year: int) -> list[Invoice]:
    """Return the ordinary invoices of one year, account by account."""
    patterns = {"invoice": _single_invoices, "meter": _meter_invoices, "contract": _contract_invoices}
    invoices: list[Invoice] = []
    for account in accounts:
        if year <= account.last_year:
            invoices += patterns[account.pattern](buyer, pool, account, year)
    return invoices


def _year_euros(buyer: Buyer, account: Account, year: int, rng: Random) -> float:
    """Euros of the year: chart × size of the buyer × price level × a little chance."""
    level = PRICES[account.price][year]
    return account.euros * buyer.euros_per_chart_euro * level * rng.lognormvariate(0, 0.015)


def _day(year: int, month: int, rng: Random) -> date:
    return date(year, month, rng.randint(1, monthrange(year, month)[1]))


def _units(account: Account, year: int) -> tuple[Unit, ...]:
    """Units that buy on the account; the care units left the municipalities at the end of 2022."""
    if year <= 2022:
        return account.units
    return tuple(unit for unit in account.units if unit.key not in {"care", "rescue"})


def _single_invoices(buyer: Buyer, pool: Pool, account: Account, year: int) -> list[Invoice]:
    """Invoices with lognormal amounts; a quarter of them is split over several postings."""
    rng = Random(f"{buyer.key}/{year}/{account.code}")
    sizes = list(_postings_per_invoice(round(account.lines * buyer.lines_scale), rng))
    weights = [rng.lognormvariate(0, account.spread) for _ in range(sum(sizes))]
    cents_per_weight = 100 * _year_euros(buyer, account, year, rng) / sum(weights)
    cents = (max(95, round(weight * cents_per_weight)) for weight in weights)
    units = _units(account, year)
    invoices = []
    for size in sizes:
        supplier = _supplier(pool, account, rng)
        day = _day(year, rng.choices(range(1, 13), MONTHS[account.season])[0], rng)
        postings = tuple(
            Posting(account, rng.choice(units), _paid(next(cents), supplier), account.nature, _description(buyer, rng))
            for _ in range(size)
        )
        invoices.append(Invoice(day, supplier, postings))
    return invoices


def _paid(cents: int, supplier: Supplier) -> int:
    """What is paid by card is small."""
    return max(95, cents // CARD_DIVISOR) if supplier.kind == "card" else cents


def _postings_per_invoice(lines: int, rng: Random) -> Iterator[int]:
    left = max(1, lines)
    while left > 0:
        size = 1 if rng.random() < 0.75 else rng.randint(2, 6)
        yield min(size, left)
        left -= size


def _supplier(pool: Pool, account: Account, rng: Random) -> Supplier:
    chance = rng.random()
    if account.trade in CARD_TRADES and chance < 0.05:
        return rng.choice(pool.card)
    if account.trade in FOREIGN_TRADES and chance < 0.03:
        return rng.choice(pool.foreign)
    if account.trade in PRIVATE_TRADES and chance > 0.98:
        return pool.private_trader
    return pool.choose(account.trade, rng)


def _description(buyer: Buyer, rng: Random) -> str:
    chance = rng.random()
    if chance < 0.6:
        return ""
    if chance < 0.85:
        return rng.choice(SITES[buyer.language])
    return f"{'Beställning' if buyer.language == 'sv' else 'Tilaus'} {rng.randint(10_000, 99_999)}"


def _meter_invoices(buyer: Buyer, pool: Pool, account: Account, year: int) -> list[Invoice]:
    """One invoice a month and supplier with a posting per site; amounts follow the season."""
    rng = Random(f"{buyer.key}/{year}/{account.code}")
    sites = _sites(buyer, pool, account, year)
    months = MONTHS[account.season]
    shares = [
        [weight * months[month] * rng.lognormvariate(0, 0.08) for _, _, _, weight in sites] for month in range(12)
    ]
    cents_per_share = 100 * _year_euros(buyer, account, year, rng) / sum(map(sum, shares))
    invoices = []
    for month in range(12):
        by_supplier: dict[Supplier, list[Posting]] = {}
        for (supplier, unit, site, _), share in zip(sites, shares[month], strict=True):
            posting = Posting(account, unit, max(95, round(share * cents_per_share)), account.nature, site)
            by_supplier.setdefault(supplier, []).append(posting)
        for supplier, postings in by_supplier.items():
            invoices.append(Invoice(date(year, month + 1, rng.randint(3, 12)), supplier, tuple(postings)))
    return invoices


def _contract_invoices(buyer: Buyer, pool: Pool, account: Account, year: int) -> list[Invoice]:
    """Contracts with the same amount each month of the year."""
    rng = Random(f"{buyer.key}/{year}/{account.code}")
    contracts = _sites(buyer, pool, account, year)
    cents_per_weight = 100 * _year_euros(buyer, account, year, rng) / 12 / sum(contract[3] for contract in contracts)
    invoices = []
    for supplier, unit, site, weight in contracts:
        posting = Posting(account, unit, max(95, round(weight * cents_per_weight)), account.nature, site)
        day = rng.randint(1, 5)
        invoices += [Invoice(date(year, month, day), supplier, (posting,)) for month in range(1, 13)]
    return invoices


def _sites(buyer: Buyer, pool: Pool, account: Account, year: int) -> list[tuple[Supplier, Unit, str, float]]:
    """Sites or contracts of an account: supplier, unit, name and size. The same sites each year."""
    rng = Random(f"{buyer.key}/sites/{account.code}")
    count = max(1, round(account.lines * buyer.lines_scale / 12))
    sites = []
    for number in range(count):
        unit = account.units[number % len(account.units)]
        name = f"{rng.choice(SITES[buyer.language])} {number + 1}"
        site = pool.choose(account.trade, rng), unit, name, rng.lognormvariate(0, account.spread)
        if unit in _units(account, year):
            sites.append(site)
    return sites

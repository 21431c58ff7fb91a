"""What happens to invoices afterwards: credit notes, corrections, repeats, capitalisation, dates in another year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from keino.towns.chart import Account, capitalisation
from keino.towns.invoices import Invoice, Posting

if TYPE_CHECKING:
    from keino.towns.buyers import Buyer
    from keino.towns.suppliers import Pool

CREDIT_NOTE_SHARE = 0.012
CORRECTION_SHARE = 0.004
REPEAT_SHARE = 0.004
NEIGHBOUR_YEAR_SHARE = 0.004
CORRECTABLE = frozenset({"purchase", "rent", "investment"})
INTERNAL_ACCOUNTS = ("4380", "4410", "43020010")


def with_events(
    buyer: Buyer, pool: Pool, accounts: tuple[Account, ...], year: int, invoices: list[Invoice]
) -> list[Invoice]:
    """Return the year's invoices with all that follows from them, in the order of the ledger (by date)."""
    rng = Random(f"{buyer.key}/{year}/events")
    everything = [later for invoice in invoices for later in _with_aftermath(invoice, rng)]
    everything += _internal_invoices(buyer, pool, accounts, year, rng)
    if buyer.chart == "municipality":
        everything += _capitalisations(pool, accounts, year, invoices)
    dated = [_in_books_of(year, invoice, rng) for invoice in everything]
    return sorted(dated, key=lambda invoice: invoice.day)


def _with_aftermath(invoice: Invoice, rng: Random) -> list[Invoice]:
    """The invoice with its credit note, its correction (−x and +x′ months after +x), its repeat, or mostly nothing."""
    if invoice.postings[0].nature not in CORRECTABLE:
        return [invoice]
    chance = rng.random()
    if chance < CREDIT_NOTE_SHARE:
        return [invoice, _scaled(invoice, -rng.choice((1.0, 1.0, 0.5, 0.2)), rng.randint(5, 60), "credit_note")]
    if chance < CREDIT_NOTE_SHARE + CORRECTION_SHARE and invoice.day.month <= 8:
        days = rng.randint(30, 110)
        right = _scaled(invoice, rng.choice((0.9, 1.1, 0.5)), days, "correction_replacement")
        return [invoice, _scaled(invoice, -1.0, days, "correction_reversal"), right]
    if chance > 1 - REPEAT_SHARE / 2:
        return [invoice, replace(invoice, shape="repeat_with_new_voucher")]
    if chance > 1 - REPEAT_SHARE:
        return [replace(invoice, postings=(invoice.postings[0], *invoice.postings), shape="repeated_row")]
    return [invoice]


def _scaled(invoice: Invoice, factor: float, days: int, shape: str) -> Invoice:
    """Return a copy ``days`` later, at the latest on the last day of the same year, with amounts times ``factor``."""
    postings = tuple(replace(posting, cents=_nonzero(posting.cents * factor)) for posting in invoice.postings)
    day = min(invoice.day + timedelta(days=days), date(invoice.day.year, 12, 31))
    return replace(invoice, day=day, postings=postings, shape=shape)


def _nonzero(cents: float) -> int:
    return round(cents) or (1 if cents > 0 else -1)


def _internal_invoices(
    buyer: Buyer, pool: Pool, accounts: tuple[Account, ...], year: int, rng: Random
) -> list[Invoice]:
    """The buyer's own kitchen or cleaners invoice its other units monthly: no purchase."""
    invoices = []
    for account in accounts:
        if account.code in INTERNAL_ACCOUNTS:
            cents = round(account.euros * buyer.euros_per_chart_euro * 100 * 0.01)
            for month in range(1, 13):
                posting = Posting(account, account.units[0], round(cents * rng.uniform(0.9, 1.1)), "internal")
                last_day = date(year, month, monthrange(year, month)[1])
                invoices.append(Invoice(last_day, pool.own, (posting,)))
    return invoices


def _capitalisations(pool: Pool, accounts: tuple[Account, ...], year: int, invoices: list[Invoice]) -> list[Invoice]:
    """Each quarter a fifth of building services moves to work in progress: minus on 4480, 4640, 4990, plus on 1195."""
    in_progress = next(account for account in accounts if account.code == "1195")
    return [
        _capitalisation(pool, in_progress, year, quarter, _building_cents(invoices, quarter)) for quarter in range(4)
    ]


def _building_cents(invoices: list[Invoice], quarter: int) -> int:
    return sum(
        posting.cents
        for invoice in invoices
        if (invoice.day.month - 1) // 3 == quarter
        for posting in invoice.postings
        if posting.account.code == "4390"
    )


def _capitalisation(pool: Pool, in_progress: Account, year: int, quarter: int, building_cents: int) -> Invoice:
    unit = capitalisation()[0][0].units[0]
    moved = [(account, -round(building_cents * 0.2 * share)) for account, share in capitalisation()]
    postings = [Posting(account, unit, cents, "capitalisation") for account, cents in moved]
    postings.append(Posting(in_progress, unit, -sum(cents for _, cents in moved), "capitalised_cost"))
    month = 3 * quarter + 3
    return Invoice(date(year, month, monthrange(year, month)[1]), pool.own, tuple(postings), "capitalisation")


def _in_books_of(year: int, invoice: Invoice, rng: Random) -> Invoice:
    """Return the invoice, now and then dated last December or next January though the books count it to this year."""
    if rng.random() >= NEIGHBOUR_YEAR_SHARE or invoice.supplier.kind == "own":
        return invoice
    if invoice.day.month > 6:
        return replace(invoice, day=date(year + 1, 1, invoice.day.day))
    return replace(invoice, day=date(year - 1, 12, invoice.day.day))

"""What codes of runs and lines are called for people: categories, reasons, columns, what decided."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy

from keino.report import codes
from keino.web.base.templatetags.keino import speaker

Choices = list[tuple[str, list[tuple[str, str]]]]

#: Columns that a correction on the lines page may go by, in the order in which it offers them.
CORRECTION_COLUMNS = {
    "supplier_name": gettext_lazy("Supplier"),
    "supplier_business_id": gettext_lazy("Supplier’s business ID"),
    "account_code": gettext_lazy("Account"),
    "account_name": gettext_lazy("Name of the account"),
    "description": gettext_lazy("Description"),
    "category": gettext_lazy("The ledger’s own category"),
    "cpv_code": gettext_lazy("CPV code"),
    "unit_name": gettext_lazy("Unit"),
    "cost_centre": gettext_lazy("Cost centre"),
}
#: The other columns of a line.
_COLUMNS = {
    "source_file": gettext_lazy("File"),
    "source_row": gettext_lazy("Row"),
    "date": gettext_lazy("Date"),
    "period": gettext_lazy("Accounting period"),
    "fiscal_year": gettext_lazy("Accounting year"),
    "account_group": gettext_lazy("Group of the account"),
    "account_code_standard": gettext_lazy("Account in the national chart"),
    "account_name_standard": gettext_lazy("Name of the account in the national chart"),
    "category_group": gettext_lazy("The ledger’s own main category"),
    "service_class": gettext_lazy("Service class"),
    "supplier_id": gettext_lazy("Supplier’s number"),
    "supplier_vat_id": gettext_lazy("Supplier’s VAT number"),
    "supplier_charity_id": gettext_lazy("Supplier’s charity number"),
    "supplier_country": gettext_lazy("Supplier’s country"),
    "supplier_postcode": gettext_lazy("Supplier’s postal code"),
    "supplier_kind": gettext_lazy("Kind of supplier"),
    "unit_code": gettext_lazy("Code of the unit"),
    "subunit_name": gettext_lazy("Unit below the unit"),
    "buyer_name": gettext_lazy("Contracting entity"),
    "buyer_code": gettext_lazy("Code of the contracting entity"),
    "buyer_business_id": gettext_lazy("Business ID of the contracting entity"),
    "parent_name": gettext_lazy("Organisation above"),
    "parent_code": gettext_lazy("Code of the organisation above"),
    "sector": gettext_lazy("Sector"),
    "voucher_id": gettext_lazy("Voucher"),
    "invoice_id": gettext_lazy("Invoice"),
    "order_id": pgettext_lazy("purchase", "Order"),
    "contract_id": gettext_lazy("Contract"),
    "vat_code": gettext_lazy("Tax code"),
    "capital_or_revenue": gettext_lazy("Investment or running cost"),
    "currency": gettext_lazy("Currency"),
    "amount_net": gettext_lazy("Amount without VAT"),
    "amount_vat": gettext_lazy("VAT"),
    "amount_gross": gettext_lazy("Amount with VAT"),
}


def language() -> str:
    """The reader's language: fi, sv or en."""
    return (get_language() or "fi")[:2]


@cache
def _table(name: str) -> Mapping[str, Mapping[str, str]]:
    from keino.facts.read import read

    return {row["code"]: row for row in read(name).rows}


def category_name(code: str) -> str:
    """A category's name in the reader's language; the code itself where this version knows it no more."""
    if not code:
        return gettext("Without a category")
    row = _table("categories").get(code)
    return row[f"label_{language()}"] if row else code


def exclusion_name(code: str) -> str:
    """Why a line is no purchase, in the reader's language."""
    row = _table("exclusion_reasons").get(code)
    return row[f"label_{language()}"] if row else code


def exclusion_explanation(code: str) -> str:
    """The sentence behind a reason."""
    row = _table("exclusion_reasons").get(code)
    return row[f"explanation_{language()}"] if row else ""


def column_name(column: str) -> str:
    """What a column of a ledger is called."""
    return str(CORRECTION_COLUMNS.get(column) or _COLUMNS.get(column) or column)


def basis_name(code: str) -> str:
    """What decided a line's category."""
    return codes.words(speaker(), codes.BASES, code)


def leaf_choices() -> Choices:
    """Leaf categories, grouped by main category, for a form."""
    return [(category_name(main), leaves) for main, leaves in _leaves_by_main()]


def category_choices() -> Choices:
    """Main categories and their leaves, for a filter."""
    whole = gettext("{category}: everything")
    return [
        (category_name(main), [(main, whole.format(category=category_name(main))), *leaves])
        for main, leaves in _leaves_by_main()
    ]


def _leaves_by_main() -> list[tuple[str, list[tuple[str, str]]]]:
    rows = _table("categories")
    return [
        (main, [(code, category_name(code)) for code, row in rows.items() if row["parent"] == main])
        for main in (code for code, row in rows.items() if not row["parent"])
    ]


def exclusion_choices() -> list[tuple[str, str]]:
    """Reasons to leave lines out, for a form."""
    return [(code, exclusion_name(code)) for code in _table("exclusion_reasons")]


def answer_name(category: str, exclusion_reason: str) -> str:
    """Where a rule sends lines, or why it leaves them out."""
    if exclusion_reason:
        return gettext("Left out: {reason}").format(reason=exclusion_name(exclusion_reason))
    return category_name(category)

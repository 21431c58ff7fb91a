"""What the columns of ledgers and lines are called for people, in the groups in which the wizard offers them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

GROUPS = (
    (
        _("Money"),
        (
            ("amount_net", _("Amount without VAT")),
            ("amount_vat", _("VAT")),
            ("amount_gross", _("Amount with VAT")),
            ("currency", _("Currency of the line")),
            ("vat_code", _("Tax code")),
        ),
    ),
    (
        _("Time"),
        (
            ("posting_date", _("Date of the bookkeeping entry")),
            ("doc_date", _("Date of the voucher or invoice")),
            ("payment_date", _("Date of payment")),
            ("period", _("Accounting period")),
            ("fiscal_year", _("Accounting year")),
        ),
    ),
    (
        _("What was bought"),
        (
            ("account_code", _("Account number")),
            ("account_name", _("Account name")),
            ("account_group", _("Account group")),
            ("account_code_standard", _("Account number in the national chart")),
            ("account_name_standard", _("Account name in the national chart")),
            ("category_group", _("The ledger’s own main category")),
            ("category", _("The ledger’s own category")),
            ("cpv_code", _("CPV code")),
            ("service_class", _("Service class")),
            ("description", _("Description of the line")),
            ("capital_or_revenue", _("Investment or running cost")),
        ),
    ),
    (
        _("From whom"),
        (
            ("supplier_name", _("Supplier")),
            ("supplier_id", _("Supplier number")),
            ("supplier_business_id", _("Business ID of the supplier")),
            ("supplier_vat_id", _("VAT number of the supplier")),
            ("supplier_charity_id", _("Charity number of the supplier")),
            ("supplier_country", _("Country of the supplier")),
            ("supplier_postcode", _("Postal code of the supplier")),
            ("supplier_kind", _("Kind of supplier")),
        ),
    ),
    (
        _("For whom"),
        (
            ("unit_name", _("Unit")),
            ("unit_code", _("Unit code")),
            ("subunit_name", _("Unit below the unit")),
            ("cost_centre", _("Cost centre")),
            ("buyer_name", _("Buyer")),
            ("buyer_code", _("Buyer code")),
            ("buyer_business_id", _("Business ID of the buyer")),
            ("parent_name", _("Organisation above the buyer")),
            ("parent_code", _("Code of the organisation above")),
            ("sector", _("Sector of government")),
        ),
    ),
    (
        _("Numbers of documents"),
        (
            ("voucher_id", _("Voucher number")),
            ("invoice_id", _("Invoice number")),
            ("order_id", _("Order number")),
            ("contract_id", _("Contract number")),
        ),
    ),
)
NAMES = {code: name for _group, columns in GROUPS for code, name in columns}

#: Columns of stored lines that no ledger has under a name of its own.
_OF_LINES = {"source_file": _("File"), "source_row": _("Row"), "date": _("Date")}
#: Columns that a correction on the lines page may go by, in the order in which it offers them.
CORRECTION_COLUMNS = {
    column: NAMES[column]
    for column in (
        "supplier_name",
        "supplier_business_id",
        "account_code",
        "account_name",
        "description",
        "category",
        "cpv_code",
        "unit_name",
        "cost_centre",
    )
}

#: For the wizard: not used first, then the groups.
CHOICES = [("", pgettext_lazy("column", "Not used")), *((group, list(columns)) for group, columns in GROUPS)]


def column_name(column: str) -> str:
    """What a column of a ledger or of its lines is called."""
    return str(NAMES.get(column) or _OF_LINES.get(column) or column)

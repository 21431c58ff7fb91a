"""Every column once: name, type, unit and meaning.

``PURCHASES`` is what a ledger line becomes after reading. Later steps add columns to it: ``CATEGORISED`` (which
category and why) and ``FOOTPRINT`` (which factor, how many kgCO2e). Names follow the field's terms; a number's unit
stands in its name, except that money before conversion is in the ledger's own ``currency``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["text", "date", "integer", "money", "number", "boolean"]


@dataclass(frozen=True)
class Column:
    """One column: its name, type, unit (empty when it has none) and meaning."""

    name: str
    type: ColumnType
    unit: str
    meaning: str


def _columns(*rows: tuple[str, ColumnType, str, str]) -> dict[str, Column]:
    return {row[0]: Column(*row) for row in rows}


#: What a ledger's own columns may hold; a mapping sends source columns to these names.
LEDGER = _columns(
    ("amount_net", "money", "ledger currency", "Amount without value added tax; credit notes are negative"),
    ("amount_vat", "money", "ledger currency", "Value added tax of the line"),
    ("amount_gross", "money", "ledger currency", "Amount with value added tax"),
    ("posting_date", "date", "", "Date of the bookkeeping entry"),
    ("doc_date", "date", "", "Date of the voucher or invoice"),
    ("payment_date", "date", "", "Date of payment"),
    ("period", "text", "", "Accounting period as printed, for example 202310"),
    ("fiscal_year", "text", "", "Accounting year as printed"),
    ("account_code", "text", "", "Account in the buyer's chart of accounts"),
    ("account_name", "text", "", "Name of the account"),
    ("account_group", "text", "", "Group of the account, as printed"),
    ("account_code_standard", "text", "", "Account in the national standard chart, where a ledger carries both"),
    ("account_name_standard", "text", "", "Name of the account in the national standard chart"),
    ("category_group", "text", "", "The ledger's own purchase category, upper level"),
    ("category", "text", "", "The ledger's own purchase category (merchant category on card lines)"),
    ("cpv_code", "text", "", "Common Procurement Vocabulary code"),
    ("service_class", "text", "", "Service class (palveluluokka)"),
    ("description", "text", "", "Free text about the line"),
    ("supplier_name", "text", "", "Supplier as printed"),
    ("supplier_id", "text", "", "Supplier's number in the buyer's system"),
    ("supplier_business_id", "text", "", "Business id or company number of the supplier"),
    ("supplier_vat_id", "text", "", "VAT number of the supplier"),
    ("supplier_charity_id", "text", "", "Charity number of the supplier"),
    ("supplier_country", "text", "", "Country code of the supplier"),
    ("supplier_postcode", "text", "", "Postal code of the supplier"),
    ("supplier_kind", "text", "", "Kind of creditor, as printed"),
    ("unit_name", "text", "", "Unit of the buyer that bought: board, department, service"),
    ("unit_code", "text", "", "Code of the unit"),
    ("subunit_name", "text", "", "Unit below the unit"),
    ("cost_centre", "text", "", "Cost centre"),
    ("buyer_name", "text", "", "Contracting entity"),
    ("buyer_code", "text", "", "Code of the contracting entity, for example a municipality number"),
    ("buyer_business_id", "text", "", "Business id of the contracting entity"),
    ("parent_name", "text", "", "Organisation above the contracting entity"),
    ("parent_code", "text", "", "Code of the organisation above"),
    ("sector", "text", "", "Sector of government, as printed"),
    ("voucher_id", "text", "", "Number of the voucher or transaction"),
    ("invoice_id", "text", "", "Number of the invoice"),
    ("order_id", "text", "", "Number of the purchase order"),
    ("contract_id", "text", "", "Number of the contract"),
    ("vat_code", "text", "", "Tax code, as printed"),
    ("capital_or_revenue", "text", "", "Whether the line is investment or running cost, as printed"),
    ("currency", "text", "", "Currency of the line (ISO 4217)"),
)

#: A purchase line after reading: the ledger's columns in a fixed shape.
PURCHASES = _columns(
    ("source_file", "text", "", "Name of the file the line came from"),
    ("source_row", "integer", "", "Row in that file, counted from 1 with every line of the file"),
    ("reading", "text", "", "accepted or repaired"),
    ("repairs", "text", "", "What was repaired, as codes separated by blanks; empty when nothing was"),
    ("date", "date", "", "Posting date, else voucher date, else payment date; empty when the ledger has only a period"),
    ("year", "integer", "", "Year the line belongs to"),
    *((c.name, c.type, c.unit, c.meaning) for c in LEDGER.values() if c.type == "text"),
    ("amount_net", "money", "ledger currency", LEDGER["amount_net"].meaning),
    ("amount_vat", "money", "ledger currency", LEDGER["amount_vat"].meaning),
    ("amount_gross", "money", "ledger currency", LEDGER["amount_gross"].meaning),
)

#: What categorising adds.
CATEGORISED = _columns(
    ("category_code", "text", "", "keino category; empty when the line is excluded or nothing decided"),
    ("category_basis", "text", "", "What decided: rule, cpv, account, supplier_industry, text or none"),
    ("category_confidence", "number", "0-1", "How sure the decision is"),
    ("category_evidence", "text", "", "The row of facts or rules that decided, for example account 4391"),
    ("exclusion_reason", "text", "", "Why the line is no purchase; empty when it is one"),
    ("is_investment", "boolean", "", "True when the purchase is capital expenditure"),
)

#: What the footprint adds.
FOOTPRINT = _columns(
    ("factor_product", "text", "", "Product group of the emission factor"),
    ("factor_match", "text", "", "exact, interpolated, earlier_year, later_year, average or none"),
    ("factor_kgco2e_per_unit", "number", "kgCO2e per currency unit of the line's year", "Emission factor used"),
    ("footprint_kgco2e", "number", "kgCO2e", "amount_net times the factor; empty without a factor"),
)

CATEGORY_BASES = ("rule", "cpv", "account", "supplier_industry", "text", "none")
FACTOR_MATCHES = ("exact", "interpolated", "earlier_year", "later_year", "average", "none")

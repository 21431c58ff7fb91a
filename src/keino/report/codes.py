"""What the codes of rules mean in words.

Rules return codes, never sentences for people (STYLE section 9). A new code gets its English template here; a code
without one is shown as it is, so nothing disappears.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from keino.report.language import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keino.report.language import Translator

REPAIRS = {
    "decimal_mark": mark("Decimal mark read from the way the number was written"),
    "thousands": mark("Thousands marks taken out of the number"),
    "parentheses": mark("Amount in parentheses read as negative"),
    "trailing_minus": mark("Minus sign after the number read as negative"),
    "unicode_minus": mark("Typographic minus or dash read as a minus sign"),
    "currency_sign": mark("Currency sign taken out of the amount"),
    "date_style": mark("Date written in another style than the rest of its column"),
    "encoding": mark("Characters damaged by an earlier conversion put right"),
    "short_row": mark("Row with too few fields filled up with empty ones"),
    "long_row": mark("Row with too many fields, of which the extra ones were empty"),
    "extra_cells": mark("Cells to the right of the table left out"),
    "broken_quotes": mark("Stray quotation mark read as plain text"),
    "year_from_file": mark("Year taken from the name of the file"),
    "net_from_gross_minus_vat": mark("Net amount calculated as gross less VAT"),
}

REJECTIONS = {
    "no_amount": mark("The row has no amount"),
    "bad_amount": mark("The amount is not a number"),
    "ambiguous_amount": mark("The amount can be read in two ways"),
    "other_currency": mark("The row is in another currency than the rest of the file"),
    "bad_vat": mark("The VAT can't be read, so the amount without VAT is not known"),
    "too_few_fields": mark("The row has too few fields"),
    "repeated_header": mark("The row repeats the header"),
    "amount_out_of_range": mark("The amount is too large to be true"),
    "bad_date": mark("The date can't be read"),
    "date_out_of_range": mark("The date is outside the years a ledger can hold"),
    "no_year": mark("The row names no year"),
    "too_many_fields": mark("The row has more fields than the header, so its amounts can't be told apart"),
    "broken_quotes": mark("A quotation mark opens and never closes"),
    "bad_encoding": mark("The row has characters that can't be read"),
    "line_too_long": mark("The line is too long to be a row of a ledger"),
    "looks_like_total": mark("The row looks like a total, but it does not sum the rows above it"),
}

CHOICES = {
    "amount_net_or_gross": mark(
        "The heading “{header}” doesn't say whether amounts include VAT. keino read them as {chosen}: {reason}."
    ),
    "amount_words_contradicted": mark(
        "The headings of the amounts don't fit the numbers. keino followed the numbers, where amount and VAT add up to "
        "the amount with VAT: “{chosen}” is the amount without VAT."
    ),
    "amount_gross_only": mark("The file has only amounts with VAT, in the column “{header}”."),
    "amount_column": mark("Several columns could be the amount ({alternatives}). keino used {chosen}."),
    "one_of_several_columns": mark(
        "Several columns could hold the same thing. keino used “{chosen}” and not {alternatives}."
    ),
    "values_over_words": mark("The headings don't fit the values. By its values, keino read “{chosen}” as {column}."),
    "guessed_from_values": mark(
        "The file has no headings. keino read the column with values such as “{example}” as {column}."
    ),
    "date_order": mark("Dates such as {example} could be day first or month first. keino read them as {chosen}."),
    "decimal_mark": mark(
        "In numbers such as {example} the mark could be for decimals or for thousands. keino read the decimal mark as "
        "a {chosen}."
    ),
    "currency": mark(
        "The file doesn't name its currency. keino took {chosen} from the word “{word}”. If that is wrong, give the "
        "right one with --currency."
    ),
    "currency_assumed": mark(
        "The file doesn't name its currency. keino assumed {chosen}. If that is wrong, every number is: give the right "
        "one with --currency."
    ),
    "year_from_name": mark(
        "The rows carry no date. keino took the year {chosen} from the name of the file. If that is wrong, give the "
        "right one with --ledger-year."
    ),
    "year_from_title": mark(
        "The rows carry no date. keino took the year {chosen} from the title above the table. If that is wrong, give "
        "the right one with --ledger-year."
    ),
    "sheet": mark(
        "The workbook has several sheets ({alternatives} too). keino read {chosen}. Use --sheet for another."
    ),
    "mixed_currencies": mark(
        "Some lines are in another currency ({others}). keino counted those in {currency} and rejected the others, "
        "because adding them up would give a wrong sum. Read the others as a file of their own with --currency."
    ),
    "accounting_year": mark(
        "{lines} lines dated in a neighbouring year were counted to the accounting year {year}, as the books do."
    ),
}

_OTHER_COLUMN = mark("If that is wrong, name the right column in a mapping file.")

#: What an open choice changes if it is wrong, and how to decide otherwise; by code, or by code and what was chosen.
OTHERWISE = {
    "amount_net_or_gross net": mark(
        "If they include it, the footprint is too large by up to a quarter: set amount_basis to gross in a "
        "mapping file."
    ),
    "amount_net_or_gross gross": mark(
        "If they don't include it, the footprint is too small by up to a fifth: set amount_basis to net in a "
        "mapping file."
    ),
    "amount_column": _OTHER_COLUMN,
    "one_of_several_columns": _OTHER_COLUMN,
    "values_over_words": _OTHER_COLUMN,
    "guessed_from_values": _OTHER_COLUMN,
    "date_order": mark(
        "If that is wrong, lines stand in the wrong month and some in the wrong year: set dates in a mapping file."
    ),
    "decimal_mark": mark(
        "If that is wrong, amounts are many times too large or too small: set decimal in a mapping file."
    ),
}

#: Why a reading was chosen, as it stands after a colon.
REASONS = {
    "net_plus_vat_is_gross": mark("with the VAT column they add up to the amounts with VAT"),
    "basis_column": mark("another column of the file says so"),
    "tax_rates": mark("the VAT column fits the tax rates that way"),
    "smaller_than_gross": mark("they are never larger than the amounts with VAT"),
    "ledgers_are_mostly_net": mark("most ledgers are kept that way"),
}

_ENERGY = mark(
    "Electricity and heat are calculated from money, which is a poor measure of energy. Use kilowatt-hours before you "
    "decide anything about energy."
)

CAVEATS = {
    "purchaser_prices": mark("Emission factors are per purchaser price: what the buyer pays, without VAT."),
    "basic_prices": mark(
        "Emission factors are per basic price: trade and transport margins are not in them, so purchases of goods come "
        "out somewhat too high."
    ),
    "basic_price_factor": mark(
        "Some emission factors are per basic price: trade and transport margins are not in them, so purchases of goods "
        "may come out too high."
    ),
    "other_country_factor": mark("Some factors describe another economy than the one the ledger is from."),
    "price_not_moved": mark("Where no price index is known, a factor of another year is used as it is."),
    "factor_without_year": mark("Own factors without a year are used for every year."),
    "category_fallback": mark("Some categories have no factor of their own: the one of their main category is used."),
    "unclassified_average": mark("Purchases without a category are counted with the average of the classified ones."),
    "combustion_excluded": mark(
        "The factors of fuels cover making and bringing the fuel. What the buyer burns in its own engines and boilers "
        "is not in them."
    ),
    "capital_goods_excluded": mark(
        "The factors leave out the machines and buildings that suppliers use, so the true footprint is somewhat "
        "larger, above all of rents."
    ),
    "energy_d35": _ENERGY,
    "energy_by_money": _ENERGY,
    "vat_included": mark("Some amounts include VAT, which makes the footprint too large by about as much."),
    "interpolated_years": mark("For some years the factor lies between two published years."),
    "earlier_year": mark("For some years the factor is the newest one published before the purchase."),
    "later_year": mark("For some years the factor is the first one published after the purchase."),
    "no_price_index": mark("No price index is known, so the change between years also contains price changes."),
    "unclassified_left_out": mark("Purchases without a category are not in the footprint. They stay visible as a row."),
    "currency_converted": mark("Amounts were converted between currencies with yearly average rates."),
    "capitalised_twice": mark(
        "Costs that were capitalised may stand twice in the footprint: once on the cost account and once as an "
        "investment. The amount stands among what was left out."
    ),
    "municipal_chain": mark(
        "Purchases from other public bodies repeat emissions that those bodies also count. Do not add up the "
        "footprints of organisations that buy from each other."
    ),
}

BASES = {
    "rule": mark("the buyer's own rules"),
    "cpv": mark("CPV code"),
    "account": mark("account in the chart of accounts"),
    "supplier_industry": mark("industry of the supplier"),
    "text": mark("words on the line"),
    "none": mark("not classified"),
}

#: The same inside a sentence on coverage: “81 % of spend classified by account”.
BY_BASIS = {
    "rule": mark("by the buyer's own rules"),
    "cpv": mark("by CPV code"),
    "account": mark("by account"),
    "supplier_industry": mark("by the supplier's industry"),
    "text": mark("by words"),
}

#: How the link from a category to a factor came to be, where the facts hold no reason of their own for it.
ORIGINS = {
    "main_category": mark("The link of its main category is used."),
    "leaves": mark("The category has no link of its own: the mean of the factors within its main category is used."),
    "own_factor": mark("The buyer's own factor."),
    "unclassified": mark("Average of the classified purchases of the year."),
}

PRICE_INDICES = {
    "fi_gdp_deflator": mark("GDP deflator of Finland"),
    "fi_basic_services": mark("price index of basic public services, Finland"),
    "uk_gdp_deflator": mark("GDP deflator of the United Kingdom"),
}

#: Licences of sources that have no short name of their own; those that have one, such as CC-BY-4.0, stay as they are.
LICENCES = {
    licence: licence
    for licence in (
        mark("no licence stated for the copy, publisher's open data terms, header words quoted"),
        mark("publisher's open data terms, header words quoted"),
        mark("publishers' open data terms, header words quoted"),
        mark("no licence stated, names of fields quoted"),
        mark("OGL-UK-3.0 (the publications), no licence stated for the copy, header words quoted"),
        mark("PDDL-1.0 (the copy)"),
        mark("facts quoted"),
        mark("citation only"),
        mark("copyright, facts quoted"),
        mark("US government work, no copyright in the United States"),
        mark("copyright, method quoted"),
        mark("official chart, numbers and names quoted, the copy is in a package under Artistic-2.0"),
        mark("publisher's open data terms, accounts quoted"),
        mark("EU law, reuse permitted with attribution (Decision 2011/833/EU)"),
    )
}

MATCHES = {
    "exact": mark("factor for this product and year"),
    "proxy": mark("factor for a similar product"),
    "interpolated": mark("between two published years"),
    "earlier_year": mark("factor for an earlier year"),
    "later_year": mark("factor for a later year"),
    "average": mark("average over several products"),
    "none": mark("no factor"),
}

QUADRANTS = {
    "act_first": mark("Act first: much money, high emissions per unit of money"),
    "volume": mark("Volume: much money, low emissions per unit of money"),
    "intensity": mark("Intensity: little money, high emissions per unit of money"),
    "watch": mark("Watch: little money, low emissions per unit of money"),
}

TOTAL_KINDS = {"grand_total": mark("grand total"), "subtotal": mark("subtotal")}

PRICE_BASES = {"purchaser": mark("purchaser price"), "basic": mark("basic price")}

#: What splits a line into columns.
DELIMITERS = {
    ";": mark("semicolons"),
    ",": mark("commas"),
    "\t": mark("tabs"),
    "|": mark("vertical bars"),
}

#: Words that stand inside other sentences: what was chosen, how amounts were read.
WORDS = {
    "net": mark("without VAT"),
    "gross": mark("with VAT"),
    "day_first": mark("day first"),
    "month_first": mark("month first"),
    "comma": mark("comma"),
    "point": mark("point"),
    ",": mark("comma"),
    ".": mark("point"),
}


def words(speech: Translator, registry: Mapping[str, str], code: str, **values: object) -> str:
    """Return a code's sentence in the language of ``speech``, or the code itself when it has no sentence.

    A value that the template names and the rule did not give is shown as a dash.
    """
    template = registry.get(code)
    if template is None:
        return code
    return speech.text(template).format_map(defaultdict(lambda: "–", values))

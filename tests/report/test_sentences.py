"""Three sentences in three languages, for ledgers of many shapes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from keino.engine.results import Coverage, Slice
from keino.report.sentences import coverage_sentence, three_sentences
from tests.factories.results import (
    empty_result,
    footprint_result,
    negative_spend,
    reading,
    single_category,
    without_factors,
)


def plain(result, language="en"):
    """The sentences with ordinary blanks, so that a test reads as a person does."""
    return [" ".join(sentence.split()) for sentence in three_sentences(result, language)]


def paragraphs(text):
    """Paragraphs of a text, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]


# The plan in tests/factories/results.py, multiplied and added up apart from it: 37 438 602.33 €, of which
# 36 355 002.00 € have a factor, and 10 110 455 kg, so 0.278 kg for a euro. Low and high are that divided and
# multiplied by 1.25 ** 1.96.
def test_two_years_in_english():
    assert plain(footprint_result()) == paragraphs("""
        Purchases in the years 2022–2023 came to about €37.4 million and caused about 10,100 tonnes of greenhouse gases
        (CO₂e), or 0.28 kg for every euro spent; with 95% certainty it is between 6,530 and 15,700 tonnes.

        The largest sources are district heating (19%), building repair (19%) and catering services (14%): together
        52% of the footprint.

        97% of the money has a category; the rest is not in the footprint. €1.23 million was left out because it is not
        purchases, mostly: grants and transfers. Next: make sure that the amounts are without VAT.
    """)


def test_two_years_in_finnish():
    assert plain(footprint_result(), "fi") == paragraphs("""
        Hankinnat vuosina 2022–2023 olivat yhteensä noin 37,4 milj. €, ja ne aiheuttivat noin 10 100 tonnia
        kasvihuonekaasupäästöjä (CO₂e) eli 0,28 kg jokaista euroa kohti; 95 %:n varmuudella määrä on 6 530–15 700
        tonnia.

        Suurimmat päästölähteet ovat kaukolämpö (19 %), korjausrakentaminen (19 %) ja ateriapalvelut (14 %): yhteensä
        52 % hiilijalanjäljestä.

        97 % hankintojen arvosta on luokiteltu; loput eivät ole mukana hiilijalanjäljessä. 1,23 milj. € jätettiin pois,
        koska kyse ei ole hankinnoista; suurin syy: avustukset ja siirrot. Seuraavaksi: varmista, että summat ovat ilman
        arvonlisäveroa.
    """)


def test_two_years_in_swedish():
    assert plain(footprint_result(), "sv") == paragraphs("""
        Inköpen åren 2022–2023 uppgick till cirka 37,4 mn € och orsakade cirka 10 100 ton växthusgaser (CO₂e), det vill
        säga 0,28 kg för varje euro; med 95 % säkerhet är mängden mellan 6 530 och 15 700 ton.

        De största utsläppskällorna är fjärrvärme (19 %), reparationsbyggande (19 %) och måltidstjänster (14 %):
        tillsammans 52 % av koldioxidavtrycket.

        97 % av inköpens värde har en kategori; resten ingår inte i koldioxidavtrycket. 1,23 mn € lämnades utanför
        eftersom det inte är inköp, främst: bidrag och överföringar. Härnäst: försäkra dig om att beloppen är utan moms.
    """)


def test_one_category_is_all_of_it():
    assert plain(single_category())[1:] == paragraphs("""
        All of it comes from one category: district heating.

        All of the money has a category. Next: replace money by kilowatt-hours for energy, where money is a poor
        measure.
    """)


def test_nothing_with_a_factor_is_said_and_the_next_step_is_to_choose_factors():
    assert plain(without_factors()) == paragraphs("""
        Purchases in 2023 came to about 12,300 kr, but no emission factor fits any of them, so their footprint is not
        known.

        So no hotspot can be named; by money the largest category is catering services (12,300 kr).

        All of the money has a category. Next: choose emission factors for this currency and these years.
    """)


def test_negative_spend_gives_no_footprint():
    first, second, third = plain(negative_spend())
    assert [first] == paragraphs("""
        Credit notes and corrections in 2023 outweigh purchases: together they come to −€1,200, from which no footprint
        can be read.
    """)
    assert second == "So no hotspot can be named."
    assert "tonnes" not in third


def test_no_purchases_at_all():
    assert plain(empty_result())[0] == "There are no purchases in these files."


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "86% of spend classified by account, 11% by words, 3% not classified."),
        ("fi", "86 % hankintojen arvosta luokiteltu tilin mukaan, 11 % sanojen mukaan, 3 % luokittelematta."),
        ("sv", "86 % av inköpens värde klassificerat enligt konto, 11 % enligt ord, 3 % inte klassificerat."),
    ],
)
def test_coverage_is_one_sentence(language, expected):
    """Of 37 438 602.33 €: 4 100 000.00 by words, 998 600.33 not at all, the rest by account."""
    assert " ".join(coverage_sentence(footprint_result(), language).split()) == expected


def test_coverage_of_nothing_classified_and_of_no_purchases():
    nothing = Coverage(
        Decimal(10), (Slice({"category_basis": "none"}, 1, Decimal(10), None, None, None),), (), Decimal(0)
    )
    assert coverage_sentence(single_category(coverage=nothing), "en") == "100% of spend not classified."
    assert coverage_sentence(empty_result(), "en") == "There are no purchases in these files."
    assert coverage_sentence(negative_spend(), "en").startswith("Coverage can't be given as a share")


def test_left_out_pluses_and_minuses_are_not_netted():
    result = footprint_result()
    back = Slice({"exclusion_reason": "capitalised"}, 9, Decimal("-1000000.00"), None, None, None)
    coverage = replace(result.coverage, excluded=(*result.coverage.excluded, back))
    third = plain(replace(result, coverage=coverage))[2]
    assert "Left out, because it is not purchases: grants and transfers (€1.2 million) and smaller items." in third


def _with_unclassified(share: str):
    spend = Decimal("1000.00")
    unknown = spend * Decimal(share)
    bases = (
        Slice({"category_basis": "account"}, 1, spend - unknown, None, None, None),
        Slice({"category_basis": "none"}, 1, unknown, None, None, None),
    )
    return single_category(coverage=Coverage(spend, bases, (), unknown))


@pytest.mark.parametrize(
    ("share", "start", "end"),
    [
        ("0.08", "92% of the money has a category; the rest is not in the footprint.", "poor measure."),
        ("0.12", "88% of the money has a category; the rest is not in the footprint.", "accounts without one."),
        ("0.30", "Treat this as incomplete: only 70% of the money has a category.", "accounts without one."),
    ],
)
def test_much_unclassified_spend_changes_the_judgement_and_the_next_step(share, start, end):
    third = plain(_with_unclassified(share))[2]
    assert third.startswith(start)
    assert third.endswith(end)


def test_rejected_rows_come_before_other_next_steps():
    result = footprint_result(readings=(reading(rows=100, accepted=98, repaired=0, rejected=2),))
    assert plain(result)[2].endswith("Next: mend the 2 rejected rows and read the file again.")
    assert plain(result, "fi")[2].endswith("Seuraavaksi: korjaa 2 hylättyä riviä ja lue tiedosto uudelleen.")


def test_spend_without_a_factor_is_said_beside_spend_without_a_category():
    result = footprint_result()
    coverage = replace(result.coverage, without_factor=result.coverage.spend_in_scope / 5)
    assert plain(replace(result, coverage=coverage))[2].startswith(
        "97% of the money has a category and 80% an emission factor;"
    )


def test_unclassified_spend_that_is_estimated_is_said_to_be():
    result = footprint_result()
    parts = tuple(p if p.keys["category"] else replace(p, footprint_kgco2e=1000.0) for p in result.by_category)
    assert plain(replace(result, by_category=parts))[2].startswith(
        "97% of the money has a category; the rest is counted with the average of that."
    )


def test_amounts_whose_tax_the_file_shows_need_no_check():
    (book,) = footprint_result().readings
    decided = tuple(replace(choice, is_decided_by_evidence=True) for choice in book.choices)
    third = plain(footprint_result(readings=(replace(book, choices=decided),)))[2]
    assert third.endswith("Next: replace money by kilowatt-hours for energy, where money is a poor measure.")


def test_abbreviation_keeps_its_capitals_inside_a_sentence():
    result = single_category()
    labels = dict(result.categories)
    labels["HEAT.DISTRICT"] = replace(labels["HEAT.DISTRICT"], short_en="ICT equipment")
    assert plain(replace(result, categories=labels))[1] == "All of it comes from one category: ICT equipment."

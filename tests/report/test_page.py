"""The page holds together: well-formed, linked, escaped, complete, without anything from outside."""

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import lxml.html
import pytest

from keino.engine.results import Choice, Rejection
from keino.report import footprint_tables
from keino.report.language import LANGUAGES, translator
from keino.report.page import report_page
from keino.report.tables import View
from tests.factories.results import (
    empty_result,
    footprint_result,
    negative_spend,
    reading,
    single_category,
    without_factors,
)

SHAPES = [footprint_result, single_category, without_factors, negative_spend, empty_result]
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} </title>"
VOID = {"meta", "link", "br", "img", "input", "hr", "rect", "path", "line"}


class Balance(HTMLParser):
    """Fails on a tag that closes another one than was opened last."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        del attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag, (tag, self.getpos())


@pytest.fixture(scope="module")
def english():
    return report_page(footprint_result(), "en")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_is_well_formed_in_each_shape_and_language(shape, language):
    page = report_page(shape(), language)
    balance = Balance()
    balance.feed(page)
    assert balance.open == []
    tree = lxml.html.document_fromstring(page)
    assert tree.get("lang") == language
    assert len(tree.findall(".//h1")) == 1
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_link_inside_the_page_has_its_place_and_ids_are_unique(shape):
    tree = lxml.html.document_fromstring(report_page(shape(), "en"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    named = {name for attribute in tree.xpath("//@aria-labelledby") for name in attribute.split()}
    assert wanted | named <= set(ids)


def test_page_loads_nothing_from_outside(english):
    tree = lxml.html.document_fromstring(english)
    assert tree.xpath("//script | //link | //img | //iframe | //*[@src]") == []
    assert "@import" not in english
    assert re.findall(r"url\((?!#)", english) == []
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_page_is_the_same_twice(english):
    assert report_page(footprint_result(), "en") == english


def test_coverage_comes_before_results(english):
    assert english.index('id="coverage"') < english.index('id="footprint"') < english.index('id="hotspots-section"')


def test_every_footprint_of_a_category_and_year_opens_its_factor_and_the_factor_its_source(english):
    tree = lxml.html.document_fromstring(english)
    cell = tree.xpath("//table[@id='category-years']//a[@href='#factor-HEAT.DISTRICT-2023']")[0]
    assert cell.text == "1,032"  # 1 498 000.00 € × 0.689 kg/€
    factor = tree.xpath("//tr[@id='factor-HEAT.DISTRICT-2023']")[0]
    assert "0.689" in factor.text_content()
    assert factor.xpath(".//a/@href") == ["#source-example-factors"]
    source = tree.xpath("//tr[@id='source-example-factors']")[0]
    assert "CC BY 4.0" in source.text_content()
    assert source.xpath(".//a/@href") == ["https://example.org/factors?a=1&b=2"]
    unlinked = [
        td.text_content().strip()
        for td in tree.xpath("//table[@id='categories']/tbody/tr/td[position()=3]")
        if not td.findall("a")
    ]
    assert unlinked == ["–", "–"]  # rents of land and not classified have no factor


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_opens_its_factors_and_every_factor_its_source(language):
    result = footprint_result()
    tree = lxml.html.document_fromstring(report_page(result, language))
    without = {"", "RENT.LAND"}  # as planned in tests/factories/results.py
    names = {result.categories[code].label(language) if code else None for code in without}
    for table, column in (("main-categories", 3), ("categories", 3), ("hotspots", 3)):
        for row in tree.xpath(f"//table[@id='{table}']/tbody/tr"):
            name, cell = row.find("th").text_content(), row.findall("td")[column - 1]
            target = [tree.get_element_by_id(link.get("href")[1:]) for link in cell.findall("a")]
            has_none = name in names or cell.text_content() == "–"
            assert has_none or (target and target[0].xpath("ancestor-or-self::table[@id='factors']")), (table, name)
    for row in tree.xpath("//table[@id='factors']/tbody/tr"):
        (link,) = row.findall("td")[-1].findall("a")
        assert tree.get_element_by_id(link.get("href")[1:]).xpath("ancestor-or-self::table[@id='sources']")


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_reasons_and_product_groups_are_in_the_readers_language(language):
    page = report_page(footprint_result(), language)
    assert "Closest product group" not in page
    assert "Products like" not in page


def test_own_factor_without_a_publication_has_no_dead_link():
    result = footprint_result()
    own = replace(result.factors[0], origin="own_factor", source="Our own study", product="BUILD", reason_en="")
    tree = lxml.html.document_fromstring(report_page(replace(result, factors=(own, *result.factors[1:])), "en"))
    row = tree.get_element_by_id("factor-BUILD.REPAIR-2022")
    cells = [cell.text_content() for cell in row.findall("td")]
    assert (cells[1], cells[8], cells[-1]) == ("Building construction", "The buyer's own factor.", "Our own study")
    assert row.findall(".//a") == []


def test_intervals_stand_beside_every_footprint(english):
    tree = lxml.html.document_fromstring(english)
    for table in ("main-categories", "categories", "years", "units", "suppliers"):
        heads = [head.text_content() for head in tree.xpath(f"//table[@id='{table}']/thead//th")]
        assert heads[3:6] == ["Footprint, t CO₂e", "Low, t CO₂e", "High, t CO₂e"]


def test_reconciliation_shows_the_books_to_the_cent(english):
    tree = lxml.html.document_fromstring(english)
    row = [td.text_content() for td in tree.xpath("//table[@id='reconciliation']/tbody/tr/td")]
    assert row == ["3,420", "3,361", "52", "7", "1", "38,530,290.75", "37,120,000.10", "1,410,600.90", "−310.25"]


def test_repaired_rejected_and_total_rows_open_their_table(english):
    tree = lxml.html.document_fromstring(english)
    links = tree.xpath("//table[@id='reconciliation']/tbody/tr/td/a")
    opened = {link.get("href"): link.text for link in links}
    assert opened == {"#place-repairs": "52", "#place-rejections": "7", "#place-total-rows": "1"}
    assert all(tree.xpath(f"//div[@id='{address[1:]}']//table") for address in opened)


def test_amounts_in_different_currencies_are_not_added_up():
    result = footprint_result(readings=(reading(), reading(path="b.csv", currency="SEK")))
    tree = lxml.html.document_fromstring(report_page(result, "en"))
    total = [td.text_content() for td in tree.xpath("//table[@id='reconciliation']/tfoot/tr/td")]
    assert total == ["6,840", "6,722", "104", "14", "2", "–", "–", "–", "–"]
    assert "Amount, currency of the file" in tree.xpath("//table[@id='reconciliation']/thead")[0].text_content()


def test_open_choices_stand_apart_from_what_the_file_showed(english):
    tree = lxml.html.document_fromstring(english)
    lists = {
        heading.text: [" ".join(item.text_content().split()) for item in heading.getnext().findall("li")]
        for heading in tree.xpath("//h4")
    }
    assert lists == {
        "Choices that keino made": [
            (
                "The heading “Summa” doesn't say whether amounts include VAT. keino read them as without VAT: most "
                "ledgers are kept that way. If they include it, the footprint is too large by up to a quarter: set "
                "amount_basis to gross in a mapping file. (ostolaskut-2022-2023.csv)"
            )
        ],
        "What the files themselves showed": [
            (
                "Dates such as 23/04/2022 could be day first or month first. keino read them as day first. "
                "(ostolaskut-2022-2023.csv)"
            )
        ],
    }


def test_many_findings_are_folded():
    choices = tuple(Choice("accounting_year", "2023", (), {"year": "2023", "lines": str(n)}) for n in range(5))
    page = report_page(footprint_result(readings=(reading(choices=choices),)), "en")
    (folded,) = lxml.html.document_fromstring(page).xpath("//details[summary[contains(., 'files themselves')]]")
    assert len(folded.findall("ul/li")) == 5
    assert "4 lines dated in a neighbouring year were counted to the accounting year 2023" in folded.text_content()


def test_what_was_left_out_is_explained():
    tree = lxml.html.document_fromstring(report_page(footprint_result(), "sv"))
    row = tree.xpath("//table[@id='excluded']/tbody/tr")[0]
    assert row.find("th").text_content() == "Bidrag och överföringar"
    assert "mottagaren" in row.text_content()


def test_rows_not_classified_have_a_row_of_their_own(english):
    tree = lxml.html.document_fromstring(english)
    names = [th.text_content().strip() for th in tree.xpath("//table[@id='categories']/tbody/tr/th")]
    assert names[-1] == "Not classified"


def test_suppliers_are_cut_at_fifty_and_the_rest_is_one_row_that_ties():
    result = footprint_result()
    table = footprint_tables.suppliers(View(result, translator("en")))
    assert len(table.rows) == 51
    assert table.rows[-1].values[0] == "All other suppliers"
    assert sum(row.values[2] for row in table.rows) == result.total.spend
    assert sum(row.values[1] for row in table.rows) == result.total.lines
    assert sum(row.values[3] for row in table.rows) == pytest.approx(result.total.footprint_kgco2e)


def test_hostile_names_are_only_text():
    result = footprint_result(organisation=HOSTILE)
    supplier = replace(result.by_supplier[0], keys={"supplier_name": HOSTILE, "supplier_business_id": ""})
    unit = replace(result.by_unit[0], keys={"unit_name": HOSTILE})
    labels = {code: replace(label, label_en=HOSTILE) for code, label in result.categories.items()}
    source = {**result.sources["example-factors"], "url": "javascript:alert(3)", "citation": HOSTILE}
    page = report_page(
        replace(
            result,
            by_supplier=(supplier, *result.by_supplier[1:]),
            by_unit=(unit, *result.by_unit[1:]),
            categories=labels,
            sources={"example-factors": source},
            readings=(reading(path=f"/x/{HOSTILE}", rejections=(Rejection("bad_amount", 1, Decimal(0), 1, HOSTILE),)),),
        ),
        "en",
    )
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//script | //img | //*[@onerror]") == []
    assert [href for href in tree.xpath("//@href") if "javascript" in href] == []
    assert "{{ 7*7 }}" in page
    assert HOSTILE in tree.xpath("//table[@id='suppliers']")[0].text_content()


def test_category_code_with_odd_characters_keeps_its_links():
    result = single_category()
    code = 'my own "code"/1'
    rename = {"category": code}
    odd = replace(
        result,
        by_category=(replace(result.by_category[0], keys=rename),),
        by_category_year=(replace(result.by_category_year[0], keys={**rename, "year": 2023}),),
        hotspots=(replace(result.hotspots[0], category=code),),
        factors=(replace(result.factors[4], category=code, year=2023),),
    )
    tree = lxml.html.document_fromstring(report_page(odd, "en"))
    wanted = {href[1:] for href in tree.xpath("//@href") if href.startswith("#")}
    assert wanted <= set(tree.xpath("//@id"))


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_english_sentence_is_left(language, english):
    speech = translator(language)
    page = lxml.html.document_fromstring(report_page(footprint_result(), language)).text_content()
    tree = lxml.html.document_fromstring(english)
    said = {text.strip() for text in tree.xpath("//main//text()[not(ancestor::style)]") if len(text.strip()) > 12}
    # texts that translate are those whose English form is a key of the catalog
    left = [text for text in said if speech.text(text) != text and text in page]
    assert left == []
    assert any(speech.text(text) != text for text in said)

"""Sources, methods, privacy, and the addresses that programs look for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from keino.facts.read import read, sources, table_names
from keino.web.about.publications import find_publications, publication, publications
from keino.web.base.personal_data import registers
from tests.factories.opendata import a_published_run

pytestmark = pytest.mark.django_db


def shown(path: str, language: str = "en") -> str:
    answer = Client().get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_publication_and_every_row_is_accounted_for() -> None:
    assert {one.key for one in publications()} == set(sources())
    rows = sum(len(read(name).rows) for name in table_names())
    assert sum(one.rows for one in publications()) == rows


def test_publication_names_its_tables_places_and_review_day() -> None:
    one = publication("defra_sic")
    assert one is not None
    rows = [row for row in read("emission_factors").rows if row["source"] == "defra_sic"]
    use = next(use for use in one.uses if use.table.name == "emission_factors")
    assert (use.rows, use.places_in_all) == (len(rows), len({row["locator"] for row in rows}))
    assert use.review_by == min(row["review_by"] for row in rows)
    page = shown("/about/sources/defra_sic/")
    assert rows[0]["locator"] in page
    assert "OGL-UK-3.0" in page


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("defra", "defra_sic"),
        ("LEEDS university", "defra_sic"),
        ("päästökertoimet ecodex", "figaro_fi"),
        ("tilastokeskus", "statfin_jmhi"),
    ],
)
def test_search_finds_a_publication_by_any_of_its_words(words: str, key: str) -> None:
    assert key in {one.key for one in find_publications(words)}
    assert len(find_publications(words)) < len(publications())


def test_search_without_a_find_says_so() -> None:
    page = shown("/about/sources/?q=%3Cb%3Enothing%3C/b%3E")
    assert "No publication has the words" in page
    assert "<b>nothing</b>" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999"])
def test_page_that_is_none_shows_a_page(page: str) -> None:
    assert Client().get(f"/about/sources/?page={page}").status_code == 200


def test_unknown_source_is_404() -> None:
    assert Client().get("/about/sources/none/").status_code == 404


def test_privacy_page_shows_every_register_with_its_columns() -> None:
    page = shown("/about/privacy/")
    assert registers()
    missing = [
        column for register in registers() for column in register.columns if f"<code>{column}</code>" not in page
    ]
    assert missing == []


def test_methods_page_names_every_table_in_use_with_its_edition() -> None:
    page = shown("/about/methods/", "fi")
    assert "Päästökertoimet" in page
    assert read("emission_factors").edition in page


def fields_of(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.strip().splitlines())


def test_security_txt_has_what_rfc_9116_asks_for(settings: Any) -> None:
    answer = Client().get("/.well-known/security.txt")
    fields = fields_of(answer.content.decode())
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    left = dt.datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert dt.timedelta(days=100) < left < dt.timedelta(days=365)
    assert fields["Canonical"] == f"{settings.SITE_ADDRESS}/.well-known/security.txt"
    assert fields["Contact"] == f"{settings.SITE_ADDRESS}/about/feedback/?topic=security"
    assert fields["Preferred-Languages"] == "fi, sv, en"
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    assert fields_of(Client().get("/.well-known/security.txt").content.decode())["Contact"] == settings.SECURITY_CONTACT


def test_robots_may_read_public_pages_and_know_the_map(settings: Any) -> None:
    text = Client().get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in text
    assert "Disallow: /\n" not in text
    assert f"Sitemap: {settings.SITE_ADDRESS}/sitemap.xml" in text


def test_site_map_names_every_public_page_in_each_language(settings: Any) -> None:
    run = a_published_run()
    tree = etree.fromstring(Client().get("/sitemap.xml").content)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    addresses = tree.xpath("//s:loc/text()", namespaces=spaces)
    assert f"{settings.SITE_ADDRESS}/about/methods/?language=sv" in addresses
    assert len(addresses) == len(set(addresses))
    for one in tree.xpath("//s:url", namespaces=spaces):
        assert one.xpath("x:link/@hreflang", namespaces=spaces) == ["fi", "sv", "en"]
    for address in addresses:
        answer = Client().get(address.removeprefix(settings.SITE_ADDRESS))
        assert answer.status_code == 200, address
    assert [address for address in addresses if run.organisation.slug in address]


def test_password_managers_find_the_page() -> None:
    assert Client().get("/.well-known/change-password").headers["Location"] == "/account/password/change/"

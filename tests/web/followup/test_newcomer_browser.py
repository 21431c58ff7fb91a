"""Walk 3 of the site, as a newcomer takes it: from the home of a town to an approved category plan and a council report
that everyone sees; in Finnish, by the keyboard alone.

Words on pages are named by their English source and looked for in Finnish, so that a missing translation fails too.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone, translation

from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Person
from keino.web.base.templatetags.keino import co2e
from keino.web.measurement.models import RunTotal
from keino.web.measurement.names import category_name
from keino.web.organisations.models import Organisation
from keino.web.plans.models import CategoryPlanVersion
from tests.factories.dashboards import a_run_with_lines
from tests.factories.web import a_ledger, a_person, a_role, an_organisation
from tests.web.browser import OpenPage, axe_violations, scrolls_sideways
from tests.web.finnish import fi
from tests.web.keyboard import choose, press, tick, write, write_day

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

#: What an example town buys: unit, supplier, account, its name, what the lines say, euros a month in 2022 and in 2023.
PURCHASES = (
    ("Tilapalvelu", "Kuuselan Lämpö Oy", 4500, "Kaukolämpö", "Kaukolämpö", 61_000, 55_000),
    ("Tilapalvelu", "Esimerkin Sähkö Oy", 4505, "Sähkö", "Sähköenergia", 24_000, 26_000),
    ("Tilapalvelu", "Huolto Esimerkki Oy", 4340, "Rakennusten kunnossapito", "Kiinteistönhoito", 31_000, 33_000),
    ("Ruokapalvelu", "Ruokatukku Esimerkki Oy", 4510, "Elintarvikkeet", "Ruokatarvikkeet", 28_000, 30_500),
    ("Sivistystoimi", "Liikenne Esimerkki Oy", 4420, "Henkilökuljetukset", "Koulukuljetukset", 22_000, 23_000),
    ("Sivistystoimi", "Kirjakauppa Esimerkki Oy", 4530, "Kirjallisuus", "Oppikirjat", 5_000, 5_200),
    ("Tekninen toimi", "Tienrakennus Esimerkki Oy", 4350, "Katujen kunnossapito", "Päällystys", 18_000, 12_000),
    ("Tekninen toimi", "Esimerkin Öljy Oy", 4520, "Poltto- ja voiteluaineet", "Dieselöljy", 4_000, 4_400),
    ("Hallinto", "Ohjelmisto Esimerkki Oy", 4360, "ICT-palvelut", "Ohjelmistot", 15_000, 17_000),
    ("Hallinto", "Paperi Esimerkki Oy", 4540, "Toimistotarvikkeet", "Paperi", 900, 800),
)
LARGEST = "HEAT.DISTRICT"
#: How the sentences begin that say what the plan lacks.
MISSING = (
    "Mikään tavoite ei ole vielä mitattavissa",
    "Kalenterissa ei ole kilpailutuksia",
    "Talousarviosta ei ole sanottu mitään",
)
SUMMARY = "Hankintojen päästöt pienenivät, koska kaukolämpöä ostettiin vähemmän."


def ledger() -> str:
    """Two years of it, a line a month."""
    head = "Tosite pvm;Yksikkö;Toimittaja;Tili;Tilin nimi;Selite;Summa"
    lines = [
        f"15.{month}.{year};{unit};{supplier};{account};{name};{text} {month}/{year};{euros},00"
        for unit, supplier, account, name, text, *each_year in PURCHASES
        for year, euros in zip((2022, 2023), each_year, strict=True)
        for month in range(1, 13)
    ]
    return "\n".join([head, *lines]) + "\n"


@pytest.fixture
def town() -> Organisation:
    """A town of the examples that shows its footprint to everyone, its calculation done."""
    town = an_organisation("Kuuselan kaupunki", slug="kuusela", population=9_800, is_public=True, is_example=True)
    run = a_run_with_lines(town, ledger(), published_at=timezone.now())
    run.ledgers.add(a_ledger(town, title="Ostot 2022–2023"))
    return town


def somebody(name: str, kind: str, town: Organisation) -> Person:
    person = a_person(name)
    a_role(person, kind, town)
    return person


def look(page: Any) -> None:
    """No barrier on the page, neither on a wide window nor on a phone."""
    assert axe_violations(page) == []
    wide = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 900})
    assert not scrolls_sideways(page), page.url
    page.set_viewport_size(wide)


def said(page: Any) -> str:
    """The words of the page, with plain spaces."""
    return re.sub(r"\s+", " ", str(page.inner_text("main")))


def test_newcomer_goes_from_the_home_to_an_approved_plan_and_a_public_council_report(
    open_page: OpenPage, town: Organisation
) -> None:
    writer = open_page("/o/kuusela/", somebody("Venla Vastuuhenkilö", "responsible_person", town))
    approver = open_page("/o/kuusela/", somebody("Hilja Hyväksyjä", "approver", town))
    set_the_target(writer)
    begin_the_plan(writer)
    approve_too_early(approver)
    write_what_is_missing(writer)
    approve_the_plan(approver)
    publish_the_plan(writer)
    write_the_report(writer)
    approve_the_report(approver)
    see_as_a_visitor(open_page("/public/kuusela/"))
    assert writer.complaints == []
    (refused,) = approver.complaints  # the browser's own word on the answer that refused
    assert "422" in refused


def the_category() -> str:
    with translation.override("fi"):
        return category_name(LARGEST)


def set_the_target(page: Any) -> None:
    look(page)
    press(page, fi("Hotspots"))
    look(page)
    assert page.locator("main h2, main h3").filter(has_text=the_category()).first.is_visible()
    press(page, fi("Plan"))
    look(page)
    press(page, fi("Set your own target"))
    look(page)
    write(page, fi("Baseline year"), "2022")
    write(page, fi("Target year"), "2030")
    write(page, fi("Reduction, %"), "60")
    write(page, fi("Who decided it"), "Kaupunginvaltuusto")
    press(page, fi("Save", "verb"))
    look(page)


def begin_the_plan(page: Any) -> None:
    press(page, fi("Category plans"))
    look(page)
    press(page, fi("Begin a plan"))
    look(page)
    press(page, fi("Begin the plan"))
    assert page.locator("h1").inner_text() == the_category()
    look(page)
    press(page, fi("Read through and review"))
    look(page)
    press(page, fi("It is reviewed"))


def approve_too_early(page: Any) -> None:
    """The refusal names at once all that is missing, in Finnish; the approver sends the plan back."""
    page.reload()
    press(page, fi("Approve the category plan: {name}").format(name=the_category()))
    press(page, fi("Approve the plan"))
    refusal = page.get_by_role("alert")
    assert [text.partition(".")[0] for text in refusal.get_by_role("listitem").all_inner_texts()] == list(MISSING)
    assert refusal.get_by_role("link").count() == 0  # what an approver may not write isn't offered
    look(page)
    press(page, fi("Take it back to be written on"))
    assert not CategoryPlanVersion.objects.exists()


def write_what_is_missing(page: Any) -> None:
    """Each of it is one link away from the sentence that names it."""
    page.reload()
    year = timezone.localdate().year
    no_goal, no_tendering, no_budget = page.locator(".hds-notification li a").all_text_contents()
    press(page, no_goal)
    look(page)
    write(page, fi("Indicator"), "Kaukolämmön päästöt")
    write(page, fi("Value today"), "735")
    write(page, fi("Value aimed at"), "400,5")
    write(page, fi("Unit"), "t CO₂e vuodessa")
    write_day(page, fi("Deadline"), 12, year + 4)
    press(page, fi("Save", "button"))
    press(page, no_tendering)
    look(page)
    write(page, fi("What is tendered"), "Lämmön hankinta kouluihin")
    write(page, fi("Year"), str(year + 1))
    choose(page, fi("Quarter"), "2")
    press(page, fi("Save", "button"))
    press(page, no_budget)
    look(page)
    tick(page, fi("The plan has no effect on the budget"))
    press(page, fi("Save", "button"))
    assert page.locator(".hds-notification li").count() == 0
    press(page, fi("Read through and review"))
    assert "400,5" in page.inner_text("main")
    press(page, fi("It is reviewed"))


def approve_the_plan(page: Any) -> None:
    press(page, town_name(page))
    press(page, fi("Approve the category plan: {name}").format(name=the_category()))
    look(page)
    press(page, fi("Approve the plan"))
    assert fi("Version {number} of the plan is approved.").format(number=1) in page.inner_text("body")


def publish_the_plan(page: Any) -> None:
    page.reload()
    press(page, fi("Put the plan in force"))
    look(page)
    press(page, fi("Publish version %(number)s", number=1))


def write_the_report(page: Any) -> None:
    press(page, fi("Follow-up"))
    look(page)
    press(page, fi("Explain the change"))
    run_waiting_jobs()
    page.get_by_role("heading", name=fi("What the change is made of")).wait_for()
    look(page)
    press(page, fi("One page a year for the council"))
    look(page)
    press(page, fi("Begin the report"))
    run_waiting_jobs()
    press(page, fi("Write the summary"))
    look(page)
    write(page, fi("In short ({language})").format(language="Suomi"), SUMMARY)
    write(page, fi("Next steps ({language})").format(language="Suomi"), "Lämpö kilpailutetaan keväällä.")
    press(page, fi("Save"))
    look(page)


def approve_the_report(page: Any) -> None:
    press(page, town_name(page))
    press(page, fi("Read the council report of %(year)s and approve it", year=2023))
    press(page, fi("Approve the report"))
    look(page)
    press(page, fi("Approve the report"))
    press(page, fi("Publish the report"))
    look(page)


def see_as_a_visitor(page: Any) -> None:
    """What everyone sees: the numbers of the calculation, the target, the words; nobody's name."""
    look(page)
    press(page, "2023")
    look(page)
    words = said(page)
    footprint = RunTotal.objects.get(year=2023, category="*").footprint_kgco2e
    assert SUMMARY in words
    with translation.override("fi"):
        assert re.sub(r"\s", " ", co2e(footprint)) in words
    assert "60 %" in words
    page.goto("/public/kuusela/")
    press(page, fi("Category plan: %(name)s", name=the_category()))
    look(page)
    assert "Lämmön hankinta kouluihin" in page.inner_text("main")
    for shown in (words, said(page)):
        assert "Venla" not in shown
        assert "Hilja" not in shown


def town_name(page: Any) -> str:
    """The name in the band above every page of the town leads to its home."""
    return str(page.locator(".organisation-name").inner_text())

"""Fill a site with the demo. Every step looks first whether it was done, so filling twice changes nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from keino.errors import UsageError, mark
from keino.web.accounts.services.people import add_person
from keino.web.base.audit import acting
from keino.web.base.jobs import run_waiting_jobs
from keino.web.base.models import Person
from keino.web.measurement.choices import LedgerState, RunState
from keino.web.measurement.models import Ledger, Run
from keino.web.measurement.queries.ledgers import reconciliation
from keino.web.measurement.services.ledgers import approve_ledger, confirm_ledger, open_ledger
from keino.web.measurement.services.mending import make_mended_file, mend_rows, rejected_folder
from keino.web.measurement.services.rules import add_rules
from keino.web.measurement.services.runs import ask_run, publish_run
from keino.web.measurement.services.uploads import receive_whole
from keino.web.measurement.tasks.ledgers import ask_reading
from keino.web.measurement.tasks.runs import start
from keino.web.operations.demo import (
    actions,
    applications,
    cohorts,
    contracts,
    dialogues,
    documents,
    effect,
    events,
    followup,
    maturity,
    past_cohort,
    past_towns,
    procurements,
    programmes,
    reduction,
    selection,
    sparring,
    studies,
)
from keino.web.operations.demo.cast import KEEPER, PEOPLE, PLACES, Part, Place
from keino.web.operations.demo.clock import clock_at
from keino.web.operations.demo.logins import LogIn, keep, password, second_factor
from keino.web.organisations.choices import OrganisationKind, RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.organisations.services.organisations import create_organisation
from keino.web.organisations.services.roles import give_role

if TYPE_CHECKING:
    from keino.towns import Town

Say = Callable[[str], None]
NEIGHBOUR_YEARS = (2023, 2024)
#: The demo's people have been there for so long: what they did in earlier years was theirs to do.
JOINED = dt.timedelta(days=3 * 365)
#: What the member wrote into a row that had no amount.
MENDED_AMOUNT = "100,00"


class NotAnEmptySite(UsageError):
    """The demo would mix invented people with real ones."""

    code = "not_an_empty_site"
    template = mark(
        "This site has organisations or people that are no examples, so the demo was not put into it and nothing was "
        "changed. Use another folder: KEINO_DATA=demo/site."
    )


def fill(say: Say = lambda _: None) -> list[LogIn]:
    """Fill the site; returns the log-ins."""
    from keino.towns import write_towns
    from keino.towns.neighbours import write_neighbours

    _require_examples_only()
    say("Organisations and people …")
    secret = password()
    keeper = _keeper(secret)
    places = {place.slug: _organisation(place, keeper) for place in PLACES}
    log_ins = [_log_in(KEEPER, keeper, places), *(_person(part, places, keeper, secret) for part in PEOPLE)]
    keep(secret, log_ins)
    with TemporaryDirectory(prefix="keino-demo-") as folder:
        towns = {town.key: town for town in write_towns(Path(folder))}
        for place in PLACES:
            if place.town:
                say(f"{place.name['en']}: five years of ledgers …")
                _measure(places[place.slug], towns[place.town])
        for town in write_neighbours(Path(folder), years=NEIGHBOUR_YEARS):
            say(f"{town.name_en}: a neighbour to compare with …")
            _measure(_neighbour(town, keeper), town)
    say("What people did …")
    _acts(places, keeper)
    return log_ins


def _require_examples_only() -> None:
    others = Organisation.objects.filter(is_example=False).exists()
    if others or Person.objects.exclude(email__endswith=".example").exists():
        raise NotAnEmptySite


# ---- who


def _keeper(secret: str) -> Person:
    """The administrator, who makes everything else. The centre's role follows once there is a centre."""
    found = Person.objects.filter(email=KEEPER.email).first()
    if found is not None:
        return found
    person = add_person(email=KEEPER.email, name=KEEPER.name, password=secret, confirmed=True)
    person.is_staff = person.is_superuser = True
    person.save(update_fields=["is_staff", "is_superuser"])
    return person


def _organisation(place: Place, keeper: Person) -> Organisation:
    found = Organisation.objects.filter(slug=place.slug).first()
    if found is not None:
        return found
    with transaction.atomic():
        return create_organisation(
            by=keeper,
            slug=place.slug,
            kind=place.kind,
            original_language=place.language,
            region_code=place.region,
            population=place.population,
            is_public=place.is_public,
            is_example=True,
            **{f"name_{language}": name for language, name in place.name.items()},
        )


def _neighbour(town: Town, keeper: Person) -> Organisation:
    names = {"fi": town.name_fi, "sv": town.name_sv, "en": town.name_en}
    kind = OrganisationKind.MUNICIPALITY
    return _organisation(Place(town.key, kind, names, region="MK06", population=town.population), keeper)


def _person(part: Part, places: dict[str, Organisation], keeper: Person, secret: str) -> LogIn:
    organisation = places[part.at]
    with clock_at(timezone.now() - JOINED):
        person = Person.objects.filter(email=part.email).first()
        if person is None:
            person = add_person(
                email=part.email, name=part.name, language=part.language, password=secret, confirmed=True
            )
        if not person.roles.filter(organisation=organisation, kind=part.role).exists():
            about = places[part.about] if part.about else None
            give_role(person, part.role, organisation, by=keeper, about=about, regions=list(part.regions), tell=False)
    return _log_in(part, person, places)


def _log_in(part: Part, person: Person, places: dict[str, Organisation]) -> LogIn:
    name = str(getattr(places[part.at], "name_en", "") or places[part.at].shown_name)
    return LogIn(part.email, part.name, str(RoleKind(part.role).value), name, second_factor(person))


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).first()
    return role.person if role else None


# ---- what


def _measure(organisation: Organisation, town: Town) -> None:
    """Upload, read, mend, confirm and approve every ledger; calculate."""
    by = _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
    approver = _holder(organisation, RoleKind.APPROVER)
    ledgers = [
        _ledger(organisation, path, answer.year, by) for path, answer in zip(town.files, town.answers, strict=True)
    ]
    run_waiting_jobs()
    for ledger in ledgers:
        ledger.refresh_from_db()
        if ledger.state == LedgerState.READ:
            if organisation.slug == "ostoniemi" and "2023" in ledger.title:
                _mend(ledger, by)
            confirm_ledger(ledger, by=by)
        # the newest ledger waits for the approver, so that something waits on the site
        if ledger.state == LedgerState.CONFIRMED and approver is not None and ledger != ledgers[-1]:
            approve_ledger(ledger, books_total=_total(ledger), by=approver)
    if not Run.objects.filter(organisation=organisation, state=RunState.DONE).exists():
        start(ask_run(owner=organisation, ledgers=ledgers, by=by), by=by)
        run_waiting_jobs()


def _ledger(organisation: Organisation, path: Path, year: int, by: Person | None) -> Ledger:
    title = f"{path.stem.partition('_')[0].capitalize()} {year}"
    found = Ledger.objects.filter(organisation=organisation, title=title).first()
    if found is not None:
        return found
    ledger = open_ledger(organisation=organisation, title=title, ledger_year=year, by=by)
    with path.open("rb") as stream:
        receive_whole(ledger, name=path.name, size=path.stat().st_size, stream=stream, by=by)
    ask_reading(ledger, by=by)
    return ledger


def _total(ledger: Ledger) -> Decimal:
    return reconciliation(ledger).totals[0].counted


def _mend(ledger: Ledger, by: Person | None) -> None:
    """Mend one rejected row: the amount that was missing. The mended row is read like every other."""
    from keino.engine.rejected import rejected_header, rejected_rows

    file = ledger.files.get(mends=None)
    if file.mended_rows.exists():
        return
    header = rejected_header(rejected_folder(file))
    column = next(place for place, name in enumerate(header) if "summa" in name.lower())
    row = next(iter(rejected_rows(rejected_folder(file), range(1, 100_000)).values()))
    cells = list(row.cells)
    cells[column] = MENDED_AMOUNT
    mend_rows(file, {row.row: cells}, seen={row.row: 0}, by=by)
    make_mended_file(file, by=by)
    ask_reading(ledger, by=by)
    run_waiting_jobs()
    ledger.refresh_from_db()


def _acts(places: dict[str, Organisation], keeper: Person) -> None:
    _correct(places["ostoniemi"])
    for slug in ("ostoniemi", "inkopsvik"):
        _publish(places[slug])
    _share(places["ostoniemi"])
    maturity.fill(places)
    studies.fill(places)
    procurements.fill(places)
    dialogues.fill(places)
    contracts.fill(places)
    reduction.fill(places)
    documents.fill(places)
    actions.fill(places)
    with_past = places | past_towns.settle(by=keeper)  # after the studies, which ask every buyer there is
    programmes.fill(with_past)
    applications.fill(places)
    past_cohort.fill(with_past)  # before sparring, which closes it
    cohorts.fill(places)
    sparring.fill(places)
    events.fill(places)
    followup.fill(places)  # last: it tells of what was planned and done
    selection.fill(places)
    effect.fill(places)  # after all programmes: it counts what was done in them
    _feedback()


def _correct(organisation: Organisation) -> None:
    """A correction that became a rule, and the run that counts with it."""
    if organisation.category_rules.exists():
        return
    by = _holder(organisation, RoleKind.MEMBER)
    add_rules(
        owner=organisation,
        conditions=[{"supplier_name": "Imaginary Samples Ltd"}],
        category="ICT.SOFTWARE",
        note="Licences, booked on the account of books.",
        by=by,
    )
    counted: Iterable[Ledger] = organisation.ledgers.filter(state__in=(LedgerState.CONFIRMED, LedgerState.APPROVED))
    start(ask_run(owner=organisation, ledgers=counted, by=by, reason="A rule for one supplier was added."), by=by)
    run_waiting_jobs()


def _publish(organisation: Organisation) -> None:
    by = _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
    run = Run.objects.filter(organisation=organisation, state=RunState.DONE).order_by("-finished_at").first()
    if run is not None and by is not None:
        publish_run(run=run, by=by)


def _share(organisation: Organisation) -> None:
    from keino.web.dashboards.choices import ShareKind
    from keino.web.dashboards.models import ShareLink
    from keino.web.dashboards.services.shares import share

    by = _holder(organisation, RoleKind.RESPONSIBLE_PERSON)
    run = Run.objects.filter(organisation=organisation, state=RunState.DONE).order_by("-finished_at").first()
    if run is not None and by is not None and not ShareLink.objects.filter(run__organisation=organisation).exists():
        share(run=run, kind=ShareKind.FOOTPRINT, days=30, note="Kaupunginhallituksen iltakoulu", by=by)


def _feedback() -> None:
    from keino.web.about.services import receive_feedback

    key = uuid.uuid5(uuid.NAMESPACE_URL, "https://keino.example/feedback")
    with acting(None):
        receive_feedback(
            key=key,
            topic="accessibility",
            text="Kuvaajan väriselite ei kuulu ruudunlukijalla, kun siirryn siihen sarkaimella.",
            page="/o/ostoniemi/footprint/",
            email="kansalainen@keino.example",
            language="fi",
        )

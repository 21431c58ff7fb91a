"""Events of the centre: a past webinar, a full workshop with a waiting list, coming ones, a cancelled one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from keino.domain.questionnaires.question import Choice, Kind, Question
from keino.web.base.models import Person
from keino.web.events.choices import Attendance, EventState, MaterialKind, Mode, Theme
from keino.web.events.models import Event, Series
from keino.web.events.queries.feedback import feedback_subject
from keino.web.events.services.events import Details, cancel_event, make_event, make_series
from keino.web.events.services.invitations import invite
from keino.web.events.services.materials import add_link
from keino.web.events.services.seats import Filled, mark_attendance, register
from keino.web.events.times import moment_of
from keino.web.operations.demo.cast import CENTRE
from keino.web.organisations.choices import RoleKind
from keino.web.organisations.models import Organisation, Role
from keino.web.surveys.choices import FormPurpose, LegalBasis
from keino.web.surveys.models import FormVersion
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer
from keino.web.surveys.services.forms import begin_form, describe_version, publish_version, put_question

SERIES = "Kestävien hankintojen aamukahvit"
SEATS_OF_WORKSHOP = 6
WAITING = 2
LEVELS = (
    Choice("much", {"fi": "paljon", "sv": "mycket", "en": "a lot"}),
    Choice("some", {"fi": "jonkin verran", "sv": "en del", "en": "some"}),
    Choice("none", {"fi": "en mitään", "sv": "inget", "en": "nothing"}),
)
#: What those who came answered, and what they would change: enough agree, and enough write, that it may be shown.
ANSWERS = (
    ("much", "Lisää esimerkkejä pienistä kunnista."),
    ("much", ""),
    ("much", "Aikaa keskustelulle voisi olla enemmän."),
    ("much", "Laskentaesimerkki oli erinomainen."),
    ("much", "Linkki aineistoihin kannattaisi lähettää etukäteen."),
    ("much", "Ääni pätki alussa."),
)


@dataclass(frozen=True)
class When:
    """A day so many from today, and two times of day."""

    days: int
    since: dt.time
    until: dt.time

    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end; on a day of the week."""
        day = timezone.localdate() + dt.timedelta(days=self.days)
        day += dt.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # Friday
        return moment_of(day, self.since), moment_of(day, self.until)


def fill(places: dict[str, Organisation]) -> None:
    """Make the events once; a site that has the series has them all."""
    centre = places[CENTRE]
    by = _holder(centre, RoleKind.COORDINATOR)
    if by is None or Series.objects.filter(organiser=centre, title=SERIES).exists():
        return
    people = list(
        Person.objects.filter(roles__organisation=places["ostoniemi"], is_active=True).distinct().order_by("email")
    )
    series = make_series(
        organiser=centre, title=SERIES, summary="Tunti aamulla: yksi aihe, yksi esimerkki, aikaa kysymyksille.", by=by
    )
    _past_webinar(centre, series, people, by)
    _workshop(centre, people, by)
    _coming(centre, series, by)


def _past_webinar(centre: Organisation, series: Series, people: Sequence[Person], by: Person) -> None:
    event = _event(
        centre, "Mistä hankintojen päästöt tulevat?", When(-24, dt.time(8, 30), dt.time(9, 45)), by,
        series=series, theme=Theme.LOW_CARBON, is_recorded=True, feedback=_feedback_form(centre, by),
        summary="Luemme yhdessä yhden kunnan hankintojen hiilijalanjälkeä: mitä luvut kertovat ja mitä eivät.",
        description="8.30 Mitä hiilijalanjälki kertoo\n9.00 Esimerkki: kunnan ruokahankinnat\n9.30 Kysymyksiä",
    )  # fmt: skip
    came = list(people)[: len(ANSWERS) + 2]
    invite(event, people=came, seated=True, tells=False, by=by)
    seats = list(event.seats.booked().order_by("pk"))
    marks = {seat.public_id: str(Attendance.PRESENT) for seat in seats}
    if len(seats) > len(ANSWERS):
        marks[seats[-1].public_id] = str(Attendance.ABSENT)
    mark_attendance(event, marks=marks, by=by)
    add_link(
        event, title="Tilaisuuden tallenne", link="https://video.example/aamukahvit-1", kind=MaterialKind.RECORDING,
        publish=True, by=by,
    )  # fmt: skip
    add_link(event, title="Esityksen kalvot", link="https://aineistot.example/aamukahvit-1.pdf", publish=True, by=by)
    assert event.feedback is not None
    for seat, (level, words) in zip(seats, ANSWERS, strict=False):
        answer = begin_answer(event.feedback, respondent=str(seat.public_id), subject=feedback_subject(event))
        given = {"learnt": level} | ({"better": words} if words else {})
        save_answer(answer, given=given, seen=answer.version, by=None)
        send_answer(answer, by=None)


def _workshop(centre: Organisation, people: Sequence[Person], by: Person) -> None:
    """A full room: those who came later wait."""
    event = _event(
        centre, "Työpaja: hiilijalanjälki tarjousvertailussa", When(20, dt.time(12), dt.time(16)), by,
        theme=Theme.LOW_CARBON, mode=Mode.ON_SITE, place="Esimerkkikeskus, Keinokatu 1, Satulampi",
        capacity=min(SEATS_OF_WORKSHOP, max(1, len(people) - WAITING)), asks_needs=True,
        summary="Teemme pienryhmissä vertailuperusteet omaan hankintaan. Mukaan mahtuu kuusi.",
        description="Ota mukaan oma tarjouspyyntö tai sen luonnos. Lounas tarjotaan.",
    )  # fmt: skip
    assert event.capacity is not None
    invite(event, people=people[: event.capacity], seated=True, tells=False, by=by)
    for person in people[event.capacity : event.capacity + WAITING]:
        filled = Filled(
            name=person.name,
            email=person.email,
            language=person.language,
            consent_text="Esimerkki.",
            needs="Kasvisruoka",
        )
        register(event, seat_id=uuid4(), filled=filled, by=person)


def _coming(centre: Organisation, series: Series, by: Person) -> None:
    _event(
        centre, "Kiertotalous työmaalla", When(34, dt.time(8, 30), dt.time(9, 45)), by,
        series=series, theme=Theme.CIRCULAR, is_recorded=True, online_link="https://kokous.example/aamukahvit-2",
        summary="Miten purkumateriaalit saa uuteen käyttöön: kokemuksia kahdesta urakasta.",
    )  # fmt: skip
    _event(
        centre, "Grundkurs: utsläpp i upphandling", When(41, dt.time(13), dt.time(15)), by,
        theme=Theme.LOW_CARBON, language="sv", online_link="https://mote.example/grundkurs",
        summary="Var utsläppen finns, hur de räknas och vad köparen kan påverka. På svenska.",
    )  # fmt: skip
    _event(
        centre, "Hankintajohtamisen päivä", When(62, dt.time(9), dt.time(16)), by,
        theme=Theme.MANAGEMENT, mode=Mode.HYBRID, place="Satulammen kulttuuritalo", capacity=60, asks_needs=True,
        online_link="https://kokous.example/johtaminen",
        summary="Hankinnat johdon työkaluna: tavoitteet, talousarvio ja seuranta samalle pöydälle.",
    )  # fmt: skip
    cancelled = _event(
        centre, "Markkinavuoropuhelun taidot", When(27, dt.time(9), dt.time(11)), by, theme=Theme.MARKET
    )  # fmt: skip
    cancel_event(cancelled, because="Kouluttaja on estynyt. Uusi aika ilmoitetaan tällä sivulla.", by=by)


def _event(centre: Organisation, title: str, when: When, by: Person, **details: object) -> Event:
    starts_at, ends_at = when.moments()
    chosen: Details = details  # type: ignore[assignment]  # written above, word by word
    return make_event(
        organiser=centre, title=title, starts_at=starts_at, ends_at=ends_at, by=by, state=EventState.ANNOUNCED, **chosen
    )


def _feedback_form(centre: Organisation, by: Person) -> FormVersion:
    draft = begin_form(
        organisation=centre,
        purpose=FormPurpose.FEEDBACK,
        title={"fi": "Palaute tilaisuudesta", "sv": "Respons på evenemanget", "en": "Feedback on an event"},
        by=by,
    )
    draft = describe_version(
        version=draft,
        languages=("fi", "sv", "en"),
        intro={"fi": "Kaksi kysymystä, minuutti.", "sv": "Två frågor, en minut.", "en": "Two questions, one minute."},
        data_purpose={
            "fi": "Tilaisuuksien parantamiseen.", "sv": "För bättre evenemang.", "en": "To make events better."
        },
        legal_basis=LegalBasis.PUBLIC_TASK,
        kept_months=12,
        seen=draft.version,
        by=by,
    )  # fmt: skip
    questions = (
        Question(
            "learnt", Kind.ONE_OF,
            {"fi": "Opitko uutta?", "sv": "Lärde du dig något nytt?", "en": "Did you learn something new?"},
            required=True, choices=LEVELS,
        ),
        Question(
            "better", Kind.LONG_TEXT,
            {"fi": "Mitä parantaisit?", "sv": "Vad skulle du förbättra?", "en": "What could be better?"},
        ),
    )  # fmt: skip
    for question in questions:
        draft = put_question(version=draft, question=question, seen=draft.version, by=by)
    return publish_version(version=draft, seen=draft.version, by=by)


def _holder(organisation: Organisation, kind: str) -> Person | None:
    role = Role.objects.on(timezone.localdate()).filter(organisation=organisation, kind=kind).order_by("pk").first()
    return role.person if role else None

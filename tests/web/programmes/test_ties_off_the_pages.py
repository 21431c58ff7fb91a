"""Ties beside the pages: mail, tasks on the home, times that are offered, hand-overs; and whom a role doesn't bar."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from keino.web.base.errors import as_data, said
from keino.web.base.models import Person
from keino.web.base.owned import owned_by
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.errors.applications import HoursAreBooked
from keino.web.programmes.errors.selection import HasTie
from keino.web.programmes.models import Application, DeclaredTie, DiscussionExpert
from keino.web.programmes.needs import needs
from keino.web.programmes.queries.discussions import slots_of
from keino.web.programmes.queries.ties import is_barred
from keino.web.programmes.services.applications.discussions import book_discussion, cancel_discussion
from keino.web.programmes.services.applications.expert_hours import take_hours_back
from keino.web.programmes.services.applications.mails import tell_of_interest, tell_of_sending, tell_of_withdrawal
from keino.web.programmes.services.interview_mails import CANCELLED, MOVED, PLANNED, tell_of_interview
from keino.web.programmes.services.review_owners import hand_review_on
from tests.factories.applications import a_team_member, an_application, an_expert, some_hours
from tests.factories.programmes import an_edition, named_in
from tests.factories.selection import a_decision, a_review, a_selecting, an_applicant, an_interview
from tests.factories.web import a_role, an_organisation, someone_who_is
from tests.web.programmes.applying import client_of, mails

pytestmark = pytest.mark.django_db


def declare(person: Person, application: Application) -> None:
    DeclaredTie.objects.create(application=application, person=person, reason="Cousin")


def titles(person: Person) -> list[str]:
    with override("en"):
        return [str(each.title) for each in needs(person, [])]


# ---- whom a role doesn't bar


@pytest.mark.parametrize(
    ("kinds", "closed"),
    [
        (("host",), False),
        (("expert",), False),
        (("host", "expert"), False),
        ((), True),
        (("mentor",), True),
        (("host", "reviewer"), True),
        (("expert", "decider"), True),
        (("expert", "mentor"), True),
    ],
)
def test_b4_a_role_closes_nothing_to_who_only_talks_with_applicants(kinds: tuple[str, ...], closed: bool) -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    person = someone_who_is("expert", selecting.edition.organisation, about=application.organisation)
    for kind in kinds:
        named_in(selecting.edition, kind, person)
    assert is_barred(person, application) is closed


def test_b4_being_a_host_elsewhere_opens_nothing_here() -> None:
    selecting = a_selecting(applicants=1)
    person = someone_who_is("expert", selecting.edition.organisation, about=selecting.applications[0].organisation)
    named_in(an_edition(selecting.edition.organisation), "host", person)
    assert is_barred(person, selecting.applications[0])


def test_b4_a_coordinator_cant_open_an_application_by_naming_themselves_a_host() -> None:
    selecting = a_selecting(applicants=1)
    a_role(selecting.coordinator, "member", selecting.applications[0].organisation)
    named_in(selecting.edition, "host", selecting.coordinator)
    assert is_barred(selecting.coordinator, selecting.applications[0])


def test_b4_what_a_host_declares_and_the_team_close_all_the_same() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    declares, belongs = named_in(selecting.edition, "host"), named_in(selecting.edition, "expert")
    a_role(declares, "member", application.organisation)
    declare(declares, application)
    a_team_member(application, email=belongs.email)
    assert is_barred(declares, application)
    assert is_barred(belongs, application)


def test_b4_the_applicants_expert_reads_the_application_and_doesnt_get_it_to_score() -> None:
    selecting = a_selecting(applicants=1)
    application = selecting.applications[0]
    expert = someone_who_is("expert", selecting.edition.organisation, about=application.organisation)
    named_in(selecting.edition, "expert", expert)
    page = reverse("programmes:desk_application", args=[selecting.edition.slug, application.public_id])
    assert client_of(expert).get(page).status_code == 200
    review = a_review(application, selecting.reviewers[0])
    with pytest.raises(HasTie):
        hand_review_on(review, expert)


def test_b4_a_host_with_a_role_in_the_applicant_reads_it_but_doesnt_see_it_judged() -> None:
    selecting = a_selecting(applicants=2)
    application, other = selecting.applications
    host = someone_who_is("expert", selecting.edition.organisation, about=application.organisation)
    named_in(selecting.edition, "host", host)
    client, slug = client_of(host), selecting.edition.slug
    assert client.get(reverse("programmes:desk_application", args=[slug, application.public_id])).status_code == 200
    judged = [reverse("programmes:selection_application", args=[slug, each.public_id]) for each in (application, other)]
    assert [client.get(page).status_code for page in judged] == [403, 200]
    summary = client.get(reverse("programmes:selection_summary", args=[slug])).content.decode()
    assert str(other.organisation) in summary
    assert str(application.organisation) not in summary


# ---- mail


def test_b4_a_host_with_a_tie_gets_no_news_of_the_applicant() -> None:
    edition = an_edition()
    application = an_application(edition)
    open_to, tied = named_in(edition, "host"), named_in(edition, "host")
    declare(tied, application)
    tell_of_interest(application)
    tell_of_sending(application)
    tell_of_withdrawal(application, why="Too busy")
    for template in ("interest_news", "application_news", "withdrawal_news"):
        assert [mail.person for mail in mails(template)] == [open_to], template


def test_b4_an_expert_who_got_a_tie_reads_only_that_the_discussion_is_off() -> None:
    edition = an_edition()
    application = an_application(edition, state=S.DISCUSSION_BOOKED)
    experts = [an_expert(edition), an_expert(edition)]
    discussion = application.discussions.get()
    DiscussionExpert.objects.all().delete()
    for expert in experts:
        DiscussionExpert.objects.create(discussion=discussion, person=expert, starts_at=discussion.starts_at)
    declare(experts[1], application)
    cancel_discussion(application, by=someone_who_is("member", application.organisation), why="Our plans of 4711")
    told = {mail.person: mail.values["why"] for mail in mails("discussion_off")}
    assert told == {experts[0]: "Our plans of 4711", experts[1]: ""}


def test_b4_an_interviewer_who_got_a_tie_hears_only_that_the_interview_is_off() -> None:
    selecting = a_selecting(applicants=1)
    application, holders = selecting.applications[0], selecting.reviewers
    interview = an_interview(application, *holders, held=False)
    declare(holders[0], application)
    for what in (PLANNED, MOVED, CANCELLED):
        tell_of_interview(interview, what)
    told = [(mail.person, mail.values["what"]) for mail in mails("interview") if not mail.values["is_applicant"]]
    assert [what for person, what in told if person == holders[0]] == [CANCELLED]
    assert [what for person, what in told if person == holders[1]] == [PLANNED, MOVED, CANCELLED]


# ---- discussions


def test_b4_an_expert_with_a_tie_isnt_offered_to_the_applicant() -> None:
    edition = an_edition()
    free, tied = an_expert(edition), an_expert(edition)
    day = timezone.localdate() + dt.timedelta(days=5)
    some_hours(edition, tied, day=day)
    some_hours(edition, free, day=day + dt.timedelta(days=1))
    application = an_application(edition, state=S.INTEREST)
    a_team_member(application, email=tied.email)
    now = timezone.now()
    assert {slot.experts for slot in slots_of(edition, now=now)} == {(free.pk,), (tied.pk,)}
    offered = slots_of(edition, now=now, applicant=application)
    assert {slot.experts for slot in offered} == {(free.pk,)}
    member = someone_who_is("member", application.organisation)
    page = client_of(member).get(
        reverse("programmes:application_book", args=[application.organisation.slug, application.public_id])
    )
    assert page.context["offered"] == len(offered)
    book_discussion(application, starts_at=offered[0].starts_at, by=member)
    assert [mail.person for mail in mails("discussion_to_hold")] == [free]


def test_b4_an_expert_named_for_the_applicant_is_offered() -> None:
    edition = an_edition()
    application = an_application(edition, state=S.INTEREST)
    expert = someone_who_is("expert", edition.organisation, about=application.organisation)
    some_hours(edition, an_expert(edition, expert))
    assert slots_of(edition, now=timezone.now(), applicant=application)


def test_b4_hours_that_are_booked_dont_tell_by_whom() -> None:
    edition = an_edition()
    application = an_application(edition, an_organisation("Salaisuus"), state=S.DISCUSSION_BOOKED)
    hours, expert = some_hours(edition), DiscussionExpert.objects.get()
    starts_at = timezone.make_aware(dt.datetime.combine(hours.day, hours.begins))
    application.discussions.update(starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1))
    expert.person, expert.starts_at = hours.expert, starts_at
    expert.save()
    tied, free = named_in(edition, "host"), named_in(edition, "host")
    declare(tied, application)
    with pytest.raises(HoursAreBooked) as told:
        take_hours_back(hours, by=free)
    assert "Salaisuus" in said(as_data(told.value))
    with pytest.raises(HoursAreBooked) as told:
        take_hours_back(hours, by=tied)
    assert "Salaisuus" not in said(as_data(told.value))


# ---- the home, hand-overs, publication


@pytest.mark.parametrize("tie", ["declared", "team", "role"])
def test_b4_tasks_on_the_home_leave_a_tied_applicant_out(tie: str) -> None:
    selecting = a_selecting(reviewers=1)
    person = selecting.reviewers[0]
    tied, free = an_applicant(selecting.edition, "Salaisuus"), an_applicant(selecting.edition, "Avoin")
    soon = timezone.now() + dt.timedelta(days=1)
    for number, application in enumerate((tied, free)):
        a_review(application, person)
        an_interview(application, person, held=False)
        starts_at = soon + dt.timedelta(hours=number)
        application.discussions.update(held_at=None, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=1))
        application.discussions.get().experts.update(person=person, starts_at=starts_at)
    before = " ".join(titles(person))
    assert before.count("Salaisuus") == 2
    assert "Score 2 applications" in before
    if tie == "declared":
        declare(person, tied)
    elif tie == "team":
        a_team_member(tied, email=person.email)
    else:
        a_role(person, "member", tied.organisation)
    after = titles(type(person).objects.get(pk=person.pk))
    assert sum("Avoin" in title for title in after) == 2
    assert not any("Salaisuus" in title for title in after)
    assert any(title.startswith("Score 1 application ") for title in after)


def test_b4_a_hand_over_doesnt_say_whose_application_is_scored() -> None:
    selecting = a_selecting(reviewers=1)
    a_review(an_applicant(selecting.edition, "Salaisuus"), selecting.reviewers[0])
    owned = owned_by(selecting.reviewers[0], selecting.edition.organisation)
    assert [each.key for each in owned if each.key.startswith("review:")]
    assert not any("Salaisuus" in each.title for each in owned)


def test_b4_who_will_be_published_isnt_told_before_to_who_has_a_tie() -> None:
    selecting = a_selecting()
    tied, free = (an_applicant(selecting.edition, name, state="selected") for name in ("Salaisuus", "Avoin"))
    a_decision(selecting.edition, (tied, "selected"), (free, "selected"), state="made")
    declare(selecting.coordinator, tied)
    client = client_of(selecting.coordinator)
    page = client.get(f"{selecting.path}publication/").content.decode()
    assert "Avoin" in page
    assert "Salaisuus" not in page
    assert "1 application isn’t shown to you" in page
    client.post(f"{selecting.path}publication/publish/")
    assert "Salaisuus" in client.get(f"{selecting.path}publication/").content.decode()  # now everyone sees it

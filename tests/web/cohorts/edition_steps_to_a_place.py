"""Steps of an edition in the browser, from the call to a confirmed place."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import ngettext

from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.choices.selection import SCORE_WORDS
from keino.web.programmes.choices.selection import DecisionOutcome as O
from keino.web.programmes.models import Application, Interview, Review
from keino.web.programmes.on_record import recorded
from tests.web.cohorts.edition_cast import PLACES, TEXTS, Cast, others_are_interviewed
from tests.web.cohorts.edition_walk import LANGUAGE, Walk, label_of, named, said
from tests.web.pointer import choose, field, fill, look, press, tick

#: The kick-off, from today.
WEEKS_AHEAD = dt.timedelta(weeks=20)


# ---- the call


def open_the_call(walk: Walk) -> None:
    cast = walk.cast
    page = walk.home_of(cast.coordinator)
    press(page, said("Programmes on the desk"))
    press(page, said("New programme"))
    press(page, recorded("circular-2023").name_in(LANGUAGE))
    fill(page, {said("Kick-off near"): (timezone.localdate() + WEEKS_AHEAD).isoformat()})
    press(page, said("Make the draft"))
    press(page, said("Change places, teams and contacts"))
    fill(page, {
        said("Questions to"): "akatemia@keino.example",
        said("Questions about the choice to"): "oikaisu@keino.example",
        said("Places for organisations"): str(PLACES),
    })  # fmt: skip
    press(page, said("Save", "button"))
    press(page, said("Name people"))
    for person, kind in (
        (cast.expert, EditionPersonKind.EXPERT),
        (cast.expert, EditionPersonKind.REVIEWER),
        (cast.reviewer, EditionPersonKind.REVIEWER),
        (cast.mentor, EditionPersonKind.MENTOR),
        (cast.coordinator, EditionPersonKind.DECIDER),
    ):
        choose(page, said("Person"), str(person))
        tick(page, label_of(kind))
        press(page, said("Name the person", "button"))
    press(page, walk.programme)
    press(page, said("Open the call"))
    press(page, said("Open the call"))
    assert cast.edition.state == "open"
    look(page)


def give_hours(walk: Walk) -> None:
    page = walk.desk_of(walk.cast.expert)
    press(page, said("Discussions with applicants"))
    press(page, said("Give hours"))
    day = timezone.localdate(walk.cast.moment("discussions"))
    fill(page, {said("Day"): day.isoformat(), said("From", "time"): "09:00", said("Until", "time"): "17:00"})
    press(page, said("Give these hours"))
    look(page)


# ---- interest, discussion, application


def show_interest_and_book(walk: Walk) -> None:
    town = walk.cast.walker
    page = walk.home_of(town.responsible)
    press(page, str(town))
    press(page, said("Last day to apply: %(name)s", name=walk.programme))
    press(page, said("Can we apply?"))
    choose(page, said("What kind of organisation are you?"), said("municipality or city"))
    for which in range(3):
        tick(page, said("Yes"), which)
    press(page, said("Check", "verb"))
    look(page)
    press(page, said("Tell our interest"))
    fill(page, {said("What would you like to achieve?"): "Haluamme oppia vaatimaan kiertotaloutta koulujen pihoissa."})
    press(page, said("Tell our interest and go on to booking"))
    field(page, said("Day and time (Finnish time)")).select_option(index=1)
    press(page, said("Book this time"))
    assert town.application.state == "discussion_booked"
    look(page)


def hold_the_discussion(walk: Walk) -> None:
    page = walk.home_of(walk.cast.expert)
    press(page, said("Mark the discussion with %(name)s as held", name=walk.cast.walker))
    fill(page, {said("What was agreed"): "Pilotti on koulun piha."})
    press(page, said("Save and mark as held"))
    look(page)


def decide_and_write(walk: Walk) -> None:
    """“Go on with the application” leads to what is missing next, until only the management's word is."""
    town = walk.cast.walker
    page = walk.home_of(town.responsible)
    press(page, said("Decide whether you apply to “%(name)s”", name=walk.programme))
    assert "Pilotti on koulun piha." in page.inner_text("main")
    press(page, said("We apply"))
    press(page, said("Go on with the application"))
    fill(page, {said("What is the pilot about?"): TEXTS["pilot"]})
    press(page, said("Save the draft"))
    press(page, said("Go on with the application"))
    fill(page, {
        said("Why do you apply, and what is your goal?"): TEXTS["motivation"],
        said("What have you done for this already?"): TEXTS["groundwork"],
        said("How will you tell others of what you learn?"): TEXTS["sharing"],
        said("What time and means do you have for it?"): TEXTS["capacity"],
    })  # fmt: skip
    press(page, said("Save the draft"))
    for name, email, role in (
        (town.responsible.name, town.responsible.email, "procurement"),
        ("Yrjö Ympäristö", "yrjo@kuusela.example", "environment"),
        ("Raili Rakentaja", "raili@kuusela.example", "construction"),
    ):
        press(page, said("Go on with the application"))
        fill(page, {said("Name"): name, said("E-mail address"): email})
        choose(page, said("Role in the team"), named(role, "team"))
        if role == "procurement":
            tick(page, said("Responsible person of the team"))
        press(page, said("Save", "button"))
    press(page, said("Choose", "verb"), about=said("Consents"))
    tick(page, said("We give the data that the programme needs of our procurements, and may be interviewed."))
    tick(page, said("If we are selected, our organisation's name and pilot may be published."))
    press(page, said("Save the draft"))
    look(page)


def stand_behind_it(walk: Walk) -> None:
    page = walk.home_of(walk.cast.walker.manager)
    press(page, said("Say whether the management stands behind “%(name)s”", name=walk.programme))
    assert TEXTS["pilot"] in page.inner_text("main")
    look(page)
    fill(page, {said("Your title"): "Kunnanjohtaja"})
    press(page, said("Confirm: the management stands behind this"))


def stand_behind_it_by_the_mailed_link(walk: Walk, path: str) -> None:
    town = walk.cast.others[0]
    page = walk.visit(path)
    look(page)
    fill(page, {said("Your name"): "Mirja Johtaja", said("Your title"): "Kunnanjohtaja"})
    press(page, said("Confirm: the management stands behind this"))
    sender = walk.home_of(town.responsible)
    press(sender, said("Send the application to “%(name)s”", name=walk.programme))
    press(sender, said("Look through and send"))
    press(sender, said("Send the application"))


def send_the_application(walk: Walk) -> None:
    page = walk.home_of(walk.cast.walker.responsible)
    press(page, said("Send the application to “%(name)s”", name=walk.programme))
    press(page, said("Look through and send"))
    press(page, said("Send the application"))
    assert set(Application.objects.values_list("state", flat=True)) == {"submitted"}
    look(page)


# ---- interviews, scores, decision


def plan_the_interviews(walk: Walk) -> None:
    cast = walk.cast
    page = walk.desk_of(cast.coordinator)
    press(page, said("Selection"))
    press(page, said("Guide"))
    press(page, said("Add a question"))
    fill(page, {said("Question"): "Kuka päättää pilotista?"})
    press(page, said("Save", "button"))
    press(page, said("Selection"))
    press(page, said("Plan and hold the interviews"))
    press(page, said("Plan the interview"), about=str(cast.walker))
    day = timezone.localdate() + dt.timedelta(days=4)
    fill(page, {
        said("Day"): day.isoformat(), said("Begins at"): "09:00", said("Ends at"): "10:00",
        said("Where (a room, or the address of an online meeting)"): "Teams",
    })  # fmt: skip
    tick(page, str(cast.expert))
    press(page, said("Save", "button"))
    others_are_interviewed(cast, day)
    press(page, said("Selection"))
    press(page, said("Who scores what"))
    press(page, said("Share the applications out"))
    assert Review.objects.count() == 2 * len(cast.towns)
    look(page)


def hold_the_interview(walk: Walk) -> None:
    page = walk.home_of(walk.cast.expert)
    press(page, said("Mark the interview of %(name)s as held", name=walk.cast.walker))
    fill(page, {"1. Kuka päättää pilotista?": "Kunnanjohtaja päättää."})
    press(page, said("Save, the interview was held"))
    assert Interview.objects.filter(state="held").count() == 1
    look(page)


def give_scores(walk: Walk) -> None:
    """Two reviewers, who see each other's points only afterwards."""
    cast = walk.cast
    one, many = (f"Score %(count)s application{s} of “%(name)s”" for s in ("", "s"))
    with translation.override(LANGUAGE):
        to_score = ngettext(one, many, 1) % {"count": 1, "name": walk.programme}
    for person, points in ((cast.expert, 4), (cast.reviewer, 3)):
        with translation.override(LANGUAGE):
            in_words = f"{points} – {SCORE_WORDS[points]}"
        page = walk.home_of(person)
        press(page, to_score)
        press(page, str(cast.walker))
        tick(page, said("met", "criterion"))
        for which in range(5):
            tick(page, in_words, which)
        look(page)
        press(page, said("Send your scores"))
        page.get_by_text(said("Your scores are sent.")).wait_for()  # a draft may be being kept: they go after it
    assert not Review.objects.exclude(state="sent").exists()


def decide(walk: Walk) -> None:
    """Seven can't be chosen for six places; six can, after a look at every mail."""
    cast = walk.cast
    page = walk.desk_of(cast.coordinator)
    press(page, said("Selection"))
    press(page, said("Summary for the deciders"))
    look(page)
    press(page, said("Selection"))
    press(page, said("Begin a proposal for the decision"))
    propose(page, cast, PLACES + 1)
    assert page.get_by_role("button", name=said("Make the decision and send the mails")).count() == 0
    press(page, said("Back to the proposal"))
    propose(page, cast, PLACES)
    look(page)
    press(page, said("Make the decision and send the mails"))
    states = [town.application.state for town in cast.towns]
    assert states == ["selected"] * PLACES + ["reserve", "rejected"]
    press(page, said("Publish who is selected"))
    press(page, said("Publish this list"))
    look(page)


def propose(page: Any, cast: Cast, selected: int) -> None:
    """The first so many towns selected, the next in reserve, others not; then a look at what would happen."""
    for number, town in enumerate(cast.towns):
        outcome = O.SELECTED if number < selected else O.RESERVE if number == selected else O.REJECTED
        choose(page, said("Decision: {name}").format(name=town), label_of(outcome))
        fill(page, {
            said("Place in the reserve: {name}").format(name=town): "1" if outcome == O.RESERVE else "",
            said("Reasons, for the applicant to read: {name}").format(name=town): (
                "" if outcome == O.SELECTED else "Pilotti ehtii mukaan vasta seuraavalla kerralla."
            ),
        })  # fmt: skip
    press(page, said("Save and see what would happen"))


def confirm_the_place(walk: Walk) -> None:
    page = walk.home_of(walk.cast.walker.responsible)
    press(page, said("Confirm your place in “%(name)s”", name=walk.programme))
    press(page, said("Confirm the place"))
    press(page, said("Go to the programme’s space"))
    assert page.locator("h1").inner_text() == walk.programme
    look(page)

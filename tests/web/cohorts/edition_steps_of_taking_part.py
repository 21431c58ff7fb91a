"""Steps of an edition in the browser, from the first assignment to the alumni."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from keino.web.cohorts.models import AgreedAction, FollowUpTask, Participation, WorkVersion
from tests.web.cohorts.edition_cast import PLACES
from tests.web.cohorts.edition_walk import Walk, said
from tests.web.pointer import choose, fill, look, press, tick

ASSIGNMENT = "Missä olette nyt?"
ACTION = "Markkinavuoropuhelu pilotista"
DONE = "Uusiokäytimme koulun pihan kiveyksen."


# ---- the programme


def give_an_assignment_and_a_mentor(walk: Walk) -> None:
    cast = walk.cast
    page = walk.desk_of(cast.coordinator)
    press(page, said("Participants and their work"))
    press(page, said("New assignment"))
    due = timezone.localdate(cast.moment("kick_off")) + dt.timedelta(weeks=3)
    fill(page, {
        said("Name"): ASSIGNMENT, said("What is to be done"): "Kertokaa kahdella sivulla, miten hankitte.",
        said("Due on"): due.isoformat(), said("At the latest at"): "16:00",
    })  # fmt: skip
    tick(page, said("between the sessions"))
    press(page, said("Give the assignment"))
    press(page, str(cast.walker))
    choose(page, said("Mentor"), str(cast.mentor))
    press(page, said("Name the mentor"))
    assert Participation.objects.count() == PLACES
    look(page)


def hand_in(walk: Walk, text: str) -> None:
    town = walk.cast.walker
    assert set(Participation.objects.values_list("application__state", flat=True)) == {"active"}
    page = walk.home_of(town.responsible)
    press(page, str(town))
    press(page, said("Due: {title}").format(title=ASSIGNMENT))
    fill(page, {said("Our answer"): text})
    press(page, said("Hand in"))
    look(page)


def give_feedback(walk: Walk, verdict: str, words: str) -> None:
    """The mentor reads what was handed in where the feedback is written."""
    page = walk.home_of(walk.cast.mentor)
    press(page, f"{walk.cast.walker}: {said('Give feedback: {title}').format(title=ASSIGNMENT)}")
    assert WorkVersion.objects.latest("pk").text in page.inner_text("main")
    fill(page, {said("Feedback"): words})
    tick(page, said(verdict))
    look(page)
    press(page, said("Give the feedback"))


def hand_in_again(walk: Walk) -> None:
    page = walk.home_of(walk.cast.walker.responsible)
    press(page, said("Read the feedback: {title}").format(title=ASSIGNMENT))
    assert "Kertokaa myös, kuka päättää." in page.inner_text("main")
    fill(page, {said("Our answer"): "Hankinta on hajallaan. Hankintapäällikkö päättää."})
    press(page, said("Hand in"))
    assert WorkVersion.objects.latest("pk").number == 2


def agree_a_session(walk: Walk) -> None:
    mentor = walk.cast.mentor
    page = walk.space_of(mentor)
    press(page, said("Sparring"))
    press(page, said("Agree the first session"))
    day = timezone.localdate() + dt.timedelta(days=3)
    fill(page, {
        said("Day"): day.isoformat(), said("From", "time"): "09:00", said("Until", "time"): "10:30",
        said("Place or link"): "https://kokous.example/sparraus",
    })  # fmt: skip
    choose(page, said("Mentor"), str(mentor))
    tick(page, said("online"))
    press(page, said("Agree the session"))
    look(page)


def write_the_session_down(walk: Walk) -> None:
    town = walk.cast.walker
    page = walk.home_of(walk.cast.mentor)
    press(page, f"{town}: {said('Write the sparring session down')}")
    press(page, said("Write the session down"))
    fill(page, {
        said("What was talked about"): "Käytiin pilotti läpi.", said("Advice given"): "Kysykää ensin markkinoilta.",
    })  # fmt: skip
    press(page, said("Save", "button"))
    press(page, said("Agree an action"))
    deadline = timezone.localdate() + dt.timedelta(days=5)
    fill(page, {said("What is done"): ACTION, said("Deadline"): deadline.isoformat()})
    choose(page, said("Owner"), str(town.responsible))
    tick(page, said("It has no budget effect"))
    press(page, said("Agree the action"))
    look(page)


def see_the_agreed_action(walk: Walk) -> None:
    """It is one of the plan's actions, so its owner's home asks for it; the manager sees where it was agreed."""
    page = walk.home_of(walk.cast.walker.responsible)
    press(page, said("Action: {title}").format(title=ACTION))
    assert AgreedAction.objects.get().action.title == page.locator("h1").inner_text() == ACTION
    manager = walk.space_of(walk.cast.walker.manager)
    press(manager, said("Sparring"))
    manager.locator("main tbody a").first.click()
    assert "Kysykää ensin markkinoilta." in manager.inner_text("main")
    look(manager)


# ---- after the programme


def close_the_edition(walk: Walk) -> None:
    page = walk.home_of(walk.cast.coordinator)
    press(page, said("Complete the programme “%(name)s”", name=walk.programme))
    press(page, said("Complete the programme"))
    press(page, said("Close the edition"))
    assert walk.cast.edition.state == "completed"
    assert set(Participation.objects.values_list("state", "application__state")) == {("alumni", "alumni")}
    assert FollowUpTask.objects.count() == PLACES + 1  # one with each organisation, and one with all
    look(page)


def stand_among_the_alumni(walk: Walk) -> None:
    page = walk.space_of(walk.cast.walker.responsible)
    press(page, said("As alumni"))
    press(page, said("Change what it says"))
    tick(page, said("Show our organisation among the alumni"))
    fill(page, {said("What we did in the programme"): DONE})
    press(page, said("Save", "button"))
    press(page, said("Show my name"))
    look(page)


def see_the_alumni_as_a_visitor(walk: Walk) -> None:
    """Everyone sees who took part and who wants to be found; nobody's scores, nobody who wasn't chosen."""
    cast = walk.cast
    page = walk.visit("/")
    press(page, said("Programmes"))
    press(page, walk.programme)
    look(page)
    words = page.inner_text("main")
    assert [str(town) for town in cast.towns if str(town) in words] == [str(town) for town in cast.towns[:PLACES]]
    press(page, said("Programmes"))
    press(page, said("Alumni who want to be found"))
    words = page.inner_text("main")
    assert DONE in words
    assert str(cast.walker.responsible) in words
    assert str(cast.others[0]) not in words
    look(page)

"""How tests of applications open pages and read mail."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from keino.web.base.models import Mail, Person
from keino.web.organisations.rules import works_at_centre
from keino.web.programmes.choices.applications import ApplicationState as S
from keino.web.programmes.models import Application
from tests.factories.accounts import with_second_factor
from tests.factories.applications import TEXTS, a_team_member, an_application


def client_of(person: Person | None, language: str = "en") -> Client:
    """Somebody's browser, nobody's where there is no person."""
    client = Client()
    client.cookies["keino_language"] = language
    if person is not None:
        if works_at_centre(person) and not Authenticator.objects.filter(user=person).exists():
            with_second_factor(person)
        client.force_login(person)
    return client


def page(name: str, application: Application, **more: Any) -> str:
    """The address of one of an application's pages."""
    place = {"slug": application.organisation.slug, "application": application.public_id, **more}
    return reverse(f"programmes:{name}", kwargs=place)


def mails(template: str) -> list[Mail]:
    """The mails of a template, in the order in which they were asked for."""
    return list(Mail.objects.filter(template=f"programmes/mail/{template}.txt").order_by("pk"))


def tell_interest(town: SimpleNamespace, text: str = "Circular school yards.") -> Application:
    path = reverse("programmes:interest_new", args=[town.organisation.slug, town.edition.slug])
    town.client.post(path, {"interest": text})
    return Application.objects.get()


def first_slot(town: SimpleNamespace, application: Application) -> str:
    answer = town.client.get(page("application_book", application))
    days = answer.context["form"].fields["slot"].choices
    return str(list(days)[1][1][0][0])


def a_whole_draft(town: SimpleNamespace) -> Application:
    """An application with everything in it, held and decided, that only lacks its sending."""
    application = an_application(
        town.edition, town.organisation, state=S.DISCUSSION_HELD, goes_on=True, agrees_to_data=True, **TEXTS
    )
    for number in range(3):
        a_team_member(application, is_responsible=number == 0, role="responsible" if number == 0 else "")
    application.commitments.create(confirmed_at=timezone.now(), confirmed_name="Mirja Johtaja")
    return application

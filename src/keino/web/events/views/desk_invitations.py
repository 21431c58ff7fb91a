"""Who is invited to an event: inviting, and withdrawing one invitation after a question."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from keino.web.base.deeds import done
from keino.web.base.who_asks import the_person
from keino.web.events.choices import EventState
from keino.web.events.forms.desk import InviteForm
from keino.web.events.models import Event
from keino.web.events.queries.desk import to_invite
from keino.web.events.queries.invitations import lose_by
from keino.web.events.services.invitations import invite as invite_to
from keino.web.events.services.withdrawing import withdraw_invitation
from keino.web.events.views.desk import MANAGE, of_desk, page
from keino.web.organisations.pages import permitted_page


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def invite(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """Invite organisations and people; the page shows who is invited already."""
    event = of_desk(request, event_id)
    form = InviteForm(request.POST or None, organisations=to_invite())
    if request.method == "POST" and form.is_valid():
        values, by = form.cleaned_data, the_person(request)
        told = done(
            request,
            lambda: invite_to(event, people=values["addresses"], organisations=values["organisations"], by=by),
        )
        if told is not None:
            messages.success(request, _invited_text(event, told))
            return redirect("events:invite", event_id=event.public_id)
    invited: Any = event.invited.select_related("person", "organisation").order_by("organisation__name_fi", "pk")
    return page(
        request, event, "invite", status=400 if form.errors else 200,
        form=form,
        invited=[each for each in invited if each.withdrawn_at is None],
        withdrawn=[each for each in invited if each.withdrawn_at is not None],
        declined=list(event.declined.select_related("person").order_by("declined_at", "pk")),
        may_withdraw=not event.is_cancelled and not event.is_over(timezone.now()),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permitted_page(MANAGE)
def withdraw(request: HttpRequest, event_id: uuid.UUID, invited_id: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation; the page says who will be told and how many lose a seat."""
    event = of_desk(request, event_id)
    found = event.invited.select_related("event", "person", "organisation")
    invited = get_object_or_404(found, public_id=invited_id)
    if request.method != "POST" and invited.withdrawn_at is None:
        losing = lose_by(invited)
        return page(
            request, event, "withdraw",
            invited=invited,
            told=[each.name for each in losing] if event.state == EventState.ANNOUNCED else [],
            seats=sum(each.seat is not None for each in losing),
        )  # fmt: skip
    if request.method == "POST":
        told = done(request, lambda: withdraw_invitation(invited, by=the_person(request)))
        if told is not None:
            text = _("The invitation is withdrawn.")
            messages.success(request, f"{text} {_on_its_way(told)}" if told else text)
    return redirect("events:invite", event_id=event.public_id)


def _invited_text(event: Event, told: int) -> str:
    if event.state == EventState.DRAFT:
        return _("They are invited when the event is announced.")
    return _on_its_way(told)


def _on_its_way(mails: int) -> str:
    return ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", mails) % {"count": mails}

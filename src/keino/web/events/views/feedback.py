"""Feedback on an event: the questions for those who were there, the answers together for its organiser."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.events.models import Seat
from keino.web.events.queries.feedback import feedback_closes_at, feedback_subject, results_of
from keino.web.events.views.common import seat_page
from keino.web.events.views.desk import MANAGE, of_desk, page
from keino.web.events.views.registration import may_give_feedback
from keino.web.organisations.pages import permitted_page
from keino.web.surveys.form_errors import AnsweredAlready
from keino.web.surveys.forms.of_version import VersionForm, form_of
from keino.web.surveys.models import FormAnswer
from keino.web.surveys.services.form_answers import begin_answer, save_answer, send_answer


@require_http_methods(["GET", "HEAD", "POST"])
@seat_page
def feedback(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """Answer the questions about an event; saved as often as people like, sent once."""
    event = seat.event
    if not may_give_feedback(seat) or event.feedback is None:
        raise Http404
    try:
        answer = begin_answer(event.feedback, respondent=str(seat.public_id), subject=feedback_subject(event))
    except AnsweredAlready:
        return _thanks(request, token)
    if answer.is_sent:
        return _thanks(request, token)
    sends = "send" in request.POST
    form = form_of(event.feedback, request.POST or None, request.FILES or None, answer=answer, whole=sends)
    if request.method == "POST" and form.is_valid() and _kept(form, answer, sends=sends):
        if sends:
            return _thanks(request, token)
        messages.success(request, _("Saved. Send it when you are ready."))
        return redirect("events:feedback", token=token)
    context = {"event": event, "form": form, "token": token, "version": event.feedback, "no_return": True}
    context["until"] = feedback_closes_at(event)
    return render(request, "events/feedback.html", context, status=400 if form.errors else 200)


def _kept(form: VersionForm, answer: FormAnswer, *, sends: bool) -> bool:
    """Save what was written, and send it; False, with the reason in the form, where it couldn't be."""
    try:
        kept = save_answer(
            answer, given=form.given(), files=form.files_sent(), removed=form.removed(), seen=form.seen, by=None
        )
        if sends:
            send_answer(kept, by=None)
    except Conflict:
        answer.refresh_from_db()
        form.show_conflict(answer)
        return False
    except KeinoError as error:
        form.show_error(error)
        return False
    return True


def _thanks(request: HttpRequest, token: str) -> HttpResponse:
    messages.success(request, _("Thank you, your feedback has arrived."))
    return redirect("events:seat", token=token)


@require_safe
@permitted_page(MANAGE)
def results(request: HttpRequest, event_id: uuid.UUID) -> HttpResponse:
    """The answers together, once no more come and there are enough that nobody can be told apart."""
    event = of_desk(request, event_id)
    return page(request, event, "feedback", results=results_of(event) if event.feedback else None)

"""Feedback: the form for everyone, and the desk of those who answer."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keino.errors import KeinoError
from keino.web.about.choices import FeedbackState, FeedbackTopic
from keino.web.about.forms import TRAP, AnswerForm, FeedbackForm
from keino.web.about.models import Feedback
from keino.web.about.queries import feedback_queue
from keino.web.about.services import DAYS_KEPT, DAYS_TO_ANSWER, answer_feedback, close_feedback, receive_feedback
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import person_or_none, the_person
from keino.web.organisations.pages import permitted_page

PER_PAGE = 30


def feedback(request: HttpRequest) -> HttpResponse:
    """Write to those who run the site."""
    if request.method != "POST":
        return _form(request, FeedbackForm(initial=_initial(request)))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=400)
    values = form.cleaned_data
    try:
        kept = receive_feedback(
            key=values["key"],
            topic=values["topic"],
            text=values["text"],
            page=values["page"],
            email=values["email"],
            language=(get_language() or "fi")[:2],
            by=person_or_none(request),
        )
    except KeinoError as error:
        form.add_error(None, said(as_data(error)))
        return _form(request, form, status=429)
    return redirect("about:feedback_sent", public_id=kept.public_id)


def _initial(request: HttpRequest) -> dict[str, object]:
    topic = request.GET.get("topic", "")
    return {
        "key": uuid.uuid4(),
        "topic": topic if topic in FeedbackTopic.values else FeedbackTopic.ACCESSIBILITY,
        "page": request.GET.get("page", "")[:300],
        "email": request.user.email if request.user.is_authenticated else "",
    }


def _form(request: HttpRequest, form: FeedbackForm, status: int = 200) -> HttpResponse:
    return render(
        request,
        "about/feedback.html",
        {"form": form, "trap": TRAP, "days": DAYS_TO_ANSWER, "kept_days": DAYS_KEPT},
        status=status,
    )


def feedback_sent(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """A receipt: until when an answer comes. Nothing of the message is shown, for the address may be seen by others."""
    return render(request, "about/feedback_sent.html", {"feedback": get_object_or_404(Feedback, public_id=public_id)})


@permitted_page("about.answer_feedback")
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, by its last day; what has ended."""
    state = request.GET.get("state", FeedbackState.OPEN)
    if state not in FeedbackState.values:
        state = FeedbackState.OPEN
    page = Paginator(feedback_queue(state), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "about/desk.html", {"page_obj": page, "state": state, "states": FeedbackState.choices})


@permitted_page("about.answer_feedback")
def answer(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Read one message and answer it, or close it."""
    found = get_object_or_404(Feedback.objects.select_related("ended_by"), public_id=public_id)
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        text, version = form.cleaned_data["answer"], form.cleaned_data["version"]
        try:
            if "close" in request.POST:
                close_feedback(found, reason=text, seen_version=version, by=the_person(request))
            else:
                answer_feedback(found, answer=text, seen_version=version, by=the_person(request))
        except KeinoError as error:
            form.add_error(None, said(as_data(error)))
        else:
            messages.success(request, _("Done. The message has left the list of those that wait."))
            return redirect("about:desk_feedback")
    status = 400 if request.method == "POST" else 200
    return render(request, "about/answer.html", {"feedback": found, "form": form}, status=status)

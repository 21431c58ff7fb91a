"""A respondent's pages: the questions, and taking one's answers back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.surveys.forms.answers import AnswerForm
from keino.web.surveys.queries.rounds import sheet_of
from keino.web.surveys.services.sheets import keep_answers, take_back
from keino.web.surveys.views.common import page, round_of, show_error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("surveys.answer")
def answer(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """The questions with one's own answers so far. "draft" keeps them without letting them count."""
    asked, today = round_of(organisation, round_id), timezone.localdate()
    is_open = asked.is_collecting and asked.opens_on <= today <= asked.closes_on
    sheet = sheet_of(asked, the_person(request))
    is_sent = sheet is not None and sheet.is_sent
    send = is_sent or "draft" not in request.POST
    form = AnswerForm(request.POST or None, round_=asked, sheet=sheet, whole=send)
    if request.method == "POST" and form.is_valid():
        try:
            keep_answers(
                round_=asked,
                group=form.group(),
                answers=form.answers(),
                send=send,
                seen=form.cleaned_data["version"],
                today=today,
                by=the_person(request),
            )
        except KeinoError as error:
            show_error(form, error, version=sheet.version if sheet else 0)
        else:
            if not send:
                messages.success(request, _("Your draft is saved. It doesn't count before you send it."))
                return redirect("surveys:answer", slug=organisation.slug, round_id=asked.public_id)
            messages.success(request, _("Thank you: your answers count. You can change them until the round closes."))
            return redirect("surveys:round", slug=organisation.slug, round_id=asked.public_id)
    context = page(organisation, round=asked, form=form, is_open=is_open, is_sent=is_sent, has_sheet=sheet is not None)
    return render(request, "surveys/answer.html", context, status=422 if form.is_bound else 200)


@require_POST
@organisation_page("surveys.answer")
def answer_back(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """Take one's answers back."""
    asked = round_of(organisation, round_id)
    try:
        take_back(round_=asked, today=timezone.localdate(), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    else:
        messages.success(request, _("Your answers are deleted. You can answer again until the round closes."))
    return redirect("surveys:round", slug=organisation.slug, round_id=asked.public_id)

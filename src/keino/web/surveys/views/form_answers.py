"""Forms that an organisation is asked to answer: the list, the questions, a look before sending, what was sent."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keino.domain.questionnaires.answers import missing
from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.surveys.answer_words import answer_rows
from keino.web.surveys.downloads import file_response
from keino.web.surveys.forms.of_version import VersionForm, form_of
from keino.web.surveys.models import Attachment, FormAnswer, StudyRound
from keino.web.surveys.queries.studies import Asked, answer_to, asked_of, is_open
from keino.web.surveys.services.study_answers import begin_study_answer, save_study_answer, send_study_answer
from keino.web.surveys.texts import in_reader_language

MAY = "surveys.answer"
PER_PAGE = 50


@require_safe
@organisation_page(MAY)
def forms_to_answer(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Studies that are open to this organisation, and what it answered before."""
    found = asked_of(organisation, the_person(request), timezone.localdate())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"organisation": organisation, "step": "forms", "page_obj": page, "today": timezone.localdate()}
    return render(request, "surveys/forms_to_answer.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page(MAY)
def form_answer(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """The questions with what was answered so far; once sent, the answers."""
    asked = _asked(request, organisation, round_id)
    round_, today = asked.round, timezone.localdate()
    if asked.is_answered or not is_open(round_, today):
        return _as_it_stands(request, organisation, asked)
    answer = asked.answer or FormAnswer(form_version=round_.form_version, version=0)
    whole = "draft" not in request.POST
    form = form_of(
        round_.form_version,
        request.POST or None,
        request.FILES or None,
        answer=answer,
        whole=whole,
        attachment_url=_file_url(organisation, round_),
    )
    if request.method == "POST" and form.is_valid() and _save(request, form, round_, organisation):
        if whole:
            return redirect("surveys:form_check", slug=organisation.slug, round_id=round_id)
        messages.success(request, _("Your draft is saved. It doesn't count before you send it."))
        return redirect("surveys:form_answer", slug=organisation.slug, round_id=round_id)
    context = {
        "organisation": organisation,
        "step": "forms",
        "round": round_,
        "form_version": round_.form_version,
        "form": form,
        "answer": asked.answer,
    }
    return render(request, "surveys/form_answer.html", context, status=422 if form.is_bound else 200)


def _save(request: HttpRequest, form: VersionForm, round_: StudyRound, organisation: Organisation) -> bool:
    """Keep what was written; else say why not, with all that was typed still in the form."""
    person, today = the_person(request), timezone.localdate()
    try:
        answer = begin_study_answer(round_=round_, about=organisation, today=today, by=person)
        save_study_answer(
            round_=round_,
            answer=answer,
            given=form.given(),
            files=form.files_sent(),
            removed=form.removed(),
            seen=form.seen or 1,  # who saw no answer at all saw what beginning one makes
            today=today,
            by=person,
        )
    except Conflict:
        form.show_conflict(FormAnswer.objects.get(pk=answer.pk))
        return False
    except KeinoError as error:
        form.show_error(error)
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page(MAY)
def form_check(request: HttpRequest, organisation: Organisation, round_id: UUID) -> HttpResponse:
    """The answers as they would be sent, and the button that sends them."""
    asked = _asked(request, organisation, round_id)
    round_, answer, today = asked.round, asked.answer, timezone.localdate()
    if asked.is_answered or answer is None or not is_open(round_, today):
        return redirect("surveys:form_answer", slug=organisation.slug, round_id=round_id)
    if request.method == "POST":
        try:
            send_study_answer(round_=round_, answer=answer, today=today, by=the_person(request))
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(request, _("Thank you: the answers are sent."))
        return redirect("surveys:form_answer", slug=organisation.slug, round_id=round_id)
    context = {
        "organisation": organisation,
        "step": "forms",
        "round": round_,
        "rows": list(answer_rows(answer)),
        "missing": [in_reader_language(each.text) for each in missing(round_.form_version.asked, answer.answers)],
        "files_url": _files(organisation, round_),
    }
    return render(request, "surveys/form_check.html", context)


@require_safe
@organisation_page(MAY)
def form_file(request: HttpRequest, organisation: Organisation, round_id: UUID, file_id: UUID) -> HttpResponse:
    """A file that was sent with one's own answer."""
    asked = _asked(request, organisation, round_id)
    if asked.answer is None:
        raise Http404
    return file_response(get_object_or_404(Attachment, answer=asked.answer, public_id=file_id))


def _as_it_stands(request: HttpRequest, organisation: Organisation, asked: Asked) -> HttpResponse:
    """What was sent, or that nothing can be sent now. Who comes too late keeps their draft to look at."""
    context = {
        "organisation": organisation,
        "step": "forms",
        "round": asked.round,
        "asked": asked,
        "rows": list(answer_rows(asked.answer)) if asked.answer else [],
        "files_url": _files(organisation, asked.round),
    }
    is_late = request.method == "POST"
    return render(request, "surveys/form_as_it_stands.html", context, status=422 if is_late else 200)


def _asked(request: HttpRequest, organisation: Organisation, round_id: UUID) -> Asked:
    rows = StudyRound.objects.select_related("study__organisation", "form_version__form__organisation")
    return answer_to(get_object_or_404(rows, public_id=round_id), organisation, the_person(request))


def _files(organisation: Organisation, round_: StudyRound) -> str:
    return reverse("surveys:form_answer", args=[organisation.slug, round_.public_id]) + "files/"


def _file_url(organisation: Organisation, round_: StudyRound):  # type: ignore[no-untyped-def]  # the form says what it is
    return lambda attachment: f"{_files(organisation, round_)}{attachment.public_id}/"

"""An assignment as one organisation does it: writing, handing in, the mentor's feedback, every version."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import Conflict, as_data, said
from keino.web.base.templatetags.keino import moment
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.assignments import WRITTEN_ON, WorkState
from keino.web.cohorts.forms.works import JudgeForm, WorkFileForm, WorkForm
from keino.web.cohorts.models import Participation, Work, WorkVersion
from keino.web.cohorts.queries.due import of_work
from keino.web.cohorts.services.works import answer_of, hand_in, judge_work, save_draft
from keino.web.cohorts.views.common import frame, space_page, to_page, url_of
from keino.web.organisations.views.editing import saved
from keino.web.programmes.choices import Act
from keino.web.programmes.errors.editions import NotInCalendar
from keino.web.programmes.not_now import not_now
from keino.web.surveys.answer_words import answer_rows
from keino.web.surveys.forms.of_version import VersionForm, form_of
from keino.web.surveys.services.form_answers import save_answer

if TYPE_CHECKING:
    from keino.web.surveys.models import Attachment, FormAnswer


def one_work(participation: Participation, key: UUID) -> Work:
    """A work of this participation, or 404."""
    found = Work.objects.select_related("assignment__form_version__form")
    work = get_object_or_404(found, participation=participation, public_id=key)
    work.participation = participation
    return work


def may_write(request: HttpRequest, work: Work) -> bool:
    """Whether the reader can write on the draft now."""
    return (
        work.participation.is_active
        and work.state in WRITTEN_ON
        and work.assignment.withdrawn_at is None
        and the_person(request).has_perm("cohorts.work", work.participation.organisation)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.see")
def work(request: HttpRequest, participation: Participation, work: UUID) -> HttpResponse:
    """What is to be done, our answer, what the mentor said, the versions."""
    found = one_work(participation, work)
    if request.method == "POST" and not the_person(request).has_perm("cohorts.work", participation.organisation):
        raise PermissionDenied
    if found.assignment.form_version_id and may_write(request, found):
        return _questions(request, found)
    form = WorkForm(request.POST or None, thing=found)
    if request.method == "POST":
        done = saved(request, form, lambda: _save(request, found, form))
        if done is not None:
            return done
    return work_page(request, found, form if may_write(request, found) or form.is_bound else None)


def _save(request: HttpRequest, work: Work, form: WorkForm) -> HttpResponse:
    """Keep the draft, or hand it in where that button was pressed."""
    text, seen = form.cleaned_data["draft"], form.version_seen
    if "hand_in" in request.POST:
        try:
            hand_in(work, text, by=the_person(request), seen=seen)
        except NotInCalendar as error:
            save_draft(work, text, by=the_person(request), seen=seen)
            return _kept_as_draft(request, work, error)
        return _handed_in(request, work)
    save_draft(work, text, by=the_person(request), seen=seen)
    messages.success(request, _("Saved. Nothing is sent until you hand it in."))
    return to_page(work.participation, "work", work=work.public_id)


def _kept_as_draft(request: HttpRequest, work: Work, error: NotInCalendar) -> HttpResponse:
    """The calendar takes nothing now: what was written waits on the page."""
    messages.error(request, f"{said(as_data(error))} {_('What you wrote is kept as a draft.')}")
    return to_page(work.participation, "work", work=work.public_id)


def _handed_in(request: HttpRequest, work: Work) -> HttpResponse:
    work.refresh_from_db()
    if work.was_late:
        messages.warning(
            request,
            _("Handed in, after {moment}. That is late, but your mentor has it all the same.").format(
                moment=moment(work.assignment.due_at)
            ),
        )
    else:
        messages.success(request, _("Handed in. Your mentor reads it next; you get a mail when there is feedback."))
    return to_page(work.participation, "work", work=work.public_id)


# ---- answers to a form's questions


def _questions(request: HttpRequest, work: Work) -> HttpResponse:
    """The questions of the assignment's form; several people write on one answer."""
    version = work.assignment.form_version
    assert version is not None
    answer = answer_of(work, by=the_person(request))
    is_sent = request.method == "POST"
    wants_to_hand_in = "hand_in" in request.POST
    form = form_of(
        version,
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        answer=answer,
        whole=wants_to_hand_in,
        attachment_url=_attachment_url(work),
    )
    if is_sent and form.is_valid():
        try:
            return _save_answer(request, work, answer, form, wants_to_hand_in)
        except Conflict:
            answer.refresh_from_db()
            form.show_conflict(answer)
        except KeinoError as error:
            form.show_error(error)
    return work_page(request, work, form, template="cohorts/space/work_questions.html")


def _save_answer(
    request: HttpRequest, work: Work, answer: FormAnswer, form: VersionForm, wants_to_hand_in: bool
) -> HttpResponse:
    kept = save_answer(
        answer,
        given=form.given(),
        files=form.files_sent(),
        removed=form.removed(),
        seen=form.seen,
        by=the_person(request),
    )
    if wants_to_hand_in:
        try:
            hand_in(work, "", by=the_person(request), seen=work.version, answer=kept)
        except NotInCalendar as error:
            return _kept_as_draft(request, work, error)
        return _handed_in(request, work)
    save_draft(work, "", by=the_person(request), seen=work.version)
    messages.success(request, _("Saved. Nothing is sent until you hand it in."))
    return to_page(work.participation, "work", work=work.public_id)


def _attachment_url(work: Work) -> Callable[[Attachment], str]:
    return lambda attachment: url_of(
        work.participation, "work_attachment", work=work.public_id, attachment=attachment.public_id
    )


# ---- the page


def work_page(
    request: HttpRequest,
    work: Work,
    form: WorkForm | VersionForm | None,
    *,
    template: str = "cohorts/space/work.html",
    judged: JudgeForm | None = None,
    filed: WorkFileForm | None = None,
) -> HttpResponse:
    """The page of a work with what is being written on it; ``judged``, ``filed``: what must be mended."""
    now = timezone.now()
    context = frame(request, work.participation)
    versions = list(work.versions.select_related("submitted_by", "judged_by", "form_answer__form_version"))
    waits = context["may_guide"] and work.state == WorkState.SUBMITTED
    context |= {
        "work": work,
        "due": of_work(work, now),
        "form": form,
        "not_now": not_now(work.participation.edition, Act.HAND_IN) if form is not None else "",
        "file_form": (filed or WorkFileForm()) if form is not None and not work.assignment.form_version_id else None,
        "files": [each for each in work.files.all() if each.is_in_draft],
        "versions": versions,
        "judge_form": judged or (_judge_form(None, versions[0].number) if waits and versions else None),
        "handed_in": _handed_in_as(work, versions[0]) if waits and versions else None,
    }
    is_wrong = judged is not None or filed is not None or (form is not None and form.is_bound and bool(form.errors))
    return render(request, template, context, status=422 if is_wrong else 200)


def _handed_in_as(work: Work, one: WorkVersion) -> dict[str, Any]:
    """A version as it was handed in: its text or its answers to a form, and its files."""
    return {
        "version": one,
        "files": list(one.files.all()),
        "answers": list(answer_rows(one.form_answer)) if one.form_answer else [],
        "answers_url": url_of(work.participation, "work", work=work.public_id) + "answers/",
    }


def _judge_form(data: Any, number: int) -> JudgeForm:
    return JudgeForm(data, accept=_("Accept it"), give_back=_("Return it to be written on"), initial={"number": number})


@require_POST
@space_page("cohorts.guide")
def judge(request: HttpRequest, participation: Participation, work: UUID) -> HttpResponse:
    """Accept the newest version, or return it with feedback."""
    found = one_work(participation, work)
    form = _judge_form(request.POST, 0)
    if form.is_valid():
        given = form.cleaned_data
        try:
            judge_work(
                found,
                number=given["number"],
                verdict=given["verdict"],
                feedback=given["feedback"],
                by=the_person(request),
            )
        except KeinoError as error:
            field = getattr(error, "field", "")
            if field not in form.fields:
                tell(request, error)
                return to_page(participation, "work", work=found.public_id)
            form.add_error(field, said(as_data(error)))
        else:
            messages.success(request, _("Your feedback is kept, and the organisation gets a mail."))
            return to_page(participation, "work", work=found.public_id)
    return work_page(request, found, None, judged=form)


@require_safe
@space_page("cohorts.see")
def version(request: HttpRequest, participation: Participation, work: UUID, number: int) -> HttpResponse:
    """One version as it was handed in, with what was said of it."""
    found = one_work(participation, work)
    one = get_object_or_404(
        WorkVersion.objects.select_related("submitted_by", "judged_by", "form_answer__form_version"),
        work=found,
        number=number,
    )
    context = frame(request, participation) | {"work": found} | _handed_in_as(found, one)
    return render(request, "cohorts/space/work_version.html", context)

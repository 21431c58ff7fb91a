"""A deliverable: the live document, what was handed in, the mentor's feedback, comments, sharing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.errors import as_data, said
from keino.web.base.who_asks import the_person
from keino.web.cohorts.choices.deliverables import DeliverableKind, DeliverableState
from keino.web.cohorts.forms.deliverables import HandInForm, SaidForm
from keino.web.cohorts.forms.works import JudgeForm
from keino.web.cohorts.models import Deliverable, Participation, Submission
from keino.web.cohorts.queries.documents import changed_since, document_of, name_of, reference_words
from keino.web.cohorts.queries.due import of_deliverable
from keino.web.cohorts.queries.pilots import pilot_of
from keino.web.cohorts.services.deliverables import (
    comment_deliverable,
    hand_in_deliverable,
    judge_deliverable,
    share_deliverable,
)
from keino.web.cohorts.views.common import frame, space_page, to_page
from keino.web.organisations.forms.fields import refuse
from keino.web.programmes.choices import Act
from keino.web.programmes.errors.editions import NotInCalendar
from keino.web.programmes.not_now import not_now

PER_PAGE = 25


def one_deliverable(participation: Participation, key: UUID) -> Deliverable:
    """A deliverable of this participation with its document, or 404."""
    linked = ("wanted", "category_plan", "procurement__market_dialogue", "development_plan", "shared")
    found = Deliverable.objects.select_related(*linked)
    deliverable = get_object_or_404(found, participation=participation, public_id=key)
    deliverable.participation = participation
    return deliverable


@require_safe
@space_page("cohorts.see")
def deliverable(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Where the document lives and stands now, what was handed in of it, what was said."""
    return deliverable_page(request, one_deliverable(participation, deliverable))


def deliverable_page(
    request: HttpRequest,
    found: Deliverable,
    *,
    handed: HandInForm | None = None,
    judged: JudgeForm | None = None,
    said_form: SaidForm | None = None,
) -> HttpResponse:
    """The page, with a form that must be mended where there is one."""
    context = frame(request, found.participation)
    submissions = list(found.submissions.select_related("submitted_by", "judged_by"))
    for each in submissions:
        each.deliverable = found
    newest = submissions[0] if submissions else None
    document = document_of(found)
    is_pilot = found.kind == DeliverableKind.PILOT_PROCUREMENT and found.procurement is not None
    waits = context["may_guide"] and found.state == DeliverableState.SUBMITTED
    can_be_sent = found.state != DeliverableState.SUBMITTED and document is not None and not document.is_empty
    may_send = context["may_work"] and can_be_sent
    why_not = not_now(found.participation.edition, Act.HAND_IN) if may_send else ""
    comments = found.comments.select_related("author").order_by("-written_at", "-pk")
    context |= {
        "deliverable": found,
        "name": name_of(found),
        "due": of_deliverable(found, timezone.now()),
        "document": document,
        "pilot": pilot_of(found) if is_pilot else None,
        "submissions": [{"submission": each, "which": reference_words(each)} for each in submissions],
        "newest": newest,
        "changes": changed_since(newest) if newest else [],
        "must_choose": _must_choose(found),
        "hand_in_form": handed or (HandInForm(thing=found) if may_send and not why_not else None),
        "not_now": why_not if handed is None else "",
        "judge_form": judged or (_judge_form(None, newest) if waits and newest else None),
        "page_obj": Paginator(comments, PER_PAGE).get_page(request.GET.get("page")),
        "said_form": said_form or SaidForm(),
    }
    status = 422 if handed or judged or said_form else 200
    return render(request, "cohorts/space/deliverable.html", context, status=status)


def _must_choose(found: Deliverable) -> bool:
    """Whether the document is still to be chosen (once something was handed in, it stays)."""
    kind = DeliverableKind(found.kind)
    is_open = found.state == DeliverableState.OPEN
    if kind == DeliverableKind.CATEGORY_PLAN:
        return is_open and found.category_plan is None
    return kind == DeliverableKind.PILOT_PROCUREMENT and is_open and found.procurement is None


@require_POST
@space_page("cohorts.work")
def hand_in(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Hand the document as it is now to the mentor."""
    found = one_deliverable(participation, deliverable)
    form = HandInForm(request.POST, thing=found)
    if form.is_valid():
        try:
            hand_in_deliverable(found, words=form.cleaned_data["words"], by=the_person(request), seen=form.version_seen)
        except NotInCalendar as error:  # the words for the mentor stay on the page
            refuse(form, error)
            return deliverable_page(request, found, handed=form)
        except KeinoError as error:
            tell(request, error)
        else:
            messages.success(
                request, _("Handed in as it stands now. You can go on writing: the mentor sees which version this was.")
            )
    else:  # the words for the mentor are too long: they stay on the page
        return deliverable_page(request, found, handed=form)
    return to_page(participation, "deliverable", deliverable=found.public_id)


def _judge_form(data: Any, newest: Submission | None) -> JudgeForm:
    return JudgeForm(
        data,
        accept=_("Approve it"),
        give_back=_("Return it to be written on"),
        initial={"number": newest.number if newest else 0},
    )


@require_POST
@space_page("cohorts.guide")
def judge(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Approve what was handed in, or return it with feedback."""
    found = one_deliverable(participation, deliverable)
    form = _judge_form(request.POST, None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            judge_deliverable(
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
                return to_page(participation, "deliverable", deliverable=found.public_id)
            form.add_error(field, said(as_data(error)))
        else:
            messages.success(request, _("Your feedback is kept, and the organisation gets a mail."))
            return to_page(participation, "deliverable", deliverable=found.public_id)
    return deliverable_page(request, found, judged=form)


@require_POST
@space_page("cohorts.see")
def comment(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Say something of the deliverable."""
    found = one_deliverable(participation, deliverable)
    form = SaidForm(request.POST)
    if not form.is_valid():
        return deliverable_page(request, found, said_form=form)
    comment_deliverable(found, form.cleaned_data["text"], by=the_person(request), key=form.cleaned_data["key"])
    return to_page(participation, "deliverable", "comments", deliverable=found.public_id)


@require_POST
@space_page("cohorts.work")
def share(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """Let the other participants read a submission, or no longer."""
    found = one_deliverable(participation, deliverable)
    if not participation.is_in_cohort:
        raise PermissionDenied
    wanted = request.POST.get("submission", "")
    submission = get_object_or_404(Submission, deliverable=found, number=wanted) if wanted.isdecimal() else None
    share_deliverable(found, submission, by=the_person(request))
    messages.success(
        request,
        _("The other participants can read this version now.")
        if submission
        else _("The other participants can't read it any more."),
    )
    return to_page(participation, "deliverable", deliverable=found.public_id)

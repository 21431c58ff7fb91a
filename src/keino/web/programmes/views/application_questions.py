"""The edition's own questions: answered by the applicant, chosen at the desk; files that were sent as answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from keino.errors import KeinoError
from keino.web.base.errors import Conflict
from keino.web.base.who_asks import the_person
from keino.web.organisations.models import Organisation
from keino.web.organisations.pages import organisation_page
from keino.web.organisations.views.editing import saved
from keino.web.programmes.edition_pages import edition_page
from keino.web.programmes.forms.applications import QuestionsForm
from keino.web.programmes.models import Application, Edition
from keino.web.programmes.queries.application_questions import attached, is_personal, nameless, questions_of
from keino.web.programmes.queries.selection import is_interviewer, is_reviewer
from keino.web.programmes.queries.ties import is_barred
from keino.web.programmes.services.applications.texts import answer_questions, begin_answering, choose_questions
from keino.web.programmes.views.application_common import of_organisation, to_application, url_of
from keino.web.surveys.downloads import file_response
from keino.web.surveys.forms.of_version import form_of


@require_http_methods(["GET", "HEAD", "POST"])
@organisation_page("programmes.apply")
def application_questions(request: HttpRequest, organisation: Organisation, application: UUID) -> HttpResponse:
    """Answer the programme's own questions; what is half answered can be saved, too."""
    found, by = of_organisation(organisation, application), the_person(request)
    if not found.is_writable:
        return to_application(found)
    answer = begin_answering(found, by=by)
    if answer is None:
        raise Http404
    form = form_of(
        answer.form_version,
        request.POST or None,
        request.FILES or None,
        answer=answer,
        attachment_url=lambda each: url_of(found, "application_file", file_id=each.public_id),
    )
    if request.method == "POST" and form.is_valid():
        try:
            answer_questions(
                found,
                answer,
                given=form.given(),
                files=form.files_sent(),
                removed=form.removed(),
                seen=form.seen,
                by=by,
            )
        except Conflict:
            answer.refresh_from_db()
            form.show_conflict(answer)
        except KeinoError as error:
            form.show_error(error)
        else:
            messages.success(request, _("Saved as a draft."))
            return to_application(found)
    context = {
        "organisation": organisation,
        "step": "programme",
        "application": found,
        "version": answer.form_version,
        "form": form,
        "cancel_url": url_of(found),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/questions.html", context, status=status)


@require_safe
@organisation_page("programmes.see")
def application_file(
    request: HttpRequest, organisation: Organisation, application: UUID, file_id: UUID
) -> HttpResponse:
    """A file that the organisation sent as an answer."""
    found = of_organisation(organisation, application)
    return file_response(get_object_or_404(attached(found), public_id=file_id))


@require_safe
@edition_page("programmes.see_edition")
def desk_application_file(request: HttpRequest, edition: Edition, application: UUID, file_id: UUID) -> HttpResponse:
    """The same for who sees all applications of the edition, and for who scores this one or interviews its applicant.

    Who scores and isn't to see who applies gets it without its name, and none that holds personal data.
    """
    person = the_person(request)
    known = Application.objects.select_related("organisation")
    found = get_object_or_404(known, edition=edition, public_id=application)
    knows = person.has_perm("programmes.see_applications", edition) or is_interviewer(person, found)
    if not (knows or is_reviewer(person, found)) or is_barred(person, found):
        raise PermissionDenied
    there = get_object_or_404(attached(found).select_related("answer__form_version"), public_id=file_id)
    if knows or not edition.hides_applicants:
        return file_response(there)
    if is_personal(there):
        raise PermissionDenied
    return file_response(there, name=nameless(there))


@require_http_methods(["GET", "HEAD", "POST"])
@edition_page("programmes.manage_edition")
def desk_application_questions(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Choose the form that the edition asks with the application."""
    by = the_person(request)
    form = QuestionsForm(request.POST or None, initial={"form_version": questions_of(edition)})

    def choose() -> bool:
        choose_questions(edition, form.cleaned_data["form_version"], by=by)
        return True

    if saved(request, form, choose):
        messages.success(request, _("Saved."))
        return redirect("programmes:desk_applications", edition=edition.slug)
    context = {
        "edition": edition,
        "form": form,
        "title": _("The programme's own questions"),
        "button": pgettext("button", "Save"),
        "cancel_url": reverse("programmes:desk_applications", args=[edition.slug]),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "programmes/applications/desk_form.html", context, status=status)

"""Files of an answer: put to the draft, taken out, downloaded."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keino.errors import KeinoError
from keino.web.base.deeds import tell
from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.works import WorkFileForm, WorkForm
from keino.web.cohorts.models import Participation, Work, WorkFile
from keino.web.cohorts.services.works import add_file, take_out_file
from keino.web.cohorts.views.common import space_page, to_page
from keino.web.cohorts.views.works import may_write, one_work, work_page
from keino.web.organisations.forms.fields import refuse
from keino.web.surveys.models import Attachment


@require_POST
@space_page("cohorts.work")
def add(request: HttpRequest, participation: Participation, work: UUID) -> HttpResponse:
    """Put a file to the draft."""
    found = one_work(participation, work)
    form = WorkFileForm(request.POST, request.FILES)
    takes_files = may_write(request, found) and not found.assignment.form_version_id
    if form.is_valid():
        try:
            add_file(found, form.cleaned_data["file"], by=the_person(request))
        except KeinoError as error:
            if not takes_files:
                tell(request, error)
            refuse(form, error)
        else:
            messages.success(request, _("The file is added."))
    if form.errors and takes_files:
        return work_page(request, found, WorkForm(thing=found), filed=form)
    return to_page(participation, "work", "files", work=found.public_id)


@require_POST
@space_page("cohorts.work")
def take_out(request: HttpRequest, participation: Participation, work: UUID, file: UUID) -> HttpResponse:
    """Take a file out of the draft."""
    found = one_work(participation, work)
    try:
        take_out_file(_file(found, file), by=the_person(request))
    except KeinoError as error:
        tell(request, error)
    return to_page(participation, "work", "files", work=found.public_id)


@require_safe
@space_page("cohorts.see")
def file(request: HttpRequest, participation: Participation, work: UUID, file: UUID) -> HttpResponse:
    """Download a file of an answer; browsers never open it as a page of ours."""
    found = _file(one_work(participation, work), file)
    return _download(found.stored_as, found.name)


@require_safe
@space_page("cohorts.see")
def attachment(request: HttpRequest, participation: Participation, work: UUID, attachment: UUID) -> HttpResponse:
    """Download a file sent as the answer to a form's question."""
    found = one_work(participation, work)
    answers = Attachment.objects.filter(answer__subject__startswith=f"work:{found.public_id}:")
    one = get_object_or_404(answers, public_id=attachment)
    return _download(one.stored_as, one.name)


def _file(work: Work, key: UUID) -> WorkFile:
    found = get_object_or_404(WorkFile, work=work, public_id=key)
    found.work = work
    return found


def _download(stored_as: str, name: str) -> HttpResponse:
    if not default_storage.exists(stored_as):
        raise Http404
    answer = FileResponse(
        default_storage.open(stored_as), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    return cast("HttpResponse", answer)  # a response like any other to those who pass it on

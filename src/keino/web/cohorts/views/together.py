"""What all participants of an edition share: who is in, contacts of those who agreed, materials, shared documents."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keino.web.base.who_asks import the_person
from keino.web.cohorts.forms.team import MaterialForm
from keino.web.cohorts.models import Participation, SharedMaterial
from keino.web.cohorts.queries.documents import name_of, parts_of
from keino.web.cohorts.queries.together import cohort_of, materials_of_edition, shared_documents
from keino.web.cohorts.services.materials import share_material, take_back_material
from keino.web.cohorts.views.common import frame, require_in_cohort, space_page, to_page
from keino.web.plans.views.document_pages import with_links

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
@space_page("cohorts.see")
def together(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Who is in, what is shared; something is shared."""
    require_in_cohort(participation)
    may_share = the_person(request).has_perm("cohorts.work", participation.organisation)
    if request.method == "POST" and not may_share:
        raise PermissionDenied
    form = MaterialForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        share_material(participation.edition, participation=participation, by=the_person(request), **form.cleaned_data)
        messages.success(request, _("Everybody in the programme can see it now."))
        return to_page(participation, "together")
    context = frame(request, participation) | {
        "cohort": cohort_of(participation.edition),
        "documents": [{"deliverable": each, "name": name_of(each)} for each in shared_documents(participation.edition)],
        "page_obj": Paginator(materials_of_edition(participation.edition), PER_PAGE).get_page(request.GET.get("page")),
        "form": form if may_share else None,
        "may_share": may_share,
    }
    is_wrong = form.is_bound and form.errors
    return render(request, "cohorts/space/together.html", context, status=422 if is_wrong else 200)


@require_safe
@space_page("cohorts.see")
def document(request: HttpRequest, participation: Participation, deliverable: UUID) -> HttpResponse:
    """A document that another participant shared, as it was handed in."""
    require_in_cohort(participation)
    found = get_object_or_404(shared_documents(participation.edition), public_id=deliverable)
    assert found.shared is not None
    context = frame(request, participation) | {
        "shared": found,
        "name": name_of(found),
        "submission": found.shared,
        "parts": with_links(parts_of(found.shared), None),
    }
    return render(request, "cohorts/space/together_document.html", context)


@require_POST
@space_page("cohorts.work")
def take_back(request: HttpRequest, participation: Participation, material: UUID) -> HttpResponse:
    """Stop sharing what one's own organisation shared."""
    found = SharedMaterial.objects.filter(participation=participation, public_id=material).first()
    if found is not None:
        take_back_material(found, by=the_person(request))
    return to_page(participation, "together")

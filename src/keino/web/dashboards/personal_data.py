"""What the dashboards hold of people: who made a link or asked for a file."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from keino.web.base.models import Person
from keino.web.base.personal_data import Register, registered
from keino.web.dashboards.models import Export, ShareLink
from keino.web.dashboards.services.exports import forget_exports


def _export(person: Person) -> dict[str, Any]:
    links = ShareLink.objects.filter(created_by=person).select_related("organisation").order_by("pk")
    files = Export.objects.filter(asked_by=person).select_related("run__organisation").order_by("pk")
    return {
        "links": [
            {
                "organisation": str(link.organisation),
                "shows": link.kind,
                "note": link.note,
                "made_at": link.created_at.isoformat(),
                "expires_at": link.expires_at.isoformat(),
            }
            for link in links
        ],
        "files": [
            {"organisation": str(each.run.organisation), "format": each.format, "asked_at": each.created_at.isoformat()}
            for each in files.defer("run__result", "run__manifest")
        ],
    }


def _erase(person: Person) -> None:
    """Links and files are the organisation's and stay; whose hand they are from is forgotten."""
    ShareLink.objects.filter(created_by=person).update(created_by=None)
    ShareLink.objects.filter(revoked_by=person).update(revoked_by=None)
    Export.objects.filter(asked_by=person).update(asked_by=None)


registered(
    Register(
        key="dashboards",
        title=_("Links to results and files made of them"),
        purpose=_("To know who shared a result or asked for a file, so that the organisation can ask and revoke."),
        legal_ground=_("Performance of a task carried out in the public interest"),
        kept_for=_("Links as long as the organisation uses the site; files for seven days."),
        columns=(
            "dashboards.ShareLink.created_by",
            "dashboards.ShareLink.revoked_by",
            "dashboards.ShareLink.note",
            "dashboards.Export.asked_by",
            "dashboards.Export.query",
        ),
        export=_export,
        erase=_erase,
        stays=_("The organisation's links and files, without who made them."),
        retire=forget_exports,
    )
)

"""Lists of jobs and mail: paged and sorted in the database."""

from __future__ import annotations

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keino.web.base.models import Job, Mail


class JobTable(tables.Table):
    """Background work."""

    kind = tables.Column(linkify=("operations:desk_job", {"public_id": tables.A("public_id")}), verbose_name=_("Work"))
    state = tables.Column(verbose_name=_("State"))
    attempts = tables.Column(verbose_name=_("Attempts"))
    created_at = tables.DateTimeColumn(verbose_name=_("Asked for"))
    ended_at = tables.DateTimeColumn(verbose_name=_("Ended"))

    class Meta:
        model = Job
        fields = ("kind", "state", "attempts", "created_at", "ended_at")
        order_by = "-created_at"
        empty_text = _("No work of this kind.")


class MailTable(tables.Table):
    """Mail."""

    template = tables.Column(
        linkify=("operations:desk_mail", {"public_id": tables.A("public_id")}),
        verbose_name=pgettext_lazy("mail", "Mail"),
    )
    state = tables.Column(verbose_name=_("State"))
    attempts = tables.Column(verbose_name=_("Attempts"))
    created_at = tables.DateTimeColumn(verbose_name=_("Asked for"))
    sent_at = tables.DateTimeColumn(verbose_name=_("Sent"))

    class Meta:
        model = Mail
        fields = ("template", "state", "attempts", "created_at", "sent_at")
        order_by = "-created_at"
        empty_text = _("No mail in this state.")

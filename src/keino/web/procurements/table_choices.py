"""Tables that can be sent in a file, and how far they are."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TableKind(TextChoices):
    """What the rows of a table are."""

    CONTRACTS = "contracts", _("Contracts")
    PROCUREMENTS = "procurements", _("Procurements")


class ImportState(TextChoices):
    """How far a sent table is."""

    PREVIEW = "preview", _("waits for a confirmation")
    TAKING = "taking", _("is being taken in")
    DONE = "done", pgettext_lazy("table", "taken in")


class Change(TextChoices):
    """What a row would do."""

    NEW = "new", _("new")
    CHANGED = "changed", pgettext_lazy("row", "changed")
    SAME = "same", _("no change")
    REFUSED = "refused", _("refused")

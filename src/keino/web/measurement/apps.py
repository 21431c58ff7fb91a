"""The app's place among Django's apps."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """Ledgers in, how they were read, and the footprints made of them."""

    name = "keino.web.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make background work, the audit trail, owners and the register of personal data known."""
        from keino.web.base.audit import audited
        from keino.web.measurement import ownership, personal_data, signals
        from keino.web.measurement.models import CategoryRule, Ledger, LedgerFile, MendedRow, Run, SavedMapping
        from keino.web.measurement.tasks import ledgers, runs

        big = ("reading", "preview", "pieces", "received_bytes", "mapping_content")
        audited(Ledger, LedgerFile, SavedMapping, MendedRow, leave_out=big)
        audited(Run, CategoryRule, leave_out=("result", "manifest", "options", "totals"))
        ownership.register()
        personal_data.register()
        signals.connect()
        ledgers.register_timetable()
        runs.register_timetable()

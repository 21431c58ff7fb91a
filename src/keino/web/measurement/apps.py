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
        from keino.web.measurement import owned_ledgers, personal_data_ledgers, signals
        from keino.web.measurement.models import Ledger, LedgerFile, MendedRow, SavedMapping
        from keino.web.measurement.tasks import ledgers

        big = ("reading", "preview", "pieces", "received_bytes", "mapping_content")
        audited(Ledger, LedgerFile, SavedMapping, MendedRow, leave_out=big)
        owned_ledgers.register()
        personal_data_ledgers.register()
        signals.connect()
        ledgers.register_timetable()

"""The app's place among Django's apps."""

from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """What changed and why, what was planned beside what was measured, and the council's yearly report."""

    name = "keino.web.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make background work, the audit trail and the register of personal data known."""
        from keino.web.base.audit import audited
        from keino.web.followup import personal_data
        from keino.web.followup.models import CouncilReport
        from keino.web.followup.models.report import LANGUAGES, TEXTS

        # the report shows what was written; the trail shows who did what and when
        words = [*TEXTS, *(f"{text}_{language}" for text in TEXTS for language in LANGUAGES)]
        audited(CouncilReport, leave_out=("content", "version", "error", *words))
        personal_data.register()

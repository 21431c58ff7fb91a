"""The app's place among Django's apps."""

from django.apps import AppConfig


class ProcurementsConfig(AppConfig):
    """The hub: one procurement from need to follow-up, its dialogue, assessment, contract and what was learnt."""

    name = "keino.web.procurements"
    label = "procurements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, owners and the register of personal data known."""
        from keino.web.base.audit import audited
        from keino.web.procurements import models, ownership, personal_data

        audited(models.Procurement)
        of_procurement = (
            models.ProcurementTheme,
            models.StateMove,
            models.ExitRecord,
            models.ChosenCriterion,
            models.Risk,
        )
        audited(*of_procurement, belongs_to="procurement__organisation")
        audited(models.AwardDecision, models.Lesson, belongs_to="record__procurement__organisation")
        ownership.register()
        personal_data.register()

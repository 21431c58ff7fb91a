"""The app's place among Django's apps."""

from django.apps import AppConfig


class ProcurementsConfig(AppConfig):
    """The hub: one procurement from need to follow-up, its dialogue, assessment, contract and what was learnt."""

    name = "keino.web.procurements"
    label = "procurements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, owners and the register of personal data known."""
        from keino.web.base import mail
        from keino.web.base.audit import audited
        from keino.web.procurements import (
            models,
            ownership,
            ownership_contracts,
            personal_data,
            personal_data_contracts,
        )
        from keino.web.procurements.services import reminders
        from keino.web.procurements.tasks.reminders import register_timetable

        keys = ("made_with",)  # of the form that made a row: says nothing to people
        audited(models.Procurement, leave_out=keys)
        of_procurement = (
            models.ProcurementTheme,
            models.StateMove,
            models.ExitRecord,
            models.ChosenCriterion,
            models.Risk,
        )
        audited(*of_procurement, leave_out=keys, belongs_to="procurement__organisation")
        audited(models.AwardDecision, models.Lesson, belongs_to="record__procurement__organisation")
        audited(models.Contract)
        audited(models.ContractTerm, belongs_to="contract__organisation")
        audited(models.TermControl, belongs_to="term__contract__organisation")
        audited(models.MarketDialogue, models.ImpactAssessment, belongs_to="procurement__organisation")
        audited(models.DialogueStep, belongs_to="dialogue__procurement__organisation")
        audited(models.AssessedEffect, belongs_to="assessment__procurement__organisation")
        audited(models.EffectResult, belongs_to="effect__assessment__procurement__organisation")
        audited(models.TableImport, leave_out=("rows", "passed_over"))
        mail.topic(reminders.TOPIC, reminders.TOPIC_NAME)
        register_timetable()
        ownership_contracts.register()
        personal_data_contracts.register()
        ownership.register()
        personal_data.register()

"""The app's place among Django's apps."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Questions asked of organisations and their people, and what they add up to: self-assessment, forms, studies."""

    name = "keino.web.surveys"
    label = "surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, the register of personal data, the topic of mail and daily work known."""
        from django.utils.translation import gettext_lazy as _

        from keino.web.base import mail
        from keino.web.base.audit import audited
        from keino.web.surveys import form_personal_data, ownership, personal_data, tasks
        from keino.web.surveys.models import Form, FormVersion, ObstacleCode, Round, RoundGroup, Study, StudyRound
        from keino.web.surveys.services.mails import TOPIC

        audited(Round)  # never AnswerSheet: the trail would say who answered what
        audited(RoundGroup, belongs_to="round__organisation")
        # never FormAnswer nor Interview, for the same reason
        audited(Form, Study, ObstacleCode)
        audited(FormVersion, leave_out=("questions",), belongs_to="form__organisation")
        audited(StudyRound, leave_out=("results",), belongs_to="study__organisation")
        personal_data.register()
        form_personal_data.register()
        ownership.register()
        mail.topic(TOPIC, _("Self-assessments of your organisation"))
        tasks.register_timetable()

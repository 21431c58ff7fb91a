"""The app's place among Django's apps."""

from django.apps import AppConfig


class AboutConfig(AppConfig):
    """About the site: methods, sources, accessibility, privacy, feedback."""

    name = "keino.web.about"
    label = "about"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep a trail of findings and feedback; declare the register."""
        from django.utils.translation import gettext_lazy as _

        from keino.web.about.models import Assessment, Feedback
        from keino.web.about.personal_data import FEEDBACK
        from keino.web.base import mail
        from keino.web.base.audit import audited
        from keino.web.base.personal_data import registered

        audited(Assessment)
        audited(Feedback, mask=("text", "answer", "email"))
        registered(FEEDBACK)
        mail.topic("feedback", _("Feedback that waits for an answer"))

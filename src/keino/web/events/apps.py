"""The app's place among Django's apps."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events: public and programme sessions, registration, calendars, attendance, materials."""

    name = "keino.web.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the audit trail, the register of personal data, owners, files of mails and daily work known."""
        from keino.web.base.audit import audited
        from keino.web.events import mail_calendar, ownership, personal_data, tasks
        from keino.web.events.models import Event, Invited, Material, Series

        # Never Seat and Declined: the trail would keep who came where, and what they eat, longer than the registration
        # is kept.
        audited(Event, Series, belongs_to="organiser")
        audited(Material, Invited, belongs_to="event__organiser")
        personal_data.register()
        ownership.register()
        mail_calendar.register()
        tasks.register_timetable()

"""Tables that every app may point to."""

from keino.web.base.models.job import Job
from keino.web.base.models.mail import Mail, MailOptOut
from keino.web.base.models.person import Person
from keino.web.base.models.scheduled import ScheduledWork, WorkerBeat
from keino.web.base.models.translation import Translation

__all__ = ["Job", "Mail", "MailOptOut", "Person", "ScheduledWork", "Translation", "WorkerBeat"]

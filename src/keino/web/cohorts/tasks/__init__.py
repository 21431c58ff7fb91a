"""Background work of ``cohorts``: fetch by id, call the service, nothing else. A worker meets all of it here."""

from keino.web.cohorts.tasks import effect as effect
from keino.web.cohorts.tasks import follow_up as follow_up
from keino.web.cohorts.tasks import taking_part as taking_part

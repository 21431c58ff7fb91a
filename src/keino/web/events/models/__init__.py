"""Tables of ``events``."""

from keino.web.events.models.event import Declined, Event, Invited, Series
from keino.web.events.models.material import Material
from keino.web.events.models.seat import Seat

__all__ = ["Declined", "Event", "Invited", "Material", "Seat", "Series"]

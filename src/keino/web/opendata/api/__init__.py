"""The programming interface: JSON over HTTP, described by OpenAPI. Addresses under ``/api/v1/`` keep their meaning.

Whatever changes the meaning of an answer gets a new number in the address; new fields may appear in an old one.
"""

from keino.web.opendata.api.made import api

__all__ = ["api"]

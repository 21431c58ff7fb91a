"""Structured logs: one JSON object per line on stderr, or plain text for a person at a terminal.

Every line of a request or a job carries its number (``request_id``), so that the lines of one go together. No personal
data goes into a log: no addresses of people or machines, no paths (an identifier or a link's secret may stand in them).
"""

from __future__ import annotations

import logging.config
from contextvars import ContextVar
from typing import Any

#: The number of the request or job that this thread works on; empty outside both.
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Numbered(logging.Filter):
    """Adds the request's number to each line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add it; every line passes."""
        record.request_id = request_id.get()
        return True


def configure(wish: dict[str, Any]) -> None:
    """Configure logging. ``wish`` has ``level`` and ``format`` (json or text). No personal data goes into a log."""
    formatters = {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
        "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    }
    handler = {"class": "logging.StreamHandler", "formatter": wish.get("format", "json"), "filters": ["numbered"]}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"numbered": {"()": Numbered}},
            "formatters": formatters,
            "handlers": {"console": handler},
            "root": {"handlers": ["console"], "level": wish.get("level", "INFO")},
            "loggers": {
                # Django writes the path of every refused request; the middleware's line says the page's name instead.
                "django.request": {"level": "ERROR"},
                "django_tasks": {"level": "WARNING"},
                "django_tasks_db": {"level": "WARNING"},
            },
        }
    )

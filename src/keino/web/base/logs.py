"""Structured logs: one JSON object per line on stderr, or plain text for a person at a terminal."""

from __future__ import annotations

import logging.config
from typing import Any


def configure(wish: dict[str, Any]) -> None:
    """Configure logging. ``wish`` has ``level`` and ``format`` (json or text). No personal data goes into a log."""
    formatters = {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
        },
        "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": formatters,
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": wish.get("format", "json")}},
            "root": {"handlers": ["console"], "level": wish.get("level", "INFO")},
        }
    )

"""Columns that could hold personal data by their type, and don't: why."""

from __future__ import annotations

NOT_PERSONAL: dict[str, str] = {
    "events.Series.title": "what a series of events is called",
    "events.Series.summary": "what it is about",
    "events.Event.title": "what an event is called",
    "events.Event.summary": "what it is about",
    "events.Event.description": "its programme, published by its organiser; speakers are there by their own agreement",
    "events.Event.place": "an address of a building",
    "events.Event.online_link": "the address of a meeting",
    "events.Event.consent_text": "what everyone agrees to",
    "events.Event.cancelled_because": "a reason told to everyone",
    "events.Material.title": "what slides or a recording are called",
    "events.Material.link": "where they are kept",
    "events.Material.file_name": "what their file is called",
    "events.Material.stored_as": "a path of the storage",
}

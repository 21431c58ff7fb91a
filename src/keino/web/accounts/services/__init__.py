"""Changes to log-ins, tokens, sessions and people's own data; one transaction each."""

from keino.web.accounts.services.erasure import blocks_erasure, erase_person, erasure_preview
from keino.web.accounts.services.links import forget_code, link_for, use_link, use_up_links_of
from keino.web.accounts.services.people import add_person, change_me, confirm_address
from keino.web.accounts.services.providers import remove_provider, set_provider
from keino.web.accounts.services.retirement import (
    retire_half_open_log_ins,
    retire_sessions,
    retire_tokens,
    retire_unverified_people,
)
from keino.web.accounts.services.sessions import end_all_sessions, end_other_sessions, end_session
from keino.web.accounts.services.tokens import make_token, note_use, revoke_token

__all__ = [
    "add_person",
    "blocks_erasure",
    "change_me",
    "confirm_address",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "erase_person",
    "erasure_preview",
    "forget_code",
    "link_for",
    "make_token",
    "note_use",
    "remove_provider",
    "retire_half_open_log_ins",
    "retire_sessions",
    "retire_tokens",
    "retire_unverified_people",
    "revoke_token",
    "set_provider",
    "use_link",
    "use_up_links_of",
]

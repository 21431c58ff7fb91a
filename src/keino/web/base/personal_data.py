"""The register of personal data: each app says what it holds of people, why, how long, and how it is given or erased.

Registered in an app's ``apps.py``. The privacy page, the export of one's own data, erasure and the retention jobs all
come from here; a test walks all models and fails on a column that nobody declared.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from keino.web.base.models import Person


_logger = logging.getLogger("keino.personal_data")


@dataclass(frozen=True)
class Register:
    """One register. Texts are lazy translations; ``columns`` are ``app.Model.column`` that hold personal data."""

    key: str
    title: _StrPromise
    purpose: _StrPromise
    legal_ground: _StrPromise
    kept_for: _StrPromise
    columns: tuple[str, ...]
    #: person → JSON-able data, for "export my data".
    export: Callable[[Person], Any]
    #: Removes or anonymises what is held of the person.
    erase: Callable[[Person], None]
    #: Deletes what is older than its time; returns how many rows. None = nothing ages.
    retire: Callable[[], int] | None = field(default=None)
    #: What is left without the person's name after erasure; None = nothing is left.
    stays: _StrPromise | None = field(default=None)


_REGISTERS: dict[str, Register] = {}


def registered(register: Register) -> Register:
    """Add a register."""
    _REGISTERS[register.key] = register
    return register


def registers() -> tuple[Register, ...]:
    """All registers, in the order in which apps declared them."""
    return tuple(_REGISTERS.values())


def run_retention(**more: Callable[[], int]) -> tuple[dict[str, int], list[str]]:
    """Delete in every register what is older than its time; ``more`` are steps that no register has. Safe to run again.

    Returns how many rows went by register, and the registers that failed: one's trouble does not keep the others.
    """
    steps = {register.key: register.retire for register in registers() if register.retire is not None} | more
    gone: dict[str, int] = {}
    for name, step in steps.items():
        try:
            gone[name] = step()
        except Exception:  # the others go on; whoever asked makes the trouble visible
            _logger.exception("retiring %s failed", name)
    return gone, [name for name in steps if name not in gone]

"""Who may do what in a cohort, where it depends on who is named in the edition. The rest: ``organisations.rules``.

    permission                      who
    cohorts.define                  the edition's hosts and mentors; coordinators (assignments, deliverables, mentors)
    cohorts.see_edition_effect      everyone who is named in the edition; experts, coordinators, ministry officers

It is asked of a person and an edition. What an organisation writes is asked of the organisation (``cohorts.see``,
``cohorts.work``, ``cohorts.guide``, ``cohorts.decide``): being named in an edition gives no sight of it.
"""

from __future__ import annotations

import rules

from keino.web.organisations.rules import coordinates, sees_effect
from keino.web.programmes.choices import EditionPersonKind
from keino.web.programmes.rules import is_host, is_named, is_named_at_all

rules.add_perm("cohorts.define", is_host | is_named(EditionPersonKind.MENTOR) | coordinates)
rules.add_perm("cohorts.see_edition_effect", is_named_at_all | sees_effect)

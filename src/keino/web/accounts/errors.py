"""What can go wrong with accounts, said to people."""

from __future__ import annotations

from keino.errors import KeinoError, mark


class LinkUsedUp(KeinoError):
    """A log-in link that was used, has expired or never was."""

    code = "link_used_up"
    template = mark(
        "This link no longer works: it was used already, or it is older than {minutes} minutes. Nothing is lost. Ask "
        "for a new one on the log-in page."
    )


class UnsafeIssuer(KeinoError):
    """An issuer that the site must not call."""

    code = "unsafe_issuer"
    template = mark(
        "The issuer “{issuer}” can't be used: it must be a public address that begins with https:// and has no "
        "question mark, number sign or password in it. Nothing was saved."
    )


class DomainTaken(KeinoError):
    """A mail domain that another organisation's log-in has."""

    code = "domain_taken"
    template = mark(
        "The mail domain “{domain}” belongs to another organisation's log-in. Nothing was saved. Ask the site's keeper."
    )


class NotADomain(KeinoError):
    """A text that isn't a mail domain."""

    code = "not_a_domain"
    template = mark("“{domain}” isn't a mail domain such as town.example. Nothing was saved.")


class ErasureBlocked(KeinoError):
    """Something must be handed over before a person's data can be erased."""

    code = "erasure_blocked"
    template = mark(
        "Your data can't be erased yet, because these need somebody else first: {things}. Nothing was erased. Hand "
        "them over and come back."
    )

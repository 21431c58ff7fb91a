"""The demo: invented organisations and people whose ledgers go through the same services as everybody's."""

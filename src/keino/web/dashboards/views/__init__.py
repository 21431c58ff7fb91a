"""Pages over results: nothing here changes a ledger or a result."""

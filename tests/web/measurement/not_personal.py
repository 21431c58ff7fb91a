"""Columns that could hold personal data by their type, and don't: why."""

NOT_PERSONAL = {
    "measurement.CategoryRule.category": "a category's code",
    "measurement.CategoryRule.exclusion_reason": "a reason's code",
    "measurement.Ledger.title": "what a ledger is called, a year mostly",
    "measurement.LedgerFile.error": "an error's sentence and numbers",
    "measurement.LedgerFile.header_key": "a hash of column names",
    "measurement.LedgerFile.mapping_content": "which column is which",
    "measurement.LedgerFile.pieces": "which pieces of a file have come",
    "measurement.LedgerFile.rejected_in": "a file's name of our making",
    "measurement.LedgerFile.sha256": "a hash",
    "measurement.LedgerFile.stored_as": "a file's name of our making",
    "measurement.Run.error": "an error's sentence and numbers",
    "measurement.Run.folder": "a folder's name of our making",
    "measurement.Run.manifest": "versions, editions and hashes",
    "measurement.Run.options": "how a calculation was asked for",
    "measurement.Run.result": "sums; suppliers are the organisation's business partners",
    "measurement.RunTotal.category": "a category's code",
    "measurement.SavedMapping.content": "which column is which",
    "measurement.SavedMapping.header_key": "a hash of column names",
}

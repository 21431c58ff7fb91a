"""Reading ledgers: from files of any container to purchase lines, with everything reported."""

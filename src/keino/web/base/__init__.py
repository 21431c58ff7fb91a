"""What every page stands on: people, layout, mail, background work, audit trail, texts in three languages."""

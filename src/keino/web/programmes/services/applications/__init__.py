"""Applications: interest, discussion, writing, commitment, sending, moving; the mails about them."""

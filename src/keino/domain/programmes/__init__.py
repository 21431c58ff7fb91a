"""Rules of development programmes: calendars, eligibility, booking, scores, and whether it helps."""

"""Events: public and programme sessions, registration, calendars, attendance, materials."""

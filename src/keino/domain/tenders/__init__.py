"""Rules of one tendering: which procedure its value calls for, what it costs over its life, how offers are scored."""

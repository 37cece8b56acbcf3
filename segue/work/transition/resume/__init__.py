"""The résumé as data: what it is, how it comes in, how it goes out. No Django, no database."""

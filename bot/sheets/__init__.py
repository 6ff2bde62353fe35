"""Content in spreadsheets, for translators and campaign teams: out, and back with checks."""

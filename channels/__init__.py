"""How each service is spoken with, one file a channel. Run from the repository root."""

"""Custom actions of the dialogue, one a file. They decide what to say; `bot` knows the words."""

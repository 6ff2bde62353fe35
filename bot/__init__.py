"""The mechanism shared by all channels: queue, content, dialogue engine, pages and commands."""

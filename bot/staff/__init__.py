"""Who works here, how they get in, and what they did."""

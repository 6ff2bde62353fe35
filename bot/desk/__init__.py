"""A person takes over: the states of a hand-over, what is said meanwhile, and other help desks."""

"""Entry codes, and what a campaign prints of them."""

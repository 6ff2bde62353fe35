"""Pictures of the counts, as SVG. matplotlib loads in a second: import this where it is used."""

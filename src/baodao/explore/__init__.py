"""Ways to look: the terminal, charts, notebooks."""

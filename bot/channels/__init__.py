"""Ways in and out: each channel turns what it receives into turns, and sends what is due."""

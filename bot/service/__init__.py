"""One batch of turns: load, step, render, save - one transaction; and what events lead to."""

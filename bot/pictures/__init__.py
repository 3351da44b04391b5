"""Small drawings for people who read about teams: pure, from frozen values to one svg element."""

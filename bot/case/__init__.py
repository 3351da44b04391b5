"""The case: a team's file, and the reading drawn from it."""

"""The quiz, pure: questions, rounds, scoring, statistics, spaced repetition, exchange formats."""

"""The commands of the command line: each takes the parsed words and answers with text.

What only some commands need is imported inside them: `amorce sector` should not wait for the
database or for Telegram.
"""

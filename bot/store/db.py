"""A connection as those outside see it: handed on to the functions here, never asked itself."""

from __future__ import annotations

import sqlite3

Db = sqlite3.Connection

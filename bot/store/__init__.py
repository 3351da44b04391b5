"""Where everything is kept: the only home of SQL."""

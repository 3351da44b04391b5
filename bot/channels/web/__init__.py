"""The chat page: the same conversation in a browser, as fast on a slow phone as it can be."""

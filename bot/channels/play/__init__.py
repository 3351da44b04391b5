"""A round on the web: the page players answer on, and the projector page of the room."""

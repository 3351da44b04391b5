"""The desk: pages for staff, trainers and admins; one module a page."""

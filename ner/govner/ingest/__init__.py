"""Raw pages in, clean documents out: every clean character knows its place on the page."""

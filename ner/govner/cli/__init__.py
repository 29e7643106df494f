"""A file a group of commands; each command is its options and one call."""

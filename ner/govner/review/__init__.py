"""What people changed, where annotators differ, and how that is settled."""

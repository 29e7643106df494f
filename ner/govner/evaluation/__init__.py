"""Matching, scores, intervals and the report page."""

"""Leak-proof splits, statistics, composition."""

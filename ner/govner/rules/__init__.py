"""Lexicons and a small grammar that propose PERSON, TITLE and ORG."""

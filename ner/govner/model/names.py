"""The names under which spaCy finds what this room registers.

A packaged model carries its own copy of this module with another namespace, so that it and an
installed govner, of whatever version, never answer to the same name.
"""

NAMESPACE = "govner"
FACTORY = "govner_ner"


def registered(name: str) -> str:
    """Return the full registered name: owner, name and version."""
    return f"{NAMESPACE}.{name}"

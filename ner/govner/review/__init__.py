"""What people changed, per rule; agreement between annotators."""

from .changes import KINDS, Change, Changes, changes

__all__ = ["KINDS", "Change", "Changes", "changes"]

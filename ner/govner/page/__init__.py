"""Pages: one file without outside resources, readable on a phone, printable, in two languages."""

from .render import render
from .svg import interval_bar, line, precision_recall, reliability

__all__ = ["interval_bar", "line", "precision_recall", "reliability", "render"]

"""Pages: one file without outside resources, readable on a phone, printable, in two languages."""

from .render import render
from .svg import bars, interval_bar, learning_curve, precision_recall, reliability

__all__ = ["bars", "interval_bar", "learning_curve", "precision_recall", "reliability", "render"]

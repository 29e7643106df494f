"""A local doccano, and the way there and back."""

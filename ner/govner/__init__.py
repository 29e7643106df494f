"""govner: annotate Chinese government news and train NER models for it."""

"""Segmenters, features, the NER component, training, packaging."""

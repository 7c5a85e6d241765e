"""Drawings that come from files: our own, and the architecture of Keras models."""

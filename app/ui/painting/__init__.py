"""Painting without a window: the only implementation of the `Painter` protocol."""

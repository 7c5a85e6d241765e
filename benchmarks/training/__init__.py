"""Seconds of training: the engine beside `model.fit` and a hand-written PyTorch loop. See `__main__`."""

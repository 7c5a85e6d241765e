"""A small process of its own that owns the queue: starts workers, notices the dead, goes on without a browser.

`python -m core.supervisor`. There is one for each workspace. It keeps a forkserver with TensorFlow loaded, so that
a run begins at once, and runs no TensorFlow operation itself: after one, forking is no longer safe.
"""

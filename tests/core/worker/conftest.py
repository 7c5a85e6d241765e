"""What pytest is not to load here: scripts that are started as processes of their own, with TensorFlow."""

collect_ignore = ["on_two_devices.py"]

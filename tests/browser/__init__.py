"""The real app in real Chromium."""

"""The built layer editor; nothing but its files in `assets`."""

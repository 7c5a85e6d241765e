"""Dirty text files with clean twins, made from small tables in several languages; nothing is downloaded."""

"""A shelf: commands of the terminal, `python -m core COMMAND`.

One file is one command: `HELP`, `arguments(parser)` and `run(args)`, which returns what is printed as JSON.
"""

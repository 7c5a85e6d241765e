"""A shelf: ways to bring a table from elsewhere. Each puts a file into a folder, from where it is read like any other.

LABEL  what it is called
HELP   what it takes
bring  from what was asked, a folder, and whom to tell the share that is done, to the file in there; raises FileError
"""

from core.shelf import Shelf
from core.words import mark

SHELF = Shelf(__name__, mark("source"))

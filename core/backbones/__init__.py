"""A shelf: networks that others have shown a million pictures, as plain data; their weights come from `core.pretrained`.

One file is one network: `LABEL`, `HELP`, `LICENCE`, and

    FILE            what the file with its weights is called
    PACKAGE         the installed package that brings the file, and where it lies in it; None where there is none
    ADDRESS         where the file can be fetched; empty where it cannot
    MEGABYTES       how large it is
    SCALE, OFFSET   what a picture's numbers, from 0 to 1, are multiplied by and what is added, as the network learned them
    EPSILON         of its batch normalization
    convolutions()  its layers in order: tuple of `Convolution` and `Sum`
    kept(name, what)   what the file calls a convolution's `what`: one of `KEPT`
"""

from core.backbones._inverted import Convolution, Sum
from core.shelf import Shelf
from core.words import mark

__all__ = ["DEFAULT", "KEPT", "SHELF", "Convolution", "Sum"]

SHELF = Shelf(__name__, mark("pretrained network"))
DEFAULT = "efficientnet_lite0"
KEPT = ("kernel", "gamma", "beta", "mean", "variance")

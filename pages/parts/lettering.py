"""How long words are in a picture, without a browser: wide enough for any font, folded and cut where they do not fit."""

from unicodedata import east_asian_width

TITLE, SMALL = 14.0, 13.0  # sizes of letters, pixels
BETWEEN = 14.0  # room between two texts on one line

Text = tuple[str, str]  # class, words; the class “label” is set larger and bold


def folded(text: Text, room: float) -> list[Text]:
    """The text on as many lines as it needs; a single word that is too long is cut."""
    look, words = text
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, look) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return [cut((look, line), room) for line in lines]


def line_width(line: tuple[Text, ...]) -> float:
    return sum(width(words, look) for look, words in line) + BETWEEN * (len(line) - 1)


def width(words: str, look: str) -> float:
    """About how many pixels the text takes in a wide font; letters as wide as they are high count double."""
    ems = 0.0
    for letter in words:
        wide = east_asian_width(letter) in "WF"
        ems += 1.0 if wide else 0.85 if letter in "mwMW—" else 0.34 if letter in "ijl.,:;'|I " else 0.62
    return ems * (TITLE * 1.1 if look == "label" else SMALL)


def cut(text: Text, room: float) -> Text:
    look, words = text
    if width(words, look) <= room:
        return text
    while words and width(words + "…", look) > room:
        words = words[:-1]
    return look, words + "…"

"""Questions about places, each with the answer for its place."""

from pathlib import Path

PLACES = (
    "Berlin",
    "Paris",
    "Oslo",
    "Madrid",
    "Kyoto",
    "Cairo",
    "Lima",
    "Accra",
    "Quito",
    "Hanoi",
    "巴黎",
    "上海",
)
ASKED = (
    "How do I get to {}?",
    "Which train goes to {}?",
    "I want to travel to {} 😀",
    "{} ticket please",
    "去{}怎么走",
)


def written(place: Path) -> Path:
    """Five questions about each of twelve places, one answer for each place."""
    lines = ["question,answer"]
    for name in PLACES:
        lines += [
            f"{asked.format(name)},Take the line to {name} from platform {len(name)}." for asked in ASKED
        ]
    place.write_text("\n".join(lines), encoding="utf-8")
    return place

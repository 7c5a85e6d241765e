"""Where the boxes of a drawing stand: in ranks from the first to the last, with few crossings and calm lines.

Source: Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", 1981:
longest-path ranks, stand-ins for links that pass a rank, ordering by the mean place of the neighbours.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

SWEEPS = 24
MOST_STAND_INS = 6_000

Link = tuple[int, int]


@dataclass(frozen=True)
class Layout:
    """Places in pixels; `across` is to the right of, `along` in the direction of the flow.

    Args:
        across: Centre of each box.
        along: Centre of each box.
        ranks: Rank of each box, from 0.
        lines: The places that each link passes between its ends, `(across, rank)`; empty for short links.
        width: How far everything reaches across.
        length: How far everything reaches along.
        starts: Where each rank begins.
        depths: How deep each rank is.
    """

    across: list[float]
    along: list[float]
    ranks: list[int]
    lines: Mapping[Link, list[tuple[float, int]]]
    width: float
    length: float
    starts: list[float]
    depths: list[float]


def place(
    sizes: Sequence[tuple[float, float]], links: Sequence[Link], gap: tuple[float, float], thin: float = 14.0
) -> Layout:
    """Places for boxes that come in an order in which links go forwards; other links are passed over.

    Args:
        sizes: Each box's size, across and along.
        links: From box to box, by number.
        gap: Room between neighbours, across and along.
        thin: Room that a passing link takes.
    """
    forwards = [(a, b) for a, b in dict.fromkeys(links) if a < b]
    ranks = ranks_of(len(sizes), forwards)
    stood = _Stood(ranks, forwards)
    spans = [size[0] for size in sizes] + [thin] * stood.stand_ins
    rows = _ordered(stood)
    across = _across(rows, stood, spans, gap[0])
    left = min((x - spans[i] / 2 for i, x in enumerate(across)), default=0.0)
    across = [x - left for x in across]
    depths = [max((sizes[i][1] for i in row if i < len(sizes)), default=0.0) for row in rows]
    starts = [sum(depths[:rank]) + gap[1] * rank for rank in range(len(rows))]
    return Layout(
        across=across[: len(sizes)],
        along=[starts[ranks[i]] + depths[ranks[i]] / 2 for i in range(len(sizes))],
        ranks=ranks,
        lines={link: [(across[i], stood.ranks[i]) for i in way] for link, way in stood.ways.items()},
        width=max((x + spans[i] / 2 for i, x in enumerate(across)), default=0.0),
        length=starts[-1] + depths[-1] if rows else 0.0,
        starts=starts,
        depths=depths,
    )


def ranks_of(count: int, links: Sequence[Link]) -> list[int]:
    """Each box one rank behind the last of those that lead to it; links that go backwards are passed over."""
    before: list[list[int]] = [[] for _ in range(count)]
    for a, b in links:
        if a < b:
            before[b].append(a)
    ranks = [0] * count
    for box in range(count):
        ranks[box] = max((ranks[a] + 1 for a in before[box]), default=0)
    return ranks


class _Stood:
    """Boxes and stand-ins with their neighbours in the ranks above and below."""

    def __init__(self, ranks: list[int], links: Sequence[Link]):
        self.boxes = len(ranks)
        self.ranks = list(ranks)
        self.ways: dict[Link, list[int]] = {}
        passing = sum(ranks[b] - ranks[a] - 1 for a, b in links)
        self._known: dict[Link, int] = {}
        short: list[Link] = []
        for a, b in links:
            passed = range(ranks[a] + 1, ranks[b]) if passing <= MOST_STAND_INS else ()
            way = [self._stand_in(a, rank) for rank in passed]
            self.ways[(a, b)] = way
            stops = [a, *way, b]
            short += itertools.pairwise(stops)
        self.above: list[list[int]] = [[] for _ in self.ranks]
        self.below: list[list[int]] = [[] for _ in self.ranks]
        for a, b in dict.fromkeys(short):
            self.below[a].append(b)
            self.above[b].append(a)

    def _stand_in(self, box: int, rank: int) -> int:
        """Long links from one box share their way until they part."""
        if (box, rank) not in self._known:
            self._known[(box, rank)] = len(self.ranks)
            self.ranks.append(rank)
        return self._known[(box, rank)]

    @property
    def stand_ins(self) -> int:
        return len(self.ranks) - self.boxes

    def alone(self, above: int, below: int) -> bool:
        """Whether the link between them is the only one down from the one and up from the other."""
        return len(self.below[above]) == 1 and len(self.above[below]) == 1


def _ordered(stood: _Stood) -> list[list[int]]:
    """The rows, each ordered by the mean place of the neighbours; the order with fewest crossings is kept."""
    rows: list[list[int]] = [[] for _ in range(max(stood.ranks, default=-1) + 1)]
    for box, rank in enumerate(stood.ranks):
        rows[rank].append(box)
    best, fewest = [list(row) for row in rows], _crossings(rows, stood)
    spots = {box: spot for row in rows for box, spot in _spots(row)}
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        down = sweep % 2 == 0
        neighbours = stood.above if down else stood.below
        for row in rows if down else rows[::-1]:
            mean = {b: _mean([spots[n] for n in neighbours[b]], spots[b]) for b in row}
            row.sort(key=lambda b: mean[b])
            spots.update(_spots(row))
        crossed = _crossings(rows, stood)
        if crossed < fewest:
            best, fewest = [list(row) for row in rows], crossed
    return best


def _spots(row: Sequence[int]) -> list[tuple[int, float]]:
    """Where each one stands in its row, from 0 to 1."""
    return [(box, (i + 0.5) / len(row)) for i, box in enumerate(row)]


def _crossings(rows: list[list[int]], stood: _Stood) -> int:
    spots = {box: spot for row in rows for box, spot in _spots(row)}
    total = 0
    for row in rows:
        ends = [sorted(spots[b] for b in stood.below[box]) for box in row]
        flat = [(i, end) for i, group in enumerate(ends) for end in group]
        # Rows of real drawings are short; of enormous ones a rough count is enough.
        flat = flat[:200]
        total += sum(1 for i, (a, x) in enumerate(flat) for b, y in flat[i + 1 :] if a < b and x > y)
    return total


def _across(rows: list[list[int]], stood: _Stood, spans: Sequence[float], gap: float) -> list[float]:
    """Centres that keep chains straight, keep neighbours apart, and draw each towards those it is linked to."""
    for straight in (lambda one, other: True, lambda one, other: min(one, other) >= stood.boxes, None):
        chain = _chains(stood, straight)
        rooms = _rooms(rows, chain, spans, gap)
        order = _left_to_right(set(chain), rooms)
        if order:
            break
    else:
        return []
    left: dict[int, list[tuple[int, float]]] = {c: [] for c in order}
    right: dict[int, list[tuple[int, float]]] = {c: [] for c in order}
    for (one, other), room in rooms.items():
        left[other].append((one, room))
        right[one].append((other, room))
    wanted: dict[int, list[int]] = {c: [] for c in order}
    for above, others in enumerate(stood.below):
        for below in others:
            if chain[above] != chain[below]:
                wanted[chain[above]].append(chain[below])
                wanted[chain[below]].append(chain[above])
    x: dict[int, float] = {}
    for c in order:
        x[c] = max((x[other] + room for other, room in left[c]), default=0.0)
    for sweep in range(SWEEPS):
        for c in order if sweep % 2 else reversed(order):
            wish = _mean([x[other] for other in wanted[c]], x[c])
            low = max((x[other] + room for other, room in left[c]), default=-inf)
            high = min((x[other] - room for other, room in right[c]), default=inf)
            x[c] = min(max(wish, low), high)
    return [x[c] for c in chain]


def _chains(stood: _Stood, straight: Callable[[int, int], bool] | None) -> list[int]:
    """For each one, the first of the chain that it stands in; without `straight`, each stands for itself."""
    chain = list(range(len(stood.ranks)))
    for one in sorted(chain, key=lambda i: stood.ranks[i]):
        for other in stood.below[one]:
            passing = min(one, other) >= stood.boxes
            if straight and straight(one, other) and (passing or stood.alone(one, other)):
                chain[other] = chain[one]
    return chain


def _rooms(
    rows: list[list[int]], chain: list[int], spans: Sequence[float], gap: float
) -> dict[tuple[int, int], float]:
    """How far apart the centres of two chains have to be, the left one first."""
    rooms: dict[tuple[int, int], float] = {}
    for row in rows:
        for one, other in itertools.pairwise(row):
            pair = (chain[one], chain[other])
            rooms[pair] = max(rooms.get(pair, 0.0), (spans[one] + spans[other]) / 2 + gap)
    return rooms


def _left_to_right(chains: set[int], rooms: Mapping[tuple[int, int], float]) -> list[int]:
    """All chains, each after those to its left; empty where chains cross."""
    after: dict[int, list[int]] = {c: [] for c in chains}
    missing = dict.fromkeys(chains, 0)
    for one, other in rooms:
        after[one].append(other)
        missing[other] += 1
    order = sorted(c for c, count in missing.items() if count == 0)
    for c in order:
        for other in after[c]:
            missing[other] -= 1
            if missing[other] == 0:
                order.append(other)
    return order if len(order) == len(chains) else []


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise

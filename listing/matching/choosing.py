"""Who meets whom where every slot suits everybody: a b-matching of the greatest weight, by linear programming.

Its rows are two families of nested sets, so the programme is totally unimodular and an optimal vertex is whole: what is
returned is an optimum, not an approximation. Among the optima, the worst-off party has as many meetings as it can.
"""

from collections import defaultdict
from collections.abc import Mapping

from .problem import Problem
from .programme import Programme, Solved, Standing

Pair = tuple[str, str]
TOLERANCE = 1e-6
FAIR = 0.01


def bound(problem: Problem) -> int:
    """What no timetable exceeds, whatever its slots: the b-matching with each party's open slots counted."""
    pairs = {pair: weight for pair, weight in problem.weights.items() if problem.open_slots(pair)}
    return int(_Choice(problem, pairs).solve().weight + TOLERANCE) if pairs else 0


def chosen(problem: Problem, *, fair: bool = False) -> tuple[list[Pair], int]:
    """The pairs that meet, and the greatest weight there is.

    ``fair``: the party with the fewest meetings gets as many as cost no more than FAIR of the weight.
    """
    choice = _Choice(problem, problem.weights)
    best = choice.solve()
    optimum = round(best.weight)
    wanted = optimum * (1 - FAIR) if fair else optimum
    low, high, step = choice.worst(best), choice.highest, 1
    while low < high:
        asked = min(high, low + step)  # a small step is solved quickly from where the solver stands
        found = choice.solve(asked)
        if found.chosen is not None and found.weight >= wanted - TOLERANCE:
            best, low, step = found, max(asked, choice.worst(found)), step * 2
        else:
            high, step = asked - 1, max(1, step // 2)
    return [choice.pairs[number] for number in best.chosen or ()], optimum


class _Choice:
    """The b-matching as a programme: a column for each pair, a row for each party."""

    def __init__(self, problem: Problem, weights: Mapping[Pair, int]):
        self.pairs, programme = list(weights), Programme(list(weights.values()))
        self.most: list[int] = []  # of each party, in the order of the rows
        self._sides: list[dict[str, int]] = []  # the row of each party
        for side, parties in enumerate((problem.investors, problem.companies)):
            columns = defaultdict(list)
            for number, pair in enumerate(self.pairs):
                columns[pair[side]].append(number)
            self._sides.append({name: len(programme.rows) + place for place, name in enumerate(columns)})
            for name, own in columns.items():
                most = min(parties[name].most, len(parties[name].slots), len(own))
                self.most.append(most)
                programme.rows.append((own, 0, most))
        total = min(len(self.pairs), problem.rooms * len(problem.slots))
        programme.rows.append((range(len(self.pairs)), 0, total))
        self._rows = programme.rows
        self._standing = Standing(programme, whole=False)
        self.highest = max(self.most, default=0)

    def solve(self, least: int = 0) -> Solved:
        """The greatest weight with ``least`` meetings for everybody, or as many as they could have at all."""
        for row, most in enumerate(self.most):
            if self._rows[row][1] != min(least, most):
                self._standing.least(row, min(least, most))
        return self._standing.solve()

    def worst(self, solved: Solved) -> int:
        """How many meetings the worst-off of those has who could have more; nobody could, then the most there are."""
        counts = [0] * len(self.most)
        for number in solved.chosen or ():
            for rows, name in zip(self._sides, self.pairs[number], strict=True):
                counts[rows[name]] += 1
        return min((n for n, most in zip(counts, self.most, strict=True) if n < most), default=self.highest)

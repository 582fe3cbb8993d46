"""Linear and integer programmes of zeros and ones, handed to HiGHS; knows nothing of meetings.

Every row says that a sum of columns lies between two numbers, every column is 0 or 1, and the weight is maximised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import highspy
import numpy as np
from highspy._core import _Highs


@dataclass(frozen=True, slots=True)
class Solved:
    """Which columns are 1, the weight reached, and what no solution can exceed; None where none was found."""

    chosen: tuple[int, ...] | None
    weight: float
    bound: float
    proven_infeasible: bool = False


@dataclass(slots=True)
class Programme:
    """A programme being written down."""

    weights: list[float] = field(default_factory=list)
    rows: list[tuple[Sequence[int], float, float]] = field(default_factory=list)

    def column(self, weight: float) -> int:
        """Add a column; its number."""
        self.weights.append(weight)
        return len(self.weights) - 1

    def between(self, columns: Sequence[int], least: float, most: float) -> None:
        """Say that so many of these columns are 1, at least and at most."""
        if columns and (least > 0 or most < len(columns)):
            self.rows.append((columns, least, most))

    def groups(self, groups: Mapping[object, Sequence[int]], most: float) -> None:
        """Say of each group that at most so many of it are 1."""
        for columns in groups.values():
            self.between(columns, 0, most)

    def solve(self, *, whole: bool, seconds: float | None = None) -> Solved:
        """Solve it, in whole numbers or not, for at most so long."""
        return Standing(self, whole=whole).solve(seconds=seconds)

    def model(self, whole: bool) -> "highspy.HighsLp":
        model, size = highspy.HighsLp(), len(self.weights)
        model.num_col_, model.num_row_ = size, len(self.rows)
        model.col_cost_ = -np.array(self.weights, float)
        model.col_lower_, model.col_upper_ = np.zeros(size), np.ones(size)
        model.row_lower_ = np.array([least for _columns, least, _most in self.rows], float)
        model.row_upper_ = np.array([most for _columns, _least, most in self.rows], float)
        starts = np.zeros(len(self.rows) + 1, np.int32)
        starts[1:] = np.cumsum([len(columns) for columns, _least, _most in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = starts
        indices = chain.from_iterable(columns for columns, _least, _most in self.rows)
        model.a_matrix_.index_ = np.fromiter(indices, np.int32, starts[-1])
        model.a_matrix_.value_ = np.ones(starts[-1])
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * size
        return model


class Standing:
    """A programme at the solver, which may be changed a little and solved again from where it stood."""

    def __init__(self, programme: Programme, *, whole: bool):
        self._programme, self._whole = programme, whole
        self._solver = _Highs()  # its wrapper greets on standard output before it can be told not to
        options = {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}
        if not whole:
            options["presolve"] = "off"  # takes longer than it spares where the simplex needs a few dozen steps
        for option, value in options.items():
            self._solver.setOptionValue(option, value)
        if programme.weights:
            self._solver.passModel(programme.model(whole))

    def least(self, row: int, least: float) -> None:
        """Ask for so many of a row at least."""
        columns, _before, most = self._programme.rows[row]
        self._programme.rows[row] = (columns, least, most)
        self._solver.changeRowBounds(row, least, most)

    def solve(self, *, seconds: float | None = None) -> Solved:
        """Solve it for at most so long."""
        if not self._programme.weights:
            feasible = all(least <= 0 for _columns, least, _most in self._programme.rows)
            return Solved((), 0, 0) if feasible else Solved(None, 0, 0, proven_infeasible=True)
        if seconds is not None:
            self._solver.setOptionValue("time_limit", max(0.05, seconds))
        self._solver.run()
        return _read(self._solver, self._whole)


def _read(solver: _Highs, whole: bool) -> Solved:
    status, info = solver.getModelStatus(), solver.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Solved(None, 0, 0, proven_infeasible=True)
    bound = -info.mip_dual_bound if whole else -info.objective_function_value
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Solved(None, 0, bound)
    values = np.asarray(solver.getSolution().col_value)
    return Solved(tuple(np.flatnonzero(values > 0.5).tolist()), -info.objective_function_value, bound)

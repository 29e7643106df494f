"""Counts first, scores derived from counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Score:
    """How many spans are right, how many there are, how many were predicted.

    Precision of no prediction and recall of no gold are 0, never 1.
    """

    correct: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float:
        """The share of predicted spans that are right."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold spans that were found."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.gold + self.predicted
        return 2 * self.correct / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        """Sum the counts; scores of parts are never averaged."""
        return Score(
            self.correct + other.correct,
            self.gold + other.gold,
            self.predicted + other.predicted,
        )


@dataclass(frozen=True, slots=True)
class SemEval:
    """The five classes of SemEval-2013 task 9 (and MUC), from summed counts.

    With one-to-one pairs ``possible`` is the number of gold spans and ``actual`` the number of
    predicted ones. Formulas: Segura-Bedmar et al. 2013, section 4.
    """

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0

    @property
    def possible(self) -> int:
        """Gold spans."""
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def actual(self) -> int:
        """Predicted spans."""
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def credit(self) -> float:
        """Correct spans, and half of the partial ones."""
        return self.correct + self.partial / 2

    @property
    def precision(self) -> float:
        """Credit among predicted spans."""
        return self.credit / self.actual if self.actual else 0.0

    @property
    def recall(self) -> float:
        """Credit among gold spans."""
        return self.credit / self.possible if self.possible else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.possible + self.actual
        return 2 * self.credit / both if both else 0.0

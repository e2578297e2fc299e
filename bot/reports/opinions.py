"""Groups of opinion, found as Polis finds them: principal components, k-means, the number of groups by silhouette.

The method is that of Small, Bjorkegren, Erkkila, Shaw, Megill: Polis: Scaling Deliberation by Mapping High Dimensional
Opinion Spaces (Recerca 26(2), 2021); ``docs/decisions`` says where this one differs. Nothing is drawn by lot: the same
supports make the same groups, in whatever order they come. NumPy is an extra: ``pip install 'hearing-bot[groups]'``.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from math import sqrt
from typing import TYPE_CHECKING, Final

from bot.domain.opinion_groups import (
    LEAST_PEOPLE,
    MOST_COMMENTS,
    MOST_GROUPS,
    SMALLEST_OPINION_GROUP,
    NoGroups,
    OpinionGroup,
    OpinionGroups,
    eligible,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    Points = NDArray[float64]
    Labels = NDArray[int64]

SIGNIFICANT: Final = 1.2816
"""The z score of 90 % that Polis asks of a representative comment."""
CLEAR: Final = 0.25
"""The mean silhouette below which there is no structure to speak of (Kaufman and Rousseeuw 1990)."""
MOST_ROUNDS: Final = 100
MOST_CELLS: Final = 4_000_000
"""Of the table of people by comments; of more comments than fit the most supported ones count."""
PEOPLE_MEASURED: Final = 1_000
"""Of more people every so-manieth is measured for the silhouette, which takes the distances between all of them."""
_DECIMALS: Final = 9


def find(supports: Iterable[Collection[int]]) -> OpinionGroups | NoGroups:
    """The groups of people by the comments (ids) that each supports."""
    people = eligible(supports)
    if len(people) < LEAST_PEOPLE:
        return NoGroups.FEW
    if find_spec("numpy") is None:
        return NoGroups.NO_LIBRARY
    comments = compared(people)
    matrix = matrix_of(people)
    labels = divide(project(matrix))
    return NoGroups.UNCLEAR if labels is None else _told(matrix, labels, comments)


def compared(people: Sequence[Collection[int]]) -> list[int]:
    """The comments that are compared, in order."""
    support = Counter(comment for each in people for comment in each)
    ranked = sorted(support, key=lambda comment: (-support[comment], comment))
    return sorted(ranked[: MOST_CELLS // len(people)])


def matrix_of(people: Sequence[Collection[int]]) -> Points:
    """A row for each person, a column for each comment that is compared; 1 for support."""
    import numpy as np  # noqa: PLC0415 an extra

    comments = compared(people)
    places = {comment: place for place, comment in enumerate(comments)}
    matrix = np.zeros((len(people), len(comments)))
    for row, supported in enumerate(people):
        matrix[row, [places[comment] for comment in supported if comment in places]] = 1
    return matrix


def project(matrix: Points) -> Points:
    """Each row of reactions as a point on the two principal components, with a sign that does not change."""
    import numpy as np  # noqa: PLC0415 an extra

    centred = matrix - matrix.mean(axis=0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors.T[:-3:-1]
    strongest = np.abs(axes).round(_DECIMALS).argmax(axis=1)
    axes = axes * np.sign(axes[np.arange(len(axes)), strongest])[:, None]
    points: Points = (centred @ axes.T).round(_DECIMALS)
    return points


def divide(points: Points) -> Labels | None:
    """The number of the group of each point, by the division with the best silhouette; None where none is clear."""
    import numpy as np  # noqa: PLC0415 an extra

    distinct = len(np.unique(points, axis=0))
    best: tuple[float, Labels | None] = (CLEAR, None)
    for count in range(2, min(MOST_GROUPS, distinct, len(points) // SMALLEST_OPINION_GROUP) + 1):
        labels = k_means(points, count)
        if np.bincount(labels, minlength=count).min() < SMALLEST_OPINION_GROUP:
            continue
        if (found := silhouette(points, labels)) > best[0]:
            best = (found, labels)
    return best[1]


def k_means(points: Points, count: int) -> Labels:
    """Lloyd's k-means from starts that lie farthest apart: the first is farthest from the mean of all."""
    import numpy as np  # noqa: PLC0415 an extra

    centres = points[[_squares(points, points.mean(axis=0)[None, :])[:, 0].round(_DECIMALS).argmax()]]
    while len(centres) < count:
        nearest = _squares(points, centres).min(axis=1).round(_DECIMALS)
        centres = np.vstack([centres, points[nearest.argmax()]])
    labels: Labels = _squares(points, centres).round(_DECIMALS).argmin(axis=1)
    for _ in range(MOST_ROUNDS):
        held = [points[labels == number] for number in range(count)]
        centres = np.array([each.mean(axis=0) if len(each) else old for each, old in zip(held, centres, strict=True)])
        moved = _squares(points, centres).round(_DECIMALS).argmin(axis=1)
        if (moved == labels).all():
            break
        labels = moved
    return labels


def silhouette(points: Points, labels: Labels) -> float:
    """The mean silhouette of the points, or of evenly chosen ones where they are many."""
    import numpy as np  # noqa: PLC0415 an extra

    step = -(-len(points) // PEOPLE_MEASURED)
    points, labels = points[::step], labels[::step]
    apart = np.sqrt(_squares(points, points))
    numbers, sizes = np.unique(labels, return_counts=True)
    sums = np.stack([apart[:, labels == number].sum(axis=1) for number in numbers], axis=1)
    own = labels[:, None] == numbers[None, :]
    own_size = sizes[np.searchsorted(numbers, labels)]
    within = sums[own] / np.maximum(own_size - 1, 1)
    beside = np.where(own, np.inf, sums / sizes).min(axis=1)
    widest = np.maximum(within, beside)
    scores = np.divide(beside - within, widest, out=np.zeros_like(widest), where=(widest > 0) & (own_size > 1))
    return float(scores.mean())


def _squares(points: Points, centres: Points) -> Points:
    squares: Points = ((points[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)
    return squares


def _told(matrix: Points, labels: Labels, comments: Sequence[int]) -> OpinionGroups:
    members = [labels == number for number in range(int(labels.max()) + 1)]
    groups = [OpinionGroup(int(own.sum()), _typical(matrix, own, comments)) for own in members]
    groups.sort(key=lambda group: (-group.people, group.comments))
    return OpinionGroups(tuple(groups), _shared(matrix, members, comments))


def _typical(matrix: Points, own: NDArray[bool_], comments: Sequence[int]) -> tuple[int, ...]:
    """The comments that tell a group from the others, the most typical first."""
    found = sorted((-measure, comment) for comment, measure in typical(matrix, own, comments).items())
    return tuple(comment for _, comment in found[:MOST_COMMENTS])


def typical(matrix: Points, own: NDArray[bool_], comments: Sequence[int]) -> dict[int, float]:
    """How typical of a group each comment is that passes the tests of Polis, by the measure of Polis."""
    inside, others = int(own.sum()), int((~own).sum())
    found = {}
    for comment, agreed, elsewhere in zip(comments, matrix[own].sum(axis=0), matrix[~own].sum(axis=0), strict=True):
        share, share_elsewhere = (agreed + 1) / (inside + 2), (elsewhere + 1) / (others + 2)
        most, more = proportion_test(agreed, inside), two_proportions_test(agreed, elsewhere, inside, others)
        if most > SIGNIFICANT and more > SIGNIFICANT:
            found[comment] = round(float(share / share_elsewhere * more * share * most), _DECIMALS)
    return found


def _shared(matrix: Points, members: Sequence[NDArray[bool_]], comments: Sequence[int]) -> tuple[int, ...]:
    """The comments that more than half of every group support, by the product of their shares."""
    found = []
    for place, comment in enumerate(comments):
        shares = [float(matrix[own, place].mean()) for own in members]
        product = 1.0
        for share in shares:
            product *= share
        if min(shares) > 1 / 2:
            found.append((-round(product, _DECIMALS), comment))
    return tuple(comment for _, comment in sorted(found)[:MOST_COMMENTS])


def proportion_test(agreed: float, people: float) -> float:
    """The z score of more than half of the people agreeing, with one made-up person on each side as Polis has it."""
    return 2 * sqrt(people + 1) * ((agreed + 1) / (people + 1) - 0.5)


def two_proportions_test(agreed: float, elsewhere: float, people: float, others: float) -> float:
    """The z score of a larger share here than elsewhere."""
    inside, outside, here, there = agreed + 1, elsewhere + 1, people + 1, others + 1
    together = (inside + outside) / (here + there)
    if together >= 1:
        return 0
    return float((inside / here - outside / there) / sqrt(together * (1 - together) * (1 / here + 1 / there)))

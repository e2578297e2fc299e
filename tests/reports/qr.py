"""Reading a QR code: enough of ISO/IEC 18004 for a clean one of versions 2 to 7, levels Q and H, in bytes."""

from __future__ import annotations

from typing import Final

_BLOCKS: Final = {
    "Q": {2: [22], 3: [17] * 2, 4: [24] * 2, 5: [15] * 2 + [16] * 2, 6: [19] * 4, 7: [14] * 2 + [15] * 4},
    "H": {2: [16], 3: [13] * 2, 4: [9] * 4, 5: [11] * 2 + [12] * 2, 6: [15] * 4, 7: [13] * 4 + [14]},
}
"""Codewords of data in each block."""
_MASKS: Final = (
    lambda x, y: (x + y) % 2,
    lambda x, y: y % 2,
    lambda x, y: x % 3,
    lambda x, y: (x + y) % 3,
    lambda x, y: (y // 2 + x // 3) % 2,
    lambda x, y: x * y % 2 + x * y % 3,
    lambda x, y: (x * y % 2 + x * y % 3) % 2,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2,
)


def read(dark: frozenset[tuple[int, int]]) -> str:
    """What the dark squares say; the upper left one is where the code begins."""
    left, top = min(x for x, _ in dark), min(y for _, y in dark)
    squares = {(x - left, y - top) for x, y in dark}
    size = max(x for x, _ in squares) + 1
    version = (size - 17) // 4
    level, mask = _format(squares)
    bits = [
        ((x, y) in squares) ^ (_MASKS[mask](x, y) == 0) for x, y in _way(size) if not _reserved(x, y, size, version)
    ]
    codewords = [int("".join(str(int(bit)) for bit in bits[at : at + 8]), 2) for at in range(0, len(bits) - 7, 8)]
    stream = "".join(f"{word:08b}" for word in _in_order(codewords, _BLOCKS[level][version]))
    assert stream[:4] == "0100", "not in bytes"
    length = int(stream[4:12], 2)
    return bytes(int(stream[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode("ascii")


def _format(squares: set[tuple[int, int]]) -> tuple[str, int]:
    """Level and mask."""
    first = "".join(str(int((x, 8) in squares)) for x in range(5))
    found = int(first, 2) ^ 0b10101
    return {0b11: "Q", 0b10: "H"}[found >> 3], found & 7


def _way(size: int) -> list[tuple[int, int]]:
    """Two columns at a time, from the right, up and down."""
    way = []
    right = size - 1
    upwards = True
    while right > 0:
        right -= right == 6
        rows = range(size - 1, -1, -1) if upwards else range(size)
        way += [(x, y) for y in rows for x in (right, right - 1)]
        right -= 2
        upwards = not upwards
    return way


def _reserved(x: int, y: int, size: int, version: int) -> bool:
    """Squares that bear no data: finders, timing, alignment, format, version."""
    corner = (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8)
    centres = (6, size - 7) if version < 7 else (6, 22, 38)
    aligned = any(
        abs(x - a) < 3 and abs(y - b) < 3
        for a in centres
        for b in centres
        if (a, b) not in ((6, 6), (6, size - 7), (size - 7, 6))
    )
    says_version = version > 6 and ((x < 6 and y >= size - 11) or (y < 6 and x >= size - 11))
    return corner or aligned or says_version or x == 6 or y == 6


def _in_order(codewords: list[int], lengths: list[int]) -> list[int]:
    """The data of the blocks, which travel interleaved."""
    blocks: list[list[int]] = [[] for _ in lengths]
    ahead = iter(codewords)
    for at in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if at < length:
                block.append(next(ahead))
    return [word for block in blocks for word in block]

"""Exact fractions as the rules have them, for the interpreters of random plans and contracts; shares nothing with the program."""
import random
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction

STEP = 10**12


def half_away(x):
    x = Fraction(x)
    whole = (abs(x.numerator) * 2 + x.denominator) // (2 * x.denominator)
    return whole if x >= 0 else -whole


def decimal(x):
    digits = half_away(abs(Fraction(x)) * STEP)
    text = f"{digits // STEP}.{digits % STEP:012d}".rstrip("0").rstrip(".")
    return ("-" if x < 0 else "") + text


def yuan(fen):
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


class Dice:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def below(self, n):
        return self.random.randrange(n)

    def one(self, items):
        return items[self.below(len(items))]


def run(check, seeds, what):
    """Checks each seed, two at a time; prints what is wrong with the first three, and a line of TAP. Returns the exit status."""
    with ProcessPoolExecutor(2) as pool:
        wrong = [w for w in pool.map(check, seeds, chunksize=4) if w]
    for text in wrong[:3]:
        print("\n".join("# " + line for line in text.splitlines()))
    print(f"{'not ok' if wrong else 'ok'} - {what} are settled as the rules say")
    return 1 if wrong else 0

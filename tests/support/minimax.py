#!/usr/bin/env python3
"""Prints the polynomials of sim/base/elementary.h: minimax, by Remez' exchange algorithm (E. Remez,
1934; J.-M. Muller, Elementary Functions, 3rd ed. 2016, chapter 3), in 60 decimal digits.

For each the largest error relative to the whole function, in units of 2^-53 or 2^-24, before and after
its coefficients are rounded to the format. Needs Debian's python3-mpmath.
"""
import struct

import mpmath as mp

mp.mp.dps = 60
DOUBLE, SINGLE = ("d", mp.mpf(2)**-53), ("f", mp.mpf(2)**-24)
EDGE = mp.sqrt(2) - 1  # a significand in [sqrt(1/2), sqrt(2)) is 1 + t, 1/sqrt(2) - 1 <= t < EDGE
TINY = mp.mpf(10)**-12


def chebyshev(low, high, n):
    return [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * i / n) for i in range(n + 1)]


def interpolate(f, weight, points, count):
    """Coefficients whose weighted error is +e, -e, +e, … at the points, and e."""
    matrix = mp.matrix(count + 1, count + 1)
    right = mp.matrix([f(t) for t in points])
    for i, t in enumerate(points):
        for j in range(count):
            matrix[i, j] = t**j
        matrix[i, count] = (-1)**i / abs(weight(t))
    solution = mp.lu_solve(matrix, right)
    return list(solution[:count]), abs(solution[count])


def extrema(errors, count):
    """The largest error of each run of one sign, at most count of them."""
    found = [errors[0]]
    for error, t in errors[1:]:
        if error * found[-1][0] <= 0:
            found.append((error, t))
        elif abs(error) > abs(found[-1][0]):
            found[-1] = (error, t)
    while len(found) > count:
        found.pop(0 if abs(found[0][0]) < abs(found[-1][0]) else -1)
    return found


def remez(f, weight, count, low, high):
    """Coefficients of the powers below count that minimise the largest |weight (f - sum)|."""
    step = (high - low) / 200  # the weight may vanish at 0: no point there
    points = [t if abs(t) > TINY else step for t in chebyshev(low, high, count)]
    dense = [(t, f(t), abs(weight(t))) for t in chebyshev(low, high, 40 * count) if abs(t) > TINY]
    for _ in range(30):
        c, least = interpolate(f, weight, points, count)
        found = extrema([(w * (v - mp.polyval(c[::-1], t)), t) for t, v, w in dense], count + 1)
        largest = max(abs(error) for error, _ in found)
        if len(found) <= count or largest < 1.001 * least:
            break
        points = [t for _, t in found]
    return c, largest


def fit(name, f, weight, count, low, high, kind):
    code, unit = kind
    c, ideal = remez(f, weight, count, low, high)
    c = [mp.mpf(struct.unpack(code, struct.pack(code, float(a)))[0]) for a in c]
    points = [t for t in chebyshev(low, high, 997) if abs(t) > TINY]
    error = max(abs(weight(t) * (f(t) - mp.polyval(c[::-1], t))) for t in points)
    print(f"{name}: {mp.nstr(ideal / unit, 2)}, rounded {mp.nstr(error / unit, 2)}")
    for power, a in enumerate(c):
        print(f"    {float(a).hex():>25}  t^{power}")


def exp_rest(t):
    """(exp(t) - 1 - t) / t^2"""
    return (mp.expm1(t) - t) / t**2 if abs(t) > TINY else mp.mpf(1) / 2


def log_rest(t):
    """(log(1 + t) - t + t^2 / 2) / t^3"""
    return (mp.log1p(t) - t + t * t / 2) / t**3 if abs(t) > TINY else mp.mpf(1) / 3


def atanh_rest(z):
    """(2 atanh(s) / s - 2) / s^2, z = s^2"""
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) / s - 2) / z if z > TINY else mp.mpf(2) / 3


def sin_ratio(z):
    """sin(pi r / 2) / r, z = r^2"""
    r = mp.sqrt(z)
    return mp.sin(mp.pi / 2 * r) / r if z > 0 else mp.pi / 2


def cos_rest(z):
    """(cos(pi r / 2) - 1) / r^2, z = r^2"""
    r = mp.sqrt(z)
    return -2 * mp.sin(mp.pi / 4 * r)**2 / z if z > 0 else -mp.pi**2 / 8


def fit_all(kind, suffix, exp, sin, cos):
    half = mp.log(2) / 2 * mp.mpf("1.0001")  # the reduced argument is rounded
    quarter = mp.mpf(1) / 4
    fit("exp" + suffix, exp_rest, lambda t: t**2 / mp.exp(t), exp, -half, half, kind)
    fit("sin" + suffix, sin_ratio, lambda z: 1 / sin_ratio(z), sin, mp.mpf(0), quarter, kind)
    fit("cos" + suffix, cos_rest, lambda z: z / (1 + z * cos_rest(z)), cos, mp.mpf(0), quarter, kind)


if __name__ == "__main__":
    fit_all(DOUBLE, "", 10, 7, 7)
    fit("log", atanh_rest, lambda z: z / 2, 7, mp.mpf(0), (EDGE / (2 + EDGE))**2, DOUBLE)
    fit_all(SINGLE, ", single", 5, 4, 3)
    fit("log, single", log_rest, lambda t: t**3 / mp.log1p(t), 7, 1 / mp.sqrt(2) - 1, EDGE, SINGLE)

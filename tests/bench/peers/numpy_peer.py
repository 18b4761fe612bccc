#!/usr/bin/env python3
"""Workload W in NumPy, vectorised over blocks of replications.

    numpy_peer.py exact|line|month REPLICATIONS [SEED]
"""
import sys

import numpy as np

from workload import (AVAILABLE, BUDGET_GROWTH, COUNT, EMERGENCY, EMERGENCY_LOG_MEAN,
                      EMERGENCY_LOG_SD, HISTORY, LINES, MONTHS, PERSISTENCE, RESERVE, RISK_FUND, ROOT,
                      SEASON, YEARS, answer)

BLOCK = 500
CV2 = LINES["cv"]**2
CLAIM = LINES["claim"]


def levels(random, deviation, year, n):
    """Cases a month of each line before the season, and the deviations, of a year."""
    shock = random.standard_normal((n, COUNT)) @ ROOT.T
    if year:
        shock = PERSISTENCE * deviation + np.sqrt(1 - PERSISTENCE**2) * shock
    size = np.exp(EMERGENCY_LOG_MEAN + EMERGENCY_LOG_SD * random.standard_normal(n))
    size = np.where(random.random(n) < EMERGENCY, size, 1)
    sigma = LINES["sigma"]
    cases = (LINES["cases"] * (1 + LINES["growth"])**(year + 1) * np.exp(sigma * shock - sigma**2 / 2)
             * (1 + LINES["exposure"] * (size[:, None] - 1)))
    return cases, shock


def skewed(random, mean, variance, third):
    """Mean, variance and third cumulant by one normal (Cornish and Fisher)."""
    z = random.standard_normal(mean.shape)
    return mean + np.sqrt(variance) * z + third / (6 * variance) * (z * z - 1)


def months_exact(random, cases):
    mean = cases[:, None, :] * SEASON[:, None]
    shape = LINES["dispersion"]
    count = random.poisson(random.gamma(shape, mean / shape))
    return random.gamma(count / CV2, CLAIM * CV2).sum(2)


def months_by_line(random, cases):
    mean = cases[:, None, :] * SEASON[:, None] * CLAIM
    shape, second = LINES["dispersion"], CLAIM * (1 + CV2)
    variance = mean * (mean / shape + second)
    third = mean * (second * (CLAIM * (1 + 2 * CV2) + 3 * mean / shape) + 2 * mean**2 / shape**2)
    return skewed(random, mean, variance, third).sum(2)


def months_in_all(random, cases):
    mean = cases * CLAIM
    shape, second = LINES["dispersion"], CLAIM * (1 + CV2)
    s = SEASON
    square, cube = (mean**2 / shape).sum(1), (2 * mean**3 / shape**2).sum(1)
    variance = np.outer((mean * second).sum(1), s) + np.outer(square, s**2)
    third = (np.outer((mean * second * CLAIM * (1 + 2 * CV2)).sum(1), s)
             + np.outer((3 * mean**2 * second / shape).sum(1), s**2) + np.outer(cube, s**3))
    return skewed(random, np.outer(mean.sum(1), s), variance, third)


MODELS = {"exact": months_exact, "line": months_by_line, "month": months_in_all}


def settle(state, available, expense):
    """Surplus and balance of a year; state: risk fund, reserve, balance."""
    risk, reserve, balance = state
    risk = risk + RISK_FUND / AVAILABLE * available
    reserve = reserve + RESERVE / AVAILABLE * available
    surplus = available - expense
    loss = np.maximum(-surplus, 0)
    band = 0.05 * available
    share = 0.6 * np.minimum(loss, band) + 0.3 * np.clip(loss - band, 0, band)
    paid = np.minimum(share, risk)
    drawn = np.minimum(loss - paid, reserve)
    balance = balance + np.clip(surplus, 0, 0.06 * available) - (loss - paid - drawn)
    return surplus, (risk - paid, reserve - drawn, balance)


def block(random, months, n):
    surpluses, balances, cash = np.empty((3, YEARS, n))
    history = [np.full(n, past) for past in HISTORY]
    state, deviation = (np.zeros(n),) * 3, None
    for year in range(YEARS):
        cases, deviation = levels(random, deviation, year, n)
        total = months(random, cases)
        expense = total.sum(1)
        available = AVAILABLE * BUDGET_GROWTH * sum(history) / 3
        path = np.cumsum(available[:, None] / MONTHS - total, axis=1)
        cash[year] = np.minimum(path.min(1), 0)
        surpluses[year], state = settle(state, available, expense)
        balances[year] = state[2]
        history = history[1:] + [expense]
    return surpluses, balances, cash


def main():
    months, replications = MODELS[sys.argv[1]], int(sys.argv[2])
    random = np.random.default_rng(int(sys.argv[3]) if len(sys.argv) > 3 else 1)

    def run(wanted):
        blocks = [block(random, months, min(BLOCK, wanted - first))
                  for first in range(0, wanted, BLOCK)]
        return [np.concatenate(parts, axis=1) for parts in zip(*blocks)]

    answer(replications, run)


main()

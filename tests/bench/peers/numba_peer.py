#!/usr/bin/env python3
"""Workload W in Numba: loops over replications, compiled and on all threads.

    numba_peer.py exact|line|month REPLICATIONS
"""
import sys

import numpy as np
from numba import njit, prange

from workload import (AVAILABLE, BUDGET_GROWTH, COUNT, EMERGENCY, EMERGENCY_LOG_MEAN,
                      EMERGENCY_LOG_SD, HISTORY, LINES, MONTHS, PERSISTENCE, RESERVE, RISK_FUND, ROOT,
                      SEASON, YEARS, answer)

CASES, CLAIM, CV, SHAPE = LINES["cases"], LINES["claim"], LINES["cv"], LINES["dispersion"]
GROWTH, SIGMA, EXPOSURE = LINES["growth"], LINES["sigma"], LINES["exposure"]
EXACT, LINE, MONTH = range(3)


@njit(fastmath=True, cache=True)
def skewed(mean, variance, third):
    z = np.random.standard_normal()
    return mean + np.sqrt(variance) * z + third / (6 * variance) * (z * z - 1)


@njit(fastmath=True, cache=True)
def month_exact(cases, season):
    total = 0.0
    for i in range(COUNT):
        count = np.random.poisson(np.random.gamma(SHAPE[i], cases[i] * season / SHAPE[i]))
        if count:
            total += np.random.gamma(count / CV[i]**2, CLAIM[i] * CV[i]**2)
    return total


@njit(fastmath=True, cache=True)
def month_of_cumulants(cases, season, by_line):
    total = mean = variance = third = 0.0
    for i in range(COUNT):
        k1 = cases[i] * season * CLAIM[i]
        second = CLAIM[i] * (1 + CV[i]**2)
        over = k1 / SHAPE[i]
        k2 = k1 * (over + second)
        k3 = k1 * (second * (CLAIM[i] * (1 + 2 * CV[i]**2) + 3 * over) + 2 * over * over)
        if by_line:
            total += skewed(k1, k2, k3)
        else:
            mean += k1
            variance += k2
            third += k3
    return total if by_line else skewed(mean, variance, third)


@njit(fastmath=True, cache=True)
def draw_levels(year, deviation, cases):
    size = 1.0
    if np.random.random() < EMERGENCY:
        size = np.exp(EMERGENCY_LOG_MEAN + EMERGENCY_LOG_SD * np.random.standard_normal())
    draws = np.empty(COUNT)
    for i in range(COUNT):
        draws[i] = np.random.standard_normal()
    for i in range(COUNT):
        shock = 0.0
        for j in range(i + 1):
            shock += ROOT[i, j] * draws[j]
        if year:
            shock = PERSISTENCE * deviation[i] + np.sqrt(1 - PERSISTENCE**2) * shock
        deviation[i] = shock
        cases[i] = (CASES[i] * (1 + GROWTH[i])**(year + 1)
                    * np.exp(SIGMA[i] * shock - SIGMA[i]**2 / 2) * (1 + EXPOSURE[i] * (size - 1)))


@njit(fastmath=True, cache=True)
def settle(state, available, expense):
    """Surplus of a year; state: risk fund, reserve, balance."""
    state[0] += RISK_FUND / AVAILABLE * available
    state[1] += RESERVE / AVAILABLE * available
    surplus = available - expense
    loss, band = max(-surplus, 0.0), 0.05 * available
    share = 0.6 * min(loss, band) + 0.3 * min(max(loss - band, 0.0), band)
    paid = min(share, state[0])
    drawn = min(loss - paid, state[1])
    state[0] -= paid
    state[1] -= drawn
    state[2] += min(max(surplus, 0.0), 0.06 * available) - (loss - paid - drawn)
    return surplus


@njit(parallel=True, fastmath=True, cache=True)
def simulate(replications, model):
    surpluses, balances = np.empty((YEARS, replications)), np.empty((YEARS, replications))
    cash = np.empty((YEARS, replications))
    for r in prange(replications):
        h0, h1, h2 = HISTORY
        state, deviation, cases = np.zeros(3), np.zeros(COUNT), np.empty(COUNT)
        for year in range(YEARS):
            draw_levels(year, deviation, cases)
            available = AVAILABLE * BUDGET_GROWTH * (h0 + h1 + h2) / 3
            expense = path = lowest = 0.0
            for m in range(MONTHS):
                if model == EXACT:
                    total = month_exact(cases, SEASON[m])
                else:
                    total = month_of_cumulants(cases, SEASON[m], model == LINE)
                expense += total
                path += available / MONTHS - total
                lowest = min(lowest, path)
            surpluses[year, r] = settle(state, available, expense)
            balances[year, r] = state[2]
            cash[year, r] = lowest
            h0, h1, h2 = h1, h2, expense
    return surpluses, balances, cash


def main():
    model = {"exact": EXACT, "line": LINE, "month": MONTH}[sys.argv[1]]
    simulate(10, model)  # compiles
    answer(int(sys.argv[2]), lambda wanted: simulate(wanted, model))


main()

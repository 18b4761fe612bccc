"""What the Python programs share: the tables of workload W, its numbers, the summary, the answer."""
import csv
import json
import os
import time

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
YEARS, MONTHS = 5, 12
HISTORY = (594e6, 630e6, 667.8e6)
PERSISTENCE, CORRELATION = 0.6, 0.6
EMERGENCY, EMERGENCY_LOG_MEAN, EMERGENCY_LOG_SD = 0.08, 0.12, 0.10
BUDGET_GROWTH, AVAILABLE = 1.17, 0.95
RISK_FUND, RESERVE = 0.03, 0.02


def table(name):
    """Columns by name, as arrays; the first column of lines.csv is a label."""
    with open(os.path.join(HERE, name), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0] if key != "line"}


LINES = table("lines.csv")
SEASON = table("season.csv")["season"]
COUNT = len(LINES["cases"])
ROOT = np.linalg.cholesky(CORRELATION ** np.abs(np.subtract.outer(range(COUNT), range(COUNT))))


def summary(surplus, balance, lowest_cash):
    """Of arrays of years x replications, for each year."""
    worst = int(0.05 * balance.shape[1])
    ordered = np.sort(balance, axis=1)
    return {
        "surplus": surplus.mean(1).tolist(),
        "surplus_sd": surplus.std(1).tolist(),
        "overspend": (surplus < 0).mean(1).tolist(),
        "balance": balance.mean(1).tolist(),
        "balance_sd": balance.std(1).tolist(),
        "balance_5": np.quantile(ordered, 0.05, axis=1).tolist(),
        "balance_50": np.quantile(ordered, 0.50, axis=1).tolist(),
        "balance_95": np.quantile(ordered, 0.95, axis=1).tolist(),
        "balance_tail_5": ordered[:, :worst].mean(1).tolist(),
        "lowest_cash": lowest_cash.mean(1).tolist(),
    }


def answer(replications, run):
    """Runs, summarises and prints replications, seconds, processor seconds and the summary as one line of JSON."""
    start, processor = time.perf_counter(), time.process_time()
    result = summary(*run(replications))
    print(json.dumps({"replications": replications, "seconds": time.perf_counter() - start,
                      "processor_seconds": time.process_time() - processor, "years": result}))

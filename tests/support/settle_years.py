"""Random contracts over several real years, against an interpreter in exact fractions.

    settle_years.py COUNT [SEED]        BAOGAN names the command; prints TAP

What settle_plans.py has no part in: totals (grown, of income, corrected for people, rolling), the income limit, funds
(shares of several bases, amounts per head, ceilings), instalments by quarter and month, what a year leaves to the next total
and to the pool, and the calendar with repayment in instalments. Written from the text of the rules (sim/rules/README.md,
sim/settlement/README.md); shares nothing with the program. `baogan settle` must give each amount to the fen.
"""
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

from exact import STEP, Dice, decimal, half_away, run, yuan

BAOGAN = os.environ["BAOGAN"]
FIRST = 2025


def by_remainder(size, weights):
    """Largest remainder, equal ones to the earlier."""
    whole = sum(weights)
    exact = [Fraction(size) * w / whole for w in weights]
    parts = [e.numerator // e.denominator for e in exact]
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[:size - sum(parts)]:
        parts[i] += 1
    return parts


class Draw(Dice):
    def rate(self, largest=Fraction(1), digits=None):
        digits = digits or self.one([100, 1000, STEP])
        return Fraction(self.below(int(largest * digits) + 1), digits)

    def chance(self, n):
        return self.below(n) == 0

    def fund(self, name):
        fund = {"name": name, "rate": self.rate(Fraction(1, 10)), "carry_over": bool(self.below(2)),
                "base": self.one(["total", "total", "income", "expense"]), "per_head": None, "ceiling": None,
                "opening": 0}
        if self.chance(3):
            fund["per_head"] = self.below(3000)
        if fund["carry_over"]:
            fund["opening"] = self.below(self.size // 20)
            fund["ceiling"] = self.rate(Fraction(1, 5)) if self.chance(2) else None
        return fund

    def contract(self):
        self.size = self.one([10**7, 10**9, 10**12])
        years = 2 + self.below(3)
        people = 1 + self.size // 10**5
        c = {"years": years, "people": people, "history": [self.size // 2 + self.below(self.size // 2) for _ in range(1 + self.below(3))],
             "growth": [self.rate(Fraction(1, 5)) - Fraction(1, 20) for _ in range(years + 1)],
             "rule": self.one(["previous_total", "previous_total", "rolling", "from_income"]),
             "income": self.one([None, self.size // people]) , "forecast": {}, "balance": self.below(self.size // 4)}
        if c["rule"] == "from_income":
            c["income"] = self.size // people
            c["share"] = [self.rate() for _ in range(years + 1)]
            c["carried"] = self.one([Fraction(0), Fraction(1), self.rate()])
        if c["rule"] == "previous_total" and self.chance(2):
            c["forecast"] = {y: 1 + people - people // 10 + self.below(1 + people // 5) for y in range(years) if self.below(3)}
        c["income_limit"] = Fraction(1, 2) + self.rate(Fraction(3, 2)) if c["income"] is not None else None
        funds = [self.fund(name) for name in ["buffer", "reserve", "small"][:1 + self.below(3)]]
        for fund in funds:
            if fund["base"] == "income" and c["income"] is None:
                fund["base"] = "total"
        c["funds"] = funds
        c["released"] = self.rate() if self.chance(2) else None  # of the first fund
        c["ratio"] = self.rate()
        c["outside_by"] = self.one(["pool", "community"])
        c["outside_share"] = self.rate(Fraction(1, 2))
        c["shares"] = None
        if self.chance(2):
            parts = self.one([4, 12])
            cuts = sorted(self.below(101) for _ in range(parts - 1))
            c["shares"] = [Fraction(b - a, 100) for a, b in zip([0, *cuts], [*cuts, 100])]
            c["quarter_month"] = 1 + self.below(3)
        c["calendar"] = self.calendar()
        c["carry"] = None
        if self.below(3):
            c["carry"] = {"share": self.rate(), "gain": self.rate(), "recover": "budget",
                          "limit": self.one([None, self.rate(Fraction(1, 4))])}
        c["kept"], c["borne"], c["disallow"] = self.rate(), self.rate(), bool(self.below(2))
        c["actual"] = [self.actual(people) for _ in range(years)]
        return c

    def calendar(self):
        settled = 1 + self.below(12)
        paid = settled + self.below(4)
        repayment = None
        if self.below(3):
            repayment = {"months": 1 + self.below(24), "first": paid + self.below(12), "remainder": self.one(["first", "last"]),
                         "at_once": self.one([0, self.below(self.size // 100)])}
        return {"settled": settled, "paid": paid, "repayment": repayment}

    def actual(self, people):
        expense = self.size // 4 + self.below(self.size)
        return {"expense": expense, "disallowed": self.below(expense // 20), "outside": self.below(expense // 2),
                "people": 1 + people - people // 10 + self.below(1 + people // 5)}


# ---- as text ----


def by_year(values):
    return "{" + ", ".join(f"{FIRST + y}: {v}" for y, v in values) + "}"


def fund_text(fund):
    keys = [f"rate: {decimal(fund['rate'])}", f"carry_over: {str(fund['carry_over']).lower()}"]
    if fund["base"] != "total":
        keys.append(f"base: {fund['base']}")
    if fund["per_head"] is not None:
        keys.append(f"per_head: {yuan(fund['per_head'])}")
    if fund["ceiling"] is not None:
        keys.append(f"ceiling: {decimal(fund['ceiling'])}")
    if fund["opening"]:
        keys.append(f"opening: {yuan(fund['opening'])}")
    return f"{fund['name']}: {{{', '.join(keys)}}}"


def budget_text(c):
    keys = [f"growth: {by_year((y, decimal(g)) for y, g in enumerate(c['growth']))}",
            "funds: {" + ", ".join(fund_text(f) for f in c["funds"]) + "}"]
    if c["rule"] == "from_income":
        keys.append(f"from_income: {{share: {by_year((y, decimal(s)) for y, s in enumerate(c['share']))}, carried: {decimal(c['carried'])}}}")
    elif c["rule"] == "rolling":
        keys.append("later_rule: rolling")
    if c["forecast"]:
        keys.append(f"people_forecast: {by_year(c['forecast'].items())}")
    if c["income_limit"] is not None:
        keys.append(f"income_limit: {decimal(c['income_limit'])}")
    prepaid = [f"ratio: {decimal(c['ratio'])}", f"outside: {c['outside_by']}"]
    if c["outside_by"] == "pool":
        prepaid.append(f"outside_share: {decimal(c['outside_share'])}")
    if c["shares"]:
        prepaid.append("shares: [" + ", ".join(decimal(s) for s in c["shares"]) + "]")
        if len(c["shares"]) == 4:
            prepaid.append(f"quarter_month: {c['quarter_month']}")
    keys.append("prepayment: {" + ", ".join(prepaid) + "}")
    calendar = [f"settled: {c['calendar']['settled']}", f"paid: {c['calendar']['paid']}"]
    repayment = c["calendar"]["repayment"]
    if repayment:
        once = f"at_once: {yuan(repayment['at_once'])}, " if repayment["at_once"] else ""
        calendar.append(f"repayment: {{{once}months: {repayment['months']}, first: {repayment['first']}, remainder: {repayment['remainder']}}}")
    keys.append("calendar: {" + ", ".join(calendar) + "}")
    return "budget:\n" + "".join(f"  {key}\n" for key in keys)


def text_of(c):
    last = FIRST - 1
    history = ", ".join(f"{last - i}: {yuan(h)}" for i, h in enumerate(reversed(c["history"])))
    lines = [f"history: {{{history}}}", f"people: {{residents: {{count: {c['people']}, growth: 0%, growth_sd: 0}}}}",
             f"simulation: {{years: {c['years'] + 1}}}"]
    if c["income"] is not None:
        lines.append(f"pool: {{residents: {{income_per_head: {yuan(c['income'])}, growth: 0%, balance: {yuan(c['balance'])}}}}}")
    lines.append(budget_text(c).rstrip("\n"))
    lines.append("settlement:")
    if c["disallow"]:
        lines.append("  - disallow: {}")
    if c["released"] is not None:
        lines.append(f"  - release: {{fund: {c['funds'][0]['name']}, share: {decimal(c['released'])}}}")
    if c["carry"]:
        limit = f", limit: {decimal(c['carry']['limit'])}" if c["carry"]["limit"] is not None else ""
        lines.append(f"  - carry_forward: {{share: {decimal(c['carry']['share'])}, gain: {decimal(c['carry']['gain'])}, recover: budget{limit}}}")
    lines += [f"  - share_surplus: {{bands: {{rest: {decimal(c['kept'])}}}}}",
              f"  - share_overspend: {{bands: {{rest: {decimal(c['borne'])}}}}}", "  - clear: {}", "actual:"]
    for y, a in enumerate(c["actual"]):
        keys = f"expense: {yuan(a['expense'])}, disallowed: {yuan(a['disallowed'])}, outside: {yuan(a['outside'])}, people: {a['people']}"
        lines.append(f"  {FIRST + y}: {{residents: {{{keys}}}}}")
    return "\n".join(lines) + "\n"


# ---- the interpreter ----


class Contract:
    def __init__(self, c):
        self.c = c
        self.balance, self.deficit, self.previous = c["balance"], 0, None
        self.held = {f["name"]: f["opening"] for f in c["funds"]}
        self.spent = list(c["history"])
        self.paid = {}

    def wanted(self, y, income):
        """The total before any limit, and what the pool's balance adds to it."""
        c, growth = self.c, 1 + self.c["growth"][y]
        if c["rule"] == "from_income":
            brought = half_away(self.balance * c["carried"])
            return max(0, half_away(income * c["share"][y]) + brought), brought
        if y == 0:
            return half_away(half_away(Fraction(sum(c["history"]), len(c["history"]))) * growth), 0
        if c["rule"] == "rolling":
            last = self.spent[-3:]
            return half_away(half_away(Fraction(sum(last), len(last))) * growth), 0
        total = self.previous
        if y - 1 in c["forecast"]:
            total = half_away(Fraction(total * c["actual"][y - 1]["people"], c["forecast"][y - 1]))
        return half_away(total * growth), 0

    def total(self, y, income):
        total, brought = self.wanted(y, income)
        if income is not None:
            total = min(total, max(0, half_away(income * self.c["income_limit"]) + brought))
        recovered = 0
        if self.c["carry"]:
            limit = self.c["carry"]["limit"]
            most = half_away(total * limit) if limit is not None else total
            recovered = max(-most, min(most, self.deficit))
        self.deficit -= recovered
        self.previous = total
        return total - recovered

    def levy(self, fund, total, income, people, left):
        base = {"total": total, "income": income, "expense": self.spent[-1]}[fund["base"]]
        amount = half_away(base * fund["rate"])
        if fund["per_head"] is not None:
            amount += fund["per_head"] * people
        if fund["ceiling"] is not None:
            amount = min(amount, max(0, half_away(total * fund["ceiling"]) - self.held[fund["name"]]))
        return min(amount, left)

    def instalments(self, payable):
        c = self.c
        expected = 1 - c["outside_share"] if c["outside_by"] == "pool" else Fraction(1)
        due = half_away(payable * Fraction(half_away(c["ratio"] * expected * STEP), STEP))
        weights = [Fraction(1)] * 12
        if c["shares"] and len(c["shares"]) == 12:
            weights = c["shares"]
        elif c["shares"]:
            weights = [c["shares"][m // 3] if m % 3 == c["quarter_month"] - 1 else Fraction(0) for m in range(12)]
        return by_remainder(due, weights)

    def pay(self, y, month, amount):
        """Months from 0 for January of the year."""
        if amount:
            year, month = FIRST + y + month // 12, month % 12 + 1
            key = f"{year}-{month:02d}"
            self.paid[key] = self.paid.get(key, 0) + amount

    def clear(self, y, clearing):
        calendar = self.c["calendar"]
        paid, repayment = 11 + calendar["paid"], calendar["repayment"]
        if clearing >= 0 or not repayment:
            return self.pay(y, paid, clearing)
        owed, months, first = -clearing, repayment["months"], 11 + repayment["first"]
        once = min(owed, repayment["at_once"])
        each, odd = divmod(owed - once, months)
        self.pay(y, paid, -once)
        for m in range(months):
            extra = odd if m == (0 if repayment["remainder"] == "first" else months - 1) else 0
            self.pay(y, first + m, -each - extra)
        return None

    def year(self, y):
        c, actual = self.c, self.c["actual"][y]
        income = c["income"] * actual["people"] if c["income"] is not None else None
        deficit_before = self.deficit
        total = self.total(y, income)
        added, left = {}, total
        for fund in c["funds"]:
            added[fund["name"]] = self.levy(fund, total, income, actual["people"], left)
            left -= added[fund["name"]]
        instalments = self.instalments(left)
        for m, amount in enumerate(instalments):
            self.pay(y, m, amount)
        closing = {f["name"]: self.held[f["name"]] + added[f["name"]] for f in c["funds"]}
        disallowed = actual["disallowed"] if c["disallow"] else 0
        balance = left - actual["expense"] + disallowed
        if c["released"] is not None:
            name = c["funds"][0]["name"]
            balance += half_away(closing[name] * c["released"])
            closing[name] = 0
        if c["carry"]:
            lost = half_away(max(0, -balance) * c["carry"]["share"])
            won = half_away(max(0, balance) * c["carry"]["gain"])
            balance += lost - won
            self.deficit += lost - won
        result = half_away(max(0, balance) * c["kept"]) - half_away(max(0, -balance) * c["borne"])
        entitlement = actual["expense"] - disallowed + result
        by_pool = actual["outside"] if c["outside_by"] == "pool" else 0
        clearing = entitlement - by_pool - sum(instalments)
        self.clear(y, clearing)
        kept = {f["name"]: closing[f["name"]] if f["carry_over"] else 0 for f in c["funds"]}
        movement = -entitlement - sum(kept[n] - self.held[n] for n in kept)
        self.balance += (income or 0) + movement
        self.held = kept
        self.spent.append(actual["expense"])
        return {"budget": total, "payable": left, "prepaid": sum(instalments), "result": result, "entitlement": entitlement,
                "clearing": clearing, "deficit_left": self.deficit, "pool": movement,
                "recovered": deficit_before, "added": added, "kept": kept}


# ---- the comparison ----


def check(c, found):
    contract = Contract(c)
    paid = {}
    for y, row in enumerate(found):
        expected = contract.year(y)
        said = {"budget": row["inputs"]["budget_fen"], "payable": row["inputs"]["payable_fen"], "prepaid": row["inputs"]["prepaid_fen"],
                **{name: row["results"][name + "_fen"] for name in ("result", "entitlement", "clearing", "deficit_left")},
                "pool": row["accounts_fen"]["pool"]}
        for name, amount in said.items():
            if amount != expected[name]:
                raise AssertionError(f"{FIRST + y}: {name} is {amount} instead of {expected[name]} fen")
        for payment in row["payments"]:
            paid[payment["month"]] = paid.get(payment["month"], 0) + payment["amount_fen"]
    paid = {month: amount for month, amount in paid.items() if amount}
    expected = {month: amount for month, amount in contract.paid.items() if amount}
    if paid != expected:
        wrong = sorted(set(paid.items()) ^ set(expected.items()))[:4]
        raise AssertionError(f"payments differ: {wrong}")


def check_contract(seed):
    """None, or what is wrong and how to see it again."""
    c = Draw(seed).contract()
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "contract.yaml"), "w") as out:
            out.write(text_of(c))
        run = subprocess.run([BAOGAN, "settle", "contract.yaml", "--json", "--quiet"], cwd=folder, capture_output=True, text=True)
    try:
        if run.returncode:
            raise AssertionError(run.stderr)
        check(c, json.loads(run.stdout))
    except AssertionError as wrong:
        return f"seed {seed}: {wrong}\n{text_of(c)}"
    return None


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    return run(check_contract, range(seed, seed + count), f"{count} random contracts over several years")


if __name__ == "__main__":
    sys.exit(main())

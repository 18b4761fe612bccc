"""Random settlement plans on random units, against an interpreter in exact fractions.

    settle_plans.py COUNT [SEED]        BAOGAN names the command; prints TAP

The interpreter is written from the text of the rules (sim/rules/README.md) and shares nothing with the
program. Plans and units are settled by `baogan settle --table`; every amount of every unit must be the
interpreter's, accounts must add up to zero, and a unit must not depend on those beside it, but for those
of its pool where they share a fund.
"""
import csv
import io
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

from exact import STEP, Dice, decimal, half_away, run, yuan

BAOGAN = os.environ["BAOGAN"]
UNITS = [30, 30, 30, 30, 30, 30, 30, 130]  # of a plan; the last is more than a block
FINE = 10**4
LIMIT = (2**63 - 1) // 64  # fen that an input may have, with a coarse unit a FINE-th of it
FUNDS = {"guarantee": False, "risk": True}  # carried over or not
MONEY = ["turnover", "incoming", "harm"]
POT_MONEY = ["part_a", "part_b", "part_c", "fixed", "spent_a", "spent_b", "grant", "grant_spent"]
PAYING = ["credit", "share_overspend", "relief"]
POT_KINDS = ["credit", "charge", "corridor", "share_surplus", "share_overspend", "deduct", "relief", "cap"]
NUMBERS = ["share_rate", "weight_a", "weight_b", "weight_c"]
TRACKS = ["A", "B", "EN"]


def to_step(rate):
    """A rate is rounded once to 12 decimals."""
    return Fraction(half_away(rate * STEP), STEP)


def bands_in(bands, year):
    """One table, or that of the year."""
    return bands if isinstance(bands, list) else bands["years"].get(int(year), bands["other"])


def is_zero(rule):
    return rule is not None and rule["form"] == "constant" and rule["rate"] == 0


class ByYear(dict):
    """Names of all years, in the order in which they first stand; what each has in a year, nothing where it is not
    named."""

    def __init__(self, years, other):
        super().__init__((name, None) for table in [*years.values(), other] for name in table)
        self.years, self.other = years, other

    def of(self, year):
        table = self.years.get(int(year), self.other)
        return {name: table.get(name, Fraction(0)) for name in self}


# ---- plans: lists of (kind, keys); a rule is a dictionary with its form ----


class Draw(Dice):
    def rate(self, largest=Fraction(1)):
        digits = self.one([100, 1000, STEP])
        return Fraction(self.below(int(largest * digits) + 1), digits)

    def rule(self, largest=Fraction(1), inputs=True):
        if inputs and largest == 1 and self.below(8) == 0:
            return self.moved_rule()
        form = self.below(6 if inputs else 5)
        if form <= 1:
            return {"form": "constant", "rate": self.rate(largest)}
        if form == 2:
            years = {y: self.rate(largest) for y in (2021, 2023)}
            return {"form": "year", "years": years, "other": self.rate(largest)}
        if form == 3:
            if self.below(4) == 0:
                return {"form": "tiers by year", "years": {y: self.tiers(largest) for y in (2021, 2023)},
                        "other": self.tiers(largest)}
            return {"form": "tiers", "tiers": self.tiers(largest)}
        bounds = sorted([self.rate(largest), self.rate(largest)])
        low = bounds[0] if self.below(2) else None
        high = bounds[1] if self.below(2) else None
        if form == 4:
            return {"form": "line", "at_0": self.rate(largest), "at_100": self.rate(largest),
                    "floor": low, "ceiling": high}
        return {"form": "input", "input": "share_rate", "times": self.rate(largest), "floor": low,
                "ceiling": high}

    def tiers(self, largest):
        bounds = sorted({self.below(1001) for _ in range(1 + self.below(3))}, reverse=True)
        return [(Fraction(b, 10), self.rate(largest)) for b in bounds]

    def moved_rule(self):
        """A rate moved by points of either sign."""
        points = lambda: self.one([-1, 1]) * self.rate()
        moves = self.one([
            lambda: {"form": "constant", "rate": points()},
            lambda: {"form": "tiers", "tiers": [(Fraction(90), points()), (Fraction(60), points()), (Fraction(0), points())]},
            lambda: {"form": "year", "years": {2021: points()}, "other": points()}])()
        low, high = sorted([self.rate(), self.rate()])
        return {"form": "plus", "rate": self.one([{"form": "constant", "rate": self.rate()},
                                                  {"form": "tiers", "tiers": [(Fraction(75), self.rate())]}]),
                "plus": moves, "floor": low if self.below(3) == 0 else None,
                "ceiling": high if self.below(3) == 0 else None}

    def reading(self):
        """What the shares of bands hold for, written out or not."""
        apply = self.one(["marginal", "whole", "whole_rest"])
        keys = {} if apply == "marginal" and self.below(2) else {"apply": apply}
        return keys if apply == "marginal" else {**keys, "edge": self.one(["below", "above"])}

    def bands(self):
        if self.below(4):
            return self.bands_of_year()
        return {"years": {y: self.bands_of_year() for y in (2021, 2023)}, "other": self.bands_of_year()}

    def bands_of_year(self):
        limits, limit = [], Fraction(0)
        for _ in range(self.below(4)):
            limit += self.one([Fraction(1 + self.below(10), 100),
                               Fraction(1 + self.below(STEP // self.one([4, 20, 10**9])), STEP)])
            limits.append(limit)
        rules = self.below(2)
        share = self.rule if rules else lambda: {"form": "constant", "rate": self.rate()}
        return [(limit, share()) for limit in limits] + [(None, share())]

    def conditions(self):
        when = {}
        if self.below(3) == 0:
            when["track"] = self.random.sample(TRACKS, 1 + self.below(2))
        if self.below(3) == 0:
            when["score"] = {self.one(["from", "above"]): Fraction(self.below(1000), 10)}
        if self.below(4) == 0:
            when["year"] = {self.one(["to", "below"]): Fraction(2021 + self.below(4))}
        if self.below(6) == 0:
            when["revenue"] = {self.one(["from", "below"]): Fraction(self.below(10**6))}
        if self.below(6) == 0:
            when["pool_result"] = {self.one(["from", "above", "to", "below"]): Fraction(0)}
        if self.below(6) == 0:
            bound = {"input": self.one(["budget", "revenue"]), "times": self.rate(Fraction(3, 2)), "plus": self.below(10**6)}
            when["expense"] = {self.one(["from", "above", "to", "below"]): bound}
        return when

    def payer(self, short=True):
        keys = {"payer": self.one(["pool", "pool", "guarantee", "risk"])}
        if short and self.below(2):
            keys["when_short"] = "community"
        return keys

    def several(self, step):
        """In place of a payer several, of which it is one: shares or weights, which may differ by the sign."""
        kind, keys = step["kind"], step["keys"]
        others = [a for a in ["pool", "risk", "finance", *(["guarantee"] if kind in PAYING else [])] if a != keys["payer"]]
        accounts = [keys.pop("payer"), *self.random.sample(others, 1 + self.below(2))]
        self.random.shuffle(accounts)

        def side():
            form = self.below(4)
            if form == 0:  # amounts; one of them is never zero
                names = [POT_MONEY[0], *self.random.sample(MONEY, len(accounts) - 1)]
            elif form == 1:
                names = self.random.sample(NUMBERS[1:], len(accounts))
            else:
                low, high = self.whole(len(accounts)), self.whole(len(accounts))
                return [{"form": "constant", "rate": r} if form == 2 else {"form": "tiers", "tiers": [(Fraction(60), h), (Fraction(0), r)]}
                        for r, h in zip(low, high)]
            return [{"form": "input", "input": n, "times": self.one([Fraction(1), Fraction(1, 2), Fraction(3)]),
                     "floor": None, "ceiling": None} for n in names]

        gain, loss = side(), side()
        keys["payers"] = dict(zip(accounts, zip(gain, loss) if self.below(2) else gain))

    def assessment(self):
        """Of a release about a part of the fund, by a score of its own."""
        keys = {"part": {"form": "constant", "rate": self.rate()}} if self.below(3) == 0 else {}
        return {**keys, "score": "midyear"} if self.below(3) == 0 else keys

    def date(self, steps):
        """Releases that are paid in the course of the year, where the plan has a calendar."""
        releases = [s["keys"] for s in steps if s["kind"] == "release" and s["keys"]["as"] == "income"]
        for keys in releases[:4]:
            if self.below(2):
                keys["paid"] = 1 + self.below(12)

    def step(self, kind):
        base = {"base": self.one(["budget", "payable", "turnover"])}
        if kind == "disallow":
            return {}
        if kind == "release":
            fund = self.one(list(FUNDS))
            if self.shared[fund] != "no":
                return {"fund": fund, "share": {"form": "constant", "rate": Fraction(1)}, "as": "buffer", "rest": fund}
            return {"fund": fund, "share": self.rule(), "as": self.one(["income", "buffer"]),
                    "rest": self.one(["pool", "guarantee", "risk"]), **self.assessment()}
        if kind == "cover_emergency":
            return {"fund": self.one(list(FUNDS)), "include_rebound": bool(self.below(2))}
        if kind == "credit":
            return {"input": self.one(MONEY), "rate": self.rule(), **self.payer()}
        if kind == "charge":
            return {"input": self.one(MONEY), "rate": self.rule(), **self.payer(False)}
        if kind == "corridor":
            minimum = lambda: None if self.below(4) == 0 else self.rule(Fraction(1, 10), False)
            return {"minimum_saving": minimum(), "minimum_loss": minimum(),
                    "beyond": self.one(["first_fen", "excess"]), **base, **self.payer()}
        if kind in ("share_surplus", "share_overspend"):
            return {"bands": self.bands(), **self.reading(), **base, **self.payer(kind == "share_overspend")}
        if kind == "deduct":
            return {"gain": self.rule(), "loss": self.rule(), **self.payer()}
        if kind == "relief":
            return {"input": self.one(MONEY), **self.payer()}
        if kind == "cap":
            keys = {"gain": self.rule(Fraction(1, 8)), **base, **self.payer()}
            keys["loss_limits"] = {"budget": (self.rule(Fraction(1, 8)), False),
                                   "revenue": (self.rule(Fraction(1, 8)), True)}
            return keys
        if kind == "carry_forward":
            keys = {"share": self.rule(), "recover": self.one(["gain", "always"]),
                    "limit": self.rule(Fraction(1, 5)) if self.below(2) else None, **base}
            keys["gain"] = self.rule() if self.below(3) == 0 else None
            keys["years"] = 1 + self.below(3) if self.below(3) == 0 and keys["gain"] is None else None
            return keys
        if kind == "draw_reserve":
            return {"fund": self.one(list(FUNDS)), "share": self.rule()}
        assert kind == "pay_reserve"
        ceiling = self.rule(Fraction(1, 5)) if self.below(2) and self.shared["risk"] == "no" else None
        return {"fund": "risk", "share": self.rule(), "ceiling": ceiling, **base}

    def parts(self, names, first):
        """Pots: money and expense by shares, weights or inputs that leave a rest."""
        def cut():
            ends = sorted(self.below(STEP + 1) for _ in names[1:])
            return [Fraction(b - a, STEP) for a, b in zip([0, *ends], [*ends, STEP])]

        parts = {name: {} for name in names}
        for given, share, weight in (("money", "share", "weight"),
                                     ("expense", "expense_share", "expense_weight")):
            way = self.below(3 if given == "expense" or first else 2)
            for i, (name, rate) in enumerate(zip(names, cut())):
                if way == 0:
                    parts[name][share] = {"form": "constant", "rate": rate}
                elif way == 1:
                    parts[name][weight] = POT_MONEY[i]
                elif given == "expense" and i + 1 < len(names):
                    parts[name][given] = ["spent_a", "spent_b"][i]
                elif given == "money" and i == 0:
                    parts[name][given] = "fixed"
                elif given == "money" and len(names) > 2:
                    parts[name][weight] = POT_MONEY[i]
        for name in names:
            if self.below(3) == 0:
                parts[name]["netted"] = bool(self.below(2))
        return parts

    def pots(self, first):
        """The step and those of its pots."""
        names = self.random.sample(["wards", "clinics", "drugs"], 2 + self.below(2))
        parts = self.parts(names, first)
        if self.below(3) == 0:
            parts["health"] = {"own_money": True, "money": "grant", "expense": "grant_spent"}
            if self.below(2):
                parts["health"]["netted"] = bool(self.below(2))
        steps = [{"kind": "pots", "keys": {"parts": parts}, "when": self.conditions() if self.below(4) == 0 else {},
                  "name": "all pots" if self.below(3) == 0 else None}]
        shared = set()
        for i in range(self.below(7)):
            pot, kind = self.one(list(parts)), self.one(POT_KINDS)
            if kind == "corridor" and pot in shared:
                continue
            if kind in ("share_surplus", "share_overspend", "cap"):
                shared.add(pot)
            keys = {"pot": pot, **self.step(kind)}
            if pot == "health":
                keys["payer"] = pot
            steps.append({"kind": kind, "keys": keys, "when": self.conditions() if self.below(4) == 0 else {},
                          "name": f"pot step {i}" if self.below(3) == 0 else None})
        steps[-1]["ends pots"] = True
        return steps

    def keep_money(self, steps):
        """Money goes into a fund that does not carry over only where a later step draws on it."""
        drawn = []
        for step in reversed(steps):
            keys = step["keys"]
            into = "rest" if step["kind"] == "release" else "payer"
            fills = step["kind"] in ("release", "charge", "corridor", "share_surplus", "deduct", "cap")
            fund = keys.get(into)
            used = any(d["fund"] == fund and not (d["when"] and step["when"]) for d in drawn)
            own = step["kind"] == "release" and keys["fund"] == fund
            if fills and fund in FUNDS and not FUNDS[fund] and not used and not own:
                keys[into] = "pool"
            pays = step["kind"] in ("credit", "corridor", "share_overspend", "deduct", "relief", "cap")
            if pays and not (step["kind"] == "corridor" and is_zero(keys["minimum_loss"])):
                drawn.append({"fund": keys["payer"], "when": step["when"]})
            if step["kind"] in ("release", "cover_emergency", "draw_reserve"):
                drawn.append({"fund": keys["fund"], "when": step["when"]})

    def whole(self, parts):
        """Shares that add up to 100 %."""
        cuts = [0, *sorted(self.below(STEP + 1) for _ in range(parts - 1)), STEP]
        return [Fraction(b - a, STEP) for a, b in zip(cuts, cuts[1:])]

    def members(self):
        """Of a split: weights from inputs, shares, or shares by the sign of the result."""
        form = self.below(5)
        if form == 0:
            return {}
        if form == 1:
            return {"town": "weight_a", "county": "weight_b", "clinic": "weight_c"}
        if form == 4:  # by year, of which one names fewer; sides in some
            two, three, sides = self.whole(2), self.whole(3), [*self.whole(2), Fraction(0)]
            years = {2021: dict(zip(("b", "a"), two)), 2023: dict(zip(("b", "name", "a"), three))}
            return ByYear(years, {m: (s, t) for m, s, t in zip(("a", "b", "name"), sides, three)})
        gain, loss = self.whole(3), self.whole(3)
        return {m: g if form == 2 else (g, l) for m, g, l in zip(("b", "name", "a"), gain, loss)}

    def use(self):
        """Purposes with shares above zero, minima that leave room and maxima that leave nothing over."""
        if self.below(2):
            return None
        names = ["pay", "teams", "reserve"][:2 + self.below(2)]
        bound = lambda low, high: {"form": "tiers", "tiers": [
            (Fraction(b), low + self.rate(high - low)) for b in (80, 0)]}
        rates = [Fraction(1 + self.below(10**6)) for _ in names]
        steps = [half_away(r / sum(rates) * STEP) for r in rates[1:]]
        shares = [Fraction(STEP - sum(steps), STEP), *(Fraction(s, STEP) for s in steps)]
        purposes = {n: {"share": {"form": "constant", "rate": s}} for n, s in zip(names, shares)}
        for terms in purposes.values():
            if self.below(2):
                terms["minimum"] = bound(Fraction(0), Fraction(3, 10))
            if self.below(2):
                terms["maximum"] = bound(Fraction(1, 2), Fraction(1))
        return {"purposes": purposes, "when": self.conditions() if self.below(3) == 0 else {}}

    def plan(self):
        rules = ["no", "no", "pro_rata", "first_come"]
        self.shared = {f: self.one(rules) for f in FUNDS}
        kinds = ["disallow"] * self.below(2) + ["carry_forward"] * self.below(2)
        for kind in ("release", "cover_emergency", "credit", "charge", "corridor", "share_surplus",
                     "share_overspend", "deduct", "relief", "cap", "draw_reserve", "pay_reserve"):
            kinds += [kind] * self.one([0, 0, 1, 1, 2])
        self.random.shuffle(kinds)
        sharing = [i for i, k in enumerate(kinds) if k in ("share_surplus", "share_overspend", "cap")]
        if sharing:  # corridors stand before them
            kinds = [k for i, k in enumerate(kinds) if k != "corridor" or i < sharing[0]]
        steps = [{"kind": k, "keys": self.step(k), "when": self.conditions() if self.below(3) == 0 else {},
                  "name": f"step {i}" if self.below(3) == 0 else None} for i, k in enumerate(kinds)]
        releases = [s for s in steps if s["kind"] == "release"]
        for i, earlier in enumerate(releases):  # a fund is released again only where its rest stays
            if "part" not in earlier["keys"] and any(
                    later["keys"]["fund"] == earlier["keys"]["fund"] for later in releases[i + 1:]):
                earlier["keys"]["rest"] = earlier["keys"]["fund"]
        if self.below(3) == 0:
            place = self.one([0, self.below(len(steps) + 1)])
            steps[place:place] = self.pots(place == 0)
        self.keep_money(steps)
        own = [p for step in steps if step["kind"] == "pots" for p, part in step["keys"]["parts"].items() if part.get("own_money")]
        for step in steps:
            if "payer" in step["keys"] and step["keys"].get("pot") not in own and self.below(4) == 0:
                self.several(step)
        dated = self.below(3) == 0
        if dated:
            self.date(steps)
        members = self.members()
        return {"steps": steps, "members": members, "use": self.use() if members else None, "unit": self.one([1, 1, 100, 100000]), "shared": self.shared,
                "pays_outside": self.one(["pool", "community"]), "dated": dated}

    def amount(self, largest):
        return self.below(largest + 1)

    def blame(self, unit, members):
        """The disallowed expense by institution, of some units; the total may be left out then."""
        left = unit["disallowed"]
        for i, member in enumerate(members):
            last = i + 1 == len(members)
            part = left if last else self.below(left + 1)
            left -= part
            unit["disallowed." + member] = None if part == 0 and not last else part
        unit["disallowed told"] = bool(self.below(2))

    def extreme(self, unit, largest):
        """Amounts at the limit of what a settlement holds, and 0."""
        edge = lambda: self.one([largest, largest, largest - 1, self.amount(largest), 0])
        unit["budget"] = edge()
        for fund in FUNDS:
            unit["added." + fund] = self.one([0, unit["budget"] // 2, unit["budget"] // 3])
            unit["opening." + fund] = edge() // 6  # of up to six communities together
        unit["payable"] = unit["budget"] - sum(unit["added." + fund] for fund in FUNDS)
        unit["expense"] = left = edge()
        for name in self.random.sample(["emergency", "rebound", "disallowed"], 3):
            unit[name] = self.one([0, left, self.amount(left)])
            left -= unit[name]
        unit["outside"] = self.one([0, unit["expense"], self.amount(unit["expense"])])
        for name in ["prepaid", "patients", "deficit", *MONEY]:
            unit[name] = edge()
        unit["grant"], unit["grant_spent"] = edge(), edge()
        unit["revenue"] = None if self.below(3) == 0 else edge()
        unit["pool_result"] = self.one([-1, 1]) * edge()

    def at_edge(self, unit, steps, largest):
        """An expense that brings the balance to exactly a limit of bands, before any other step moves it."""
        banded = [s for s in steps if "bands" in s["keys"] and len(bands_in(s["keys"]["bands"], unit["year"])) > 1]
        if not banded:
            return
        step = self.one(banded)
        bands = bands_in(step["keys"]["bands"], unit["year"])
        limit, base = self.one(bands[:-1])[0], step["keys"]["base"]
        size = max(1, unit[base] // limit.denominator) * limit.denominator
        payable = unit["payable"] if base == "turnover" else size
        moved = int(limit * size)
        expense = payable - moved if step["kind"] == "share_surplus" else payable + moved
        if max(size, expense) > largest or expense < 0:
            return
        unit.update({"added." + fund: 0 for fund in FUNDS})
        unit.update({base: size, "budget": payable, "payable": payable, "expense": expense, "emergency": 0,
                     "rebound": 0, "disallowed": 0, "outside": min(unit["outside"], expense)})

    def unit(self, plan):
        coarse = plan["unit"] > 1
        size = self.one([1000, 10**8, 10**12, 10**12 if coarse else 10**15])
        added = {f: self.amount(size // 20) for f in FUNDS}
        budget = size // 2 + self.amount(size // 2) + sum(added.values())
        expense = budget * (700 + self.below(600)) // 1000
        parts = [self.amount(expense // self.one([5, 100])) for _ in range(3)]
        unit = {"budget": budget, "expense": expense, "prepaid": self.amount(size),
                "emergency": parts[0], "rebound": parts[1], "disallowed": parts[2],
                "outside": self.amount(expense), "patients": self.amount(size),
                "deficit": self.amount(size // 10), "payable": budget - sum(added.values())}
        for name in MONEY:
            unit[name] = self.amount(size // self.one([1, 10, 100]))
        unit["score"] = Fraction(self.one([0, 100 * STEP, self.below(100 * STEP + 1), self.below(101) * STEP]), STEP)
        unit["year"] = Fraction(2020 + self.below(5))
        unit["track"] = self.one(TRACKS + ["other"])
        unit["revenue"] = None if self.below(3) == 0 else self.amount(size)
        unit["pool_result"] = self.one([-1, 0, 1]) * self.amount(size)
        unit["share_rate"] = self.rate()
        for name in NUMBERS[1:]:
            unit[name] = Fraction(1 + self.below(10**6), 1000)
        unit["midyear"] = Fraction(self.one([0, 100 * STEP, self.below(100 * STEP + 1)]), STEP)
        for fund in FUNDS:
            unit["added." + fund] = added[fund]
            unit["opening." + fund] = self.amount(size // 20)
        for name in POT_MONEY:
            unit[name] = 1 + self.amount(size // self.one([1, 100]))
        if self.below(8) == 0:
            self.extreme(unit, LIMIT // FINE if coarse else self.one([10**15, LIMIT]))
        elif self.below(6) == 0:
            self.at_edge(unit, plan["steps"], LIMIT // FINE if coarse else LIMIT)
        unit["fixed"] = self.amount(unit["payable"])
        unit["spent_a"] = self.amount(unit["expense"])
        unit["spent_b"] = self.amount(unit["expense"] - unit["spent_a"])
        return unit

    def pool(self, plan, name):
        """Communities of one pool and year; a part of a shared fund may be negative, the whole is not."""
        shares = any(rule != "no" for rule in plan["shared"].values())
        units = [self.unit(plan) for _ in range(1 + self.below(6) if shares else 1)]
        gains = any(s["keys"].get("gain") for s in plan["steps"] if s["kind"] == "carry_forward")
        for unit in units:
            unit["pool"], unit["year"] = name, units[0]["year"]
            if gains and self.below(2):
                unit["deficit"] *= -1
        for fund, rule in plan["shared"].items():
            giver, taker = self.one(units), self.one(units)
            if rule != "no" and self.below(2):
                moved = self.amount(sum(max(0, u["opening." + fund]) for u in units))
                giver["opening." + fund] += moved
                taker["opening." + fund] -= moved
        return units


# ---- plans and units as text ----


def tiers_text(tiers):
    return "{" + ", ".join(f"{decimal(b)}: {decimal(r)}" for b, r in tiers) + "}"


def rule_text(rule):
    form = rule["form"]
    if form == "constant":
        return decimal(rule["rate"])
    if form == "year":
        years = ", ".join(f"{y}: {decimal(r)}" for y, r in rule["years"].items())
        return f"{{{years}, other: {decimal(rule['other'])}}}"
    if form == "tiers":
        return f"{{by_score: {tiers_text(rule['tiers'])}}}"
    if form == "tiers by year":
        years = ", ".join(f"{y}: {tiers_text(t)}" for y, t in rule["years"].items())
        return f"{{by_score: {{{years}, other: {tiers_text(rule['other'])}}}}}"
    if form == "plus":
        text = f"rate: {rule_text(rule['rate'])}, plus: {rule_text(rule['plus'])}"
    elif form == "line":
        text = f"score: {{at_0: {decimal(rule['at_0'])}, at_100: {decimal(rule['at_100'])}}}"
    else:
        text = f"input: {rule['input']}, times: {decimal(rule['times'])}"
    for key in ("floor", "ceiling"):
        if rule[key] is not None:
            text += f", {key}: {decimal(rule[key])}"
    return f"{{{text}}}"


def bands_text(bands):
    return "{" + ", ".join(f"{'rest' if limit is None else decimal(limit)}: {rule_text(rule)}" for limit, rule in bands) + "}"


def part_text(part):
    return "{" + ", ".join(f"{key}: {value_text(key, value)}" for key, value in part.items()) + "}"


def value_text(key, value):
    if key == "parts":
        return "{" + ", ".join(f"{name}: {part_text(part)}" for name, part in value.items()) + "}"
    if key == "payers":
        rows = [f"{a}: " + (f"{{gain: {rule_text(r[0])}, loss: {rule_text(r[1])}}}" if isinstance(r, tuple) else rule_text(r))
                for a, r in value.items()]
        return "{" + ", ".join(rows) + "}"
    if key == "bands":
        if isinstance(value, list):
            return bands_text(value)
        years = ", ".join(f"{y}: {bands_text(b)}" for y, b in value["years"].items())
        return f"{{{years}, other: {bands_text(value['other'])}}}"
    if key == "loss_limits":
        rows = [f"{base}: {{rate: {rule_text(rule)}, optional: {str(optional).lower()}}}"
                for base, (rule, optional) in value.items()]
        return "{" + ", ".join(rows) + "}"
    if value is None:
        return "none"
    if isinstance(value, dict):
        return rule_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def bound_text(bound):
    if isinstance(bound, dict):
        return f"{{input: {bound['input']}, times: {decimal(bound['times'])}, plus: {yuan(bound['plus'])}}}"
    return decimal(bound)


def member_text(share):
    if isinstance(share, str):
        return f"{{input: {share}}}"
    if isinstance(share, tuple):
        return f"{{gain: {decimal(share[0])}, loss: {decimal(share[1])}}}"
    return decimal(share)


def members_text(members):
    return "{" + ", ".join(f"{m}: {member_text(s)}" for m, s in members.items()) + "}"


def use_text(use):
    rows = [f"{n}: {{" + ", ".join(f"{k}: {rule_text(r)}" for k, r in terms.items()) + "}"
            for n, terms in use["purposes"].items()]
    when = f", when: {when_text(use['when'])}" if use["when"] else ""
    return f"  - use: {{purposes: {{{', '.join(rows)}}}{when}}}"


def when_text(when):
    rows = []
    for name, condition in when.items():
        if isinstance(condition, list):
            rows.append(f"{name}: [{', '.join(condition)}]")
        else:
            rows.append(f"{name}: {{" + ", ".join(f"{k}: {bound_text(v)}" for k, v in condition.items()) + "}")
    return "{" + ", ".join(rows) + "}"


def plan_text(plan):
    funds = ", ".join(f"{f}: {{rate: 0, carry_over: {str(carries).lower()}, shared: {plan['shared'][f]}}}"
                      for f, carries in FUNDS.items())
    lines = [f"budget: {{funds: {{{funds}}}, prepayment: {{outside: {plan['pays_outside']}}}{', calendar: 5' if plan['dated'] else ''}}}",
             "inputs: {" + ", ".join(f"{m}: money" for m in MONEY + POT_MONEY) + ", "
             + ", ".join(f"{n}: {'rate' if n == 'share_rate' else 'number'}" for n in NUMBERS + ["midyear"])
             + ", track: text, revenue: {kind: money, optional: true}, pool_result: {pool: surplus}}",
             f"settlement_rounding: {yuan(plan['unit'])}", "settlement_payers: [finance]", "settlement:"]
    for step in plan["steps"]:
        keys = [f"{k}: {value_text(k, v)}" for k, v in step["keys"].items() if not (k in ("ceiling", "limit", "gain", "years") and v is None)]
        if step["when"]:
            keys.append("when: " + when_text(step["when"]))
        if step["name"]:
            keys.append("name: " + step["name"])
        lines.append(f"  - {step['kind']}: {{{', '.join(keys)}}}")
    members = plan["members"]
    if isinstance(members, ByYear):
        rows = [f"{y}: {members_text(table)}" for y, table in [*members.years.items(), ("other", members.other)]]
        lines.append("  - split: {" + ", ".join(rows) + "}")
    elif members:
        lines.append(f"  - split: {members_text(members)}")
    if plan["use"]:
        lines.append(use_text(plan["use"]))
    return "\n".join(lines + ["  - clear: {}", ""])


def units_text(units):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [n for n in units[0] if n != "disallowed told"]
    writer.writerow(names)
    amounts = {n for n in names if n not in NUMBERS + ["midyear", "score", "year", "track", "pool"]}
    for unit in units:
        cells = []
        for name in names:
            value = unit[name] if name != "disallowed" or unit.get("disallowed told", True) else None
            cells.append("" if value is None else value if name in ("track", "pool")
                         else yuan(value) if name in amounts else decimal(value))
        writer.writerow(cells)
    return out.getvalue()


# ---- the interpreter: amounts are whole parts of a fen ----


class Settlement:
    def __init__(self, plan, unit):
        self.plan, self.unit = plan, unit
        self.fine = FINE if plan["unit"] > 1 else 1
        self.purposes = plan["use"]["purposes"] if plan["use"] else {}
        pots = [step["keys"]["parts"] for step in plan["steps"] if step["kind"] == "pots"]
        self.parts = pots[0] if pots else {}
        self.sources = [pot for pot, part in self.parts.items() if part.get("own_money")]
        self.account = {a: 0 for a in ("pool", *FUNDS, "finance", *self.sources, "community", *plan["members"], *self.purposes,
                                       "outside", "patients", "rounding")}
        self.pot, self.pot_money, self.has_pots, self.at_work = {}, {}, False, None
        self.result = {r: 0 for r in ("released", "covered", "shared")}
        self.result["balance"] = None
        self.deficit = self.input("deficit")
        self.disallowed = 0
        self.advanced = 0
        self.assessed_by = "score"
        self.balance = 0
        self.named = {}

    def input(self, name):
        return self.unit[name] * self.fine

    def score(self):
        return self.unit[self.assessed_by]

    def base(self, name):
        """In a pot budget and payable are its money."""
        if self.at_work and name in ("budget", "payable"):
            return max(0, self.pot_money[self.at_work])
        return self.input(name)

    def rate(self, rule):
        form = rule["form"]
        if form == "constant":
            return rule["rate"]
        if form == "year":
            return rule["years"].get(int(self.unit["year"]), rule["other"])
        if form in ("tiers", "tiers by year"):
            tiers = rule["tiers"] if form == "tiers" else rule["years"].get(int(self.unit["year"]), rule["other"])
            reached = [r for b, r in tiers if self.score() >= b]
            return reached[0] if reached else Fraction(0)
        if form == "plus":
            rate = self.rate(rule["rate"]) + self.rate(rule["plus"])
        elif form == "line":
            rate = to_step(rule["at_0"] + (rule["at_100"] - rule["at_0"]) * self.score() / 100)
        else:
            rate = to_step(self.unit[rule["input"]] * rule["times"])
        if rule["floor"] is not None:
            rate = max(rate, rule["floor"])
        if rule["ceiling"] is not None:
            rate = min(rate, rule["ceiling"])
        return min(max(rate, Fraction(0)), Fraction(1)) if form == "plus" else rate

    def held(self, fund):
        return self.input("opening." + fund) + self.account[fund]

    def gain(self):
        return max(0, self.balance)

    def loss(self):
        return max(0, -self.balance)

    def take(self, amount, account, result="shared"):
        """From the balance to an account."""
        self.balance -= amount
        self.account[account] += amount
        self.result[result] -= amount

    def draw(self, fund, wanted):
        """What the fund pays; of a shared one that is asked for, and known when all have asked."""
        if self.plan["shared"][fund] == "no":
            return min(wanted, self.held(fund))
        return (yield fund, wanted)

    def weight(self, rule):
        """Of a payer; an input of money counts in parts of a fen."""
        if rule["form"] != "input" or rule["input"] in NUMBERS:
            return self.rate(rule)
        return half_away(self.input(rule["input"]) * rule["times"])

    def by_payer(self, amount, keys, side):
        """What of an amount falls on each, by largest remainder."""
        if "payers" not in keys:
            return {keys["payer"]: amount}
        rules = {a: r[side] if isinstance(r, tuple) else r for a, r in keys["payers"].items()}
        return by_remainder(amount, {a: self.weight(r) for a, r in rules.items()})

    def give(self, amount, keys):
        """Off the balance, to the payers."""
        for payer, part in self.by_payer(amount, keys, 0).items():
            self.take(part, payer)

    def pay(self, need, keys):
        """Into the balance, by the payers."""
        for payer, part in self.by_payer(need, keys, 1).items():
            paid = (yield from self.draw(payer, part)) if payer in FUNDS else part
            self.take(-paid, payer)
            if paid < part and keys.get("when_short", "pool") == "pool":
                self.take(paid - part, "pool")

    def record(self):
        if self.result["balance"] is None:
            self.result["balance"] = self.balance

    def meets(self, when):
        for name, condition in when.items():
            value = self.unit[name]
            if value is None:
                return False
            if isinstance(condition, list):
                if value not in condition:
                    return False
                continue
            value = Fraction(value, 100) if name in ("revenue", "pool_result", "expense") else value
            condition = {k: self.bound(b) for k, b in condition.items()}
            if None in condition.values():
                return False
            compare = {"from": lambda b: value >= b, "above": lambda b: value > b,
                       "to": lambda b: value <= b, "below": lambda b: value < b}
            if not all(compare[k](b) for k, b in condition.items()):
                return False
        return True

    def bound(self, bound):
        """A bound that another input sets, in yuan; none where that is absent."""
        if not isinstance(bound, dict):
            return bound
        other = self.unit[bound["input"]]
        return None if other is None else bound["times"] * Fraction(other, 100) + Fraction(bound["plus"], 100)

    def whole_share(self, amount, base, keys):
        """The share of the whole amount, None where bands are marginal for it."""
        below = keys.get("edge", "below") == "below"
        lies = lambda limit: limit is None or amount < limit * base or (below and amount == limit * base)
        limit, rule = next((limit, rule) for limit, rule in self.bands(keys) if lies(limit))
        whole = keys.get("apply") == "whole" or (keys.get("apply") == "whole_rest" and limit is None)
        return self.rate(rule) if whole else None

    def bands(self, keys):
        return bands_in(keys["bands"], self.unit["year"])

    def banded(self, amount, base, keys):
        share = self.whole_share(amount, base, keys)
        return self.marginal(amount, base, self.bands(keys)) if share is None else half_away(share * amount)

    def marginal(self, amount, base, bands):
        total, lower = Fraction(0), Fraction(0)
        for limit, rule in bands:
            upper = Fraction(amount) if limit is None else min(Fraction(amount), limit * base)
            if upper > lower:
                total += (upper - lower) * self.rate(rule)
                lower = upper
        return half_away(total)

    def disallow(self, keys):
        amount = self.input("disallowed")
        self.disallowed += amount
        self.balance += amount
        self.account["community"] -= amount

    def release(self, keys):
        if self.plan["shared"][keys["fund"]] != "no":
            released = yield from self.draw(keys["fund"], self.loss())
            self.take(-released, keys["fund"], "released")
            return
        held = self.held(keys["fund"])
        if "part" in keys:
            held = half_away(held * keys["part"]["rate"])
        self.assessed_by = keys.get("score", "score")
        released = half_away(held * self.rate(keys["share"]))
        self.assessed_by = "score"
        if "paid" in keys:
            self.advanced += half_away(Fraction(released, self.fine)) * self.fine
        if keys["as"] == "buffer":
            released = min(released, self.loss())
        self.balance += released
        self.result["released"] += released
        self.account[keys["fund"]] -= held
        self.account[keys["rest"]] += held - released

    def cover_emergency(self, keys):
        cause = self.input("emergency") + (self.input("rebound") if keys["include_rebound"] else 0)
        wanted = min(max(0, cause - self.result["covered"]), self.loss())
        covered = yield from self.draw(keys["fund"], wanted)
        self.take(-covered, keys["fund"], "covered")

    def credit(self, keys):
        yield from self.pay(half_away(self.input(keys["input"]) * self.rate(keys["rate"])), keys)

    def charge(self, keys):
        self.give(half_away(self.input(keys["input"]) * self.rate(keys["rate"])), keys)

    def corridor(self, keys):
        self.record()
        base = self.base(keys["base"])

        def unshared(amount, minimum):
            if minimum is None:
                return amount
            rate = self.rate(minimum)
            if amount < rate * base:
                return amount
            return min(amount, half_away(rate * base)) if keys["beyond"] == "excess" else 0

        if self.balance > 0:
            self.give(unshared(self.balance, keys["minimum_saving"]), keys)
        elif self.balance < 0:
            yield from self.pay(unshared(-self.balance, keys["minimum_loss"]), keys)

    def share_surplus(self, keys):
        self.record()
        kept = self.banded(self.gain(), self.base(keys["base"]), keys)
        self.give(self.gain() - kept, keys)

    def share_overspend(self, keys):
        self.record()
        borne = self.banded(self.loss(), self.base(keys["base"]), keys)
        yield from self.pay(self.loss() - borne, keys)

    def deduct(self, keys):
        self.give(half_away(self.gain() * self.rate(keys["gain"])), keys)
        yield from self.pay(half_away(self.loss() * self.rate(keys["loss"])), keys)

    def relief(self, keys):
        yield from self.pay(min(self.input(keys["input"]), self.loss()), keys)

    def cap(self, keys):
        highest = half_away(self.base(keys["base"]) * self.rate(keys["gain"]))
        self.give(max(0, self.gain() - highest), keys)
        limits = [half_away(self.base(base) * self.rate(rule))
                  for base, (rule, _) in keys["loss_limits"].items() if self.unit[base] is not None]
        yield from self.pay(max(0, self.loss() - min(limits)), keys)

    def carry_forward(self, keys):
        always = keys["recover"] == "always"
        own = self.balance
        repaid = self.deficit_brought if always else min(self.deficit_brought, self.gain())
        if keys["limit"] is not None:
            most = half_away(self.input(keys["base"]) * self.rate(keys["limit"]))
            repaid = max(-most, min(most, repaid))
        self.take(repaid, "pool")
        own = own if always else self.balance
        lost = half_away(max(0, -own) * self.rate(keys["share"]))
        won = half_away(max(0, own) * self.rate(keys["gain"])) if keys["gain"] is not None else 0
        self.take(won - lost, "pool")
        # A table knows of no deficit how old it is: all of it is last year's.
        self.deficit = (0 if keys["years"] == 1 and self.deficit_brought > 0 else self.deficit - repaid) + lost - won

    def draw_reserve(self, keys):
        due = half_away(self.loss() * self.rate(keys["share"]))
        paid = yield from self.draw(keys["fund"], due)
        self.take(-paid, keys["fund"])

    def pay_reserve(self, keys):
        paid = half_away(self.gain() * self.rate(keys["share"]))
        if keys["ceiling"] is not None:
            room = half_away(self.base(keys["base"]) * self.rate(keys["ceiling"])) - self.held(keys["fund"])
            paid = min(paid, max(0, room))
        self.take(paid, keys["fund"])

    def divide(self, total, by=None):
        """In whole fen; by the shares of the sign of what is divided, or of `by`."""
        is_loss = (total if by is None else by) < 0
        of_sign = lambda s: s[1 if is_loss else 0] if isinstance(s, tuple) else s
        members = self.plan["members"]
        members = members.of(self.unit["year"]) if isinstance(members, ByYear) else members
        weights = {m: self.unit[s] if isinstance(s, str) else of_sign(s) for m, s in members.items()}
        parts = by_remainder(abs(total) // self.fine, weights)
        return {m: (p if total >= 0 else -p) * self.fine for m, p in parts.items()}

    def use(self, gains):
        """What members keep of a gain goes to purposes."""
        if not self.plan["use"] or not self.meets(self.plan["use"]["when"]):
            return
        parts = purpose_parts({n: {k: self.rate(r) for k, r in terms.items()} for n, terms in self.purposes.items()})
        for member, gain in gains.items():
            for purpose, amount in by_remainder(max(0, gain) // self.fine, parts).items():
                self.account[member] -= amount * self.fine
                self.account[purpose] += amount * self.fine

    def pot_parts(self, whole, given_key, share, weight):
        """What inputs give goes first, the rest by shares or weights; money of its own is no part of it."""
        given = {p: self.input(part[given_key]) for p, part in self.parts.items() if given_key in part}
        left = whole - sum(amount for p, amount in given.items() if not self.parts[p].get("own_money"))
        weights = {}
        for p, part in self.parts.items():
            if given_key not in part:
                weights[p] = self.unit[part[weight]] if weight in part else part.get(share, {"rate": 1})["rate"]
        parts = by_remainder(abs(left), weights) if weights else {}
        return {**given, **{p: amount if left >= 0 else -amount for p, amount in parts.items()}}

    def pots(self, keys):
        self.record()
        self.has_pots = True
        self.pot_money = self.pot_parts(self.balance + self.input("expense"), "money", "share", "weight")
        expense = self.pot_parts(self.input("expense"), "expense", "expense_share", "expense_weight")
        self.pot = {p: self.pot_money[p] - expense[p] for p in self.parts}
        self.balance = 0
        for source in self.sources:
            self.account[source] -= self.pot_money[source]
            self.account["community"] += expense[source]
            self.result["shared"] += self.pot[source]

    def apart(self):
        """Results that are not netted, by pot."""
        netted = {p: part.get("netted", not part.get("own_money")) for p, part in self.parts.items()}
        return {p: amount for p, amount in self.pot.items() if not netted[p]}

    def end_pots(self):
        self.balance += sum(amount for p, amount in self.pot.items() if p not in self.apart())
        if "all pots" in self.named:
            self.named["all pots"] = (self.balance, self.balance - self.before_pots)

    def known_losses(self):
        """Disallowed expense of the institutions, where the unit says whose it is."""
        given = {m: self.unit.get("disallowed." + m) for m in self.plan["members"]}
        if not self.disallowed or all(amount is None for amount in given.values()):
            return None
        return {m: (amount or 0) * self.fine for m, amount in given.items()}

    def finish(self):
        self.record()
        amounts = [self.balance, *self.apart().values()]
        if not self.plan["members"]:
            amounts = [sum(amounts)]
        unit = self.plan["unit"] * self.fine
        parts = [half_away(Fraction(a, unit)) * unit if self.fine > 1 else a for a in amounts]
        self.outcome = sum(parts)
        self.account["rounding"] += sum(amounts) - self.outcome
        self.member = {}
        if self.plan["members"]:
            divided = [self.divide(part) for part in parts]
            gains = {m: sum(part[m] for part in divided) for m in self.plan["members"]}
            losses = self.known_losses() or self.divide(self.disallowed, self.outcome)
            for m in self.plan["members"]:
                self.member[m] = gains[m] - losses[m]
                self.account[m] += self.member[m]
            self.account["community"] += self.disallowed
            self.use(gains)
        else:
            self.account["community"] += self.outcome
        for fund, carries in FUNDS.items():
            if not carries:
                self.account["pool"] += self.held(fund)
                self.account[fund] -= self.held(fund)

    def open(self):
        self.deficit_brought = self.deficit
        self.account["pool"] -= self.input("budget")
        for fund in FUNDS:
            self.account[fund] += self.input("added." + fund)
        self.balance = self.input("payable") - self.input("expense")
        self.account["community"] += self.input("expense") - self.input("outside") + self.input("patients")
        self.account["outside"] += self.input("outside")
        self.account["patients"] -= self.input("patients")

    def step(self, step):
        """Applies a step, and asks on the way for what it wants of a shared fund, once at most."""
        pot = step["keys"].get("pot")
        whole, before = self.balance, self.pot.get(pot, 0) if pot else self.balance
        if step["kind"] == "pots":
            self.before_pots = before
        self.balance, self.at_work = before, pot
        if (self.has_pots or not pot) and self.meets(step["when"]):
            asks = getattr(self, step["kind"])(step["keys"])
            if asks is not None:
                yield from asks
        if step["name"]:
            self.named[step["name"]] = (self.balance, self.balance - before)
        if pot:
            self.pot[pot], self.balance, self.at_work = self.balance, whole, None

    def amounts(self):
        fen = lambda amount: half_away(Fraction(amount, self.fine))
        account = {a: fen(v) for a, v in self.account.items()}
        for fund, rule in self.plan["shared"].items():
            if rule != "no":  # rounded up
                account[fund] = -(-self.account[fund] // self.fine)
        account["rounding"] = -sum(v for a, v in account.items() if a != "rounding")
        entitlement = self.input("expense") - self.disallowed + self.outcome
        by_pool = self.input("outside") if self.plan["pays_outside"] == "pool" else 0
        found = {"balance": self.result["balance"], "released": self.result["released"],
                 "covered": self.result["covered"],
                 "shared": self.result["shared"], "result": self.outcome, "entitlement": entitlement,
                 "clearing": entitlement - by_pool - self.input("prepaid") - self.advanced,
                 "deficit_left": self.deficit}
        found = {k: fen(v) for k, v in found.items()}
        for name, (balance, moved) in self.named.items():
            found[name], found[name + ".moved"] = fen(balance), fen(moved)
        for fund in FUNDS:
            found["fund." + fund] = self.unit["opening." + fund] + account[fund]
        for member, amount in self.member.items():
            found["institution." + member] = fen(amount)
        for name, amount in account.items():
            found["account." + name] = amount
        return found


def by_remainder(size, weights):
    """Largest remainder in whole parts; equal remainders to the name first in byte order."""
    whole = sum(weights.values())
    exact = {m: Fraction(size) * w / whole for m, w in weights.items()}
    parts = {m: e.numerator // e.denominator for m, e in exact.items()}
    order = sorted(weights, key=lambda m: (parts[m] - exact[m], m.encode()))
    for member in order[:size - sum(parts.values())]:
        parts[member] += 1
    return parts


def purpose_parts(terms):
    """The middle one of minimum, l x share and maximum, with the l for which they add up to 1; the free ones in
    whole steps."""
    low = {n: t.get("minimum", Fraction(0)) for n, t in terms.items()}
    high = {n: t.get("maximum", Fraction(1)) for n, t in terms.items()}
    part = lambda n, l: min(max(l * terms[n]["share"], low[n]), high[n])
    corners = sorted({bound[n] / terms[n]["share"] for n in terms for bound in (low, high)})
    total = lambda l: sum(part(n, l) for n in terms)
    above = next(l for l in corners if total(l) >= 1)
    below = max((l for l in corners if l < above), default=Fraction(0))
    rise = total(above) - total(below)
    l = above if rise == 0 else below + (above - below) * (1 - total(below)) / rise
    free = {n: t["share"] for n, t in terms.items() if low[n] < l * t["share"] < high[n]}
    left = 1 - sum(part(n, l) for n in terms if n not in free)
    steps = by_remainder(int(left * STEP), free) if free else {}
    return {n: Fraction(steps[n], STEP) if n in free else part(n, l) for n in terms}


def share_out(rule, held, wanted):
    """What each gets of what all hold."""
    if sum(wanted) <= held:
        return wanted
    if rule == "first_come":
        return [max(0, min(w, held - sum(wanted[:i]))) for i, w in enumerate(wanted)]
    exact = [Fraction(held) * w / sum(wanted) for w in wanted]
    parts = [e.numerator // e.denominator for e in exact]
    for i in sorted(range(len(parts)), key=lambda i: parts[i] - exact[i])[:held - sum(parts)]:
        parts[i] += 1
    return parts


def answer(plan, settlements, asking):
    """Says to those that ask what they get of the shared fund; those that then ask for another."""
    again = []
    fund = asking[0][1]
    held = sum(settlement.held(fund) for settlement in settlements)
    paid = share_out(plan["shared"][fund], held, [wanted for _, _, wanted in asking])
    for (run, asked_fund, _), amount in zip(asking, paid):
        assert asked_fund == fund
        try:
            again.append((run, *run.send(amount)))
        except StopIteration:
            pass
    return again


def settle_pool(plan, units):
    """The amounts of the communities of a pool: a step is applied to all before the next."""
    settlements = [Settlement(plan, unit) for unit in units]
    for settlement in settlements:
        settlement.open()
    for step in plan["steps"]:
        asking = []
        for settlement in settlements:
            run = settlement.step(step)
            asked = next(run, None)
            if asked:
                asking.append((run, *asked))
        while asking:
            asking = answer(plan, settlements, asking)
        for settlement in settlements:
            if step.get("ends pots"):
                settlement.end_pots()
    for settlement in settlements:
        settlement.finish()
        assert sum(settlement.account.values()) == 0
    return [settlement.amounts() for settlement in settlements]


# ---- the comparison ----


def settled(folder, units):
    with open(os.path.join(folder, "units.csv"), "w") as out:
        out.write(units_text(units))
    run = subprocess.run([BAOGAN, "settle", "plan.yaml", "--table", "units.csv", "--quiet"], cwd=folder,
                         capture_output=True, text=True)
    if run.returncode:
        raise AssertionError(run.stderr)
    return list(csv.DictReader(io.StringIO(run.stdout)))


def fen_of(text):
    return int(text.replace(".", ""))


def check_unit(expected, row):
    for name, amount in expected.items():
        if name not in row:
            raise AssertionError(f"there is no result {name}")
        if fen_of(row[name]) != amount:
            raise AssertionError(f"{name} is {row[name]} instead of {amount} fen")
    if sum(fen_of(v) for k, v in row.items() if k.startswith("account.")):
        raise AssertionError("the accounts do not add up to zero")


def check_plan(seed):
    """None, or what is wrong and how to see it again."""
    draw = Draw(seed)
    plan = draw.plan()
    pools = []
    while sum(len(pool) for pool in pools) < UNITS[seed % len(UNITS)]:
        pools.append(draw.pool(plan, f"pool {len(pools)}"))
    units = [unit for pool in pools for unit in pool]
    if plan["members"] and draw.below(2):
        for unit in units:
            unit.update({"disallowed." + member: None for member in plan["members"]}, **{"disallowed told": True})
            if draw.below(2):
                draw.blame(unit, list(plan["members"]))
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "plan.yaml"), "w") as out:
            out.write(plan_text(plan))
        try:
            rows = settled(folder, units)
            for length in (len(pools[0]), sum(len(pool) for pool in pools[:7])):
                if settled(folder, units[:length]) != rows[:length]:
                    raise AssertionError(f"a block of {length} gives other amounts")
            expected = [amounts for pool in pools for amounts in settle_pool(plan, pool)]
            for amounts, row in zip(expected, rows):
                check_unit(amounts, row)
        except AssertionError as wrong:
            return f"seed {seed}: {wrong}\n{plan_text(plan)}"
    return None


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    plans = -(-count * len(UNITS) // sum(UNITS))
    units = sum(UNITS[of % len(UNITS)] for of in range(seed, seed + plans))
    return run(check_plan, range(seed, seed + plans), f"{units} units of {plans} random plans")


if __name__ == "__main__":
    sys.exit(main())

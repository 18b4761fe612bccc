/* Random plans on random units, against a second settlement of one unit at a time, written from the
 * text of the rules (sim/settlement/README.md) with exact fractions. Nothing is shared with the program
 * but the reading of the plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../support/plan.h"
#include "../support/splitmix.h"
#include "base/isa.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLANS 240
#define UNITS 128
/* Against the text of the rules: many plans, each with a few units; under a sanitizer, which takes several times as long, a
 * tenth of them. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define MANY_PLANS 2000
#else
#define MANY_PLANS 20000
#endif
#define FEW_UNITS 8

__extension__ typedef __int128 wide;

/* ---- random numbers: splitmix64 ---- */

static uint64_t random_state;

static uint64_t draw(void)
{
    return splitmix(&random_state);
}

/* 0 … n - 1 */
static int below(int n)
{
    return (int)(draw() % (uint64_t)n);
}

static int64_t up_to(int64_t largest)
{
    return splitmix_up_to(&random_state, largest);
}

/* A share of 0 to 100 %: whole per cent, tenths, or all twelve decimals. */
static bg_decimal random_share(void)
{
    static const int64_t steps[] = {BG_ONE / 100, BG_ONE / 1000, 1};
    const int64_t step = steps[below(3)];
    return up_to(BG_ONE / step) * step;
}

/* ---- plans ---- */

typedef enum kind { DISALLOW, RELEASE, COVER, SURPLUS, OVERSPEND, CAP, KIND_COUNT } kind;

enum { POOL, GUARANTEE, RISK, ACCOUNTS_OF_PAYERS };

static const char *const payer_names[] = {"pool", "guarantee", "risk"};
static const char *const institution_names[] = {"town", "county", "village", "clinic"};

#define MAX_ROWS 4

typedef enum apply { MARGINAL, WHOLE, WHOLE_REST, APPLY_COUNT } apply_to;

static const char *const apply_names[] = {"marginal", "whole", "whole_rest"};

typedef struct step {
    kind kind;
    apply_to apply;  /* what the share of a band holds for */
    bool edge_above; /* a rate of exactly a limit belongs to the band above it */
    int pot;         /* of a pot: 1, 2, …; 0: the unit's */
    int fund, other; /* accounts: the fund at work; rest or payer */
    size_t payers;   /* in place of `other`, several; 0: that one */
    int payer[3];
    bg_decimal part[3];
    bool of_payable;            /* base */
    bool flag;                  /* include_rebound, or when_short: community */
    size_t rows;                /* tiers or bands; 0: `share` of a release */
    int64_t limit[MAX_ROWS];    /* bounds or limits */
    bg_decimal share[MAX_ROWS]; /* also gain and loss of a cap; -1: not limited */
    size_t moves; /* tiers of points that are added to every share of bands; 0: none */
    int64_t move_limit[MAX_ROWS];
    bg_decimal points[MAX_ROWS], floor, ceiling; /* of the sum */
} step;

#define MAX_POTS 4

static const char *const pot_names[] = {"wards", "clinics", "drugs", "care"};

/* The step pots stands before the step number `place`, and its own steps behind it. */
typedef struct pots {
    size_t count, place; /* 0: there are none */
    bg_decimal money[MAX_POTS], expense[MAX_POTS];
    bool apart[MAX_POTS];
    size_t steps;
    step step[4];
} pots;

typedef struct model {
    size_t steps, institutions;
    step step[16];
    pots pots;
    bg_decimal share[4];
    bool by_sign; /* a loss is divided by shares of its own */
    bg_decimal loss_share[4];
    size_t purposes; /* of what is kept; 0: none */
    bg_decimal use[4], minimum[4], maximum[4];
} model;

static void random_tiers(step *self)
{
    self->rows = (size_t)below(MAX_ROWS);
    int64_t bound = 100 * BG_ONE;
    for (size_t r = 0; r < self->rows; r++) {
        bound -= (1 + below(30)) * BG_ONE + up_to(9) * (BG_ONE / 10);
        self->limit[r] = bound;
        self->share[r] = random_share();
    }
    if (self->rows == 0) {
        self->share[0] = random_share();
    }
}

#define PER_CENT (BG_ONE / 100)

/* Points from -100 to 100 % by score. */
static void random_moves(step *self)
{
    self->moves = below(3) ? 0 : 1 + (size_t)below(MAX_ROWS - 1);
    int64_t bound = 100 * BG_ONE;
    for (size_t r = 0; r < self->moves; r++) {
        bound -= (1 + below(30)) * BG_ONE;
        self->move_limit[r] = bound;
        self->points[r] = below(2) ? random_share() : -random_share();
    }
    self->floor = below(2) ? 0 : random_share() / 2;
    self->ceiling = below(2) ? BG_ONE : BG_ONE - random_share() / 2;
}

static void random_bands(step *self)
{
    self->rows = 1 + (size_t)below(MAX_ROWS);
    self->apply = below(2) ? MARGINAL : (apply_to)below(APPLY_COUNT);
    self->edge_above = self->apply != MARGINAL && below(2);
    int64_t limit = 0;
    for (size_t r = 0; r < self->rows; r++) {
        limit += 1 + up_to(below(2) ? BG_ONE / 20 : BG_ONE / 4);
        limit = below(2) ? limit : (limit / PER_CENT + 1) * PER_CENT; /* which amounts lie at */
        self->limit[r] = limit;
        self->share[r] = random_share();
    }
    random_moves(self);
}

/* In place of a payer up to three, one of which it is. */
static void add_payers(step *self, bool pays_only)
{
    const bool divides = self->kind == SURPLUS || self->kind == OVERSPEND || self->kind == CAP;
    bg_decimal left = BG_ONE;
    if (!divides || below(3)) {
        return;
    }
    self->payer[self->payers++] = self->other;
    for (int other = POOL; other < ACCOUNTS_OF_PAYERS; other++) {
        if (other != self->other && (pays_only || other != GUARANTEE) && below(3)) {
            self->payer[self->payers++] = other;
        }
    }
    for (size_t p = 0; p < self->payers; p++) {
        self->part[p] = p + 1 == self->payers ? left : up_to(left / PER_CENT) * PER_CENT;
        left -= self->part[p];
    }
}

static step random_step(kind which)
{
    step self = {.kind = which,
                 .fund = GUARANTEE + below(2),
                 .other = below(ACCOUNTS_OF_PAYERS),
                 .of_payable = below(2),
                 .flag = below(2)};
    if (which == RELEASE) {
        random_tiers(&self);
    } else if (which == SURPLUS || which == OVERSPEND) {
        random_bands(&self);
    } else if (which == CAP) {
        const int limited = below(3);
        self.share[0] = limited == 1 ? -1 : random_share() / 8;
        self.share[1] = limited == 2 ? -1 : random_share() / 8;
    }
    return self;
}

static void random_shares(bg_decimal share[4], size_t count)
{
    bg_decimal left = BG_ONE;
    for (size_t i = 0; i < count; i++) {
        share[i] = i + 1 == count ? left : up_to(left);
        left -= share[i];
    }
}

static void add_institutions(model *self)
{
    self->institutions = (size_t)below(5);
    self->by_sign = below(2);
    random_shares(self->share, self->institutions);
    random_shares(self->loss_share, self->institutions);
}

static const char *const purpose_names[] = {"teams", "pay", "reserve", "equipment"};

/* Whether minima fit into the whole, and maxima have room for it. */
static bool have_room(const model *self)
{
    bg_decimal least = 0, most = 0;
    for (size_t i = 0; i < self->purposes; i++) {
        least += self->minimum[i];
        most += self->use[i] > 0 ? self->maximum[i] : self->minimum[i];
    }
    return least <= BG_ONE && most >= BG_ONE;
}

static void add_purposes(model *self)
{
    self->purposes = self->institutions ? (size_t)below(5) : 0;
    do {
        random_shares(self->use, self->purposes);
        for (size_t i = 0; i < self->purposes; i++) {
            self->minimum[i] = below(2) ? 0 : random_share() / 3;
            self->maximum[i] = below(2) ? BG_ONE : BG_ONE - random_share() / 2;
            self->maximum[i] =
                self->maximum[i] < self->minimum[i] ? self->minimum[i] : self->maximum[i];
        }
    } while (self->purposes && !have_room(self));
}

/* A fund may be released again only if the release before leaves the rest in it. */
static void keep_rests(model *self)
{
    for (size_t s = 0; s < self->steps; s++) {
        for (size_t t = s + 1; t < self->steps; t++) {
            if (self->step[s].kind == RELEASE && self->step[t].kind == RELEASE &&
                self->step[s].fund == self->step[t].fund) {
                self->step[s].other = self->step[s].fund;
            }
        }
    }
}

static bool draws_on(const step *self, int fund)
{
    const bool pays = self->kind == OVERSPEND || (self->kind == CAP && self->share[1] >= 0);
    return (pays && self->other == fund) ||
           ((self->kind == RELEASE || self->kind == COVER) && self->fund == fund);
}

/* Into the guarantee fund, which does not carry over, money goes only where a later step draws on it. */
static void keep_money(model *self)
{
    bool drawn = false;
    for (size_t s = self->steps; s-- > 0;) {
        step *this = &self->step[s];
        const bool fills = (this->kind == RELEASE && this->fund != GUARANTEE) ||
                           this->kind == SURPLUS || (this->kind == CAP && this->share[0] >= 0);
        if (fills && !drawn && this->other == GUARANTEE) {
            this->other = POOL;
        }
        drawn = drawn || draws_on(this, GUARANTEE);
    }
}

static const kind kinds_of_pots[] = {SURPLUS, OVERSPEND, CAP};

static void add_pots(model *self)
{
    pots *of = &self->pots;
    if (below(3)) {
        return;
    }
    of->count = 2 + (size_t)below(3);
    of->place = (size_t)below((int)self->steps + 1);
    random_shares(of->money, of->count);
    random_shares(of->expense, of->count);
    for (size_t p = 0; p < of->count; p++) {
        of->apart[p] = below(3) == 0;
    }
    for (of->steps = 0; of->steps < (size_t)below(5); of->steps++) {
        step *next = &of->step[of->steps];
        *next = random_step(kinds_of_pots[below(3)]);
        next->pot = 1 + below((int)of->count);
        next->other = next->other == GUARANTEE && next->kind != OVERSPEND ? POOL : next->other;
        add_payers(next, next->kind == OVERSPEND);
    }
}

/* Up to two steps of each kind but `disallow`, in any order. */
static model random_model(void)
{
    model self = {.steps = 0};
    for (int which = 0; which < KIND_COUNT; which++) {
        const int count = which == DISALLOW ? below(2) : below(3);
        for (int i = 0; i < count; i++) {
            self.step[self.steps++] = random_step((kind)which);
        }
    }
    for (size_t s = self.steps; s > 1; s--) {
        const size_t other = (size_t)below((int)s);
        const step kept = self.step[s - 1];
        self.step[s - 1] = self.step[other];
        self.step[other] = kept;
    }
    keep_rests(&self);
    keep_money(&self);
    for (size_t s = 0; s < self.steps; s++) {
        add_payers(&self.step[s], self.step[s].kind == OVERSPEND);
    }
    add_pots(&self);
    add_institutions(&self);
    add_purposes(&self);
    return self;
}

/* ---- plans as text ---- */

typedef struct text {
    char at[8192];
    size_t length;
} text;

__attribute__((format(printf, 2, 3))) static void say(text *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    self->length += (size_t)vsnprintf(self->at + self->length, sizeof self->at - self->length,
                                      format, arguments);
    va_end(arguments);
    assert_true(self->length < sizeof self->at);
}

#define DECIMAL(value) bg_decimal_text((value), (char[BG_NUMBER_TEXT]){0})

static void say_rate(text *to, const step *self, bg_decimal share)
{
    if (self->moves == 0) {
        say(to, "%s", DECIMAL(share));
        return;
    }
    say(to, "{rate: %s, floor: %s, ceiling: %s, plus: {by_score: {", DECIMAL(share),
        DECIMAL(self->floor), DECIMAL(self->ceiling));
    for (size_t r = 0; r < self->moves; r++) {
        say(to, "%s%s: %s", r ? ", " : "", DECIMAL(self->move_limit[r]), DECIMAL(self->points[r]));
    }
    say(to, "}}}");
}

static void say_rows(text *to, const step *self, bool bands)
{
    for (size_t r = 0; r < self->rows; r++) {
        const bool last = bands && r + 1 == self->rows;
        say(to, "%s%s: ", r ? ", " : "", last ? "rest" : DECIMAL(self->limit[r]));
        say_rate(to, self, self->share[r]);
    }
}

static void say_release(text *to, const step *self)
{
    say(to, "  - release: {fund: %s, rest: %s, ", payer_names[self->fund],
        payer_names[self->other]);
    if (self->rows) {
        say(to, "by_score: {");
        say_rows(to, self, false);
        say(to, "}}\n");
    } else {
        say(to, "share: %s}\n", DECIMAL(self->share[0]));
    }
}

static void say_pot(text *to, const step *self)
{
    if (self->pot) {
        say(to, "pot: %s, ", pot_names[self->pot - 1]);
    }
}

static void say_payers(text *to, const step *self)
{
    if (self->payers == 0) {
        say(to, "payer: %s", payer_names[self->other]);
        return;
    }
    say(to, "payers: {");
    for (size_t p = 0; p < self->payers; p++) {
        say(to, "%s%s: %s", p ? ", " : "", payer_names[self->payer[p]], DECIMAL(self->part[p]));
    }
    say(to, "}");
}

static void say_share(text *to, const step *self)
{
    say(to, "  - %s: {base: %s, ", self->kind == SURPLUS ? "share_surplus" : "share_overspend",
        self->of_payable ? "payable" : "budget");
    say_pot(to, self);
    say_payers(to, self);
    say(to, ", bands: {");
    say_rows(to, self, true);
    say(to, "}, apply: %s, edge: %s", apply_names[self->apply],
        self->edge_above ? "above" : "below");
    say(to, "%s}\n", self->kind == OVERSPEND && self->flag ? ", when_short: community" : "");
}

static void say_cap(text *to, const step *self)
{
    say(to, "  - cap: {base: %s, ", self->of_payable ? "payable" : "budget");
    say_pot(to, self);
    say_payers(to, self);
    if (self->share[0] >= 0) {
        say(to, ", gain: %s", DECIMAL(self->share[0]));
    }
    if (self->share[1] >= 0) {
        say(to, ", loss: %s", DECIMAL(self->share[1]));
    }
    say(to, "%s}\n", self->flag ? ", when_short: community" : "");
}

static void say_step(text *to, const step *self)
{
    switch (self->kind) {
    case DISALLOW:
        say(to, "  - disallow: {}\n");
        break;
    case RELEASE:
        say_release(to, self);
        break;
    case COVER:
        say(to, "  - cover_emergency: {fund: %s, include_rebound: %s}\n", payer_names[self->fund],
            self->flag ? "true" : "false");
        break;
    case SURPLUS:
    case OVERSPEND:
        say_share(to, self);
        break;
    default:
        say_cap(to, self);
    }
}

static void say_pots(text *to, const pots *self)
{
    for (size_t p = 0; p < self->count; p++) {
        say(to, "%s%s: {share: %s, expense_share: %s, netted: %s}",
            p ? ", " : "  - pots: {parts: {", pot_names[p], DECIMAL(self->money[p]),
            DECIMAL(self->expense[p]), self->apart[p] ? "false" : "true");
    }
    say(to, "}}\n");
    for (size_t s = 0; s < self->steps; s++) {
        say_step(to, &self->step[s]);
    }
}

/* With the institutions rotated by `first`. */
static void say_plan(text *to, const model *self, size_t first)
{
    to->length = 0;
    for (size_t s = 0; s <= self->steps; s++) {
        if (self->pots.count && s == self->pots.place) {
            say_pots(to, &self->pots);
        }
        if (s < self->steps) {
            say_step(to, &self->step[s]);
        }
    }
    for (size_t k = 0; k < self->institutions; k++) {
        const size_t i = (k + first) % self->institutions;
        say(to, "%s%s: ", k ? ", " : "  - split: {", institution_names[i]);
        if (self->by_sign) {
            say(to, "{loss: %s, gain: %s}", DECIMAL(self->loss_share[i]), DECIMAL(self->share[i]));
        } else {
            say(to, "%s", DECIMAL(self->share[i]));
        }
    }
    say(to, "%s", self->institutions ? "}\n" : "");
    for (size_t i = 0; i < self->purposes; i++) {
        say(to, "%s%s: {share: %s, minimum: %s, maximum: %s}", i ? ", " : "  - use: {purposes: {",
            purpose_names[i], DECIMAL(self->use[i]), DECIMAL(self->minimum[i]),
            DECIMAL(self->maximum[i]));
    }
    say(to, "%s  - clear: {}\n", self->purposes ? "}}\n" : "");
}

static test_plan read_model(const model *self, size_t first, size_t n)
{
    static text written;
    say_plan(&written, self, first);
    test_plan plan = test_plan_read(written.at, n);
    if (plan.status) {
        print_error("%s%s\n", written.at, plan.errors.count ? plan.errors.items[0].message : "");
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

/* ---- units ---- */

typedef struct unit {
    int64_t budget, payable, added[2], opening[2];
    int64_t prepaid, expense, emergency, rebound, disallowed, outside, patients, score;
} unit;

/* Amounts of some yuan, where edges and rounding show, or of a county. The score often lies on a
 * tenth of a point, as bounds do, or one step below it. */
static unit random_unit(void)
{
    const int64_t size = below(2) ? 200 : INT64_C(5000000000000);
    unit self = {.payable = up_to(size)};
    for (size_t f = 0; f < 2; f++) {
        self.added[f] = up_to(size / 20);
        self.opening[f] = below(3) ? 0 : up_to(size / 20);
    }
    self.budget = self.payable + self.added[0] + self.added[1];
    self.expense = below(4) ? self.payable / 4 * 3 + up_to(self.payable / 2) : up_to(size);
    self.prepaid = up_to(size);
    self.disallowed = below(2) ? 0 : up_to(self.expense / 4);
    self.emergency = below(2) ? 0 : up_to(self.expense - self.disallowed);
    self.rebound = below(2) ? 0 : up_to(self.expense - self.disallowed - self.emergency);
    self.outside = up_to(self.expense);
    self.patients = below(2) ? 0 : up_to(size);
    self.score = up_to(1000) * (BG_ONE / 10);
    self.score -= self.score > 0 ? below(2) : 0;
    return self;
}

static unit enlarged(unit self, int64_t times)
{
    int64_t amounts[sizeof self / sizeof(int64_t)];
    memcpy(amounts, &self, sizeof self);
    for (size_t c = 0; c < sizeof amounts / sizeof *amounts; c++) {
        amounts[c] *= times;
    }
    unit large;
    memcpy(&large, amounts, sizeof large);
    large.score = self.score;
    return large;
}

static void put(bg_settlement_block *block, size_t u, const unit *given)
{
    const int64_t inputs[BG_INPUT_COUNT] = {
        [BG_INPUT_budget] = given->budget,         [BG_INPUT_payable] = given->payable,
        [BG_INPUT_prepaid] = given->prepaid,       [BG_INPUT_expense] = given->expense,
        [BG_INPUT_emergency] = given->emergency,   [BG_INPUT_rebound] = given->rebound,
        [BG_INPUT_disallowed] = given->disallowed, [BG_INPUT_outside] = given->outside,
        [BG_INPUT_patients] = given->patients,     [BG_INPUT_score] = given->score,
    };
    for (size_t c = 0; c < BG_INPUT_COUNT; c++) {
        block->input[c][u] = inputs[c];
    }
    for (size_t f = 0; f < 2; f++) {
        block->fund_added[f][u] = given->added[f];
        block->fund_opening[f][u] = given->opening[f];
    }
}

/* ---- the second settlement ---- */

/* Everything that a settlement says about a unit. Institutions in the order of their names above. */
typedef struct outcome {
    int64_t balance, released, covered, shared, result, entitlement, clearing;
    int64_t payer[ACCOUNTS_OF_PAYERS], community, institution[4], outside, patients, rounding;
    int64_t left[2], closing[2];
    int64_t result_part[4], disallowed_part[4], purpose[4];
} outcome;

#define OUTCOME_AMOUNTS (sizeof(outcome) / sizeof(int64_t))

typedef struct books {
    const unit *given;
    outcome *out;
    int64_t running, disallowed;
    bool share_reached;
    int64_t pot[MAX_POTS], pot_money[MAX_POTS];
} books;

static int64_t round_half_away(wide numerator, wide denominator)
{
    const wide size = numerator < 0 ? -numerator : numerator;
    const wide rounded = (2 * size + denominator) / (2 * denominator);
    return (int64_t)(numerator < 0 ? -rounded : rounded);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t held(const books *self, int fund)
{
    return self->given->opening[fund - GUARANTEE] + self->out->payer[fund];
}

/* In a pot its money, or nothing where that is less. */
static int64_t base_of(const books *self, const step *of)
{
    if (of->pot) {
        const int64_t money = self->pot_money[of->pot - 1];
        return money > 0 ? money : 0;
    }
    return of->of_payable ? self->given->payable : self->given->budget;
}

static void release(books *self, const step *of)
{
    bg_decimal share = of->rows ? 0 : of->share[0];
    for (size_t r = 0; r < of->rows; r++) {
        if (self->given->score >= of->limit[r]) {
            share = of->share[r];
            break;
        }
    }
    const int64_t all = held(self, of->fund);
    const int64_t released = round_half_away((wide)all * share, BG_ONE);
    self->out->payer[of->fund] -= all;
    self->out->payer[of->other] += all - released;
    self->running += released;
    self->out->released += released;
}

static void cover(books *self, const step *of)
{
    const int64_t part = self->given->emergency + (of->flag ? self->given->rebound : 0);
    const int64_t open = part > self->out->covered ? part - self->out->covered : 0;
    const int64_t overspend = self->running < 0 ? -self->running : 0;
    const int64_t paid = least(least(held(self, of->fund), open), overspend);
    self->out->payer[of->fund] -= paid;
    self->running += paid;
    self->out->covered += paid;
}

/* A share of bands with the points of the score. */
static bg_decimal share_at(const books *self, const step *of, size_t row)
{
    if (of->moves == 0) {
        return of->share[row];
    }
    size_t r = 0;
    while (r < of->moves && self->given->score < of->move_limit[r]) {
        r++;
    }
    bg_decimal sum = of->share[row] + (r < of->moves ? of->points[r] : 0);
    sum = sum < of->floor ? of->floor : sum;
    sum = sum > of->ceiling ? of->ceiling : sum;
    return sum < 0 ? 0 : sum > BG_ONE ? BG_ONE : sum;
}

/* The band that the rate of the amount falls into. */
static size_t band_of(const step *of, int64_t amount, int64_t base)
{
    size_t r = 0;
    while (r + 1 < of->rows) {
        const wide edge = (wide)of->limit[r] * base, reached = (wide)amount * BG_ONE;
        if (of->edge_above ? reached < edge : reached <= edge) {
            break;
        }
        r++;
    }
    return r;
}

/* Sum over bands of part x share, rounded once: in 10^-12 fen, and in 10^-24 what parts have beyond
 * whole fen. A half fen is whole in 10^-12, so that less than one of these does not reach it. */
static int64_t in_bands(const books *self, const step *of, int64_t amount, int64_t base)
{
    const wide whole = (wide)amount * BG_ONE;
    const size_t holds = band_of(of, amount, base);
    if (of->apply == WHOLE || (of->apply == WHOLE_REST && holds + 1 == of->rows)) {
        return round_half_away((wide)amount * share_at(self, of, holds), BG_ONE);
    }
    wide below_here = 0, coarse = 0, fine = 0;
    for (size_t r = 0; r < of->rows; r++) {
        wide end = (wide)of->limit[r] * base;
        end = r + 1 == of->rows || end > whole ? whole : end;
        const bg_decimal share = share_at(self, of, r);
        coarse += (end - below_here) / BG_ONE * share;
        fine += (end - below_here) % BG_ONE * share;
        below_here = end;
    }
    return round_half_away(coarse + fine / BG_ONE, BG_ONE);
}

/* Hamilton: whole units of the total first, then one each in the order of remainders and names. */
static void divide(const char *const *names, size_t count, const bg_decimal *share, wide whole,
                   int64_t total, int64_t parts[4])
{
    const int64_t size = total < 0 ? -total : total;
    wide remainder[4] = {0};
    int64_t left = size;
    for (size_t i = 0; i < count; i++) {
        parts[i] = (int64_t)((wide)size * share[i] / whole);
        remainder[i] = (wide)size * share[i] % whole;
        left -= parts[i];
    }
    for (; left > 0; left--) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++) {
            const int order = strcmp(names[i], names[best]);
            if (remainder[i] > remainder[best] || (remainder[i] == remainder[best] && order < 0)) {
                best = i;
            }
        }
        parts[best]++;
        remainder[best] = -1;
    }
    for (size_t i = 0; i < count; i++) {
        parts[i] = total < 0 ? -parts[i] : parts[i];
    }
}

/* What of an amount falls on each account that may pay. */
static void by_payer(const step *of, int64_t amount, int64_t parts[ACCOUNTS_OF_PAYERS])
{
    const char *names[3] = {NULL};
    int64_t divided[4] = {0};
    for (int a = 0; a < ACCOUNTS_OF_PAYERS; a++) {
        parts[a] = of->payers == 0 && a == of->other ? amount : 0;
    }
    for (size_t p = 0; p < of->payers; p++) {
        names[p] = payer_names[of->payer[p]];
    }
    divide(names, of->payers, of->part, BG_ONE, of->payers ? amount : 0, divided);
    for (size_t p = 0; p < of->payers; p++) {
        parts[of->payer[p]] = divided[p];
    }
}

static void take_gain(books *self, const step *of, int64_t amount)
{
    int64_t parts[ACCOUNTS_OF_PAYERS];
    by_payer(of, amount, parts);
    self->running -= amount;
    self->out->shared -= amount;
    for (int a = 0; a < ACCOUNTS_OF_PAYERS; a++) {
        self->out->payer[a] += parts[a];
    }
}

static void make_up_part(books *self, const step *of, int account, int64_t need)
{
    int64_t paid = account == POOL ? need : least(need, held(self, account));
    self->out->payer[account] -= paid;
    if (!of->flag) {
        self->out->payer[POOL] -= need - paid;
        paid = need;
    }
    self->running += paid;
    self->out->shared += paid;
}

static void make_up_loss(books *self, const step *of, int64_t need)
{
    int64_t parts[ACCOUNTS_OF_PAYERS];
    by_payer(of, need, parts);
    for (int a = 0; a < ACCOUNTS_OF_PAYERS; a++) {
        make_up_part(self, of, a, parts[a]);
    }
}

static void share_balance(books *self, const step *of)
{
    if (!self->share_reached) {
        self->out->balance = self->running;
        self->share_reached = true;
    }
    const int64_t base = base_of(self, of);
    if (of->kind == SURPLUS && self->running > 0) {
        take_gain(self, of, self->running - in_bands(self, of, self->running, base));
    }
    if (of->kind == OVERSPEND && self->running < 0) {
        make_up_loss(self, of, -self->running - in_bands(self, of, -self->running, base));
    }
}

static void cap(books *self, const step *of)
{
    const int64_t base = base_of(self, of);
    if (of->share[0] >= 0) {
        const int64_t most = round_half_away((wide)base * of->share[0], BG_ONE);
        take_gain(self, of, self->running > most ? self->running - most : 0);
    }
    if (of->share[1] >= 0) {
        const int64_t most = round_half_away((wide)base * of->share[1], BG_ONE);
        make_up_loss(self, of, -self->running > most ? -self->running - most : 0);
    }
}

static void apply_step(books *self, const step *of)
{
    switch (of->kind) {
    case DISALLOW:
        self->disallowed = self->given->disallowed;
        self->running += self->disallowed;
        self->out->community -= self->disallowed;
        break;
    case RELEASE:
        release(self, of);
        break;
    case COVER:
        cover(self, of);
        break;
    case SURPLUS:
    case OVERSPEND:
        share_balance(self, of);
        break;
    default:
        cap(self, of);
    }
}

/* Payable and what moved before, and the expense, each by largest remainder; what is netted goes back. */
static void apply_pots(books *self, const pots *of)
{
    int64_t money[4] = {0}, expense[4] = {0};
    if (!self->share_reached) {
        self->out->balance = self->running;
        self->share_reached = true;
    }
    divide(pot_names, of->count, of->money, BG_ONE, self->running + self->given->expense, money);
    divide(pot_names, of->count, of->expense, BG_ONE, self->given->expense, expense);
    for (size_t p = 0; p < of->count; p++) {
        self->pot_money[p] = money[p];
        self->pot[p] = money[p] - expense[p];
    }
    for (size_t s = 0; s < of->steps; s++) {
        self->running = self->pot[of->step[s].pot - 1];
        apply_step(self, &of->step[s]);
        self->pot[of->step[s].pot - 1] = self->running;
    }
    self->running = 0;
    for (size_t p = 0; p < of->count; p++) {
        self->running += of->apart[p] ? 0 : self->pot[p];
    }
}

/* Which purposes are at their minimum (1), at their maximum (2), or free (0), as the digits of a number to
 * base 3, so that the free ones have their shares of the rest, those at the minimum would have less by
 * share and those at the maximum more. */
static bool is_balanced(const model *plan, int digits, bg_decimal part[4])
{
    bg_decimal left = BG_ONE, shares = 0;
    int at[4] = {0};
    for (size_t i = 0; i < plan->purposes; i++, digits /= 3) {
        at[i] = digits % 3;
        left -= at[i] == 1 ? plan->minimum[i] : at[i] == 2 ? plan->maximum[i] : 0;
        shares += at[i] == 0 ? plan->use[i] : 0;
    }
    bool holds = left >= 0 && (shares > 0 || left == 0);
    bg_decimal free[4] = {0};
    for (size_t i = 0; i < plan->purposes; i++) {
        const wide by_share = (wide)left * plan->use[i];
        const wide low = (wide)plan->minimum[i] * shares, high = (wide)plan->maximum[i] * shares;
        holds = holds && (at[i] == 1   ? shares == 0 || by_share <= low
                          : at[i] == 2 ? shares == 0 || by_share >= high
                                       : by_share >= low && by_share <= high);
        free[i] = at[i] == 0 ? plan->use[i] : 0;
    }
    int64_t divided[4] = {0};
    if (holds && shares > 0) {
        divide(purpose_names, plan->purposes, free, shares, left, divided);
    }
    for (size_t i = 0; i < plan->purposes; i++) {
        part[i] = at[i] == 1 ? plan->minimum[i] : at[i] == 2 ? plan->maximum[i] : divided[i];
    }
    return holds;
}

/* Tried one by one, those with most free ones first. */
static void find_parts(const model *plan, bg_decimal part[4])
{
    static const int powers[] = {1, 3, 9, 27, 81};
    for (int fixed = 0; fixed <= (int)plan->purposes; fixed++) {
        for (int digits = 0; digits < powers[plan->purposes]; digits++) {
            int count = 0;
            for (int rest = digits; rest > 0; rest /= 3) {
                count += rest % 3 != 0;
            }
            if (count == fixed && is_balanced(plan, digits, part)) {
                return;
            }
        }
    }
    fail_msg("no division of the purposes");
}

/* Of each institution's part of a gain. */
static void use(const model *plan, outcome *out)
{
    bg_decimal part[4] = {0};
    if (plan->purposes == 0) {
        return;
    }
    find_parts(plan, part);
    for (size_t i = 0; i < plan->institutions; i++) {
        int64_t used[4] = {0};
        divide(purpose_names, plan->purposes, part, BG_ONE,
               out->result_part[i] > 0 ? out->result_part[i] : 0, used);
        for (size_t k = 0; k < plan->purposes; k++) {
            out->purpose[k] += used[k];
            out->institution[i] -= used[k];
        }
    }
}

/* One part of the result, by the shares for its sign. */
static void split_part(const model *plan, int64_t amount, outcome *out)
{
    int64_t parts[4] = {0};
    const bg_decimal *share = plan->by_sign && amount < 0 ? plan->loss_share : plan->share;
    divide(institution_names, plan->institutions, share, BG_ONE, amount, parts);
    for (size_t i = 0; i < plan->institutions; i++) {
        out->result_part[i] += parts[i];
    }
}

static void split(books *self, const model *plan)
{
    outcome *out = self->out;
    split_part(plan, self->running, out);
    for (size_t p = 0; p < plan->pots.count; p++) {
        split_part(plan, plan->pots.apart[p] ? self->pot[p] : 0, out);
    }
    const bg_decimal *share = plan->by_sign && out->result < 0 ? plan->loss_share : plan->share;
    divide(institution_names, plan->institutions, share, BG_ONE, self->disallowed,
           out->disallowed_part);
    for (size_t i = 0; i < plan->institutions; i++) {
        out->institution[i] = out->result_part[i] - out->disallowed_part[i];
        out->community += out->disallowed_part[i];
    }
}

static void clear(books *self, const model *plan, bool contract_end)
{
    outcome *out = self->out;
    out->balance = self->share_reached ? out->balance : self->running;
    out->result = self->running;
    for (size_t p = 0; p < plan->pots.count; p++) {
        out->result += plan->pots.apart[p] ? self->pot[p] : 0;
    }
    out->entitlement = self->given->expense - self->disallowed + out->result;
    out->clearing = out->entitlement - self->given->outside - self->given->prepaid;
    for (int f = 0; f < 2; f++) {
        out->left[f] = held(self, GUARANTEE + f);
        out->closing[f] = GUARANTEE + f == RISK && !contract_end ? out->left[f] : 0;
        out->payer[POOL] += out->left[f] - out->closing[f];
        out->payer[GUARANTEE + f] -= out->left[f] - out->closing[f];
    }
}

static outcome settle_again(const model *plan, const unit *given, bool contract_end)
{
    outcome out = {
        .payer = {-given->budget, given->added[0], given->added[1]},
        .community = given->expense - given->outside + given->patients,
        .outside = given->outside,
        .patients = -given->patients,
    };
    books self = {.given = given, .out = &out, .running = given->payable - given->expense};
    for (size_t s = 0; s <= plan->steps; s++) {
        if (plan->pots.count && s == plan->pots.place) {
            apply_pots(&self, &plan->pots);
        }
        if (s < plan->steps) {
            apply_step(&self, &plan->step[s]);
        }
    }
    clear(&self, plan, contract_end);
    if (plan->institutions) {
        split(&self, plan);
        use(plan, &out);
    } else {
        out.community += out.result;
    }
    return out;
}

/* ---- what the program says ---- */

static int64_t account(const test_plan *plan, const char *name, size_t u)
{
    const int index = bg_plan_account_index(plan->plan, name);
    assert_true(index >= 0);
    return plan->block.account[index][u];
}

static size_t institution(const test_plan *plan, const char *name)
{
    size_t i = 0;
    while (strcmp(bg_plan_institution(plan->plan, i), name) != 0) {
        i++;
    }
    return i;
}

static outcome collect(const test_plan *plan, const model *drawn, size_t u)
{
    const bg_settlement_block *block = &plan->block;
    outcome out = {
        .balance = block->result[BG_RESULT_balance][u],
        .released = block->result[BG_RESULT_released][u],
        .covered = block->result[BG_RESULT_covered][u],
        .shared = block->result[BG_RESULT_shared][u],
        .result = block->result[BG_RESULT_result][u],
        .entitlement = block->result[BG_RESULT_entitlement][u],
        .clearing = block->result[BG_RESULT_clearing][u],
        .community = account(plan, "community", u),
        .outside = account(plan, "outside", u),
        .patients = account(plan, "patients", u),
        .rounding = account(plan, "rounding", u),
        .left = {block->fund_left[0][u], block->fund_left[1][u]},
        .closing = {block->fund_closing[0][u], block->fund_closing[1][u]},
    };
    for (size_t p = 0; p < ACCOUNTS_OF_PAYERS; p++) {
        out.payer[p] = account(plan, payer_names[p], u);
    }
    for (size_t i = 0; i < drawn->institutions; i++) {
        const size_t place = institution(plan, institution_names[i]);
        out.institution[i] = account(plan, institution_names[i], u);
        out.result_part[i] = block->institution_result[place][u];
        out.disallowed_part[i] = block->institution_disallowed[place][u];
    }
    for (size_t i = 0; i < drawn->purposes; i++) {
        out.purpose[i] = account(plan, purpose_names[i], u);
    }
    return out;
}

static void apply(test_plan *plan)
{
    const bg_status status = bg_settlement_apply(plan->plan, &plan->block, NULL, &plan->errors);
    if (status) {
        print_error("%s\n", plan->errors.items[plan->errors.count - 1].message);
    }
    assert_int_equal(status, BG_OK);
}

static void assert_same(const outcome *a, const outcome *b, int64_t tolerance, int64_t factor)
{
    int64_t one[OUTCOME_AMOUNTS], other[OUTCOME_AMOUNTS];
    memcpy(one, a, sizeof one);
    memcpy(other, b, sizeof other);
    for (size_t c = 0; c < OUTCOME_AMOUNTS; c++) {
        const int64_t difference = one[c] - factor * other[c];
        if (difference > tolerance || difference < -tolerance) {
            fail_msg("amount %zu of the outcome is %lld instead of %lld", c, (long long)one[c],
                     (long long)(factor * other[c]));
        }
    }
}

typedef struct sample {
    model plan;
    unit given[UNITS];
    bool contract_end;
} sample;

static void draw_units(sample *self, size_t n)
{
    self->plan = random_model();
    self->contract_end = below(2);
    for (size_t u = 0; u < n; u++) {
        self->given[u] = random_unit();
    }
}

static void draw_sample(sample *self)
{
    draw_units(self, UNITS);
}

static test_plan settle_sample(const sample *self, size_t first, size_t n, size_t start, bool twice)
{
    test_plan plan = read_model(&self->plan, first, n);
    plan.block.contract_end = self->contract_end;
    for (size_t u = 0; u < n; u++) {
        const unit given = enlarged(self->given[start + u], twice ? 2 : 1);
        put(&plan.block, u, &given);
    }
    apply(&plan);
    return plan;
}

/* ---- properties ---- */

static void a_block_gives_what_the_text_of_the_rules_gives(void **state)
{
    (void)state;
    random_state = 1;
    sample drawn;
    size_t with_pots = 0;
    for (int p = 0; p < MANY_PLANS; p++) {
        draw_units(&drawn, FEW_UNITS);
        with_pots += drawn.plan.pots.count > 0;
        test_plan plan = settle_sample(&drawn, 0, FEW_UNITS, 0, false);
        for (size_t u = 0; u < FEW_UNITS; u++) {
            const outcome expected = settle_again(&drawn.plan, &drawn.given[u], drawn.contract_end);
            const outcome actual = collect(&plan, &drawn.plan, u);
            assert_same(&actual, &expected, 0, 1);
        }
        test_plan_free(&plan);
    }
    assert_true(with_pots > MANY_PLANS / 4);
}

static void assert_settled(test_plan *plan, const sample *drawn, int64_t times)
{
    for (size_t u = 0; u < UNITS; u++) {
        const unit given = enlarged(drawn->given[u], times);
        put(&plan->block, u, &given);
    }
    apply(plan);
    for (size_t u = 0; u < UNITS; u++) {
        const unit given = enlarged(drawn->given[u], times);
        const outcome expected = settle_again(&drawn->plan, &given, drawn->contract_end);
        const outcome actual = collect(plan, &drawn->plan, u);
        assert_same(&actual, &expected, 0, 1);
    }
}

/* Budgets of up to 10^15 fen, and to where a double does not hold amounts any more. */
static void every_instruction_set_settles_amounts_of_any_size(void **state)
{
    (void)state;
    static const int64_t times[] = {1, 181, 420, 2100};
    const bg_isa best = bg_isa_current();
    random_state = 8;
    sample drawn;
    for (int p = 0; p < PLANS / 4; p++) {
        draw_sample(&drawn);
        test_plan plan = read_model(&drawn.plan, 0, UNITS);
        plan.block.contract_end = drawn.contract_end;
        for (int isa = 0; isa < BG_ISA_COUNT; isa++) {
            if (bg_isa_use((bg_isa)isa)) {
                assert_settled(&plan, &drawn, times[p % 4]);
            }
        }
        bg_isa_use(best);
        test_plan_free(&plan);
    }
}

static void assert_sums(const test_plan *plan, const sample *drawn, size_t u)
{
    wide all = 0;
    for (size_t a = 0; a < bg_plan_account_count(plan->plan); a++) {
        all += plan->block.account[a][u];
    }
    assert_true(all == 0);
    int64_t results = 0, disallowed = 0;
    for (size_t i = 0; i < drawn->plan.institutions; i++) {
        results += plan->block.institution_result[i][u];
        disallowed += plan->block.institution_disallowed[i][u];
        assert_true(plan->block.institution_disallowed[i][u] >= 0);
    }
    const bg_fen result = plan->block.result[BG_RESULT_result][u];
    const bg_fen entitlement = plan->block.result[BG_RESULT_entitlement][u];
    if (drawn->plan.institutions) {
        assert_int_equal(results, result);
        assert_int_equal(disallowed, drawn->given[u].expense + result - entitlement);
    }
    for (size_t f = 0; f < 2; f++) {
        assert_true(plan->block.fund_left[f][u] >= 0);
    }
}

static void accounts_add_up_to_zero_and_parts_to_wholes(void **state)
{
    (void)state;
    random_state = 2;
    sample drawn;
    for (int p = 0; p < PLANS; p++) {
        draw_sample(&drawn);
        test_plan plan = settle_sample(&drawn, 0, UNITS, 0, false);
        for (size_t u = 0; u < UNITS; u++) {
            assert_sums(&plan, &drawn, u);
        }
        test_plan_free(&plan);
    }
}

/* A fen more or less moves no more than a fen or two: no share holds for the whole amount, or by the sign. */
static void without_cliffs(model *self)
{
    for (size_t s = 0; s < self->steps; s++) {
        self->step[s].apply = MARGINAL;
    }
    self->by_sign = false;
    self->pots.count = 0; /* each pot has a rounding of its own */
}

/* A rounding of twice an amount lies within a fen of twice the rounding; each step, and the
 * division among institutions, adds at most two. */
static void doubling_all_money_doubles_all_money(void **state)
{
    (void)state;
    random_state = 3;
    sample drawn;
    for (int p = 0; p < PLANS; p++) {
        draw_sample(&drawn);
        without_cliffs(&drawn.plan);
        test_plan once = settle_sample(&drawn, 0, UNITS, 0, false);
        test_plan twice = settle_sample(&drawn, 0, UNITS, 0, true);
        for (size_t u = 0; u < UNITS; u++) {
            const outcome single = collect(&once, &drawn.plan, u);
            const outcome both = collect(&twice, &drawn.plan, u);
            assert_same(&both, &single, 2 * (int64_t)drawn.plan.steps + 10, 2);
        }
        test_plan_free(&once);
        test_plan_free(&twice);
    }
}

static void permuting_institutions_permutes_results(void **state)
{
    (void)state;
    random_state = 4;
    sample drawn;
    for (int p = 0; p < PLANS / 4; p++) {
        draw_sample(&drawn);
        test_plan plan = settle_sample(&drawn, 0, UNITS, 0, false);
        test_plan permuted = settle_sample(&drawn, 1, UNITS, 0, false);
        for (size_t u = 0; u < UNITS; u++) {
            const outcome a = collect(&plan, &drawn.plan, u);
            const outcome b = collect(&permuted, &drawn.plan, u);
            assert_same(&a, &b, 0, 1);
        }
        test_plan_free(&plan);
        test_plan_free(&permuted);
    }
}

static void the_length_of_a_block_changes_nothing(void **state)
{
    (void)state;
    random_state = 5;
    const size_t lengths[] = {1, 7};
    sample drawn;
    for (int p = 0; p < PLANS / 4; p++) {
        draw_sample(&drawn);
        test_plan whole = settle_sample(&drawn, 0, UNITS, 0, false);
        const size_t length = lengths[p % 2];
        const size_t start = (size_t)below(UNITS - 7);
        test_plan part = settle_sample(&drawn, 0, length, start, false);
        for (size_t u = 0; u < length; u++) {
            const outcome a = collect(&whole, &drawn.plan, start + u);
            const outcome b = collect(&part, &drawn.plan, u);
            assert_same(&a, &b, 0, 1);
        }
        test_plan_free(&whole);
        test_plan_free(&part);
    }
}

static void a_block_may_be_settled_again_and_shortened(void **state)
{
    (void)state;
    random_state = 6;
    sample drawn;
    draw_sample(&drawn);
    test_plan plan = settle_sample(&drawn, 0, UNITS, 0, false);
    const outcome first = collect(&plan, &drawn.plan, 2);
    const outcome beyond = collect(&plan, &drawn.plan, 90);
    plan.block.n = 5;
    apply(&plan);
    const outcome again = collect(&plan, &drawn.plan, 2);
    const outcome untouched = collect(&plan, &drawn.plan, 90);
    assert_same(&again, &first, 0, 1);
    assert_same(&untouched, &beyond, 0, 1);
    test_plan_free(&plan);
}

/* Explaining a unit does not change it, and its lines add up to the accounts. */
static void explaining_changes_nothing(void **state)
{
    (void)state;
    random_state = 7;
    sample drawn;
    for (int p = 0; p < PLANS; p++) {
        draw_sample(&drawn);
        test_plan plan = settle_sample(&drawn, 0, 1, 0, false);
        const outcome silent = collect(&plan, &drawn.plan, 0);
        bg_trace trace = {0};
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
        const outcome explained = collect(&plan, &drawn.plan, 0);
        assert_same(&explained, &silent, 0, 1);
        int64_t accounts[20] = {0};
        for (size_t i = 0; i < trace.count; i++) {
            const bg_posting *posting = &trace.items[i];
            assert_non_null(posting->reason[0].sentence);
            assert_true(posting->amount >= 0 || posting->from < 0);
            if (posting->from >= 0) {
                accounts[posting->from] -= posting->amount;
                accounts[posting->to] += posting->amount;
            }
        }
        for (size_t a = 0; a < bg_plan_account_count(plan.plan); a++) {
            assert_int_equal(accounts[a], plan.block.account[a][0]);
        }
        assert_int_equal(trace.items[trace.count - 1].balance_after, 0);
        bg_trace_free(&trace);
        test_plan_free(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_gives_what_the_text_of_the_rules_gives),
        cmocka_unit_test(every_instruction_set_settles_amounts_of_any_size),
        cmocka_unit_test(accounts_add_up_to_zero_and_parts_to_wholes),
        cmocka_unit_test(doubling_all_money_doubles_all_money),
        cmocka_unit_test(permuting_institutions_permutes_results),
        cmocka_unit_test(the_length_of_a_block_changes_nothing),
        cmocka_unit_test(a_block_may_be_settled_again_and_shortened),
        cmocka_unit_test(explaining_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include "study/spread.h"

#include "base/say.h"
#include "base/special.h"

#include <math.h>
#include <stddef.h>

/* Log-scale mean and standard deviation of a lognormal with the given mean and sd. */
static double log_sd(const bg_spread *self)
{
    const double cv = self->sd / self->mean;
    return sqrt(bg_log1p(cv * cv));
}

static double log_mean(const bg_spread *self)
{
    const double sd = log_sd(self);
    return bg_log(self->mean) - sd * sd / 2;
}

static double standardised(const bg_spread *self, double x)
{
    if (self->kind == BG_SPREAD_NORMAL) {
        return (x - self->mean) / self->sd;
    }
    return x > 0 ? (bg_log(x) - log_mean(self)) / log_sd(self) : -INFINITY;
}

void bg_spread_between(bg_spread *self, double p10, double p90)
{
    if (self->kind == BG_SPREAD_LOGNORMAL) {
        const double sd = log(p90 / p10) / (2 * BG_P90_NORMAL);
        self->mean = exp((log(p10) + log(p90)) / 2 + sd * sd / 2);
        self->sd = self->mean * sqrt(expm1(sd * sd));
    } else {
        self->mean = (p10 + p90) / 2;
        self->sd = (p90 - p10) / (2 * BG_P90_NORMAL);
    }
}

/* Of a beta distribution between the ends, by its mean and sd. */
static const char *check_beta(const bg_spread *self)
{
    const double room = (self->mean - self->low) * (self->high - self->mean);
    return self->low < self->mean && self->mean < self->high && self->sd > 0 &&
                   self->sd * self->sd < room
               ? NULL
               : BG_BOTH("the mean of a beta distribution lies between the ends, and its standard "
                         "deviation is above zero and so small that it has room there",
                         "贝塔分布的均值须在上下限之间，标准差须大于零且不超出上下限所容许的程度");
}

static const char *check(const bg_spread *self)
{
    const bool has_mean = self->kind == BG_SPREAD_NORMAL || self->kind == BG_SPREAD_LOGNORMAL;
    if (!(self->low < self->high)) {
        return BG_BOTH("the lowest value must lie below the highest", "下限须低于上限");
    }
    if (self->kind == BG_SPREAD_LOG_UNIFORM && !(self->low > 0)) {
        return BG_BOTH("a log-uniform distribution lies above zero", "对数均匀分布须大于零");
    }
    if (has_mean && !(self->sd > 0)) {
        return BG_BOTH("the standard deviation must be above zero", "标准差须大于零");
    }
    if (self->kind == BG_SPREAD_LOGNORMAL && !(self->mean > 0)) {
        return BG_BOTH("the mean of a lognormal distribution is above zero",
                       "对数正态分布的均值须大于零");
    }
    const bool has_mode = self->kind == BG_SPREAD_TRIANGULAR || self->kind == BG_SPREAD_PERT;
    if (has_mode && !(self->low <= self->mode && self->mode <= self->high)) {
        return BG_BOTH("the most likely value must lie between the lowest and the highest",
                       "众数须在下限与上限之间");
    }
    if (has_mean || (isfinite(self->low) && isfinite(self->high))) {
        return self->kind == BG_SPREAD_BETA ? check_beta(self) : NULL;
    }
    return BG_BOTH("this distribution needs a lowest and a highest value", "该分布须有下限与上限");
}

/* The shapes of a PERT or beta distribution. */
static void prepare_beta(bg_spread *self)
{
    const double width = self->high - self->low;
    if (self->kind == BG_SPREAD_PERT) {
        self->below = 1 + 4 * (self->mode - self->low) / width;
        self->within = 1 + 4 * (self->high - self->mode) / width;
    } else {
        const double mean = (self->mean - self->low) / width, sd = self->sd / width;
        const double both = mean * (1 - mean) / (sd * sd) - 1;
        self->below = mean * both;
        self->within = (1 - mean) * both;
    }
}

const char *bg_spread_prepare(bg_spread *self)
{
    const char *wrong = check(self);
    if (wrong) {
        return wrong;
    }
    if (self->kind == BG_SPREAD_NORMAL || self->kind == BG_SPREAD_LOGNORMAL) {
        self->below = bg_normal_below(standardised(self, self->low));
        self->within = bg_normal_below(standardised(self, self->high)) - self->below;
        return self->within >= 1e-6
                   ? NULL
                   : BG_BOTH("less than a millionth of the distribution lies between the ends",
                             "上下限之间的概率不足百万分之一");
    }
    if (self->kind == BG_SPREAD_PERT || self->kind == BG_SPREAD_BETA) {
        prepare_beta(self);
    }
    return NULL;
}

/* By halving, as far as doubles go. */
static double beta_quantile(double alpha, double beta, double u)
{
    double low = 0, high = 1, middle = 0.5;
    while (low < middle && middle < high) {
        *(bg_beta_tails(alpha, beta, middle, 1 - middle).below < u ? &low : &high) = middle;
        middle = low + (high - low) / 2;
    }
    return high;
}

static double triangular(const bg_spread *self, double u)
{
    const double width = self->high - self->low;
    const double rise = (self->mode - self->low) / width;
    return u < rise ? self->low + sqrt(u * width * (self->mode - self->low))
                    : self->high - sqrt((1 - u) * width * (self->high - self->mode));
}

double bg_spread_at(const bg_spread *self, double u)
{
    double value = 0;
    switch (self->kind) {
    case BG_SPREAD_UNIFORM:
        value = self->low + u * (self->high - self->low);
        break;
    case BG_SPREAD_LOG_UNIFORM:
        value = bg_exp(bg_log(self->low) + u * (bg_log(self->high) - bg_log(self->low)));
        break;
    case BG_SPREAD_NORMAL:
        value = self->mean + self->sd * bg_normal_quantile(self->below + u * self->within);
        break;
    case BG_SPREAD_LOGNORMAL:
        value = bg_exp(log_mean(self) +
                       log_sd(self) * bg_normal_quantile(self->below + u * self->within));
        break;
    case BG_SPREAD_TRIANGULAR:
        value = triangular(self, u);
        break;
    case BG_SPREAD_PERT:
    case BG_SPREAD_BETA:
        value = self->low + (self->high - self->low) * beta_quantile(self->below, self->within, u);
        break;
    }
    return value < self->low ? self->low : value > self->high ? self->high : value;
}

#include "projection/unit_simd.h"

static bool cash(size_t n, const bg_fen *before, const bg_fen *instalment, const bg_fen *expense,
                 bg_fen *now, bg_fen *lowest)
{
    uint64_t beyond = 0; /* the sign bit: of a difference or sum that does not fit */
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        const uint64_t in = (uint64_t)instalment[i], out = (uint64_t)expense[i];
        const uint64_t last = (uint64_t)before[i];
        const uint64_t more = in - out;
        const uint64_t sum = last + more;
        beyond |= ((in ^ out) & (in ^ more)) | ((last ^ sum) & (more ^ sum));
        const bg_fen amount = (bg_fen)sum;
        now[i] = amount;
        lowest[i] = amount < lowest[i] ? amount : lowest[i];
    }
    return beyond >> 63 == 0;
}

static inline uint8_t bit(bool happened, bg_event event)
{
    return (uint8_t)(happened << event);
}

static void events(size_t n, const bg_unit_columns *columns, uint8_t *event)
{
    const bg_unit_columns c = *columns;
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        event[i] |= (uint8_t)(bit(c.expense[i] > c.budget[i], BG_EVENT_over_budget) |
                              bit(c.balance[i] < 0, BG_EVENT_overspend) |
                              bit(c.result[i] < 0, BG_EVENT_loss) |
                              bit(c.lowest_cash[i] < 0, BG_EVENT_cash_negative));
    }
}

static void exhausted(size_t n, const bg_fen *opening, const bg_fen *added, const bg_fen *left,
                      uint8_t *event)
{
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        const bool happened = ((opening[i] > 0) | (added[i] > 0)) & (left[i] == 0);
        event[i] |= bit(happened, BG_EVENT_risk_exhausted);
    }
}

static void below_zero(size_t n, const bg_fen *amount, uint8_t mask, uint8_t *event)
{
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        event[i] |= amount[i] < 0 ? mask : 0;
    }
}

const bg_unit_kernels BG_ISA_NAME(bg_unit_kernels) = {cash, events, exhausted, below_zero};

#include "settlement/purposes.h"

#include "base/columns.h"

typedef enum state { FREE, AT_MINIMUM, AT_MAXIMUM } state;

static bg_purposes_fault find_fault(size_t count, const bg_purpose_terms *terms)
{
    bg_decimal shares = 0, least = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        if (terms[i].minimum > terms[i].maximum) {
            return BG_PURPOSES_CROSSED;
        }
        shares += terms[i].share;
        least += terms[i].minimum;
        most += terms[i].share > 0 ? terms[i].maximum : terms[i].minimum;
    }
    if (shares != BG_ONE) {
        return BG_PURPOSES_SHARES;
    }
    if (least > BG_ONE) {
        return BG_PURPOSES_MINIMA;
    }
    return most < BG_ONE ? BG_PURPOSES_MAXIMA : BG_PURPOSES_FIT;
}

static bg_decimal fixed_part(const bg_purpose_terms *terms, state now)
{
    return now == AT_MINIMUM ? terms->minimum : now == AT_MAXIMUM ? terms->maximum : 0;
}

/* What is left for the free ones, and the sum of their shares. */
static bg_decimal left_for_free(size_t count, const bg_purpose_terms *terms, const state *now,
                                bg_decimal *shares)
{
    bg_decimal left = BG_ONE;
    *shares = 0;
    for (size_t i = 0; i < count; i++) {
        left -= fixed_part(&terms[i], now[i]);
        *shares += now[i] == FREE ? terms[i].share : 0;
    }
    return left;
}

/* Fixes purposes that their part by share, left * share / shares, would take beyond a bound; false if none is.
 * Where raising takes more than cutting gives, all that are raised stay at their minimum, whatever the
 * cut ones come to, and the other way round. */
static bool fix(size_t count, const bg_purpose_terms *terms, state *now)
{
    bg_decimal shares;
    const bg_decimal left = left_for_free(count, terms, now, &shares);
    bg_wide beyond = 0;
    state wanted[BG_MAX_PURPOSES] = {FREE};
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const bg_wide part = (bg_wide)left * terms[i].share;
        const bg_wide low = (bg_wide)terms[i].minimum * shares,
                      high = (bg_wide)terms[i].maximum * shares;
        if (now[i] == FREE && part < low) {
            wanted[i] = AT_MINIMUM;
            beyond += low - part;
        } else if (now[i] == FREE && part > high) {
            wanted[i] = AT_MAXIMUM;
            beyond -= part - high;
        }
        any = any || wanted[i] != FREE;
    }
    for (size_t i = 0; i < count; i++) {
        const bool raised = wanted[i] == AT_MINIMUM && beyond >= 0;
        const bool cut = wanted[i] == AT_MAXIMUM && beyond <= 0;
        now[i] = raised || cut ? wanted[i] : now[i];
    }
    return any;
}

bg_purposes_fault bg_purposes_divide(size_t count, const bg_purpose_terms *terms, bg_decimal *part)
{
    const bg_purposes_fault fault = find_fault(count, terms);
    if (fault) {
        return fault;
    }
    state now[BG_MAX_PURPOSES];
    for (size_t i = 0; i < count; i++) {
        now[i] = terms[i].share > 0 ? FREE : AT_MINIMUM;
    }
    while (fix(count, terms, now)) {
    }
    bg_decimal shares, weight[BG_MAX_PURPOSES], divided[BG_MAX_PURPOSES] = {0};
    const bg_decimal left = left_for_free(count, terms, now, &shares);
    for (size_t i = 0; i < count; i++) {
        weight[i] = now[i] == FREE ? terms[i].share : 0;
    }
    if (shares > 0) {
        bg_money_split(left, weight, count, divided);
    }
    for (size_t i = 0; i < count; i++) {
        part[i] = now[i] == FREE ? divided[i] : fixed_part(&terms[i], now[i]);
    }
    return BG_PURPOSES_FIT;
}

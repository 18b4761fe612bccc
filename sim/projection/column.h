/* Checked arithmetic on columns of amounts. */
#ifndef BAOGAN_PROJECTION_COLUMN_H
#define BAOGAN_PROJECTION_COLUMN_H

#include <baogan/money.h>

/* sum[i] = a[i] + b[i]; sum may be a or b. BG_OVERFLOW if any does not fit. */
static inline bg_status bg_column_add(size_t n, const bg_fen *a, const bg_fen *b, bg_fen *sum)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && status == BG_OK; i++) {
        status = bg_money_add(a[i], b[i], &sum[i]);
    }
    return status;
}

static inline bg_status bg_column_subtract(size_t n, const bg_fen *a, const bg_fen *b,
                                           bg_fen *difference)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && status == BG_OK; i++) {
        status = bg_money_subtract(a[i], b[i], &difference[i]);
    }
    return status;
}

/* What is below zero becomes zero. */
static inline void bg_column_clip(size_t n, bg_fen *column)
{
    for (size_t i = 0; i < n; i++) {
        column[i] = column[i] > 0 ? column[i] : 0;
    }
}

static inline void bg_column_fill(size_t n, bg_fen value, bg_fen *column)
{
    for (size_t i = 0; i < n; i++) {
        column[i] = value;
    }
}

#endif

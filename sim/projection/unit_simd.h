/* Column kernels of a unit's year. */
#ifndef BAOGAN_PROJECTION_UNIT_SIMD
#define BAOGAN_PROJECTION_UNIT_SIMD

#include "base/isa.h"

#include <baogan/projection.h>

/* Columns that events are read off. */
typedef struct bg_unit_columns {
    const bg_fen *budget, *expense, *balance, *result, *lowest_cash;
} bg_unit_columns;

typedef struct bg_unit_kernels {
    /* now becomes before + instalment - expense, and lowest at most that; whether all of it fits.
     * before may be now. */
    bool (*cash)(size_t n, const bg_fen *before, const bg_fen *instalment, const bg_fen *expense,
                 bg_fen *now, bg_fen *lowest);
    /* Bits of events join those there are: those read off a unit's columns; a fund exhausted, which had
     * money, carried or added, and has nothing left; any where the amount is below zero. */
    void (*events)(size_t n, const bg_unit_columns *columns, uint8_t *event);
    void (*exhausted)(size_t n, const bg_fen *opening, const bg_fen *added, const bg_fen *left,
                      uint8_t *event);
    void (*below_zero)(size_t n, const bg_fen *amount, uint8_t bit, uint8_t *event);
} bg_unit_kernels;

BG_ISA_TABLES(bg_unit_kernels)

#endif

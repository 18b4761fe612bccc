#include "demand_block.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* What follows from the others is not hashed. */
enum { DRAWN_COLUMNS = 12 + 4, FEN_COLUMNS = DRAWN_COLUMNS + 2 };

static bg_fen **fen_column(bg_demand_columns *columns, size_t i)
{
    bg_fen **const others[] = {&columns->outside,  &columns->emergency,  &columns->rebound,
                               &columns->patients, &columns->disallowed, &columns->recovered};
    return i < 12 ? &columns->expense[i] : others[i - 12];
}

demand_block demand_block_new(const bg_demand *demand, size_t capacity)
{
    demand_block self = {
        .schemes = demand->scheme_count, .years = demand->years, .capacity = capacity};
    const size_t size = sizeof(bg_demand_columns) +
                        capacity * (FEN_COLUMNS * sizeof(bg_fen) + sizeof(double) + sizeof(bool));
    char *next = calloc(self.schemes * self.years, size);
    assert_non_null(next);
    self.storage = next;
    for (size_t s = 0; s < self.schemes; s++) {
        self.columns[s] = (void *)next;
        next += self.years * sizeof(bg_demand_columns);
    }
    for (size_t i = 0; i < self.schemes * self.years; i++) {
        bg_demand_columns *columns = &self.columns[i / self.years][i % self.years];
        for (size_t j = 0; j < FEN_COLUMNS; j++) {
            *fen_column(columns, j) = (void *)next;
            next += capacity * sizeof(bg_fen);
        }
        columns->people = (void *)next;
        next += capacity * sizeof(double);
    }
    for (size_t i = 0; i < self.schemes * self.years; i++) {
        self.columns[i / self.years][i % self.years].begins = (void *)next;
        next += capacity * sizeof(bool);
    }
    return self;
}

void demand_block_free(demand_block *self)
{
    free(self->storage);
    *self = (demand_block){0};
}

/* The columns from entry `first` on. */
static bg_demand_columns shifted(const bg_demand_columns *columns, size_t first)
{
    bg_demand_columns result = *columns;
    for (size_t j = 0; j < FEN_COLUMNS; j++) {
        *fen_column(&result, j) += first;
    }
    result.people += first;
    result.begins += first;
    return result;
}

bg_status demand_block_draw(demand_block *self, const bg_demand *demand, size_t size)
{
    bg_block_sampler *sampler = bg_block_sampler_new(demand, size);
    bg_demand_columns *part = calloc(self->schemes * self->years, sizeof *part);
    assert_non_null(sampler);
    assert_non_null(part);
    bg_status status = BG_OK;
    for (size_t first = 0; !status && first < self->capacity; first += size) {
        bg_demand_columns *columns[BG_MAX_SCHEMES] = {0};
        for (size_t i = 0; i < self->schemes * self->years; i++) {
            part[i] = shifted(&self->columns[i / self->years][i % self->years], first);
            columns[i / self->years] = &part[i / self->years * self->years];
        }
        const size_t left = self->capacity - first;
        status = bg_demand_draw_block(demand, sampler, (uint32_t)first + 1,
                                      left < size ? left : size, columns);
    }
    free(part);
    bg_block_sampler_free(sampler);
    return status;
}

bg_fen demand_block_expense(const demand_block *self, size_t scheme, size_t year, size_t i)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < 12; month++) {
        sum += self->columns[scheme][year].expense[month][i];
    }
    return sum;
}

static uint64_t hashed(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *byte = data;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ byte[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

uint64_t demand_block_hash(const demand_block *self)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < self->schemes * self->years; i++) {
        bg_demand_columns *columns = &self->columns[i / self->years][i % self->years];
        for (size_t j = 0; j < DRAWN_COLUMNS; j++) {
            hash = hashed(hash, *fen_column(columns, j), self->capacity * sizeof(bg_fen));
        }
        hash = hashed(hash, columns->people, self->capacity * sizeof(double));
        hash = hashed(hash, columns->begins, self->capacity * sizeof(bool));
    }
    return hash;
}

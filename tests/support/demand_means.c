#include "demand_means.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "demand_block.h"
#include "demand_draft.h"
#include "moments.h"

typedef struct means {
    moments line[BG_MAX_LINES][BG_MAX_BUDGET_YEARS], all[BG_MAX_BUDGET_YEARS];
} means;

static void add_reference(means *self, const bg_demand *demand, size_t futures)
{
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    for (uint32_t f = 0; f < futures; f++) {
        assert_int_equal(bg_demand_draw(demand, sampler, f + 1, &path), BG_OK);
        for (size_t i = 0; i < path.lines; i++) {
            for (size_t year = 0; year < path.years; year++) {
                const bg_fen paid = path.line_paid[BG_FUTURE_YEAR(&path, i, year)];
                moments_add(&self->line[i][year], (double)paid);
            }
        }
    }
    bg_future_free(&path);
    bg_sampler_free(sampler);
}

static void add_fast(means *self, const bg_demand *demand, size_t futures)
{
    demand_block block = demand_block_new(demand, futures);
    assert_int_equal(demand_block_draw(&block, demand, 100), BG_OK);
    for (size_t year = 0; year < block.years; year++) {
        for (size_t f = 0; f < futures; f++) {
            double paid = 0;
            for (size_t scheme = 0; scheme < block.schemes; scheme++) {
                paid += (double)demand_block_expense(&block, scheme, year, f);
            }
            moments_add(&self->all[year], paid);
        }
    }
    demand_block_free(&block);
}

void assert_demand_means(const bg_demand *demand, size_t futures)
{
    means drawn = {0};
    add_reference(&drawn, demand, futures);
    add_fast(&drawn, demand, futures);
    for (size_t year = 0; year < demand->years; year++) {
        double sum = 0;
        for (size_t i = 0; i < demand->line_count; i++) {
            const double mean = bg_demand_mean(demand, i, year);
            assert_mean(&drawn.line[i][year], mean);
            sum += mean;
        }
        assert_mean(&drawn.all[year], sum);
    }
}

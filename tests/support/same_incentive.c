#include "same_incentive.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_same_share(const bg_effective_share *a, const bg_effective_share *b)
{
    assert_memory_equal(&a->ratio, &b->ratio, sizeof a->ratio);
    assert_memory_equal(&a->se, &b->se, sizeof a->se);
    assert_int_equal(a->known, b->known);
}

void assert_same_incentive(const bg_incentive_row *a, const bg_incentive_row *b)
{
    assert_same_share(&a->marginal, &b->marginal);
    assert_same_share(&a->saved, &b->saved);
    assert_same_share(&a->overspent, &b->overspent);
}

#include "base/isa.h"

static const char *const names[BG_ISA_COUNT] = {"baseline", "avx2", "avx512"};

const char *bg_isa_name(bg_isa isa)
{
    return names[isa];
}

#ifdef __x86_64__
bool bg_isa_supported(bg_isa isa)
{
    switch (isa) {
    case BG_ISA_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
    case BG_ISA_AVX2:
        return __builtin_cpu_supports("avx2");
    default:
        return isa == BG_ISA_BASELINE;
    }
}
#else
bool bg_isa_supported(bg_isa isa)
{
    return isa == BG_ISA_BASELINE;
}
#endif

static bg_isa best(void)
{
    int isa = BG_ISA_COUNT - 1;
    while (!bg_isa_supported((bg_isa)isa)) {
        isa--;
    }
    return (bg_isa)isa;
}

/* The set in use, and one more so that 0 means not chosen yet. Threads that choose at once choose the
 * same. */
static int chosen;

bg_isa bg_isa_current(void)
{
    int isa = __atomic_load_n(&chosen, __ATOMIC_RELAXED);
    if (!isa) {
        isa = (int)best() + 1;
        __atomic_store_n(&chosen, isa, __ATOMIC_RELAXED);
    }
    return (bg_isa)(isa - 1);
}

bool bg_isa_use(bg_isa isa)
{
    if (!bg_isa_supported(isa)) {
        return false;
    }
    __atomic_store_n(&chosen, (int)isa + 1, __ATOMIC_RELAXED);
    return true;
}

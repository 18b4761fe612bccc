/* Instruction sets. Files named *_simd.c are compiled once for each and hold plain loops over columns
 * that the compiler vectorises; they export a table of functions, and the caller takes the table of
 * bg_isa_current(). All sets give the same bits: no contraction to fused multiply-add, no libm, no sums
 * over the entries of a column in floating point.
 *
 * Every such file ends with
 *
 *     const bg_things BG_ISA_NAME(bg_things) = {…};
 *
 * and the header beside it declares the tables with BG_ISA_TABLES(bg_things) and finds one with
 * BG_ISA_TABLE(bg_things). */
#ifndef BAOGAN_BASE_ISA
#define BAOGAN_BASE_ISA

#include <stdbool.h>

typedef enum bg_isa { BG_ISA_BASELINE, BG_ISA_AVX2, BG_ISA_AVX512, BG_ISA_COUNT } bg_isa;

/* Whether this machine and this build have the set. */
bool bg_isa_supported(bg_isa isa);
const char *bg_isa_name(bg_isa isa); /* "baseline", "avx2", "avx512" */
/* The best supported set, unless bg_isa_use has named another. */
bg_isa bg_isa_current(void);
/* For the whole process, before threads start: false and no change where it is not supported. */
bool bg_isa_use(bg_isa isa);

#ifndef BG_ISA_SUFFIX
#define BG_ISA_SUFFIX _baseline
#endif
#define BG_ISA_JOIN_(name, suffix) name##suffix
#define BG_ISA_JOIN(name, suffix)  BG_ISA_JOIN_(name, suffix)
#define BG_ISA_NAME(name)          BG_ISA_JOIN(name, BG_ISA_SUFFIX)

/* Stands before a loop that writes columns which overlap no other of its columns, where the compiler
 * cannot see that or would have to check too many. */
#ifdef __clang__
#define BG_COLUMNS_APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define BG_COLUMNS_APART _Pragma("GCC ivdep")
#endif

#ifdef __x86_64__
#define BG_ISA_TABLES(type) extern const type type##_baseline, type##_avx2, type##_avx512;
#define BG_ISA_TABLE(type)                                                                         \
    ((const type *const[BG_ISA_COUNT]){&type##_baseline, &type##_avx2,                             \
                                       &type##_avx512}[bg_isa_current()])
#else
#define BG_ISA_TABLES(type) extern const type type##_baseline;
#define BG_ISA_TABLE(type)  (&type##_baseline)
#endif

#endif

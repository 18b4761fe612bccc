/* Sums of payments on a lattice 0, step, 2 step ..., below what a limit asks for. README.md, "Terms of a person's
 * year".
 *
 * A distribution is moved to the lattice so that its mean stays: what lies between two points is parted between them.
 * That makes it a little wider, never narrower; limited means of sums are off by a difference that falls with the square of the
 * step. What lies above the last point is not kept, but counts in the mean. Every figure has the same
 * bits on every machine. */
#ifndef BAOGAN_DEMAND_LATTICE
#define BAOGAN_DEMAND_LATTICE

#include "demand/benefit.h"

enum { BG_LATTICE_MOST = 258 };

typedef struct bg_lattice {
    double step;
    double mean;   /* of the whole, without the lattice's error */
    size_t points; /* up to BG_LATTICE_MOST */
    double mass[BG_LATTICE_MOST];
} bg_lattice;

/* Without any mass. */
void bg_lattice_init(bg_lattice *self, size_t points, double step);
/* Adds `weight` times the distribution of one payment at that mean bill. The benefit is that of one place in the
 * year. */
void bg_lattice_add_payment(bg_lattice *self, const bg_benefit *benefit, double bill,
                            double weight);
/* The sum of as many payments of that size as a negative binomial of this mean and size k says: Panjer's
 * recursion (Klugman, Panjer, Willmot 2012, section 9.6). mean from 0 to 500, k > 0. */
void bg_lattice_compound(const bg_lattice *payment, double mean, double k, bg_lattice *sum);
/* The same where a person's first and second payment and any later one are of different sizes: convolutions, number by
 * number, up to BG_LATTICE_CASES; of more, which have a probability below 10^-12 or are very many, that many count. */
enum { BG_LATTICE_CASES = 400 };
void bg_lattice_compound_in_order(const bg_lattice payment[BG_ADMISSIONS], double mean, double k,
                                  bg_lattice *sum);
/* The sum of two independent amounts on lattices of one step and number of points. */
void bg_lattice_sum(const bg_lattice *a, const bg_lattice *b, bg_lattice *sum);
/* min(S, limit) on a lattice of as many points and another step; `limit` within the first. */
void bg_lattice_limit(const bg_lattice *self, double limit, double step, bg_lattice *limited);
/* E min(S, limit) for a limit up to the last point but one; between two points by a parabola. */
double bg_lattice_limited(const bg_lattice *self, double limit);

#endif

/* Insured people by group: `groups` of people[scheme], each with its number of people or its share of them by
 * year. What a year does not say lies on the straight line between the years around it; before the first that is
 * named and after the last it stays. sim/scenario/README.md, "People by group". */
#ifndef BAOGAN_PEOPLE_H
#define BAOGAN_PEOPLE_H

#include <baogan/scenario.h>

#define BG_MAX_GROUPS 16

typedef struct bg_group {
    const char *name;       /* borrowed, as the nodes */
    const bg_node *section; /* its entry */
    const bg_node *figures; /* its numbers of people, or shares, by year; NULL: it has none */
} bg_group;

typedef struct bg_groups {
    size_t count;                /* 0: people are not divided */
    bool by_count;               /* numbers of people, not shares */
    int first_named, last_named; /* first and last year that any group names; both 0: none does */
    bg_group group[BG_MAX_GROUPS];
} bg_groups;

/* What numbers or shares by year say of a year, in persons or as a part of 1. */
double bg_people_figure(const bg_node *figures, int year);

/* Finds the groups of `people`, which may be NULL, without checking them; those beyond BG_MAX_GROUPS are left out. */
void bg_groups_open(const bg_node *people, bg_groups *self);
/* Errors with marks: too many groups, a group without people, some by number and some by share, shares that do not
 * add up to 100 %, numbers that rise or fall by more than 20 % a year. */
bg_status bg_groups_check(const bg_groups *self, const bg_node *people, bg_errors *errors);

/* Of groups that passed the check: people of all of them in a year, where they are given by numbers; and the share of
 * one. */
double bg_groups_people(const bg_groups *self, int year);
double bg_groups_share(const bg_groups *self, size_t group, int year);
/* The place of the group with that name, or `count`. */
size_t bg_groups_find(const bg_groups *self, const char *name);

#endif

#include "report/live_rate.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>

/* A denominator beyond it leaves no room for amounts. */
#define LARGEST_DENOMINATOR INT64_C(1000000000)

bg_live_grounds bg_live_grounds_of(const bg_live_settling *self)
{
    return (bg_live_grounds){self->year->plan,
                             self->year->year,
                             self->year->block->input[BG_INPUT_score][0],
                             self->input[BG_INPUT_score],
                             self->year->block,
                             self->input};
}

/* An input by its factor, within the bounds; false where the unit has none. */
static bool rate_of_input(const bg_rate_part *part, const bg_live_grounds *grounds,
                          bg_decimal *rate)
{
    if (!grounds->input[part->input] ||
        bg_decimal_times(grounds->block->input[part->input][0], part->constant, rate)) {
        return false;
    }
    *rate = *rate < part->floor ? part->floor : *rate;
    *rate = *rate > part->ceiling ? part->ceiling : *rate;
    return true;
}

bool bg_live_rate_at(const bg_rate_rule *rule, const bg_live_grounds *grounds, bg_decimal *rate)
{
    return rule->form == BG_RATE_RULE_INPUT
               ? rate_of_input(&rule->rate, grounds, rate)
               : bg_rate_rule_at(rule, grounds->plan, grounds->year, grounds->score, rate);
}

/* ---- denominators ---- */

static int64_t common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        const int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

/* What makes the value whole. */
static int64_t denominator_of(bg_decimal value)
{
    return value == 0 ? 1 : BG_ONE / common_divisor(value, BG_ONE);
}

static bool make_multiple(int64_t *of, bg_wide needed)
{
    if (needed > LARGEST_DENOMINATOR) {
        return false;
    }
    const int64_t each = (int64_t)needed;
    const bg_wide multiple = (bg_wide)*of / common_divisor(*of, each) * each;
    *of = multiple > LARGEST_DENOMINATOR ? *of : (int64_t)multiple;
    return multiple <= LARGEST_DENOMINATOR;
}

bool bg_live_decimal_over(bg_decimal value, int64_t *of)
{
    return make_multiple(of, denominator_of(value));
}

int64_t bg_live_numerator(bg_decimal value, int64_t of)
{
    return (int64_t)((bg_wide)value * of / BG_ONE);
}

/* The tiers of the year. */
static const bg_node *tiers_of(const bg_rate_part *part, int year)
{
    return part->form == BG_RATE_RULE_BY_SCORE ? part->node : bg_node_in_year(part->node, year);
}

static bool tiers_over(const bg_node *tiers, int64_t *of)
{
    bool fits = tiers != NULL;
    for (const bg_node *tier = tiers ? tiers->child : NULL; tier; tier = tier->next) {
        fits = fits && bg_live_decimal_over(tier->value.decimal, of);
    }
    return fits;
}

/* So that the line is whole at the score. */
static bool line_over(const bg_rate_part *part, bg_decimal score, int64_t *of)
{
    const bg_wide scores = (bg_wide)100 * denominator_of(score);
    return make_multiple(of, scores * denominator_of(part->at_0)) &&
           make_multiple(of, scores * denominator_of(part->at_100));
}

static bool bounds_over(bg_decimal floor, bg_decimal ceiling, int64_t *of)
{
    return (floor == INT64_MIN || bg_live_decimal_over(floor, of)) &&
           (ceiling == INT64_MAX || bg_live_decimal_over(ceiling, of));
}

static bool part_over(const bg_rate_part *part, const bg_live_grounds *grounds, int64_t *of)
{
    const bg_node *cell;
    switch (part->form) {
    case BG_RATE_RULE_NONE:
    case BG_RATE_RULE_CONSTANT:
        return bg_live_decimal_over(part->constant, of);
    case BG_RATE_RULE_BY_YEAR:
        cell = bg_node_in_year(part->node, grounds->year);
        return cell && bg_live_decimal_over(cell->value.decimal, of);
    case BG_RATE_RULE_BY_SCORE:
    case BG_RATE_RULE_BY_YEAR_AND_SCORE:
        return grounds->score_is && tiers_over(tiers_of(part, grounds->year), of);
    case BG_RATE_RULE_LINE:
        return grounds->score_is && line_over(part, grounds->score, of) &&
               bounds_over(part->floor, part->ceiling, of);
    default:
        return false;
    }
}

/* What the input comes to now; one with more decimals is rounded to this denominator. */
static bool input_over(const bg_rate_part *part, const bg_live_grounds *grounds, int64_t *of)
{
    bg_decimal rate = 0;
    return rate_of_input(part, grounds, &rate) && bg_live_decimal_over(rate, of) &&
           bg_live_decimal_over(part->constant, &(int64_t){1}) &&
           bounds_over(part->floor, part->ceiling, of);
}

bool bg_live_rate_over(const bg_rate_rule *rule, const bg_live_grounds *grounds, int64_t *of)
{
    if (rule->form == BG_RATE_RULE_INPUT) {
        return input_over(&rule->rate, grounds, of);
    }
    if (rule->form != BG_RATE_RULE_PLUS) {
        return part_over(&rule->rate, grounds, of);
    }
    return part_over(&rule->rate, grounds, of) && part_over(&rule->points, grounds, of) &&
           bounds_over(rule->floor, rule->ceiling, of);
}

/* ---- formulas ---- */

/* "LOOKUP(score,{0,60,80},{0,50,80})": bounds rise there, and below the lowest nothing is reached. */
static void add_tiers(bg_text *text, const bg_node *tiers, const char *score, int64_t of)
{
    enum { MOST = 33 };
    const bg_node *tier[MOST];
    size_t count = 0;
    char bound[BG_NUMBER_TEXT];
    for (const bg_node *node = tiers->child; node && count < MOST; node = node->next) {
        tier[count++] = node;
    }
    const bool begins_at_zero = count > 0 && tier[count - 1]->limit <= 0;
    bg_text_add(text, "LOOKUP(%s,{%s", score, begins_at_zero ? "" : "0,");
    for (size_t i = count; i-- > 0;) {
        bg_text_add(text, "%s%s", bg_decimal_text(tier[i]->limit, bound), i ? "," : "");
    }
    bg_text_add(text, "},{%s", begins_at_zero ? "" : "0,");
    for (size_t i = count; i-- > 0;) {
        bg_text_add(text, "%" PRId64 "%s", bg_live_numerator(tier[i]->value.decimal, of),
                    i ? "," : "");
    }
    bg_text_add(text, "})");
}

static void open_bounds(bg_text *text, const bg_rate_part *part, int64_t of)
{
    if (part->floor != INT64_MIN) {
        bg_text_add(text, "MAX(%" PRId64 ",", bg_live_numerator(part->floor, of));
    }
    if (part->ceiling != INT64_MAX) {
        bg_text_add(text, "MIN(%" PRId64 ",", bg_live_numerator(part->ceiling, of));
    }
}

static void close_bounds(bg_text *text, const bg_rate_part *part)
{
    bg_text_add(text, "%s%s", part->floor != INT64_MIN ? ")" : "",
                part->ceiling != INT64_MAX ? ")" : "");
}

static void add_input(bg_text *text, const bg_rate_part *part, const bg_live_grounds *grounds,
                      int64_t of)
{
    int64_t over = 1;
    bg_live_decimal_over(part->constant, &over);
    open_bounds(text, part, of);
    bg_text_add(text, "ROUND(%s*%" PRId64 "/%" PRId64 "*%" PRId64 ",0)",
                grounds->input[part->input], bg_live_numerator(part->constant, over), over, of);
    close_bounds(text, part);
}

/* at_0 + (at_100 - at_0) score / 100 over the denominator, bounded. */
static void add_line(bg_text *text, const bg_rate_part *part, const char *score, int64_t of)
{
    open_bounds(text, part, of);
    bg_text_add(text, "%" PRId64 "*(100-%s)+%" PRId64 "*%s",
                bg_live_numerator(part->at_0, of / 100), score,
                bg_live_numerator(part->at_100, of / 100), score);
    close_bounds(text, part);
}

static void add_part(bg_text *text, const bg_rate_part *part, const bg_live_grounds *grounds,
                     int64_t of)
{
    bg_decimal constant = part->constant;
    if (part->form == BG_RATE_RULE_BY_YEAR) {
        constant = bg_node_in_year(part->node, grounds->year)->value.decimal;
    }
    if (part->form == BG_RATE_RULE_INPUT) {
        add_input(text, part, grounds, of);
    } else if (part->form == BG_RATE_RULE_LINE) {
        add_line(text, part, grounds->score_is, of);
    } else if (part->form == BG_RATE_RULE_BY_SCORE ||
               part->form == BG_RATE_RULE_BY_YEAR_AND_SCORE) {
        add_tiers(text, tiers_of(part, grounds->year), grounds->score_is, of);
    } else {
        bg_text_add(text, "%" PRId64, bg_live_numerator(constant, of));
    }
}

/* A rate with points stays within its bounds, and within 0 and 100 %. */
static void add_sum(bg_text *text, const bg_rate_rule *rule, const bg_live_grounds *grounds,
                    int64_t of)
{
    const bg_decimal floor = rule->floor > 0 ? rule->floor : 0;
    const bg_decimal ceiling = rule->ceiling < BG_ONE ? rule->ceiling : BG_ONE;
    bg_text_add(text, "MAX(%" PRId64 ",MIN(%" PRId64 ",", bg_live_numerator(floor, of),
                bg_live_numerator(ceiling, of));
    add_part(text, &rule->rate, grounds, of);
    bg_text_add(text, "+");
    add_part(text, &rule->points, grounds, of);
    bg_text_add(text, "))");
}

static bool hangs_on_nothing(const bg_rate_rule *rule)
{
    return rule->form == BG_RATE_RULE_NONE || rule->form == BG_RATE_RULE_CONSTANT ||
           rule->form == BG_RATE_RULE_BY_YEAR;
}

bg_cell bg_live_rate_cell(bg_sheet *sheet, const bg_rate_rule *rule, const bg_live_grounds *grounds,
                          int64_t of)
{
    bg_decimal rate = 0;
    bg_live_rate_at(rule, grounds, &rate);
    if (hangs_on_nothing(rule)) {
        return bg_live_whole(bg_live_numerator(rate, of), NULL);
    }
    bg_text text = {0};
    if (rule->form == BG_RATE_RULE_PLUS) {
        add_sum(&text, rule, grounds, of);
    } else {
        add_part(&text, &rule->rate, grounds, of);
    }
    char *formula = bg_text_take(&text);
    const char *kept = bg_sheet_keep(sheet, "=%s", formula ? formula : "");
    sheet->failed = sheet->failed || !formula;
    free(formula);
    return bg_live_whole(bg_live_numerator(rate, of), kept);
}

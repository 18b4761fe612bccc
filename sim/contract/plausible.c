#include "contract/plausible.h"

#include "contract/messages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* How a figure is told: as it is, as a share of a whole, as the change from 1. */
typedef enum kind { NUMBER, SHARE, CHANGE } kind;

static const struct {
    kind kind;
    double from, to;
    const char *source;
} checks[BG_PLAUSIBLE_COUNT] = {
#define C(name, kind, from, to, source, en, zh) {kind, from, to, source},
#include "contract/plausible.def"
#undef C
};

/* What a sentence takes, in order. */
typedef struct words {
    const char *what, *value, *beside, *low, *high, *origin, *hint;
} words;

typedef void sentence(bg_errors *errors, bg_mark mark, const char *path, const words *with);

/* One function a row, so that the compiler checks each sentence against what it takes. */
#define C(name, kind, from, to, source, en, zh)                                                    \
    static void say_##name(bg_errors *errors, bg_mark mark, const char *path, const words *with)   \
    {                                                                                              \
        bg_errors_advise(errors, mark, path, BG_SAY(plausible_##name), with->what, with->value,    \
                         with->beside, with->low, with->high, with->origin, with->hint);           \
    }
#include "contract/plausible.def"
#undef C

static sentence *const sentences[BG_PLAUSIBLE_COUNT] = {
#define C(name, kind, from, to, source, en, zh) say_##name,
#include "contract/plausible.def"
#undef C
};

const char *bg_plausible_number(double value, char buffer[32])
{
    if (fabs(value) >= 100 && fabs(value) < 1e15) {
        char grouped[BG_NUMBER_TEXT];
        bg_money_grouped((bg_fen)(value < 0 ? value - 0.5 : value + 0.5) * 100, grouped);
        snprintf(buffer, 32, "%.*s", (int)strcspn(grouped, "."), grouped);
        return buffer;
    }
    snprintf(buffer, 32, fabs(value) < 1 ? "%.2g" : "%.1f", value);
    char *point = strstr(buffer, ".0");
    if (point && !point[2]) {
        *point = '\0';
    }
    return buffer;
}

static const char *tell(bg_plausible_id check, double value, char buffer[40])
{
    char number[32];
    const kind as = checks[check].kind;
    const double shown = as == NUMBER ? value : 100 * (as == CHANGE ? value - 1 : value);
    snprintf(buffer, 40, "%s%s%s", as == CHANGE && shown > 0 ? "+" : "",
             bg_plausible_number(shown, number), as == NUMBER ? "" : "%");
    return buffer;
}

bool bg_plausible_is_usual(bg_plausible_id check, double value, double scale)
{
    return value >= checks[check].from * scale && value <= checks[check].to * scale;
}

bool bg_plausible_judge(bg_plausible_id check, const bg_measured *measured, bg_errors *errors)
{
    const double scale = measured->scale > 0 ? measured->scale : 1;
    if (bg_plausible_is_usual(check, measured->value, scale)) {
        return true;
    }
    char value[40], from[40], to[40];
    const words with = {measured->what,
                        tell(check, measured->value, value),
                        measured->beside,
                        tell(check, checks[check].from * scale, from),
                        tell(check, checks[check].to * scale, to),
                        checks[check].source,
                        measured->hint};
    sentences[check](errors, measured->mark, measured->path, &with);
    return false;
}

double bg_plausible_factor(bg_plausible_id check, double value, double scale, const double *factors)
{
    while (*factors > 0 && !bg_plausible_is_usual(check, value * *factors, scale)) {
        factors++;
    }
    return *factors;
}

/* ---- units of money ---- */

static const struct {
    bg_fen fen;
    const char *word, *en, *zh;
} units[] = {{100, "yuan", "yuan", "元"},
             {1000000, "wan", "万元", "万元"},
             {INT64_C(10000000000), "yi", "亿元", "亿元"}};

/* The place of a unit in the table; -1 for another amount. */
static int unit_of(double fen)
{
    for (int i = 0; i < 3; i++) {
        if (fabs(fen / (double)units[i].fen - 1) < 1e-9) {
            return i;
        }
    }
    return -1;
}

/* Whether the amount counts in the file's unit, having none of its own. */
static bool is_bare(const bg_scenario *scenario, const bg_node *written)
{
    bg_fen in_yuan, in_wan;
    return written && written->text && bg_money_parse(written->text, 100, &in_yuan) == BG_OK &&
           bg_money_parse(written->text, 1000000, &in_wan) == BG_OK && in_yuan != in_wan &&
           (double)written->value.fen * 100 ==
               (double)in_yuan * (double)bg_scenario_money_unit(scenario);
}

const char *bg_plausible_amount(const bg_scenario *scenario, double fen, const char *language,
                                char buffer[BG_AMOUNT_TEXT])
{
    const bg_fen shown = bg_scenario_money_shown(scenario);
    char number[32];
    if (shown > 100) {
        return bg_amount_named(bg_money_scale_of(shown, fen, language), fen, buffer);
    }
    snprintf(buffer, BG_AMOUNT_TEXT, "%s%s", bg_plausible_number(fen / 100, number),
             strcmp(language, "zh") == 0 ? "元" : " yuan");
    return buffer;
}

/* An amount that means the same in any file: "49400万". */
static const char *amount_text(double fen, char buffer[48])
{
    const bool in_wan = fabs(fen) >= 1e6;
    snprintf(buffer, 48, "%.15g%s", fen / (in_wan ? 1e6 : 100), in_wan ? "万" : "元");
    return buffer;
}

const char *bg_plausible_unit(const bg_scenario *scenario, const bg_node *written, double factor,
                              bool alone, char buffer[BG_PLAUSIBLE_TEXT])
{
    buffer[0] = '\0';
    if (factor <= 0 || !written) {
        return buffer;
    }
    char amount[48];
    amount_text((double)written->value.fen * factor, amount);
    const double fen = (double)bg_scenario_money_unit(scenario);
    const int read = is_bare(scenario, written) ? unit_of(fen) : -1, meant = unit_of(fen * factor);
    if (read >= 0 && meant >= 0) {
        snprintf(buffer, BG_PLAUSIBLE_TEXT,
                 BG_BOTH(" It is read in %s; was it in %s? Then write money_unit: %s%s%s.",
                         "按%s读取；原为%s吗？若是，请写 `money_unit: %s`%s%s。"),
                 units[read].en, units[meant].en, units[meant].word, alone ? ", or " : "",
                 alone ? amount : "", units[read].zh, units[meant].zh, units[meant].word,
                 alone ? "，或 " : "", alone ? amount : "");
    } else if (alone) {
        snprintf(buffer, BG_PLAUSIBLE_TEXT, BG_BOTH(" Did you mean %s?", "是否指 %s？"), amount,
                 amount);
    }
    return buffer;
}

/* ---- a year that became known ---- */

void bg_plausible_expense(const bg_contract *contract, const bg_known_year *known,
                          bg_errors *errors)
{
    static const double factors[] = {10, 0.1, 1e4, 1e-4, 1e8, 1e-8, 0};
    const bg_scenario *scenario = contract->scenario;
    const double spent = (double)known->spent, total = (double)known->budget;
    char what[128], beside[4 * BG_AMOUNT_TEXT], hint[BG_PLAUSIBLE_TEXT];
    char en[2][BG_AMOUNT_TEXT], zh[2][BG_AMOUNT_TEXT];
    const double share = known->budget > 0 ? (double)known->spent / (double)known->budget : 1;
    snprintf(what, sizeof what, "%s" BG_BOTH(" in %d", "%d年"),
             bg_scheme_words(contract->history.scheme[known->scheme].name), known->year,
             known->year);
    snprintf(beside, sizeof beside, BG_BOTH(" (%s beside %s)", "（支出%s，总额%s）"),
             bg_plausible_amount(scenario, spent, "en", en[0]),
             bg_plausible_amount(scenario, total, "en", en[1]),
             bg_plausible_amount(scenario, spent, "zh", zh[0]),
             bg_plausible_amount(scenario, total, "zh", zh[1]));
    bg_plausible_unit(contract->scenario, known->expense,
                      bg_plausible_factor(BG_PLAUSIBLE_expense, share, 1, factors), true, hint);
    bg_plausible_judge(BG_PLAUSIBLE_expense,
                       &(bg_measured){.what = what,
                                      .value = share,
                                      .beside = beside,
                                      .hint = hint,
                                      .mark = known->expense->mark,
                                      .path = known->expense->path},
                       errors);
}

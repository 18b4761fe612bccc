#include "report/rule_words.h"

#include "report/label.h"

#include <stdlib.h>
#include <string.h>

/* ---- values ---- */

static void add_rule(bg_text *text, const bg_node *rule, const char *language);

static void separate(bg_text *text, bool first, const char *language)
{
    if (!first) {
        bg_text_add(text, "%s", bg_in_language(language, ", ", "，"));
    }
}

static void add_cell(bg_text *text, const bg_node *cell, const char *language)
{
    if (cell->kind == BG_NODE_VALUE) {
        bg_text_add(text, "%s", cell->text);
    } else {
        bg_text_add(text, "%s", bg_in_language(language, "(", "（"));
        add_rule(text, cell, language);
        bg_text_add(text, "%s", bg_in_language(language, ")", "）"));
    }
}

/* Chinese says of which year first, English the value. */
static void add_year(bg_text *text, const bg_node *cell, bool first, const char *language)
{
    const bool later = strcmp(cell->key, "later") == 0;
    const bool other = strcmp(cell->key, "other") == 0;
    if (strcmp(language, "zh") == 0) {
        bg_text_add(text, "%s%s",
                    later   ? "以后各年"
                    : other ? "其他年度"
                            : cell->key,
                    later || other ? "" : "年");
        add_cell(text, cell, language);
        return;
    }
    bg_text_add(text, "%s", later && !first ? "then " : "");
    add_cell(text, cell, language);
    if (other) {
        bg_text_add(text, " in other years");
    } else if (!later) {
        bg_text_add(text, " in %s", cell->key);
    } else if (first) {
        bg_text_add(text, " later");
    }
}

/* Years come first, then what holds for the rest of them. */
static void add_years(bg_text *text, const bg_node *table, const char *language)
{
    bool first = true;
    for (int rest = 0; rest < 2; rest++) {
        for (const bg_node *cell = table->child; cell; cell = cell->next) {
            if ((cell->limit == INT64_MAX) == (rest > 0)) {
                separate(text, first, language);
                add_year(text, cell, first, language);
                first = false;
            }
        }
    }
}

static void add_band(bg_text *text, const bg_node *cell, const char *from, const char *language)
{
    const bool rest = strcmp(cell->key, "rest") == 0;
    const bool english = strcmp(language, "zh") != 0;
    if (english) {
        add_cell(text, cell, language);
    }
    if (rest && !from) {
        bg_text_add(text, "%s", bg_in_language(language, " of all of it", "全部"));
    } else if (rest) {
        bg_text_add(text, bg_in_language(language, " beyond %s", "超过%s的部分"), from);
    } else if (!from) {
        bg_text_add(text, bg_in_language(language, " of the part up to %s", "%s以内的部分"),
                    cell->key);
    } else {
        bg_text_add(text, bg_in_language(language, " from %s to %s", "%s至%s的部分"), from,
                    cell->key);
    }
    if (!english) {
        add_cell(text, cell, language);
    }
}

static void add_bands(bg_text *text, const bg_node *table, const char *language)
{
    const char *from = NULL;
    for (const bg_node *cell = table->child; cell; cell = cell->next) {
        separate(text, !from, language);
        add_band(text, cell, from, language);
        from = cell->key;
    }
}

/* Where the rate must lie for the share of a band to hold for the whole amount. */
static void add_range(bg_text *text, const char *from, const char *to, bool edge_above,
                      const char *language)
{
    if (from && edge_above) {
        bg_text_add(text, bg_in_language(language, "%s or more", "%s及以上"), from);
    } else if (from) {
        bg_text_add(text, bg_in_language(language, "above %s", "超过%s"), from);
    }
    if (from && to) {
        bg_text_add(text, "%s", bg_in_language(language, " and ", "、"));
    }
    if (to && edge_above) {
        bg_text_add(text, bg_in_language(language, "below %s", "不足%s"), to);
    } else if (to) {
        bg_text_add(text, bg_in_language(language, "up to %s", "不超过%s"), to);
    }
}

static void add_whole_band(bg_text *text, const bg_node *cell, const char *from, bool edge_above,
                           const char *language)
{
    const char *to = strcmp(cell->key, "rest") == 0 ? NULL : cell->key;
    if (strcmp(language, "zh") == 0) {
        bg_text_add(text, "比率");
        add_range(text, from, to, edge_above, language);
        bg_text_add(text, "的，全额");
        add_cell(text, cell, language);
    } else {
        add_cell(text, cell, language);
        bg_text_add(text, " of all of it where the rate is ");
        add_range(text, from, to, edge_above, language);
    }
}

/* Tables by year, one after the other. */
static void add_tables_by_year(bg_text *text, const bg_node *table, const bg_node *step,
                               void (*add)(bg_text *, const bg_node *, const bg_node *,
                                           const char *),
                               const char *language)
{
    for (const bg_node *year = table->child; year; year = year->next) {
        const bool chinese = strcmp(language, "zh") == 0;
        if (strcmp(year->key, "later") == 0) {
            bg_text_add(text, "%s", bg_in_language(language, "later: ", "以后各年："));
        } else if (strcmp(year->key, "other") == 0) {
            bg_text_add(text, "%s", bg_in_language(language, "in other years: ", "其他年度："));
        } else {
            bg_text_add(text, chinese ? "%s年：" : "in %s: ", year->key);
        }
        add(text, year, step, language);
        bg_text_add(text, "%s", year->next ? bg_in_language(language, "; ", "；") : "");
    }
}

/* Bands of which some hold for the whole amount: all of them, or the last. */
static void add_bands_of_year(bg_text *text, const bg_node *table, const bg_node *step,
                              const char *language)
{
    enum { MARGINAL, WHOLE };
    const int64_t apply = bg_node_integer(step, "apply");
    const bool edge_above = bg_node_integer(step, "edge") != 0;
    if (apply == MARGINAL || bg_node_count(table) == 1) {
        add_bands(text, table, language);
        return;
    }
    const char *from = NULL;
    for (const bg_node *cell = table->child; cell; cell = cell->next) {
        separate(text, !from, language);
        if (apply == WHOLE || !cell->next) {
            add_whole_band(text, cell, from, edge_above, language);
        } else {
            add_band(text, cell, from, language);
        }
        from = cell->key;
    }
}

static void add_bands_of_step(bg_text *text, const bg_node *step, const char *language)
{
    const bg_node *table = bg_node_child(step, "bands");
    if (bg_node_holds_years(table)) {
        add_tables_by_year(text, table, step, add_bands_of_year, language);
    } else {
        add_bands_of_year(text, table, step, language);
    }
}

/* In Chinese the tier from 0 on is what lies below the one before it. */
static void add_tiers_of_year(bg_text *text, const bg_node *table, const bg_node *step,
                              const char *language)
{
    (void)step;
    const bg_node *above = NULL;
    for (const bg_node *cell = table->child; cell; above = cell, cell = cell->next) {
        separate(text, cell == table->child, language);
        if (strcmp(language, "zh") == 0) {
            const bool below = above && strcmp(cell->key, "0") == 0;
            bg_text_add(text, below ? "%s分以下" : "%s分及以上", below ? above->key : cell->key);
            add_cell(text, cell, language);
        } else {
            add_cell(text, cell, language);
            bg_text_add(text, cell == table->child ? " from a score of %s" : " from %s", cell->key);
        }
    }
}

static void add_tiers(bg_text *text, const bg_node *table, const char *language)
{
    if (bg_node_holds_years(table)) {
        add_tables_by_year(text, table, NULL, add_tiers_of_year, language);
    } else {
        add_tiers_of_year(text, table, NULL, language);
    }
}

static void add_names(bg_text *text, const bg_node *table, const char *language)
{
    for (const bg_node *cell = table->child; cell; cell = cell->next) {
        separate(text, cell == table->child, language);
        bg_text_add(text, bg_in_language(language, "%s ", "%s"),
                    bg_label_of_account(cell->key, language));
        add_cell(text, cell, language);
    }
}

static void add_ends(bg_text *text, const bg_node *line, const char *language)
{
    bg_text_add(text,
                bg_in_language(language, "%s at a score of 0 to %s at 100, in a straight line",
                               "得分0时%s，100时%s，其间按直线"),
                bg_node_child(line, "at_0")->text, bg_node_child(line, "at_100")->text);
}

static void add_bound(bg_text *text, const bg_node *rule, const char *key, const char *words)
{
    const bg_node *bound = bg_node_child(rule, key);
    if (bound) {
        bg_text_add(text, "%s%s", words, bound->text);
    }
}

/* Shares by the sign of what is divided. */
static void add_sides(bg_text *text, const bg_node *gain, const bg_node *loss, const char *language)
{
    const bool english = strcmp(language, "zh") != 0;
    bg_text_add(text, "%s", english ? "" : "盈余时");
    add_cell(text, gain, language);
    bg_text_add(text, "%s", english ? " of a gain, " : "，亏损时");
    add_cell(text, loss, language);
    bg_text_add(text, "%s", english ? " of a loss" : "");
}

/* A rule in one of its forms, by score, along a line, or from an input; or a rate with points. */
static void add_form(bg_text *text, const bg_node *rule, const char *language)
{
    const bg_node *tiers = bg_node_child(rule, "by_score");
    const bg_node *line = bg_node_child(rule, "score");
    const bg_node *rate = bg_node_child(rule, "rate"), *points = bg_node_child(rule, "plus");
    const bg_node *gain = bg_node_child(rule, "gain"), *loss = bg_node_child(rule, "loss");
    if (gain && loss) {
        add_sides(text, gain, loss, language);
        return;
    }
    if (rate) {
        add_cell(text, rate, language);
    } else if (tiers) {
        add_tiers(text, tiers, language);
    } else if (line) {
        add_ends(text, line, language);
    } else {
        bg_text_add(text, bg_in_language(language, "by the input %s", "按数据“%s”"),
                    bg_node_child(rule, "input")->text);
    }
    add_bound(text, rule, "times", bg_in_language(language, ", times ", "，乘以"));
    if (points) {
        bg_text_add(text, "%s", bg_in_language(language, ", plus ", "，加"));
        add_cell(text, points, language);
    }
    add_bound(text, rule, "floor", bg_in_language(language, ", at least ", "，不低于"));
    add_bound(text, rule, "ceiling", bg_in_language(language, ", at most ", "，不高于"));
}

/* A table by year has years as limits; a rule in one of its forms has keys. */
static void add_rule(bg_text *text, const bg_node *rule, const char *language)
{
    if (rule->child && rule->child->limit != 0) {
        add_years(text, rule, language);
    } else {
        add_form(text, rule, language);
    }
}

static void add_as_written(bg_text *text, const bg_node *value)
{
    char *line = bg_node_line(value);
    bg_text_add(text, "%s", line ? line : "");
    text->failed = text->failed || !line;
    free(line);
}

void bg_add_rule_words(bg_text *text, const bg_node *value, const char *language)
{
    if (value->kind == BG_NODE_VALUE) {
        bg_text_add(text, "%s", value->text);
        return;
    }
    switch (value->parameter->shape) {
    case BG_SHAPE_BY_YEAR:
        add_years(text, value, language);
        return;
    case BG_SHAPE_BANDS:
        add_bands(text, value, language);
        return;
    case BG_SHAPE_SHARES:
        add_names(text, value, language);
        return;
    case BG_SHAPE_TIERS:
        add_tiers(text, value, language);
        return;
    case BG_SHAPE_RULE:
        add_rule(text, value, language);
        return;
    default:
        add_as_written(text, value);
    }
}

/* ---- steps ---- */

/* "budget" and "payable" as reports call them; an input by its name. */
static const char *base_words(const bg_node *step, const char *language)
{
    const char *base = bg_node_text(step, "base");
    const bool whole = strcmp(base, "budget") == 0 || strcmp(base, "payable") == 0;
    if (whole && bg_node_child(step, "pot")) {
        return bg_in_language(language, "pot's money", "分项资金");
    }
    if (strcmp(base, "budget") == 0) {
        return bg_in_language(language, "budget", "年度总额");
    }
    return strcmp(base, "payable") == 0 ? bg_in_language(language, "payable", "可支付额") : base;
}

static const char *account_of(const bg_node *step, const char *key, const char *language)
{
    return bg_label_of_account(bg_node_text(step, key), language);
}

static void add_release(bg_text *text, const bg_node *step, const char *language)
{
    const bg_node *tiers = bg_node_child(step, "by_score");
    const bg_node *part = bg_node_child(step, "part");
    const bg_node *score = bg_node_child(step, "score");
    const bg_node *paid = bg_node_child(step, "paid");
    if (part) {
        bg_text_add(text, bg_in_language(language, "of %s of the %s is released: ", "%s的%s返还："),
                    bg_in_language(language, part->text, account_of(step, "fund", language)),
                    bg_in_language(language, account_of(step, "fund", language), part->text));
    } else {
        bg_text_add(text, bg_in_language(language, "of the %s is released: ", "%s返还："),
                    account_of(step, "fund", language));
    }
    bg_add_rule_words(text, tiers ? tiers : bg_node_child(step, "share"), language);
    if (score) {
        bg_text_add(text, bg_in_language(language, ", by the score %s", "，得分取自%s"),
                    score->text);
    }
    if (paid) {
        bg_text_add(text, bg_in_language(language, ", paid in month %s", "，%s月支付"), paid->text);
    }
    if (bg_node_integer(step, "as") != 0) {
        bg_text_add(text, "%s",
                    bg_in_language(language, ", only as far as an overspend needs it",
                                   "，仅以弥补超支为限"));
    }
    bg_text_add(text, bg_in_language(language, "; the rest goes to the %s", "；其余归%s"),
                account_of(step, "rest", language));
}

static void add_cover_emergency(bg_text *text, const bg_node *step, const char *language)
{
    bg_text_add(text,
                bg_in_language(language, "the %s pays overspend that stems from an emergency%s",
                               "突发公共卫生事件造成的超支由%s弥补%s"),
                account_of(step, "fund", language),
                bg_node_bool(step, "include_rebound")
                    ? bg_in_language(language, ", the return of deferred care included",
                                     "（含其后反弹的支出）")
                    : "");
}

static bool has_several_payers(const bg_node *step)
{
    return bg_node_count(bg_node_child(step, "payers")) > 0;
}

static void add_share_surplus(bg_text *text, const bg_node *step, const char *language)
{
    bg_text_add(text,
                bg_in_language(language, "of a surplus (in %% of the %s) the community keeps ",
                               "按占%s的比例分档，医共体留用："),
                base_words(step, language));
    add_bands_of_step(text, step, language);
    if (has_several_payers(step)) {
        bg_text_add(text, "%s", bg_in_language(language, "; the rest goes to ", "；其余归"));
        bg_add_rule_words(text, bg_node_child(step, "payers"), language);
        return;
    }
    bg_text_add(text, bg_in_language(language, "; the rest goes to the %s", "；其余归%s"),
                account_of(step, "payer", language));
}

static void add_share_overspend(bg_text *text, const bg_node *step, const char *language)
{
    bg_text_add(text,
                bg_in_language(language, "of an overspend (in %% of the %s) the community bears ",
                               "按占%s的比例分档，医共体分担："),
                base_words(step, language));
    add_bands_of_step(text, step, language);
    if (has_several_payers(step)) {
        bg_text_add(text, "%s",
                    bg_in_language(language, "; the rest is borne by ", "；其余承担方："));
        bg_add_rule_words(text, bg_node_child(step, "payers"), language);
        return;
    }
    bg_text_add(text, bg_in_language(language, "; the rest is borne by the %s", "；其余由%s承担"),
                account_of(step, "payer", language));
}

static void add_split(bg_text *text, const bg_node *step, const char *language)
{
    bg_text_add(text, "%s", bg_in_language(language, "the result is divided: ", "各成员单位："));
    bg_add_rule_words(text, step, language);
}

static void add_use(bg_text *text, const bg_node *step, const char *language)
{
    const bg_node *purposes = bg_node_child(step, "purposes");
    bg_text_add(text, "%s", bg_in_language(language, "of what is kept goes to ", "留用用于"));
    for (const bg_node *of = purposes ? purposes->child : NULL; of; of = of->next) {
        const bg_node *least = bg_node_child(of, "minimum"), *most = bg_node_child(of, "maximum");
        separate(text, of == purposes->child, language);
        bg_text_add(text, bg_in_language(language, "%s ", "%s"),
                    bg_label_of_account(of->key, language));
        add_cell(text, bg_node_child(of, "share"), language);
        if (least->origin != BG_ORIGIN_DEFAULT) {
            bg_text_add(text, "%s", bg_in_language(language, " and no less than ", "且不低于"));
            add_cell(text, least, language);
        }
        if (most->origin != BG_ORIGIN_DEFAULT) {
            bg_text_add(text, "%s", bg_in_language(language, " and no more than ", "且不高于"));
            add_cell(text, most, language);
        }
    }
}

/* An amount of a pot: what an input says, or a part, by its share or weight. */
static void add_part_of_pot(bg_text *text, const bg_node *pot, const char *const keys[3],
                            const char *what, const char *language)
{
    const bg_node *given = bg_node_child(pot, keys[0]), *share = bg_node_child(pot, keys[1]);
    const bg_node *weight = bg_node_child(pot, keys[2]);
    bg_text_add(text, "%s ", what);
    if (given) {
        bg_text_add(text, bg_in_language(language, "as %s says", "取自%s"), given->text);
    } else if (share) {
        add_cell(text, share, language);
    } else if (weight) {
        bg_text_add(text, bg_in_language(language, "by the weight %s", "按权重%s"), weight->text);
    } else {
        bg_text_add(text, "%s", bg_in_language(language, "the rest", "其余"));
    }
}

static void add_pot(bg_text *text, const bg_node *pot, const char *language)
{
    static const char *const money[] = {"money", "share", "weight"};
    static const char *const expense[] = {"expense", "expense_share", "expense_weight"};
    const bool own = bg_node_bool(pot, "own_money");
    const bg_node *netted = bg_node_child(pot, "netted");
    const bool apart = netted ? !bg_node_bool(pot, "netted") : own;
    bg_text_add(text, bg_in_language(language, "%s (", "%s（"),
                bg_label_of_account(pot->key, language));
    add_part_of_pot(
        text, pot, money,
        own ? bg_in_language(language, "money that is not the fund's", "非医保基金的资金")
            : bg_in_language(language, "money", "资金"),
        language);
    bg_text_add(text, "%s", bg_in_language(language, ", ", "，"));
    add_part_of_pot(text, pot, expense, bg_in_language(language, "expense", "支出"), language);
    bg_text_add(text, "%s",
                apart ? bg_in_language(language, ", not netted)", "，单列）")
                      : bg_in_language(language, ")", "）"));
}

static void add_pots(bg_text *text, const bg_node *step, const char *language)
{
    const bg_node *parts = bg_node_child(step, "parts");
    bg_text_add(text, "%s",
                bg_in_language(language, "the balance is divided into pots: ", "余额分为："));
    for (const bg_node *pot = parts ? parts->child : NULL; pot; pot = pot->next) {
        separate(text, pot == parts->child, language);
        add_pot(text, pot, language);
    }
}

/* The catalogue's words for the step, and each key that is not as the catalogue has it. */
static void add_other(bg_text *text, const bg_node *step, const char *language)
{
    const bg_parameter *row = step->parameter;
    bg_text_add(text, "%s", bg_in_language(language, row->en, row->zh));
    for (const bg_node *child = step->child; child; child = child->next) {
        if (strcmp(child->key, "name") != 0 && strcmp(child->key, "when") != 0 &&
            strcmp(child->key, "pot") != 0 && child->origin != BG_ORIGIN_DEFAULT) {
            bg_text_add(text, bg_in_language(language, "; %s: ", "；%s："),
                        bg_in_language(language, child->parameter->en, child->parameter->zh));
            bg_add_rule_words(text, child, language);
        }
    }
}

static const struct {
    const char *kind;
    void (*add)(bg_text *text, const bg_node *step, const char *language);
} kinds[] = {{"release", add_release},
             {"cover_emergency", add_cover_emergency},
             {"share_surplus", add_share_surplus},
             {"share_overspend", add_share_overspend},
             {"pots", add_pots},
             {"split", add_split},
             {"use", add_use}};

void bg_add_step_words(bg_text *text, const bg_node *step, const char *language)
{
    size_t i = 0;
    while (i < sizeof kinds / sizeof *kinds && strcmp(kinds[i].kind, step->text) != 0) {
        i++;
    }
    const bool section = step->parameter->shape == BG_SHAPE_SECTION;
    const bg_node *pot = section ? bg_node_child(step, "pot") : NULL;
    if (pot) {
        bg_text_add(text, bg_in_language(language, "in the pot %s, ", "分项%s："),
                    bg_label_of_account(pot->text, language));
    }
    (i < sizeof kinds / sizeof *kinds ? kinds[i].add : add_other)(text, step, language);
    const bg_node *when = section ? bg_node_child(step, "when") : NULL;
    if (when) {
        bg_text_add(text, "%s", bg_in_language(language, "; only where ", "；适用条件："));
        add_as_written(text, when);
    }
}

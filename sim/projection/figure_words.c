#include "projection/figure_words.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

const bg_statistic_word bg_statistic_words[] = {
    {{"p_EVENT", "the chance of an event", "事件发生的概率", "p_overspend.any"},
     "p_",
     0,
     0,
     BG_FIGURE_CHANCE},
    {{"mean(OUTCOME)", "the mean over the futures", "各情形的均值", "mean(pool_balance.last)"},
     "mean",
     0,
     0,
     BG_FIGURE_MEAN},
    {{"mean(OUTCOME | EVENT)",
      "the mean over the futures with the event: how much, once it happens",
      "发生该事件的情形的均值：一旦发生有多大", "mean(overspend.first.residents | overspend)"},
     "mean",
     0,
     0,
     BG_FIGURE_MEAN_GIVEN},
    {{"q01(OUTCOME) … q99(OUTCOME)", "a quantile: as many per cent of the futures lie below it",
      "分位数：有该百分比的情形低于它", "q95(expense.first.residents)"},
     "q",
     1,
     99,
     BG_FIGURE_QUANTILE},
    {{"tvar51(OUTCOME) … tvar99(OUTCOME)", "the mean of the futures above that quantile",
      "高于该分位数的情形的均值", "tvar95(overspend)"},
     "tvar",
     51,
     99,
     BG_FIGURE_TAIL},
    {{"tvar01(OUTCOME) … tvar50(OUTCOME)", "the mean of the futures below that quantile",
      "低于该分位数的情形的均值", "tvar05(result.all)"},
     "tvar",
     1,
     50,
     BG_FIGURE_TAIL},
    {{"kept_marginal", "effective share: what the community keeps of the next yuan saved",
      "实际比例：再节约一元时医共体留用的部分", "kept_marginal.first.residents"},
     "kept_marginal",
     0,
     0,
     BG_FIGURE_KEPT_MARGINAL},
    {{"kept_average", "effective share: what it keeps of what is saved, on average",
      "实际比例：结余中平均留用的部分", "kept_average.residents"},
     "kept_average",
     0,
     0,
     BG_FIGURE_KEPT_AVERAGE},
    {{"borne_average", "effective share: what it bears of what is overspent, on average",
      "实际比例：超支中平均承担的部分", "borne_average.residents"},
     "borne_average",
     0,
     0,
     BG_FIGURE_BORNE_AVERAGE},
};
const size_t bg_statistic_word_count = COUNT(bg_statistic_words);

const bg_figure_word bg_year_words[BG_YEAR_KIND_COUNT] = {
    [BG_YEAR_OF_CALENDAR] = {"YEAR", "a budget year by its number, as in 2027",
                             "付费年度，写数字，例如2027", "mean(budget.2027)"},
    [BG_YEAR_FIRST] = {"first", "the first budget year", "首个付费年度", "p_loss.first"},
    [BG_YEAR_LAST] = {"last", "the last budget year; of outcomes where none is named",
                      "最后一个付费年度；结果未写年度时即为此", "mean(reserve.last)"},
    [BG_YEAR_EVER] = {"ever",
                      "of events: in at least one year; of effective shares: all years together; "
                      "where none is named",
                      "事件：至少一个年度；实际比例：各年合计；未写年度时即为此",
                      "p_overspend.ever"},
};

const bg_figure_word bg_unit_words[BG_UNIT_KIND_COUNT] = {
    [BG_UNIT_OF_SCHEME] = {"SCHEME", "one scheme: residents or employees",
                           "一个险种：residents（居民医保）或employees（职工医保）",
                           "mean(result.residents)"},
    [BG_UNIT_ALL] = {"all",
                     "all schemes added up: the surplus of one offsets the overspend of another",
                     "各险种合计：一个险种的结余与另一险种的超支相抵", "mean(budget.first.all)"},
    [BG_UNIT_ANY] = {"any", "of events: in at least one scheme", "仅用于事件：至少一个险种",
                     "p_pool_deficit.any"},
};

const bg_measure_word bg_measure_words[BG_TARGET_KIND_COUNT] = {
    [BG_TARGET_VALUE] = {{"FIGURE <= BOUND",
                          "a share, an amount in the file's unit, or a share of an outcome; also "
                          ">=, < and >",
                          "比例、金额（按情景文件的单位）或某项结果的比例；也可用 >=、<、>",
                          "tvar95(overspend) <= 2% budget"},
                         ""},
    [BG_TARGET_SE] = {{"se(FIGURE) <= BOUND", "its standard error", "指标的标准误",
                       "se(p_overspend.any) <= 0.1%"},
                      "se"},
    [BG_TARGET_RELATIVE_SE] = {{"rse(FIGURE) <= BOUND", "its standard error as a share of its size",
                                "标准误与指标之比", "rse(mean(expense.all)) <= 0.1%"},
                               "rse"},
};

const bg_party_word bg_party_words[BG_OUTCOME_KIND_COUNT] = {
    [BG_OUTCOME_KIND_PLAIN] = {{NULL, NULL, NULL, NULL}, ""},
    [BG_OUTCOME_KIND_FUND] = {{"fund.NAME",
                               "what a fund of the budget holds at the end of the year",
                               "预留资金年末余额", "mean(fund.risk)"},
                              "fund."},
    [BG_OUTCOME_KIND_INSTITUTION] = {{"institution.NAME",
                                      "the result of an institution less its disallowed expense",
                                      "机构留用或承担（扣除不予支付）",
                                      "mean(institution.county_hospital)"},
                                     "institution."},
    [BG_OUTCOME_KIND_PURPOSE] = {{"purpose.NAME", "what goes to a purpose of what is kept",
                                  "留用盈余用于某项用途的金额", "mean(purpose.pay)"},
                                 "purpose."},
    [BG_OUTCOME_KIND_SCORE] = {{"score", "the performance score in points, where it is simulated",
                                "考核得分（由模拟得出时），单位为分", "mean(score)"},
                               ""},
};

static const bg_figure_word outcome_words[BG_OUTCOME_COUNT] = {
#define WORD(name, en, zh) {#name, en, zh, "mean(" #name ")"},
    BG_OUTCOMES(WORD)
#undef WORD
};

static const bg_figure_word event_words[BG_EVENT_COUNT] = {
#define WORD(name, en, zh) {#name, en, zh, "p_" #name},
    BG_EVENTS(WORD)
#undef WORD
};

static const bg_figure_word *outcome_word(size_t index)
{
    const size_t party = index - BG_OUTCOME_COUNT + BG_OUTCOME_KIND_PLAIN + 1;
    return index < BG_OUTCOME_COUNT        ? &outcome_words[index]
           : party < BG_OUTCOME_KIND_COUNT ? &bg_party_words[party].word
                                           : NULL;
}

static const bg_figure_word band_words[] = {
    {"surplus_bandN", "the surplus ends in the N-th band of share_surplus",
     "结余落在share_surplus的第N档", "p_surplus_band1.first.residents"},
    {"overspend_bandN", "the overspend ends in the N-th band of share_overspend",
     "超支落在share_overspend的第N档", "p_overspend_band2.first.residents"},
};

static const bg_figure_word *event_word(size_t index)
{
    const size_t band = index - BG_EVENT_COUNT;
    return index < BG_EVENT_COUNT     ? &event_words[index]
           : band < COUNT(band_words) ? &band_words[band]
                                      : NULL;
}

static const bg_figure_word *statistic_word(size_t index)
{
    return index < bg_statistic_word_count ? &bg_statistic_words[index].word : NULL;
}

static const bg_figure_word *year_word(size_t index)
{
    return index < BG_YEAR_KIND_COUNT ? &bg_year_words[index] : NULL;
}

static const bg_figure_word *unit_word(size_t index)
{
    return index < BG_UNIT_KIND_COUNT ? &bg_unit_words[index] : NULL;
}

static const bg_figure_word *measure_word(size_t index)
{
    return index < BG_TARGET_KIND_COUNT ? &bg_measure_words[index].word : NULL;
}

const bg_figure_word *bg_figure_word_at(bg_figure_part part, size_t index)
{
    static const bg_figure_word *(*const parts[BG_FIGURE_PART_COUNT])(size_t index) = {
        [BG_FIGURE_PART_STATISTIC] = statistic_word, [BG_FIGURE_PART_OUTCOME] = outcome_word,
        [BG_FIGURE_PART_EVENT] = event_word,         [BG_FIGURE_PART_YEAR] = year_word,
        [BG_FIGURE_PART_UNIT] = unit_word,           [BG_FIGURE_PART_TARGET] = measure_word};
    return parts[part](index);
}

#include "study/observed_to_date.h"

#include "study/messages.h"

/* The months of one series and year, of which each value is above zero. */
typedef struct year_rows {
    const bg_observation *row;
    size_t count;
    bg_observed_measure measure;
} year_rows;

typedef enum verdict { EITHER, SINGLE, TO_DATE, PERHAPS_TO_DATE, MIXED } verdict;

static bg_fen amount(const year_rows *self, size_t i)
{
    const bg_fen fen = self->row[i].value[self->measure];
    return fen == BG_NOT_OBSERVED ? 0 : fen;
}

static double value(const year_rows *self, size_t i)
{
    return (double)amount(self, i);
}

/* How many rows from the one at `first` on rise or stay, at least one. */
static size_t rising_from(const year_rows *self, size_t first)
{
    size_t end = first + 1;
    while (end < self->count && value(self, end) >= value(self, end - 1)) {
        end++;
    }
    return end - first;
}

/* Whether the rise from row i to row j is at least that share of what months that are all alike would add. */
static bool rises_as_sums(const year_rows *self, size_t i, size_t j, double share)
{
    const double months = (double)self->row[j].month / (double)self->row[i].month;
    return value(self, j) >= share * months * value(self, i);
}

/* Sums up to some month, then single months; or the other way round. */
static bool is_mixed(const year_rows *self)
{
    const size_t run = rising_from(self, 0);
    if (run >= 3 && run < self->count && rises_as_sums(self, 0, run - 1, 0.5) &&
        value(self, run) < value(self, run - 1) / 2) {
        return true;
    }
    for (size_t i = 2; i < self->count; i++) {
        const bool jumps = value(self, i) >= 3 * value(self, i - 1);
        if (jumps && i + rising_from(self, i) == self->count) {
            return true;
        }
    }
    return false;
}

static verdict judge(const year_rows *self)
{
    const size_t last = self->count - 1;
    if (self->count < 2) {
        return EITHER;
    }
    if (rising_from(self, 0) == self->count && !(self->count > 3 && is_mixed(self))) {
        const int months = self->row[last].month / self->row[0].month;
        return months >= 6 && rises_as_sums(self, 0, last, 0.5) ? TO_DATE
               : rises_as_sums(self, 0, last, 0.75)             ? PERHAPS_TO_DATE
                                                                : SINGLE;
    }
    return is_mixed(self) ? MIXED : SINGLE;
}

static year_rows year_at(const bg_observed *data, size_t first, bg_observed_measure measure)
{
    size_t end = first + 1;
    while (end < data->count && data->row[end].series == data->row[first].series &&
           data->row[end].year == data->row[first].year) {
        end++;
    }
    return (year_rows){&data->row[first], end - first, measure};
}

static bg_observed_form refuse(const bg_observed *data, const year_rows *year, const char *name,
                               bg_errors *errors)
{
    const bg_mark mark = {.file = name, .line = year->row->row, .column = 1};
    char series[BG_OBSERVED_NAME], last[BG_NUMBER_TEXT], all[BG_NUMBER_TEXT];
    bg_fen sum = 0;
    for (size_t i = 0; i < year->count; i++) {
        bg_money_add(sum, amount(year, i), &sum); /* a sum that does not fit stays as it is */
    }
    bg_errors_say(errors, BG_INVALID, mark, "data", BG_SAY(observed_two_forms),
                  bg_observed_name(&data->series[year->row->series], series), year->row->year,
                  bg_money_grouped(amount(year, year->count - 1), last),
                  bg_money_grouped(sum, all));
    return BG_OBSERVED_UNSAID;
}

bg_observed_form bg_observed_recognise(const bg_observed *data, const char *name, bg_errors *errors)
{
    const bg_observed_measure measure =
        data->has[BG_OBSERVED_PAID] ? BG_OBSERVED_PAID : BG_OBSERVED_COST;
    year_rows doubtful = {0};
    size_t counts[MIXED + 1] = {0};
    for (size_t i = 0; i < data->count;) {
        const year_rows year = year_at(data, i, measure);
        const verdict found = year.row->month ? judge(&year) : EITHER;
        counts[found]++;
        doubtful = found == MIXED || (found >= TO_DATE && !doubtful.row) ? year : doubtful;
        i += year.count;
        if (found == MIXED) {
            break;
        }
    }
    const bool contradicts = counts[TO_DATE] && counts[SINGLE];
    const bool undecided = counts[PERHAPS_TO_DATE] && !counts[TO_DATE] && !counts[SINGLE];
    if (counts[MIXED] || contradicts || undecided) {
        return refuse(data, &doubtful, name, errors);
    }
    return counts[TO_DATE] ? BG_OBSERVED_TO_DATE : BG_OBSERVED_SINGLE;
}

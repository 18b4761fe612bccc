#include "format/cell_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* What cannot be told apart from zero is in brackets. */
static char *change_text(const bg_cell *cell, bg_money_scale scale, char buffer[BG_CELL_ROOM])
{
    char amount[BG_AMOUNT_TEXT];
    bg_amount_with_error(scale, cell->value, cell->error, amount);
    const bool positive = cell->value > 0 && amount[strspn(amount, "0.,")] != '\0';
    const bool unclear = cell->value != 0 && fabs(cell->value) < cell->error;
    snprintf(buffer, BG_CELL_ROOM, "%s%s%s%s", unclear ? "(" : "", positive ? "+" : "", amount,
             unclear ? ")" : "");
    return buffer;
}

static char *amount_text(const bg_cell *cell, const bg_column *column, const char *language,
                         char buffer[BG_CELL_ROOM])
{
    const bg_money_scale scale = column->form == BG_FORM_FITTED
                                     ? bg_money_scale_for_error(column->scale, cell->error)
                                     : column->scale;
    switch (column->form) {
    case BG_FORM_RANGE:
        return bg_amount_range(scale, cell->low, cell->high, language, buffer);
    case BG_FORM_ERROR:
        return bg_amount_error(scale, cell->value, buffer);
    case BG_FORM_CHANGE:
    case BG_FORM_POINTS:
        return change_text(cell, scale, buffer);
    case BG_FORM_NAMED:
        return bg_amount_named(scale, cell->value, buffer);
    default:
        return bg_amount_with_error(scale, cell->value, cell->error, buffer);
    }
}

/* "+1.2% ±0.1", the error where there is one. */
static char *share_change_text(const bg_cell *cell, const char *unit, char buffer[BG_CELL_ROOM])
{
    const int length = snprintf(buffer, BG_CELL_ROOM, "%+.1f%s", 100 * cell->value + 0.0, unit);
    if (!isnan(cell->error)) {
        snprintf(buffer + length, BG_CELL_ROOM - (size_t)length, " ±%.1f", 100 * cell->error);
    }
    return buffer;
}

/* "54% ±1"; what is nearly never or nearly always so as "<1%", ">99%". */
static char *whole_share_text(const bg_cell *cell, char buffer[BG_CELL_ROOM])
{
    const double half_width = 50 * (cell->high - cell->low);
    if (cell->value < 0.005) {
        snprintf(buffer, BG_CELL_ROOM, "<1%%");
    } else if (cell->value >= 0.995) {
        snprintf(buffer, BG_CELL_ROOM, ">99%%");
    } else {
        snprintf(buffer, BG_CELL_ROOM, "%.0f%% ±%s%.0f", 100 * cell->value,
                 half_width < 0.5 ? "<" : "", fmax(1, half_width));
    }
    return buffer;
}

static char *share_text(const bg_cell *cell, bg_form form, char buffer[BG_CELL_ROOM])
{
    switch (form) {
    case BG_FORM_PLAIN:
        snprintf(buffer, BG_CELL_ROOM, "%.1f%%", 100 * cell->value);
        return buffer;
    case BG_FORM_BRACKETS:
        snprintf(buffer, BG_CELL_ROOM, "%.1f%% (%.1f–%.1f)", bg_percent_points(cell->value),
                 bg_percent_points(cell->low), bg_percent_points(cell->high));
        return buffer;
    case BG_FORM_WHOLE:
        return whole_share_text(cell, buffer);
    case BG_FORM_CHANGE:
        return share_change_text(cell, "%", buffer);
    case BG_FORM_POINTS:
        if (cell->value == 0 && !(cell->error > 0)) {
            snprintf(buffer, BG_CELL_ROOM, "0.0");
            return buffer;
        }
        return share_change_text(cell, "", buffer);
    default:
        return bg_share_with_error(cell->value, cell->low, cell->high, buffer);
    }
}

static char *number_text(const bg_cell *cell, const bg_column *column, const char *language,
                         char buffer[BG_CELL_ROOM])
{
    const bg_money_scale plain = {"", 1, column->decimals};
    return column->form == BG_FORM_RANGE
               ? bg_amount_range(plain, cell->low, cell->high, language, buffer)
               : bg_amount_text(plain, cell->value, buffer);
}

static const char *absent_text(const bg_cell *cell, const bg_column *column)
{
    return cell->kind != BG_CELL_ABSENT && column->form == BG_FORM_ERROR ? "–" : "";
}

const char *bg_cell_text(const bg_sheet *sheet, size_t row, size_t of_column,
                         char buffer[BG_CELL_ROOM])
{
    const bg_cell *cell = bg_sheet_cell(sheet, row, of_column);
    const bg_column *column = &sheet->columns[of_column];
    const char *language = sheet->language;
    if (bg_cell_is_absent(cell)) {
        return absent_text(cell, column);
    }
    if (column->form == BG_FORM_BAR) {
        return "";
    }
    switch (cell->kind) {
    case BG_CELL_TEXT:
        return cell->text;
    case BG_CELL_FEN:
        return column->scale.fen > 0
                   ? bg_amount_text(column->scale, (double)cell->whole, buffer)
                   : bg_money_in(cell->whole, sheet->money ? sheet->money : 100, buffer);
    case BG_CELL_RATE:
        return bg_percent_text(cell->whole, buffer);
    case BG_CELL_DECIMAL:
        return bg_decimal_text(cell->whole, buffer);
    case BG_CELL_AMOUNT:
        return amount_text(cell, column, language, buffer);
    case BG_CELL_SHARE:
        return share_text(cell, column->form, buffer);
    case BG_CELL_NUMBER:
        return number_text(cell, column, language, buffer);
    default:
        snprintf(buffer, BG_CELL_ROOM, "%" PRId64, cell->whole);
        return buffer;
    }
}

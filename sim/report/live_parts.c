#include "report/live_parts.h"

#include "base/columns.h"
#include "report/label.h"

/* FROM is the whole fen of a share, TO what remains of the product, OF the order. */
static void add_headings(bg_sheet *sheet)
{
    const char *language = sheet->language;
    bg_live_add(
        sheet,
        &(bg_live_row){
            .cell[BG_LIVE_FROM] = bg_live_text(bg_in_language(language, "whole fen", "整分")),
            .cell[BG_LIVE_TO] = bg_live_text(bg_in_language(language, "remainder", "余数")),
            .cell[BG_LIVE_OF] = bg_live_text(bg_in_language(language, "order", "顺序"))});
}

typedef struct division {
    bg_sheet *sheet;
    bg_fen size; /* of the total */
    const char *total;
    int64_t of;
    size_t first, count; /* rows */
    bg_live_part *parts;
} division;

static int64_t floor_of(const division *self, size_t i)
{
    return self->size * self->parts[i].weight.whole / self->of;
}

static int64_t remainder_of(const division *self, size_t i)
{
    return self->size * self->parts[i].weight.whole % self->of;
}

/* How many have a larger remainder, or an equal one and stand before. */
static size_t rank_of(const division *self, size_t i)
{
    size_t rank = 0;
    for (size_t j = 0; j < self->count; j++) {
        const int64_t own = remainder_of(self, i), other = remainder_of(self, j);
        rank += other > own || (other == own && self->parts[j].order < self->parts[i].order);
    }
    return rank;
}

static int64_t left_over(const division *self)
{
    int64_t left = self->size;
    for (size_t i = 0; i < self->count; i++) {
        left -= floor_of(self, i);
    }
    return left;
}

static const char *column(const division *self, bg_live_column which)
{
    return bg_live_range(self->sheet, self->first, self->first + self->count - 1, which);
}

/* A quotient may be rounded up to the next whole; then its product is too large. */
static const char *floor_formula(const division *self, size_t row)
{
    const char *product = bg_live_place(self->sheet, row, BG_LIVE_PRODUCT);
    const char *of = bg_live_place(self->sheet, row, BG_LIVE_RATE_OF);
    return bg_sheet_keep(self->sheet, "=ROUND(%s/%s,0)-IF(ROUND(%s/%s,0)*%s>%s,1,0)", product, of,
                         product, of, of, product);
}

static const char *part_formula(const division *self, size_t row)
{
    bg_sheet *sheet = self->sheet;
    const char *remainders = column(self, BG_LIVE_TO), *orders = column(self, BG_LIVE_OF);
    const char *own = bg_live_place(sheet, row, BG_LIVE_TO);
    const char *order = bg_live_place(sheet, row, BG_LIVE_OF);
    const char *rank = bg_sheet_keep(sheet, "SUMPRODUCT((%s>%s)+(%s=%s)*(%s<%s))", remainders, own,
                                     remainders, own, orders, order);
    return bg_sheet_keep(sheet, "=SIGN(%s)*(%s+IF(%s<ABS(%s)-SUM(%s),1,0))", self->total,
                         bg_live_place(sheet, row, BG_LIVE_FROM), rank, self->total,
                         column(self, BG_LIVE_FROM));
}

static void add_part(const division *self, size_t i, bool negative)
{
    bg_sheet *sheet = self->sheet;
    bg_live_part *part = &self->parts[i];
    const size_t row = self->first + i;
    const bg_fen size = floor_of(self, i) + ((int64_t)rank_of(self, i) < left_over(self) ? 1 : 0);
    part->value = negative ? -size : size;
    part->is = bg_live_place(sheet, row, BG_LIVE_AMOUNT);
    const char *product = bg_live_place(sheet, row, BG_LIVE_PRODUCT);
    bg_live_add(
        sheet,
        &(bg_live_row){
            .cell[BG_LIVE_WHAT] = bg_live_text(part->name),
            .cell[BG_LIVE_FROM] = bg_live_whole(floor_of(self, i), floor_formula(self, row)),
            .cell[BG_LIVE_TO] = bg_live_whole(
                remainder_of(self, i),
                bg_sheet_keep(sheet, "=%s-%s*%s", product, bg_live_place(sheet, row, BG_LIVE_FROM),
                              bg_live_place(sheet, row, BG_LIVE_RATE_OF))),
            .cell[BG_LIVE_OF] = bg_live_whole((int64_t)part->order, NULL),
            .cell[BG_LIVE_RATE] = part->weight,
            .cell[BG_LIVE_RATE_OF] = bg_live_whole(self->of, NULL),
            .cell[BG_LIVE_PRODUCT] =
                bg_live_whole(self->size * part->weight.whole,
                              bg_sheet_keep(sheet, "=ABS(%s)*%s", self->total,
                                            bg_live_place(sheet, row, BG_LIVE_RATE))),
            .cell[BG_LIVE_AMOUNT] = bg_live_fen(part->value, part_formula(self, row))});
}

bool bg_live_divide(bg_sheet *sheet, bg_fen total, const char *total_is, int64_t of,
                    bg_live_part *parts, size_t count)
{
    const bg_fen size = total < 0 ? -total : total;
    if (of <= 0 || (bg_wide)size * of >= BG_LIVE_MOST) {
        return false;
    }
    add_headings(sheet);
    const division work = {sheet, size, total_is, of, bg_sheet_row_count(sheet), count, parts};
    for (size_t i = 0; i < count; i++) {
        add_part(&work, i, total < 0);
    }
    return true;
}

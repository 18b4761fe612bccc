/* share_surplus and share_overspend: each band a row. */
#include "report/live_kinds.h"

#include "report/live_payer.h"
#include "report/live_rate.h"
#include "settlement/bands.h"

/* Bands at work on an amount x of a base b: limits are l of `of`, rates r of `rate_of`; a band's product is what of x lies
 * in it, times of, times r, and the sum of products over of * rate_of, rounded, is the community's part. */
typedef struct banded {
    const bg_bands *bands;
    bg_live_amount amount, base;
    int64_t of, rate_of;
    bool overspend;
} banded;

static bool prepare(const bg_live_settling *self, banded *to)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    to->of = to->rate_of = 100;
    for (size_t k = 0; k < to->bands->count; k++) {
        if ((k + 1 < to->bands->count &&
             !bg_live_decimal_over(to->bands->band[k].limit, &to->of)) ||
            !bg_live_rate_over(&to->bands->rule[k], &grounds, &to->rate_of)) {
            return false;
        }
    }
    const bg_wide most = (bg_wide)to->amount.value * to->of * to->rate_of;
    return most < BG_LIVE_MOST && (bg_wide)to->base.value * to->of < BG_LIVE_MOST;
}

static int64_t limit_of(const banded *from, size_t k)
{
    return bg_live_numerator(from->bands->band[k].limit, from->of);
}

/* Whether the amount lies beyond the limit of a band, "x*of>b*l". */
static const char *beyond(bg_live_settling *self, const banded *from, const char *of,
                          const char *limit)
{
    return bg_sheet_keep(self->sheet, from->bands->edge_above ? "%s*%s>=%s*%s" : "%s*%s>%s*%s",
                         from->amount.is, of, from->base.is, limit);
}

static bool is_beyond(const banded *from, size_t k)
{
    const bg_wide x = (bg_wide)from->amount.value * from->of;
    const bg_wide limit = (bg_wide)from->base.value * limit_of(from, k);
    return from->bands->edge_above ? x >= limit : x > limit;
}

/* Names of the cells of a band's row. */
typedef struct places {
    const char *from, *to, *of, *rate;
} places;

static places places_of(bg_live_settling *self, size_t row)
{
    return (places){
        bg_live_place(self->sheet, row, BG_LIVE_FROM), bg_live_place(self->sheet, row, BG_LIVE_TO),
        bg_live_place(self->sheet, row, BG_LIVE_OF), bg_live_place(self->sheet, row, BG_LIVE_RATE)};
}

/* The part of the amount that lies in a band, times of. */
static bg_cell part_product(bg_live_settling *self, const banded *from, size_t k, places at,
                            int64_t rate)
{
    const bool last = k + 1 == from->bands->count;
    const bg_wide x = (bg_wide)from->amount.value * from->of;
    const bg_wide low = k ? (bg_wide)from->base.value * limit_of(from, k - 1) : 0;
    const bg_wide high = last ? x : (bg_wide)from->base.value * limit_of(from, k);
    const bg_wide part = (x < high ? x : high) - low;
    const char *up_to = last ? bg_sheet_keep(self->sheet, "%s*%s", from->amount.is, at.of)
                             : bg_sheet_keep(self->sheet, "MIN(%s*%s,%s*%s)", from->amount.is,
                                             at.of, from->base.is, at.to);
    return bg_live_whole(
        part > 0 ? (int64_t)part * rate : 0,
        bg_sheet_keep(self->sheet, "=MAX(0,%s-%s*%s)*%s", up_to, from->base.is, at.from, at.rate));
}

/* The whole amount, where its rate falls into the band. */
static bg_cell whole_product(bg_live_settling *self, const banded *from, size_t k, places at,
                             int64_t rate)
{
    const bool last = k + 1 == from->bands->count;
    const bool in = (k == 0 || is_beyond(from, k - 1)) && (last || !is_beyond(from, k));
    const char *above = k ? beyond(self, from, at.of, at.from) : "TRUE";
    const char *below = last ? "FALSE" : beyond(self, from, at.of, at.to);
    return bg_live_whole(in ? from->amount.value * from->of * rate : 0,
                         bg_sheet_keep(self->sheet, "=IF(AND(%s,NOT(%s)),%s*%s*%s,0)", above, below,
                                       from->amount.is, at.of, at.rate));
}

/* A part counts only where the last band, whose share holds for the whole, is not reached. */
static bg_cell unless_beyond(bg_live_settling *self, const banded *from, bg_cell product,
                             const char *of)
{
    const size_t last = from->bands->count - 2;
    const char *limit = bg_sheet_keep(self->sheet, "%lld", (long long)limit_of(from, last));
    return bg_live_whole(is_beyond(from, last) ? 0 : product.whole,
                         bg_sheet_keep(self->sheet, "=IF(%s,0,%s)", beyond(self, from, of, limit),
                                       product.formula + 1));
}

static bg_cell product_of(bg_live_settling *self, const banded *from, size_t k, places at,
                          int64_t rate)
{
    if (bg_bands_hold_for_whole(from->bands, k)) {
        return whole_product(self, from, k, at, rate);
    }
    const bg_cell part = part_product(self, from, k, at, rate);
    return from->bands->apply == BG_BANDS_WHOLE_REST ? unless_beyond(self, from, part, at.of)
                                                     : part;
}

static int64_t add_band(bg_live_settling *self, const banded *from, size_t k)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bool last = k + 1 == from->bands->count;
    const places at = places_of(self, bg_sheet_row_count(self->sheet));
    bg_live_row row = {.cell[BG_LIVE_FROM] = bg_live_whole(k ? limit_of(from, k - 1) : 0, NULL),
                       .cell[BG_LIVE_TO] = last ? bg_live_text(bg_live_words(self, "rest", "以上"))
                                                : bg_live_whole(limit_of(from, k), NULL),
                       .cell[BG_LIVE_OF] = bg_live_whole(from->of, NULL),
                       .cell[BG_LIVE_RATE] = bg_live_rate_cell(self->sheet, &from->bands->rule[k],
                                                               &grounds, from->rate_of),
                       .cell[BG_LIVE_RATE_OF] = bg_live_whole(from->rate_of, NULL)};
    row.cell[BG_LIVE_PRODUCT] = product_of(self, from, k, at, row.cell[BG_LIVE_RATE].whole);
    bg_live_step_row(self, &row,
                     bg_sheet_keep(self->sheet, bg_live_words(self, "band %zu", "第%zu档"), k + 1));
    return row.cell[BG_LIVE_PRODUCT].whole;
}

/* What the community keeps or bears: one rounding of the sum of bands. */
static bg_live_amount add_bands(bg_live_settling *self, const banded *from)
{
    const size_t first = bg_sheet_row_count(self->sheet);
    int64_t sum = 0;
    for (size_t k = 0; k < from->bands->count; k++) {
        sum += add_band(self, from, k);
    }
    const int64_t of = from->of * from->rate_of;
    return bg_live_step_amount(
        self, (sum + of / 2) / of,
        bg_sheet_keep(
            self->sheet, "=ROUND(SUM(%s)/(%s*%s),0)",
            bg_live_range(self->sheet, first, first + from->bands->count - 1, BG_LIVE_PRODUCT),
            bg_live_place(self->sheet, first, BG_LIVE_OF),
            bg_live_place(self->sheet, first, BG_LIVE_RATE_OF)),
        from->overspend ? bg_live_words(self, "borne by the community", "医共体承担")
                        : bg_live_words(self, "kept by the community", "医共体留用"));
}

bool bg_live_share(bg_live_settling *self)
{
    int input;
    const bg_banding *banding = bg_step_banding(self->step, &input);
    banded work = {.bands = banding ? bg_banding_in_year(banding, self->year->year) : NULL,
                   .overspend = self->step->kind == &bg_step_share_overspend};
    if (!work.bands || !self->input[input] || !bg_live_payer_is_plain(self)) {
        return false;
    }
    work.amount = bg_live_step_side(self, work.overspend ? '-' : '+');
    work.base = (bg_live_amount){self->year->block->input[input][0], self->input[input]};
    if (work.base.value < 0 || !prepare(self, &work)) {
        return false;
    }
    const bg_live_amount own = add_bands(self, &work);
    const bg_live_amount others =
        bg_live_step_amount(self, work.amount.value - own.value,
                            bg_sheet_keep(self->sheet, "=%s-%s", work.amount.is, own.is),
                            work.overspend ? bg_live_words(self, "borne by others", "由他方承担")
                                           : bg_live_words(self, "goes to others", "归他方"));
    if (work.overspend) {
        bg_live_payer_pay(self, others);
    } else {
        bg_live_payer_take(self, others);
    }
    return true;
}

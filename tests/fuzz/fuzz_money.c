/* Amounts and rates: what is read is written as text that reads back as the same number; a split
 * adds up to its total. */
#include <baogan/money.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void amount_reads_back(const char *text)
{
    bg_fen amount = 0, again = 0;
    if (bg_money_parse(text, 100, &amount) != BG_OK) {
        return;
    }
    char written[BG_NUMBER_TEXT];
    if (bg_money_parse(bg_money_text(amount, written), 100, &again) != BG_OK || again != amount) {
        abort();
    }
    if (bg_money_parse(bg_money_grouped(amount, written), 100, &again) != BG_OK ||
        again != amount) {
        abort();
    }
}

static void rate_reads_back(const char *text)
{
    bg_decimal rate = 0, again = 0;
    if (bg_decimal_parse(text, true, &rate) != BG_OK) {
        return;
    }
    char written[BG_NUMBER_TEXT];
    if (bg_decimal_parse(bg_decimal_text(rate, written), false, &again) != BG_OK || again != rate) {
        abort();
    }
    if (bg_decimal_parse(bg_percent_text(rate, written), true, &again) != BG_OK || again != rate) {
        abort();
    }
}

static void split_adds_up(const uint8_t *data, size_t size)
{
    enum { PARTS = 12 };
    bg_fen total;
    int64_t weights[PARTS];
    bg_fen parts[PARTS];
    if (size < sizeof total + sizeof weights) {
        return;
    }
    memcpy(&total, data, sizeof total);
    memcpy(weights, data + sizeof total, sizeof weights);
    size_t n = 1 + data[size - 1] % PARTS;
    if (bg_money_split(total, weights, n, parts) != BG_OK) {
        return;
    }
    __int128 sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += parts[i];
    }
    if (sum != total) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    memcpy(text, data, size);
    text[size] = '\0';
    amount_reads_back(text);
    rate_reads_back(text);
    split_adds_up(data, size);
    free(text);
    return 0;
}

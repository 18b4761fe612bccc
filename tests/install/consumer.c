/* The smallest user of the installed library. */
#include <baogan/baogan.h>
#include <stdio.h>

int main(void)
{
    bg_fen amount = 0;
    bg_fen parts[3] = {0};
    const int64_t weights[3] = {60, 30, 10};
    if (bg_money_parse("1.2亿", 100, &amount) != BG_OK ||
        bg_money_split(amount, weights, 3, parts) != BG_OK) {
        return 1;
    }
    char text[BG_NUMBER_TEXT];
    puts(bg_money_grouped(parts[0], text));
    return 0;
}

#include "format/width.h"

static const struct {
    uint32_t first, last;
    size_t width;
} ranges[] = {
    {0x0300, 0x036F, 0},   /* combining marks */
    {0x1100, 0x115F, 2},   /* Hangul */
    {0x200B, 0x200F, 0},   /* zero-width spaces and marks */
    {0x2E80, 0x303E, 2},   /* radicals, CJK punctuation */
    {0x3041, 0x33FF, 2},   /* kana, compatibility */
    {0x3400, 0x4DBF, 2},   /* CJK extension A */
    {0x4E00, 0x9FFF, 2},   /* CJK */
    {0xA000, 0xA4CF, 2},   /* Yi */
    {0xAC00, 0xD7A3, 2},   /* Hangul */
    {0xF900, 0xFAFF, 2},   /* compatibility ideographs */
    {0xFE00, 0xFE0F, 0},   /* variation selectors */
    {0xFE30, 0xFE6F, 2},   /* compatibility and small forms */
    {0xFF01, 0xFF60, 2},   /* full-width forms */
    {0xFFE0, 0xFFE6, 2},   /* full-width signs */
    {0x1F300, 0x1F64F, 2}, /* pictographs */
    {0x20000, 0x3FFFD, 2}, /* CJK extensions B and later */
};

uint32_t bg_text_next(const char **text)
{
    const unsigned char *c = (const unsigned char *)*text;
    int following = c[0] >= 0xF0 ? 3 : c[0] >= 0xE0 ? 2 : c[0] >= 0xC0 ? 1 : 0;
    uint32_t character = following ? c[0] & (0x3Fu >> following) : c[0];
    for (int i = 1; i <= following; i++) {
        if ((c[i] & 0xC0) != 0x80) {
            *text += 1;
            return c[0];
        }
        character = character << 6 | (c[i] & 0x3Fu);
    }
    *text += 1 + following;
    return character;
}

size_t bg_character_width(uint32_t character)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (character >= ranges[i].first && character <= ranges[i].last) {
            return ranges[i].width;
        }
    }
    return 1;
}

size_t bg_text_width(const char *text)
{
    size_t width = 0;
    while (*text) {
        width += bg_character_width(bg_text_next(&text));
    }
    return width;
}

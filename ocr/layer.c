#include "ocr/layer.h"

#include <string.h>

#include "ocr/decode.h"
#include "ocr/lines.h"
#include "ocr/pdf-words.h"
#include "ocr/stamp.h"

/* Strange words that a sound layer may have, too: bullets and formulas out of symbol fonts. */
#define STRANGE_WORDS 2
#define STRANGE_SHARE 0.01

/* What a font without a table to Unicode gives for its letters. */
static gboolean
is_strange(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_CONTROL || type == G_UNICODE_PRIVATE_USE ||
           type == G_UNICODE_UNASSIGNED || c == 0xFFFD;
}

/* Beyond the first letter, which may be a bullet that stands close to its line. */
static gboolean
is_strange_word(const char *text)
{
    for (const char *p = *text ? g_utf8_next_char(text) : text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if (c != '\t' && (c < ' ' || c >= 0x7F) && is_strange(c))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_broken(GArray *words)
{
    guint strange = 0;
    for (guint i = 0; i < words->len; i++)
        strange += is_strange_word(g_array_index(words, LtRawWord, i).text);
    return strange > STRANGE_WORDS && strange > STRANGE_SHARE * words->len;
}

static void
add_words(LtPageBuilder *builder, const LtPage *page)
{
    const char *text = page->text;
    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        gsize bytes = strcspn(text, " \n");
        g_autofree char *letters = g_strndup(text, bytes);
        lt_page_builder_add_word(builder, letters, &word->box, word->confidence, word->zone);
        if (text[bytes] == '\n')
            lt_page_builder_end_line(builder);
        text += bytes + 1;
    }
}

/* A copy of page with the words of signatures at its end. */
static LtPage *
add_stamps(const LtPage *page, GArray *stamps)
{
    LtPageBuilder *builder =
        lt_page_builder_new(page->number, page->source, page->width, page->height);
    add_words(builder, page);
    for (guint i = 0; i < stamps->len; i++) {
        const LtRawWord *word = &g_array_index(stamps, LtRawWord, i);
        if (i > 0 && word->line_hint != (word - 1)->line_hint)
            lt_page_builder_end_line(builder);
        lt_page_builder_add_word(builder, word->text, &word->box, word->confidence,
                                 LT_PAGE_ZONE_SIGNATURE);
    }
    return lt_page_builder_finish(builder);
}

/* As much as a page may hold, cut between two letters. */
static char *
dup_raw(const char *text)
{
    gsize bytes = strlen(text);
    if (bytes > LT_PAGE_MAX_TEXT)
        bytes = (gsize)(g_utf8_find_prev_char(text, text + LT_PAGE_MAX_TEXT + 1) - text);
    return g_strndup(text, bytes);
}

LtPage *
lt_layer_read(PopplerPage *page, guint number, double width, double height, gboolean *ret_broken)
{
    g_autofree char *text = poppler_page_get_text(page);
    g_autoptr(GArray) words = lt_raw_words_new();
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));
    gboolean decoded = FALSE;
    if (text) {
        lt_pdf_collect_words(page, text, width, height, words, places);
        decoded = lt_legacy_has_signs(text) && lt_decode_words(page, words, places);
    }
    *ret_broken = is_broken(words);
    g_autoptr(GArray) stamps = lt_stamps_take(words);
    LtPageSource source = decoded ? LT_PAGE_FROM_LEGACY : LT_PAGE_FROM_TEXT_LAYER;
    g_autoptr(LtPage) read = lt_lines_build(words, number, source, width, height);
    if (stamps) {
        LtPage *whole = add_stamps(read, stamps);
        lt_page_free(read);
        read = whole;
    }
    if (decoded)
        read->raw_text = dup_raw(text);
    return g_steal_pointer(&read);
}

#include "ocr/collect.h"

#include <string.h>

#include "ocr/lines.h"

#define SIGN_SURE 50.0   /* percent: words without a letter are specks below, */
#define SHORT_SURE 20.0  /* and words of one or two letters */
#define SEALED_SURE 30.0 /* and any word that lies where a seal was */

/* Letters in brackets, "(b/c);", which are read with no confidence at all and yet never out of dirt. */
static gboolean
is_bracketed(const char *text)
{
    return text[0] == '(' && g_unichar_isalpha(g_utf8_get_char(text + 1)) && strchr(text, ')');
}

/* Dirt, a frame or a signature taken for a word: sure enough of nothing, or of no more than one or
 * two letters. Figures stay, since handwritten ones are read with little confidence. */
static gboolean
is_speck(const char *text, double confidence, gboolean sealed)
{
    guint letters = 0;

    if (!sealed && is_bracketed(text))
        return FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isdigit(c))
            return FALSE;
        letters += g_unichar_isalpha(c) ? 1 : 0;
    }
    if (sealed)
        return confidence < SEALED_SURE;
    return confidence < (letters == 0 ? SIGN_SURE : letters <= 2 ? SHORT_SURE : 0);
}

static void
add_word(const TessResultIterator *results, guint line, const LtPrepared *prepared, GArray *words)
{
    char *text = TessResultIteratorGetUTF8Text(results, RIL_WORD);
    int x0, y0, x1, y1;
    float confidence = TessResultIteratorConfidence(results, RIL_WORD);

    if (text &&
        TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(results), RIL_WORD, &x0,
                                    &y0, &x1, &y1) &&
        !is_speck(text, confidence, lt_prepared_was_sealed(prepared, x0, y0, x1, y1))) {
        LtRawWord word = {
            .text = g_strdup(text),
            .box = {x0, y0, x1, y1}, /* in pixels, until all is read */
            .confidence = (guint)CLAMP(confidence, 0, 100),
            .line_hint = line,
        };
        g_array_append_val(words, word);
    }
    TessDeleteText(text);
}

void
lt_collect_words(TessBaseAPI *api, const LtPrepared *prepared, GArray *words)
{
    /* NULL where the page is blank. */
    g_autoptr(TessResultIterator) results = TessBaseAPIGetIterator(api);
    guint line = 0;
    if (!results)
        return;
    for (guint i = 0; i < words->len; i++)
        line = MAX(line, g_array_index(words, LtRawWord, i).line_hint);
    do {
        if (TessPageIteratorIsAtBeginningOf(TessResultIteratorGetPageIteratorConst(results),
                                            RIL_TEXTLINE))
            line++;
        add_word(results, line, prepared, words);
    } while (words->len < LT_PAGE_MAX_WORDS && TessResultIteratorNext(results, RIL_WORD));
}

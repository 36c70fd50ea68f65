/* Pages made word by word. */
#include <math.h>
#include <string.h>

#include "text/canonical.h"
#include "text/page.h"

#define MAX_CONFIDENCE 100

struct LtPageBuilder {
    LtPage *page;
    GString *text;
    GArray *words;    /* of LtWord */
    guint32 position; /* code points in text */
    guint32 line;
    gboolean line_has_words;
    guint64 letters, confidence; /* of all words; confidence is weighted by letters */
};

LtPageBuilder *
lt_page_builder_new(guint number, LtPageSource source, double width, double height)
{
    LtPageBuilder *builder = g_new0(LtPageBuilder, 1);
    builder->page = g_new0(LtPage, 1);
    builder->page->number = number;
    builder->page->source = source;
    builder->page->width = isfinite(width) && width > 0 ? width : 0;
    builder->page->height = isfinite(height) && height > 0 ? height : 0;
    builder->text = g_string_new(NULL);
    builder->words = g_array_new(FALSE, FALSE, sizeof(LtWord));
    return builder;
}

void
lt_page_builder_free(LtPageBuilder *builder)
{
    if (!builder)
        return;
    lt_page_free(builder->page);
    g_string_free(builder->text, TRUE);
    g_array_unref(builder->words);
    g_free(builder);
}

static double
fraction(double value)
{
    return isnan(value) ? 0 : CLAMP(value, 0.0, 1.0);
}

static LtBox
box_in_page(const LtBox *box)
{
    double x0 = fraction(box->x0), x1 = fraction(box->x1);
    double y0 = fraction(box->y0), y1 = fraction(box->y1);
    return (LtBox){MIN(x0, x1), MIN(y0, y1), MAX(x0, x1), MAX(y0, y1)};
}

static gboolean
has_room(const LtPageBuilder *builder, gsize bytes)
{
    return builder->words->len < LT_PAGE_MAX_WORDS &&
           builder->text->len + bytes + strlen(" \n") <= LT_PAGE_MAX_TEXT;
}

/* word: as it stands in the text, without a blank. */
static void
append_word(LtPageBuilder *builder, const char *text, gsize bytes, LtWord *word)
{
    if (!has_room(builder, bytes))
        return;
    if (builder->line_has_words) {
        g_string_append_c(builder->text, ' ');
        builder->position++;
    }
    g_string_append_len(builder->text, text, (gssize)bytes);
    word->start = builder->position;
    word->line = builder->line;
    g_array_append_val(builder->words, *word);
    builder->position += word->length;
    builder->line_has_words = TRUE;
    builder->letters += word->length;
    builder->confidence += (guint64)word->length * word->confidence;
}

void
lt_page_builder_add_word(LtPageBuilder *builder, const char *text, const LtBox *box,
                         guint confidence, guint zone)
{
    g_autofree char *canonical = lt_text_canonical(text);
    LtBox whole = box_in_page(box);
    double width = whole.x1 - whole.x0;
    glong length = MAX(g_utf8_strlen(canonical, -1), 1);
    glong done = 0;

    for (const char *p = canonical; *p;) {
        gsize bytes = strcspn(p, " \n");
        LtWord word = {.length = (guint32)g_utf8_strlen(p, (gssize)bytes),
                       .confidence = (guint16)MIN(confidence, MAX_CONFIDENCE),
                       .zone = (guint16)MIN(zone, G_MAXUINT16),
                       .box = whole};
        glong end = done + (glong)word.length;
        word.box.x0 = whole.x0 + width * (double)done / (double)length;
        if (end < length)
            word.box.x1 = whole.x0 + width * (double)end / (double)length;
        if (bytes > 0)
            append_word(builder, p, bytes, &word);
        done = end;
        p += bytes;
        if (*p) {
            p++;
            done++;
        }
    }
}

void
lt_page_builder_end_line(LtPageBuilder *builder)
{
    if (!builder->line_has_words)
        return;
    g_string_append_c(builder->text, '\n');
    builder->position++;
    builder->line++;
    builder->line_has_words = FALSE;
}

LtPage *
lt_page_builder_finish(LtPageBuilder *builder)
{
    lt_page_builder_end_line(builder);
    LtPage *page = g_steal_pointer(&builder->page);
    if (page->source != LT_PAGE_FROM_OCR)
        page->confidence = 1;
    else if (builder->letters > 0)
        page->confidence =
            (double)builder->confidence / ((double)builder->letters * MAX_CONFIDENCE);
    page->text = g_strdup(builder->text->str);
    gsize n_words = 0;
    page->words = g_array_steal(builder->words, &n_words);
    page->n_words = (guint)n_words;
    lt_page_builder_free(builder);
    return page;
}

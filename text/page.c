#include "text/page.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define VALUES_A_WORD 6
#define BYTES_A_WORD (VALUES_A_WORD * sizeof(guint16))
#define PACKED_UNIT 10000 /* a box's 1.0 */
#define MAX_CONFIDENCE 100

G_DEFINE_QUARK(lt_page_error_quark, lt_page_error)

static const char *const source_names[LT_PAGE_N_SOURCES] = {
    [LT_PAGE_FROM_TEXT_LAYER] = "text-layer",
    [LT_PAGE_FROM_LEGACY] = "legacy",
    [LT_PAGE_FROM_OCR] = "ocr",
};

const char *
lt_page_source_name(LtPageSource source)
{
    g_return_val_if_fail((guint)source < LT_PAGE_N_SOURCES, NULL);
    return source_names[source];
}

gboolean
lt_page_source_from_name(const char *name, LtPageSource *ret_source)
{
    for (guint i = 0; i < LT_PAGE_N_SOURCES; i++)
        if (g_strcmp0(name, source_names[i]) == 0) {
            *ret_source = i;
            return TRUE;
        }
    return FALSE;
}

void
lt_page_free(LtPage *page)
{
    if (!page)
        return;
    g_free(page->text);
    g_free(page->raw_text);
    g_free(page->words);
    g_clear_pointer(&page->written, g_array_unref);
    g_free(page);
}

static guint16
pack_fraction(double fraction)
{
    return (guint16)lrint(CLAMP(fraction, 0.0, 1.0) * PACKED_UNIT);
}

GBytes *
lt_page_pack_words(const LtPage *page)
{
    gsize size = page->n_words * BYTES_A_WORD;
    guint16 *packed = g_malloc(size);
    guint16 *next = packed;
    for (guint i = 0; i < page->n_words; i++) {
        const LtWord *word = &page->words[i];
        *next++ = GUINT16_TO_LE(pack_fraction(word->box.x0));
        *next++ = GUINT16_TO_LE(pack_fraction(word->box.y0));
        *next++ = GUINT16_TO_LE(pack_fraction(word->box.x1));
        *next++ = GUINT16_TO_LE(pack_fraction(word->box.y1));
        *next++ = GUINT16_TO_LE(word->confidence);
        *next++ = GUINT16_TO_LE(word->zone);
    }
    return g_bytes_new_take(packed, size);
}

/* Copied out value by value, for bytes from a message may stand at any address. */
static gboolean
unpack_word(const guint8 *bytes, LtWord *word)
{
    guint16 values[VALUES_A_WORD];
    memcpy(values, bytes, sizeof values);
    for (guint i = 0; i < VALUES_A_WORD; i++)
        values[i] = GUINT16_FROM_LE(values[i]);

    if (values[0] > values[2] || values[1] > values[3] || values[2] > PACKED_UNIT ||
        values[3] > PACKED_UNIT || values[4] > MAX_CONFIDENCE)
        return FALSE;
    word->box = (LtBox){(double)values[0] / PACKED_UNIT, (double)values[1] / PACKED_UNIT,
                        (double)values[2] / PACKED_UNIT, (double)values[3] / PACKED_UNIT};
    word->confidence = values[4];
    word->zone = values[5];
    return TRUE;
}

static gboolean
is_control(gunichar c)
{
    return c < ' ' || (c >= 0x7F && c < 0xA0);
}

/* Finds the words of the page's text. Returns how many there are, or -1 when the text has not the
 * form that page.h promises: words parted by one blank, no empty line, every line ended. */
static gssize
split_text(const char *text, LtWord *words, guint n_words)
{
    guint found = 0, line = 0;
    guint32 position = 0;
    while (*text) {
        guint32 start = position;
        for (; *text && *text != ' ' && *text != '\n'; text = g_utf8_next_char(text), position++)
            if (is_control(g_utf8_get_char(text)))
                return -1;
        if (position == start || !*text)
            return -1;
        if (found < n_words)
            words[found] = (LtWord){.start = start, .length = position - start, .line = line};
        found++;
        if (*text == '\n')
            line++;
        else if (!text[1])
            return -1;
        text++;
        position++;
    }
    return found;
}

static gboolean
invalid(GError **error, guint number, const char *reason)
{
    g_set_error(error, LT_PAGE_ERROR, LT_PAGE_ERROR_INVALID, _("page %u: %s"), number, reason);
    return FALSE;
}

static gboolean
is_text(const char *text)
{
    gsize length = strnlen(text, LT_PAGE_MAX_TEXT + 1);
    return length <= LT_PAGE_MAX_TEXT && g_utf8_validate(text, (gssize)length, NULL);
}

static gboolean
is_length(double value)
{
    return isfinite(value) && value >= 0;
}

static gboolean
check_parts(const LtPage *page, const char *text, const char *raw_text, GBytes *words,
            GError **error)
{
    if (page->number == 0 || (guint)page->source >= LT_PAGE_N_SOURCES)
        return invalid(error, page->number, _("its number or source is not known"));
    if (!(page->confidence >= 0 && page->confidence <= 1))
        return invalid(error, page->number, _("the confidence is not between 0 and 1"));
    if (!is_length(page->width) || !is_length(page->height))
        return invalid(error, page->number, _("the width or the height is no length"));
    if (!text || !is_text(text) || (raw_text && !is_text(raw_text)))
        return invalid(error, page->number, _("the text is not UTF-8 or is too long"));
    gsize size = words ? g_bytes_get_size(words) : 0;
    if (size % BYTES_A_WORD != 0 || size / BYTES_A_WORD > LT_PAGE_MAX_WORDS)
        return invalid(error, page->number, _("the list of words has a wrong length"));
    return TRUE;
}

LtPage *
lt_page_new_packed(guint number, LtPageSource source, double confidence, double width,
                   double height, const char *text, const char *raw_text, GBytes *words,
                   GError **error)
{
    g_autoptr(LtPage) page = g_new0(LtPage, 1);
    page->number = number;
    page->source = source;
    page->confidence = confidence;
    page->width = width;
    page->height = height;
    if (!check_parts(page, text, raw_text, words, error))
        return NULL;

    gsize size = 0;
    const guint8 *bytes = words ? g_bytes_get_data(words, &size) : NULL;
    page->n_words = (guint)(size / BYTES_A_WORD);
    page->words = g_new0(LtWord, page->n_words);
    if (split_text(text, page->words, page->n_words) != (gssize)page->n_words) {
        invalid(error, number, _("the text does not hold as many words as the list"));
        return NULL;
    }
    for (guint i = 0; i < page->n_words; i++)
        if (!unpack_word(bytes + i * BYTES_A_WORD, &page->words[i])) {
            invalid(error, number, _("a word's box or confidence is out of range"));
            return NULL;
        }
    page->text = g_strdup(text);
    page->raw_text = g_strdup(raw_text);
    return g_steal_pointer(&page);
}

char *
lt_page_dup_line(const LtPage *page, guint line)
{
    const char *start = page->text;
    for (; line > 0 && start; line--) {
        const char *end = strchr(start, '\n');
        start = end ? end + 1 : NULL;
    }
    return start && *start ? g_strndup(start, strcspn(start, "\n")) : NULL;
}

char **
lt_page_dup_lines(const LtPage *page)
{
    gsize length = strlen(page->text);
    g_autofree char *unended = g_strndup(page->text, length ? length - 1 : 0);
    return g_strsplit(unended, "\n", -1);
}

LtBox
lt_page_words_box(const LtPage *page, guint first, guint n)
{
    if (first >= page->n_words || n == 0)
        return (LtBox){0};
    LtBox all = page->words[first].box;
    guint end = first + MIN(n, page->n_words - first);
    for (guint i = first + 1; i < end; i++) {
        const LtBox *box = &page->words[i].box;
        all.x0 = MIN(all.x0, box->x0);
        all.y0 = MIN(all.y0, box->y0);
        all.x1 = MAX(all.x1, box->x1);
        all.y1 = MAX(all.y1, box->y1);
    }
    return all;
}

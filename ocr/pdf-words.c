#include "ocr/pdf-words.h"

#include "ocr/lines.h"

/* In heights of the letter box, which is about 1.1–1.2 times the type size; a blank is 0.2 to 0.3
 * of it and letters overlap or are spaced by far less. */
#define GAP_THAT_PARTS 0.5
#define STEP_BACK_THAT_PARTS 0.5
#define MAX_WORD_BYTES 1000u /* a longer one is cut */

typedef struct {
    GArray *words, *places;
    double width, height;
    GString *text;
    guint start;                /* of the word so far, in letters of the page */
    PopplerRectangle box, last; /* of the word so far; of its last letter */
    guint line;
} WordCollector;

static void
end_word(WordCollector *collector)
{
    LtRawWord word = {.confidence = 100, .line_hint = collector->line};
    const PopplerRectangle *box = &collector->box;

    if (collector->text->len > 0 && box->x2 > 0 && box->y2 > 0 && box->x1 < collector->width &&
        box->y1 < collector->height && collector->words->len < LT_PAGE_MAX_WORDS) {
        word.text = g_strdup(collector->text->str);
        word.box.x0 = lt_clamp_fraction(box->x1 / collector->width);
        word.box.y0 = lt_clamp_fraction(box->y1 / collector->height);
        word.box.x1 = lt_clamp_fraction(box->x2 / collector->width);
        word.box.y1 = lt_clamp_fraction(box->y2 / collector->height);
        g_array_append_val(collector->words, word);
        g_array_append_val(collector->places, collector->start);
    }
    g_string_truncate(collector->text, 0);
}

/* Whether a letter stands apart from the one before it along one axis, while they share the other.
 */
static gboolean
stands_apart(double before_start, double before_end, double start, double end, double size)
{
    return start > before_end + GAP_THAT_PARTS * size ||
           end < before_start - STEP_BACK_THAT_PARTS * size;
}

static gboolean
starts_new_word(const PopplerRectangle *last, const PopplerRectangle *letter)
{
    double size = MAX(last->y2 - last->y1, letter->y2 - letter->y1);
    double shared_y = MIN(last->y2, letter->y2) - MAX(last->y1, letter->y1);
    double shared_x = MIN(last->x2, letter->x2) - MAX(last->x1, letter->x1);

    if (shared_y > 0)
        return stands_apart(last->x1, last->x2, letter->x1, letter->x2, size);
    if (shared_x > 0) /* text that runs up or down the page */
        return stands_apart(last->y1, last->y2, letter->y1, letter->y2, size);
    return TRUE;
}

static void
add_letter(WordCollector *collector, gunichar c, guint place, const PopplerRectangle *letter)
{
    if (collector->text->len > 0 &&
        (starts_new_word(&collector->last, letter) || collector->text->len > MAX_WORD_BYTES))
        end_word(collector);
    if (collector->text->len == 0) {
        collector->box = *letter;
        collector->start = place;
    }
    collector->box.x1 = MIN(collector->box.x1, letter->x1);
    collector->box.y1 = MIN(collector->box.y1, letter->y1);
    collector->box.x2 = MAX(collector->box.x2, letter->x2);
    collector->box.y2 = MAX(collector->box.y2, letter->y2);
    collector->last = *letter;
    g_string_append_unichar(collector->text, c);
}

void
lt_pdf_collect_words(PopplerPage *page, const char *text, double width, double height,
                     GArray *words, GArray *places)
{
    g_autofree PopplerRectangle *letters = NULL;
    g_autoptr(GString) word = g_string_new(NULL);
    WordCollector collector = {
        .words = words, .places = places, .width = width, .height = height, .text = word};
    guint n_letters = 0, i = 0;

    if (!poppler_page_get_text_layout(page, &letters, &n_letters))
        return;
    for (const char *p = text; *p && i < n_letters; p = g_utf8_next_char(p), i++) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_isspace(c)) {
            add_letter(&collector, c, i, &letters[i]);
            continue;
        }
        end_word(&collector);
        if (c == '\n')
            collector.line++;
    }
    end_word(&collector);
}

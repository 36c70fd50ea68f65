#include "ocr/pdf-words.h"

#include "ocr/lines.h"

/* In heights of the letter box, which is about 1.1–1.2 times the type size; a blank is 0.2 to 0.3
 * of it and letters overlap or are spaced by far less. */
#define GAP_THAT_PARTS 0.5
#define STEP_BACK_THAT_PARTS 0.5
#define OVERLAP_OF_MARKS 0.05
#define MAX_WORD_BYTES 1000u /* a longer one is cut */

typedef struct {
    PopplerPage *page;
    GList *runs; /* of PopplerTextAttributes: letters in one font; asked for when first needed */
    GList *run;  /* the one to look at next */
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

/* Less than 0: the gap between the two. */
static double
shared_length(double start, double end, double other_start, double other_end)
{
    return MIN(end, other_end) - MAX(start, other_start);
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
    double shared_y = shared_length(last->y1, last->y2, letter->y1, letter->y2);
    double shared_x = shared_length(last->x1, last->x2, letter->x1, letter->x2);

    if (shared_y > 0)
        return stands_apart(last->x1, last->x2, letter->x1, letter->x2, size);
    if (shared_x > 0) /* text that runs up or down the page */
        return stands_apart(last->y1, last->y2, letter->y1, letter->y2, size);
    return TRUE;
}

static gboolean
in_one_run(WordCollector *collector, guint before, guint place)
{
    if (!collector->runs)
        collector->run = collector->runs = poppler_page_get_text_attributes(collector->page);
    for (; collector->run; collector->run = collector->run->next) {
        const PopplerTextAttributes *run = collector->run->data;
        if (run->end_index >= (int)place)
            return run->start_index <= (int)before;
    }
    return FALSE;
}

/* Poppler knows some words that it writes without a blank between them, since they all but touch:
 * the blank was drawn, but too narrow. Letters of one word share an edge, to the last digit; others
 * do not, and where even the font is the same, nothing else can have parted them. */
static gboolean
is_hidden_blank(WordCollector *collector, guint place, const PopplerRectangle *letter)
{
    const PopplerRectangle *last = &collector->last;
    gboolean in_line = last->y1 == letter->y1 && last->y2 == letter->y2;
    gboolean apart = last->x2 != letter->x1 && last->x1 != letter->x2; /* the latter upside down */
    /* A mark drawn back over its letter stands apart, too. */
    gboolean overlap = shared_length(last->x1, last->x2, letter->x1, letter->x2) >
                       OVERLAP_OF_MARKS * (last->y2 - last->y1);

    return in_line && apart && !overlap && in_one_run(collector, place - 1, place);
}

static void
add_letter(WordCollector *collector, gunichar c, guint place, const PopplerRectangle *letter)
{
    if (collector->text->len > 0 &&
        (starts_new_word(&collector->last, letter) || collector->text->len > MAX_WORD_BYTES ||
         is_hidden_blank(collector, place, letter)))
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
    WordCollector collector = {.page = page,
                               .words = words,
                               .places = places,
                               .width = width,
                               .height = height,
                               .text = word};
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
    poppler_page_free_text_attributes(collector.runs);
}

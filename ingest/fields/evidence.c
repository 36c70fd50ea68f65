/* Where a value was read and how surely: boxes of stretches of lines, confidence of their words. */
#include "ingest/fields/agreement.h"

/* What the confidence that recognition gives a word is worth: how much of a rule's strength it leaves
 * where every letter counts, and how likely the word is right where a few may be wrong. Measured on
 * scans of printed dispatches. */
static const struct {
    double word, strict, right;
} word_shares[] = {{92, 1, 0.995},   {88, 0.97, 0.97}, {80, 0.9, 0.93},
                   {70, 0.85, 0.85}, {55, 0.75, 0.7},  {0, 0.5, 0.4}};

gboolean
lt_reading_is_ocr(const LtReading *reading, const LtLine *line)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    return page->source == LT_PAGE_FROM_OCR;
}

double
lt_confidence_of_word(double confidence, double word)
{
    for (guint i = 0; i < G_N_ELEMENTS(word_shares); i++)
        if (word >= word_shares[i].word)
            return confidence * word_shares[i].strict;
    return 0;
}

/* The part of a word that lies in the span, as a share of its letters: recognition often glues the
 * value to its neighbour. FALSE when they do not touch. */
static gboolean
word_part(const LtStretch *span, const LtWord *word, LtBox *ret_box)
{
    guint start = span->line->start + span->start, end = span->line->start + span->end;
    guint from = MAX(start, word->start), to = MIN(end, word->start + word->length);
    if (from >= to)
        return FALSE;
    double width = (word->box.x1 - word->box.x0) / word->length;
    *ret_box = word->box;
    ret_box->x0 = word->box.x0 + width * (from - word->start);
    ret_box->x1 = word->box.x0 + width * (to - word->start);
    return TRUE;
}

void
lt_box_add(LtBox *box, const LtBox *other)
{
    box->x0 = MIN(box->x0, other->x0);
    box->y0 = MIN(box->y0, other->y0);
    box->x1 = MAX(box->x1, other->x1);
    box->y1 = MAX(box->y1, other->y1);
}

LtBox
lt_spans_box(const LtReading *reading, const LtStretch *spans, guint n)
{
    LtBox box = {1, 1, 0, 0};
    for (guint i = 0; i < n; i++) {
        const LtLine *line = spans[i].line;
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        for (guint w = line->first; w < line->first + line->n; w++) {
            LtBox part;
            /* A value that goes on on the next page is shown where it begins. */
            if (line->page == spans[0].line->page && word_part(&spans[i], &page->words[w], &part))
                lt_box_add(&box, &part);
        }
    }
    return box.x1 < box.x0 ? (LtBox){0, 0, 0, 0} : box;
}

/* The height of the word at a place of a line, 0 without boxes. */
double
lt_line_height_at(const LtReading *reading, const LtLine *line, guint at)
{
    const LtPage *page = g_ptr_array_index(reading->pages, line->page);
    for (guint w = line->first; w < line->first + line->n; w++)
        if (line->start + at < page->words[w].start + page->words[w].length)
            return page->words[w].box.y1 - page->words[w].box.y0;
    return 0;
}

guint
lt_span_lowest(const LtReading *reading, const LtStretch *span)
{
    const LtPage *page = g_ptr_array_index(reading->pages, span->line->page);
    guint lowest = 100;
    LtBox part;
    for (guint w = span->line->first; w < span->line->first + span->line->n; w++)
        if (word_part(span, &page->words[w], &part))
            lowest = MIN(lowest, page->words[w].confidence);
    return lowest;
}

static double
word_right(double word)
{
    for (guint i = 0; i < G_N_ELEMENTS(word_shares); i++)
        if (word >= word_shares[i].word)
            return word_shares[i].right;
    return 0;
}

double
lt_spans_right(const LtReading *reading, const LtStretch *spans, guint n)
{
    double sum = 0;
    guint letters = 0;
    LtBox part;
    for (guint i = 0; i < n; i++) {
        const LtLine *line = spans[i].line;
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        for (guint w = line->first; w < line->first + line->n; w++)
            if (word_part(&spans[i], &page->words[w], &part)) {
                sum += word_right(page->words[w].confidence) * page->words[w].length;
                letters += page->words[w].length;
            }
    }
    return letters ? sum / letters : 1;
}

/* How likely a word of a scan is right, by the confidence that recognition gave it and by whether it is
 * a Vietnamese syllable. Measured on 14,000 words of printed dispatches. */
static const struct {
    guint word;
    double syllable, other;
} rightness[] = {{95, 0.998, 0.99}, {92, 0.978, 0.86}, {90, 0.93, 0.78}, {85, 0.84, 0.69},
                 {80, 0.8, 0.6},    {70, 0.75, 0.4},   {50, 0.65, 0.3},  {0, 0.49, 0.2}};

/* Misread words keep company: where there is one, the next is likelier than the table says. */
#define WORSE 2

static double
likely_right(const LtPage *page, const LtWord *word)
{
    g_autofree char *text = lt_text_slice(page->text, word->start, word->start + word->length);
    guint letters;
    lt_text_capitals(text, &letters);
    gboolean syllable = letters == 0 || lt_text_is_syllable(text);
    for (guint i = 0; i < G_N_ELEMENTS(rightness); i++)
        if (word->confidence >= rightness[i].word)
            return 1 - WORSE * (1 - (syllable ? rightness[i].syllable : rightness[i].other));
    return 0;
}

/* The distribution of how many words are wrong, word by word (Poisson's binomial), up to MAX_WRONG. */
#define MAX_WRONG 24u
/* How likely a word is right that the body has beside the same neighbour. */
#define AGREED 0.985

/* Of words in spans. */
typedef struct {
    const LtPage *page;
    const LtWord *word;
    char *text;
} SpanWord;

static void
span_word_clear(gpointer data)
{
    g_free(((SpanWord *)data)->text);
}

static GArray *
words_of_spans(const LtReading *reading, const LtStretch *spans, guint n)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(SpanWord));
    LtBox part;
    g_array_set_clear_func(words, span_word_clear);
    for (guint i = 0; i < n; i++) {
        const LtLine *line = spans[i].line;
        const LtPage *page = g_ptr_array_index(reading->pages, line->page);
        for (guint w = line->first; w < line->first + line->n; w++) {
            const LtWord *word = &page->words[w];
            if (!word_part(&spans[i], word, &part))
                continue;
            SpanWord one = {page, word,
                            lt_text_slice(page->text, word->start, word->start + word->length)};
            g_array_append_val(words, one);
        }
    }
    return words;
}

static double
right_in_spans(const GArray *words, guint i, const LtAgreement *body)
{
    const SpanWord *one = &g_array_index(words, SpanWord, i);
    if (one->page->source != LT_PAGE_FROM_OCR)
        return 1;
    double right = likely_right(one->page, one->word);
    const char *before = i > 0 ? g_array_index(words, SpanWord, i - 1).text : NULL;
    const char *after = i + 1 < words->len ? g_array_index(words, SpanWord, i + 1).text : NULL;
    gboolean agreed = body && (lt_agreement_has(body, before, one->text) ||
                               lt_agreement_has(body, one->text, after));
    return agreed ? MAX(right, AGREED) : right;
}

double
lt_spans_mostly_right(const LtReading *reading, const LtStretch *spans, guint n, double tolerated,
                      const LtAgreement *body)
{
    double wrong[MAX_WRONG + 1] = {1};
    g_autoptr(GArray) words = words_of_spans(reading, spans, n);
    for (guint i = 0; i < words->len; i++) {
        double right = right_in_spans(words, i, body);
        for (guint k = MAX_WRONG; k > 0; k--)
            wrong[k] = wrong[k] * right + wrong[k - 1] * (1 - right);
        wrong[0] *= right;
    }
    double sum = 0;
    for (guint k = 0; k <= MIN(MAX_WRONG, (guint)(tolerated * words->len)); k++)
        sum += wrong[k];
    return words->len ? sum : 1;
}

static guint
spans_lowest(const LtReading *reading, const LtStretch *spans, guint n)
{
    guint lowest = 100;
    for (guint i = 0; i < n; i++)
        lowest = MIN(lowest, lt_span_lowest(reading, &spans[i]));
    return lowest;
}

/* What the page says in the spans, line after line. */
static char *
dup_printed(const LtStretch *spans, guint n)
{
    GString *printed = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        g_autofree char *part = lt_text_slice(spans[i].line->text, spans[i].start, spans[i].end);
        if (i > 0)
            g_string_append_c(printed, ' ');
        g_string_append(printed, part);
    }
    return g_string_free(printed, FALSE);
}

void
lt_reading_set(LtReading *reading, LtFieldId field, const char *value, const LtRule *rule,
               double confidence, const LtStretch *spans, guint n_spans, gboolean strict)
{
    g_autofree char *printed = n_spans ? dup_printed(spans, n_spans) : NULL;
    LtBox box = lt_spans_box(reading, spans, n_spans);
    const LtPage *page = n_spans ? g_ptr_array_index(reading->pages, spans[0].line->page) : NULL;
    if (page && page->source == LT_PAGE_FROM_OCR)
        confidence = strict
                         ? lt_confidence_of_word(confidence, spans_lowest(reading, spans, n_spans))
                         : confidence * lt_spans_right(reading, spans, n_spans);
    lt_field_set(&reading->record->fields[field], value, printed, confidence,
                 page ? page->number : 0, &box, rule ? rule->name : NULL);
}

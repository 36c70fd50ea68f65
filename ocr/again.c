/* The two models err in different places: of the words that they read differently on poor copies, one of
 * them is right in three of four. Which one, tell the words beside it first: a reading that forms an
 * expression with a neighbour stands against one that forms none ("bộ đầu mối" against "bộ dầu mối"). Where
 * both do or neither does, the second must be far surer to be taken. Figures are never changed: the second
 * model takes 0 for 9. A piece costs what a quarter of a line costs to read, so that only words are read
 * again of which some turned out wrong: nothing was gained on words surer than DOUBT, on those that form an
 * expression as they are, nor on single letters ("e)" against "c)"). */
#include "ocr/again.h"

#include <string.h>

#include "ocr/expressions.h"
#include "ocr/lines.h"

#define DOUBT 90    /* confidence: words below, which form no expression, are read again */
#define SURER 10    /* by which the second reading must be surer */
#define LEAST 55    /* confidence of a second reading that changes anything */
#define DISPUTED 90 /* confidence of a word that was read in two ways, at most */
#define MOST                                                                                       \
    0.4 /* share of the words: with more doubtful ones the page is not print, or not upright */
#define SAME 0.6    /* share of the larger box that two readings of a word have in common */
#define BESIDE 0.35 /* of the line's height: how far a piece reaches beyond its words */
#define ABOVE 0.2
#define PIECES_MOST 80
#define LOST_MOST 1 /* letters: a reading that lacks more is a part of the word */

typedef struct {
    GArray *words;   /* of LtRawWord */
    GPtrArray *keys; /* of the words, in the same order */
    gboolean *doubtful;
} Page;

static const LtRawWord *
word_at(const Page *page, guint i)
{
    return &g_array_index(page->words, LtRawWord, i);
}

static gboolean
in_line(const Page *page, guint i, guint k)
{
    return k < page->words->len && word_at(page, k)->zone == 0 &&
           word_at(page, k)->line_hint == word_at(page, i)->line_hint;
}

/* A stop ends the expression. */
static gboolean
ends_open(const char *text)
{
    return *text && !strchr(",.;:!?)", text[strlen(text) - 1]);
}

/* With how many of its neighbours the i-th word, read as text, forms an expression. A line goes on in the
 * next. */
static guint
expressions_of(const Page *page, guint i, const char *text)
{
    g_autofree char *key = lt_expressions_key(text);
    guint n = 0;

    if (i > 0 && ends_open(word_at(page, i - 1)->text))
        n += lt_expressions_has(g_ptr_array_index(page->keys, i - 1), key);
    if (i + 1 < page->words->len && ends_open(text))
        n += lt_expressions_has(key, g_ptr_array_index(page->keys, i + 1));
    return n;
}

static gboolean
is_doubtful(const Page *page, guint i)
{
    const LtRawWord *word = word_at(page, i);

    return !word->zone && word->confidence < DOUBT &&
           g_utf8_strlen(g_ptr_array_index(page->keys, i), -1) > 1 &&
           expressions_of(page, i, word->text) == 0;
}

/* Returns: how many there are. */
static guint
find_doubtful(Page *page)
{
    guint n = 0;

    for (guint i = 0; i < page->words->len; i++)
        g_ptr_array_add(page->keys, lt_expressions_key(word_at(page, i)->text));
    for (guint i = 0; i < page->words->len; i++) {
        page->doubtful[i] = is_doubtful(page, i);
        n += page->doubtful[i];
    }
    return n;
}

/* The words [*first, *end) of one line around the doubtful one i, with a neighbour on either side. */
static void
find_piece(const Page *page, guint i, guint *first, guint *end)
{
    *first = i > 0 && in_line(page, i, i - 1) ? i - 1 : i;
    for (*end = i + 1; in_line(page, i, *end); ++*end)
        if (!page->doubtful[*end] && !page->doubtful[*end - 1])
            break;
}

static LtBox
box_of(const Page *page, guint first, guint end)
{
    LtBox box = word_at(page, first)->box;

    for (guint i = first + 1; i < end; i++) {
        const LtBox *other = &word_at(page, i)->box;

        box.x0 = MIN(box.x0, other->x0);
        box.y0 = MIN(box.y0, other->y0);
        box.x1 = MAX(box.x1, other->x1);
        box.y1 = MAX(box.y1, other->y1);
    }
    return box;
}

static double
overlap(const LtBox *a, const LtBox *b)
{
    double across = MIN(a->x1, b->x1) - MAX(a->x0, b->x0);
    double down = MIN(a->y1, b->y1) - MAX(a->y0, b->y0);
    double larger = MAX((a->x1 - a->x0) * (a->y1 - a->y0), (b->x1 - b->x0) * (b->y1 - b->y0));

    return across > 0 && down > 0 ? across * down / larger : 0;
}

/* The i-th word forms no expression, unless one beside it was changed meanwhile. key: of the text. */
static gboolean
is_better(const Page *page, guint i, const char *text, const char *key, double confidence)
{
    const LtRawWord *word = word_at(page, i);
    guint before = expressions_of(page, i, word->text), after = expressions_of(page, i, text);
    glong letters = g_utf8_strlen(g_ptr_array_index(page->keys, i), -1);

    if (confidence < LEAST || g_utf8_strlen(key, -1) < letters - LOST_MOST)
        return FALSE;
    if ((before == 0) != (after == 0))
        return after > 0;
    return confidence > word->confidence + SURER;
}

/* The bytes of the signs before the first letter or figure; all where there is none. */
static gsize
count_leading(const char *text)
{
    const char *p = text;

    while (*p && !g_unichar_isalnum(g_utf8_get_char(p)))
        p = g_utf8_next_char(p);
    return (gsize)(p - text);
}

/* The bytes up to the end of the last letter or figure. */
static gsize
count_till_last(const char *text)
{
    const char *end = text + strlen(text), *p;

    while (end > text && !g_unichar_isalnum(g_utf8_get_char(p = g_utf8_prev_char(end))))
        end = p;
    return (gsize)(end - text);
}

/* The second model sees signs in rules and specks: "_Độc". Those after a word stay as they were first read,
 * those before it where both saw them. Returns: (transfer full). */
static char *
join_readings(const char *first, const char *second)
{
    gsize lead = count_leading(second), last = count_till_last(second);
    gboolean same = lead == count_leading(first) && memcmp(first, second, lead) == 0;
    gsize from = same ? 0 : lead;
    g_autofree char *word = g_strndup(second + from, last - from);

    return g_strconcat(word, first + count_till_last(first), NULL);
}

/* Where the second reading stands in the place of a doubtful word, one of them is kept. */
static void
compare_word(const Page *page, guint first, guint end, const char *text, const LtBox *box,
             double confidence)
{
    for (guint i = first; i < end; i++) {
        LtRawWord *word = &g_array_index(page->words, LtRawWord, i);
        g_autofree char *key = lt_expressions_key(text);

        if (!page->doubtful[i] || overlap(&word->box, box) < SAME || !*key ||
            strcmp(key, g_ptr_array_index(page->keys, i)) == 0)
            continue;
        if (is_better(page, i, text, key, confidence)) {
            char *joined = join_readings(word->text, text);

            g_free(word->text);
            word->text = joined;
            word->confidence = (guint)CLAMP(confidence, 0, DISPUTED);
            g_free(g_ptr_array_index(page->keys, i));
            g_ptr_array_index(page->keys, i) = g_steal_pointer(&key);
        }
        return;
    }
}

static void
compare_piece(TessBaseAPI *api, const Page *page, guint first, guint end)
{
    g_autoptr(TessResultIterator) results = TessBaseAPIGetIterator(api);

    if (!results)
        return;
    do {
        char *text = TessResultIteratorGetUTF8Text(results, RIL_WORD);
        int x0, y0, x1, y1;

        if (text && TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(results),
                                                RIL_WORD, &x0, &y0, &x1, &y1)) {
            LtBox box = {x0, y0, x1, y1};

            compare_word(page, first, end, text, &box,
                         TessResultIteratorConfidence(results, RIL_WORD));
        }
        TessDeleteText(text);
    } while (TessResultIteratorNext(results, RIL_WORD));
}

static void
read_piece(TessBaseAPI *api, const LtPrepared *prepared, const Page *page, guint first, guint end)
{
    LtBox box = box_of(page, first, end);
    double height = box.y1 - box.y0;
    int left = (int)MAX(0, box.x0 - BESIDE * height), top = (int)MAX(0, box.y0 - ABOVE * height);
    int right = (int)MIN(pixGetWidth(prepared->pix), box.x1 + BESIDE * height);
    int bottom = (int)MIN(pixGetHeight(prepared->pix), box.y1 + ABOVE * height);

    TessBaseAPISetRectangle(api, left, top, right - left, bottom - top);
    if (TessBaseAPIRecognize(api, NULL) == 0)
        compare_piece(api, page, first, end);
}

void
lt_again_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree gboolean *doubtful = g_new0(gboolean, words->len + 1);
    Page page = {words, keys, doubtful};
    guint n = find_doubtful(&page);

    if (n == 0 || n > MOST * words->len)
        return;
    TessBaseAPISetImage2(api, prepared->pix);
    TessBaseAPISetSourceResolution(api, (int)prepared->dpi);
    for (guint i = 0, first, end, pieces = 0; i < words->len && pieces < PIECES_MOST; i = end) {
        end = i + 1;
        if (!page.doubtful[i])
            continue;
        find_piece(&page, i, &first, &end);
        read_piece(api, prepared, &page, first, end);
        pieces++;
    }
    TessBaseAPIClear(api);
}

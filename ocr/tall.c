/* The list of recipients is in smaller print than its heading and close to it: its first line, "- Như trên;",
 * is taken for one high line with "Nơi nhận:", of which only the upper half is read. Other high lines are left
 * alone: mostly a signature's strokes make them high, and read as blocks they came out worse. */
#include "ocr/tall.h"

#include "ocr/collect.h"
#include "ocr/lines.h"

#define TALL 1.9     /* times the height of a word: higher lines are two */
#define TALL_MOST 6. /* frames and drawings are higher */
#define LINES_MOST 12
#define GAINED 4 /* letters that must be found besides */
#define SURE 60  /* mean confidence of each line that is found */
#define HEADING "noinhan"
#define HEADING_OFF 2 /* letters that may be misread */
#define HEADING_WORDS 2
#define BESIDE 0.15   /* of a word's height: how far the piece reaches above and below */
#define BELOW_WIDER 2 /* times the heading's width: by which a line below may be wider */

/* The words [first, end) of one line. */
typedef struct {
    guint first, end;
    LtBox box;
} Line;

static const LtRawWord *
word_at(GArray *words, guint i)
{
    return &g_array_index(words, LtRawWord, i);
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double
median_height(GArray *words)
{
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < words->len; i++) {
        double height = word_at(words, i)->box.y1 - word_at(words, i)->box.y0;

        g_array_append_val(heights, height);
    }
    g_array_sort(heights, compare_doubles);
    return heights->len ? g_array_index(heights, double, heights->len / 2) : 0;
}

/* How many words from the first on are of its line, n at most. */
static guint
words_of_line(GArray *words, guint first, guint n)
{
    guint end = first;

    while (end < words->len && end - first < n &&
           word_at(words, end)->line_hint == word_at(words, first)->line_hint)
        end++;
    return end - first;
}

static Line
line_from(GArray *words, guint first, guint n)
{
    Line line = {first, first + words_of_line(words, first, n), word_at(words, first)->box};

    for (guint i = line.first; i < line.end; i++) {
        const LtBox *box = &word_at(words, i)->box;

        line.box.x0 = MIN(line.box.x0, box->x0);
        line.box.y0 = MIN(line.box.y0, box->y0);
        line.box.x1 = MAX(line.box.x1, box->x1);
        line.box.y1 = MAX(line.box.y1, box->y1);
    }
    return line;
}

static guint
count_letters(GArray *words, guint first, guint end, double *ret_sure)
{
    guint letters = 0;
    double sure = 0;

    for (guint i = first; i < end; i++) {
        guint n = 0;

        for (const char *p = word_at(words, i)->text; *p; p = g_utf8_next_char(p))
            n += g_unichar_isalpha(g_utf8_get_char(p)) ? 1 : 0;
        letters += n;
        sure += (double)n * word_at(words, i)->confidence;
    }
    *ret_sure = letters ? sure / letters : 0;
    return letters;
}

/* (transfer full) GArray of LtRawWord: what stands in the box, read as a block of lines. */
static GArray *
read_block(TessBaseAPI *api, const LtPrepared *prepared, const LtBox *box)
{
    GArray *words = lt_raw_words_new();
    int left = (int)MAX(0, box->x0), top = (int)MAX(0, box->y0);
    int right = (int)MIN(pixGetWidth(prepared->pix), box->x1);
    int bottom = (int)MIN(pixGetHeight(prepared->pix), box->y1);

    TessBaseAPISetRectangle(api, left, top, right - left, bottom - top);
    if (TessBaseAPIRecognize(api, NULL) == 0)
        lt_collect_words(api, prepared, words);
    return words;
}

/* The heading's box and what may stand below it: as far as the signature block beside it. */
static LtBox
reach_of(GArray *words, const Line *line, double height)
{
    LtBox box = {line->box.x0 - height, line->box.y0 - BESIDE * height,
                 line->box.x1 + BELOW_WIDER * (line->box.x1 - line->box.x0),
                 line->box.y1 + BESIDE * height};

    if (line->end < words->len &&
        word_at(words, line->end)->line_hint == word_at(words, line->first)->line_hint)
        box.x1 = MAX(line->box.x1, MIN(box.x1, word_at(words, line->end)->box.x0 - height));
    return box;
}

static gboolean
is_heading(GArray *words, const Line *line)
{
    g_autoptr(GString) key = g_string_new(NULL);

    for (guint i = line->first; i < line->end; i++) {
        g_autofree char *canonical = lt_text_canonical(word_at(words, i)->text);
        g_autofree char *folded = lt_text_fold(canonical);

        for (const char *p = folded; *p; p++)
            if (g_ascii_isalpha(*p))
                g_string_append_c(key, *p);
    }
    return lt_text_distance(key->str, HEADING, HEADING_OFF) <= HEADING_OFF;
}

/* Drops the lines that are nothing but strokes. */
static void
drop_doubtful(GArray *found)
{
    Line line;

    for (guint i = 0; i < found->len; i = line.end) {
        double sure;

        line = line_from(found, i, found->len);
        if (count_letters(found, line.first, line.end, &sure) > 0 && sure >= SURE)
            continue;
        g_array_remove_range(found, line.first, line.end - line.first);
        line.end = line.first;
    }
}

static gboolean
is_gain(GArray *words, const Line *line, GArray *found)
{
    double unused;

    return found->len > 0 &&
           word_at(found, 0)->line_hint != word_at(found, found->len - 1)->line_hint &&
           count_letters(found, 0, found->len, &unused) >=
               count_letters(words, line->first, line->end, &unused) + GAINED;
}

/* Puts what was found in the line's place, its lines numbered from *hint on. */
static void
replace(GArray *words, const Line *line, GArray *found, guint *hint)
{
    guint last = 0;

    g_array_remove_range(words, line->first, line->end - line->first);
    for (guint i = 0; i < found->len; i++) {
        LtRawWord word = g_array_index(found, LtRawWord, i);

        last = MAX(last, word.line_hint);
        word.text = g_strdup(word.text);
        word.line_hint += *hint;
        g_array_insert_val(words, line->first + i, word);
    }
    *hint += last;
}

void
lt_tall_read(TessBaseAPI *api, const LtPrepared *prepared, GArray *words)
{
    double height = median_height(words);
    guint hint = words->len ? word_at(words, words->len - 1)->line_hint : 0, tried = 0;
    Line line;

    for (guint i = 0; i < words->len && tried < LINES_MOST; i = line.end) {
        line = line_from(words, i, HEADING_WORDS);
        double times = (line.box.y1 - line.box.y0) / MAX(height, 1);
        if (times < TALL || times > TALL_MOST || !is_heading(words, &line))
            continue;
        if (tried++ == 0) {
            TessBaseAPISetImage2(api, prepared->pix);
            TessBaseAPISetSourceResolution(api, (int)prepared->dpi);
            TessBaseAPISetPageSegMode(api, PSM_SINGLE_BLOCK);
        }
        LtBox reach = reach_of(words, &line, height);
        g_autoptr(GArray) found = read_block(api, prepared, &reach);
        drop_doubtful(found);
        if (!is_gain(words, &line, found))
            continue;
        replace(words, &line, found, &hint);
        line.end = line.first + found->len;
    }
    if (tried)
        TessBaseAPISetPageSegMode(api, PSM_AUTO);
}

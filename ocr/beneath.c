/* The recogniser reads nothing of use where a seal crosses a word, but it does read the words beside
 * it, and these give the typeface, its size and the place of the baseline. With that, each word that
 * may stand there is drawn where it would stand and held against the ink. */
#include "ocr/beneath.h"

#include <math.h>
#include <string.h>

#include "ocr/lines.h"
#include "ocr/names.h"
#include "ocr/shown.h"

#define REACH 1.3      /* radii above and below the seal's centre: where titles and name stand */
#define TAIL_SURE 85   /* confidence of the words that give the typeface */
#define TAIL_LETTERS 3 /* that these must have together */
#define HEAD_SURE 90   /* confidence from which what stands before them is left alone */
#define MOST_WORDS 4   /* before the sure ones */
#define MOST_TITLES 4  /* rows of them */
#define ROW_LEAST 0.9  /* ems from a row of titles to the next */
#define ROW_MOST 1.9
#define ROW_STEP 0.05 /* ems, in which its place is sought */
#define ROW_OFF 0.3   /* ems beside the middle of the row above */
#define SHOWN_SURE 75 /* confidence of a word so found, at most */

/* A rarer surname must be lt_print_ahead of the common ones; these need not be lt_print_ahead of a rarer one. */
static gboolean
find_surname(const LtGround *ground, const LtPrint *print, LtShown *ret_word)
{
    LtShown rarer;
    gboolean common = lt_shown_find(ground, print, lt_names_surnames, ret_word);

    if (!lt_shown_find(ground, print, lt_names_rarer, &rarer) ||
        rarer.score - ret_word->score < (common ? 2 : 1) * lt_print_ahead(print))
        return common;
    *ret_word = rarer;
    return TRUE;
}

/* The words to the left of those known, as far as there are any; the leftmost comes last. */
static double
find_titles(const LtGround *ground, const LtPrint *print, GArray *found)
{
    LtPrint next = *print;
    double score = 0;
    LtShown word;

    while (found->len < MOST_WORDS && lt_shown_find(ground, &next, lt_names_words, &word)) {
        g_array_append_val(found, word);
        score += word.score;
        next = lt_print_lengthen(ground, &next, &word);
    }
    return score;
}

/* The same for a name: a surname, or another of its syllables with a name to the left of it. */
static double
find_names(const LtGround *ground, const LtPrint *print, GArray *found)
{
    g_autoptr(GArray) longer = g_array_new(FALSE, FALSE, sizeof(LtShown));
    LtShown surname, other;
    double score = 0, more = 0;

    if (found->len == MOST_WORDS)
        return 0;
    if (find_surname(ground, print, &surname))
        score = surname.score;
    if (lt_shown_find(ground, print, lt_names_others, &other)) {
        LtPrint next = lt_print_lengthen(ground, print, &other);

        g_array_append_vals(longer, found->data, found->len);
        g_array_append_val(longer, other);
        more = find_names(ground, &next, longer);
    }
    if (more > 0 && other.score + more > score) {
        g_array_set_size(found, 0);
        g_array_append_vals(found, longer->data, longer->len);
        return other.score + more;
    }
    if (score > 0)
        g_array_append_val(found, surname);
    return score;
}

/* Finds the words before others. Returns: what they score together, 0 where there are none. */
typedef double (*Finder)(const LtGround *ground, const LtPrint *print, GArray *found);

/* Marks that were misread do not matter. */
static gboolean
is_one_of(const char *word, const char *const *list)
{
    g_autofree char *key = lt_text_fold(word);

    for (; *list; list++) {
        g_autofree char *folded = lt_text_fold(*list);

        if (strcmp(folded, key) == 0)
            return TRUE;
    }
    return FALSE;
}

static gboolean
begins_large(const char *word)
{
    return g_unichar_isupper(g_utf8_get_char(word));
}

/* A signature block's lines: words of titles, or those of a name, each with a capital. */
static Finder
finder_for(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    gboolean titles = TRUE, names = TRUE;

    for (char **word = words; *word; word++) {
        g_autofree char *large = g_utf8_strup(*word, -1);

        titles = titles && strcmp(large, *word) == 0 && is_one_of(*word, lt_names_words);
        names = names && begins_large(*word) && strcmp(large, *word) != 0;
    }
    return titles ? find_titles : names ? find_names : NULL;
}

/* The words [first, end) of one line, the last ones of them sure. */
typedef struct {
    guint first, tail, end;
    GString *text; /* of the sure ones */
    LtBox box;     /* of these, in the ground's coordinates */
} Line;

static void
line_clear(Line *line)
{
    g_string_free(line->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static gboolean
is_of_letters(const char *text)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (!g_unichar_isalpha(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

static gboolean
is_misspelt(const LtRawWord *word)
{
    return is_of_letters(word->text) && !lt_text_is_syllable(word->text);
}

static gboolean
is_plain(const LtRawWord *word)
{
    return word->confidence >= TAIL_SURE && is_of_letters(word->text) &&
           lt_text_is_syllable(word->text);
}

static LtBox
moved(const LtBox *box, const LtSealed *sealed)
{
    return (LtBox){box->x0 - sealed->left, box->y0 - sealed->top, box->x1 - sealed->left,
                   box->y1 - sealed->top};
}

static Line
line_at(GArray *words, guint first, const LtSealed *sealed)
{
    const LtRawWord *all = &g_array_index(words, LtRawWord, 0);
    Line line = {.first = first, .end = first, .text = g_string_new(NULL)};

    while (line.end < words->len && all[line.end].line_hint == all[first].line_hint)
        line.end++;
    line.tail = line.end;
    while (line.tail > first && is_plain(&all[line.tail - 1]))
        line.tail--;
    for (guint i = line.tail; i < line.end; i++) {
        LtBox box = moved(&all[i].box, sealed);

        g_string_append_printf(line.text, "%s%s", i > line.tail ? " " : "", all[i].text);
        line.box = i == line.tail ? box : lt_box_around(&line.box, &box);
    }
    return line;
}

/* Whether the sure words stand beside the seal, and those before them under it. */
static gboolean
is_of_seal(const Line *line, const LtSealed *sealed)
{
    double y = (line->box.y0 + line->box.y1) / 2, radius = sealed->radius;

    return line->tail < line->end && line->text->len >= TAIL_LETTERS &&
           fabs(y - sealed->y) < REACH * radius && line->box.x1 > sealed->x &&
           line->box.x0 < sealed->x + 2 * radius && line->box.x0 > 0 && line->box.y0 > 0 &&
           line->text->len < LT_SHOWN_BYTES;
}

static LtRawWord
shown_word(const LtShown *match, const LtSealed *sealed, guint hint)
{
    return (LtRawWord){
        .text = g_strdup(match->text),
        .box = {match->box.x0 + sealed->left, match->box.y0 + sealed->top,
                match->box.x1 + sealed->left, match->box.y1 + sealed->top},
        .confidence = (guint)(SHOWN_SURE * match->shown),
        .line_hint = hint,
    };
}

/* Puts the words found, the first of which comes last, in the place of the doubtful ones; what stands
 * further left is of another column. */
static void
replace(GArray *words, const Line *line, GArray *found, const LtSealed *sealed)
{
    guint hint = g_array_index(words, LtRawWord, line->tail).line_hint, keep = line->tail;
    const LtBox *last = &g_array_index(found, LtShown, found->len - 1).box;
    double middle = (last->x0 + last->x1) / 2 + sealed->left;

    while (keep > line->first) {
        const LtBox *box = &g_array_index(words, LtRawWord, keep - 1).box;

        if (box->x1 < middle)
            break;
        keep--;
    }
    g_array_remove_range(words, keep, line->tail - keep);
    for (guint i = 0; i < found->len; i++) {
        LtRawWord word = shown_word(&g_array_index(found, LtShown, i), sealed, hint);

        g_array_insert_val(words, keep, word);
    }
}

static gboolean
is_doubtful(const Line *line, const GArray *words)
{
    for (guint i = line->first; i < line->tail; i++)
        if (g_array_index(words, LtRawWord, i).confidence < HEAD_SURE ||
            is_misspelt(&g_array_index(words, LtRawWord, i)))
            return TRUE;
    return line->first == line->tail;
}

/* titles: (inout) of LtPrint, those of lines in capitals. */
static void
read_line(const LtGround *ground, GArray *words, const Line *line, GArray *titles)
{
    Finder find = finder_for(line->text->str);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(LtShown));
    LtPrint print = {0};

    if (!find || !lt_print_find(ground, line->text->str, &line->box, &print))
        return;
    if (is_doubtful(line, words) && find(ground, &print, found) > 0)
        replace(words, line, found, ground->sealed);
    for (guint i = 0; i < found->len; i++)
        print = lt_print_lengthen(ground, &print, &g_array_index(found, LtShown, i));
    if (find == find_titles)
        g_array_append_val(titles, print);
}

/* The rows' distance is one to two ems. */
static gboolean
is_below(const LtPrint *title, const LtBox *box)
{
    double y = (box->y0 + box->y1) / 2, above = (title->box.y0 + title->box.y1) / 2;

    return y - above > ROW_LEAST * title->size && y - above < ROW_MOST * title->size &&
           box->x1 > title->box.x0 && box->x0 < title->box.x1;
}

/* Two words that were read as they should be. */
static gboolean
has_row_below(const LtGround *ground, const LtPrint *title, const GArray *words)
{
    guint n = 0;

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);
        LtBox box = moved(&word->box, ground->sealed);

        n += is_plain(word) && is_below(title, &box) ? 1 : 0;
    }
    return n >= 2;
}

/* The best place about one, sought in steps and then between them. */
static gboolean
find_place(const LtGround *ground, const LtDrawn *drawn, int x, int y, int across, int down,
           int step, LtShown *ret_shown)
{
    LtShown coarse = {0}, shown;
    gboolean found = FALSE;

    for (int dy = -down; dy <= down; dy += step)
        for (int dx = -across; dx <= across; dx += step) {
            if (!lt_shown_about(ground, drawn, x + dx, y + dy, 0, 0, &shown) ||
                (found && shown.score <= coarse.score))
                continue;
            coarse = shown;
            found = TRUE;
        }
    return found && lt_shown_about(ground, drawn, coarse.x, coarse.y, step, step, ret_shown);
}

/* Where a title stands centred below another: the best place for it. */
static void
try_title(const LtGround *ground, const LtPrint *above, const char *text, LtShown *best,
          double *second)
{
    g_auto(LtDrawn) drawn = {0};
    double middle = (above->box.x0 + above->box.x1) / 2, size = above->size;
    int x, y, across = (int)(ROW_OFF * size), down = (int)((ROW_MOST - ROW_LEAST) / 2 * size);
    LtShown match;

    if (!lt_typeface_draw(above->face, size, text, &drawn))
        return;
    x = (int)(middle - pixGetWidth(drawn.pix) / 2.0) - drawn.x;
    y = above->y + (int)((ROW_MOST + ROW_LEAST) / 2 * size);
    if (!find_place(ground, &drawn, x, y, across, down, MAX(1, (int)(ROW_STEP * size)), &match))
        return;
    match.text = text;
    if (best->text && match.score <= best->score) {
        *second = MAX(*second, match.score);
        return;
    }
    *second = best->text ? best->score : 0;
    *best = match;
}

/* Puts a row that was not read at all, or but for a word, in its place. */
static void
put_row(GArray *words, const LtShown *row, const LtSealed *sealed)
{
    guint hint = 0, at = 0;
    LtRawWord word = shown_word(row, sealed, 0);

    for (guint i = words->len; i > 0; i--) {
        const LtRawWord *old = &g_array_index(words, LtRawWord, i - 1);
        double x = (old->box.x0 + old->box.x1) / 2, y = (old->box.y0 + old->box.y1) / 2;

        hint = MAX(hint, old->line_hint);
        if (x > word.box.x0 && x < word.box.x1 && y > word.box.y0 && y < word.box.y1)
            g_array_remove_index(words, i - 1);
    }
    while (at < words->len && g_array_index(words, LtRawWord, at).box.y0 < word.box.y0)
        at++;
    word.line_hint = hint + 1;
    g_array_insert_val(words, at, word);
}

/* Below "KT. GIÁM ĐỐC" stands "PHÓ GIÁM ĐỐC", and below the name of a body one of those who sign in
 * its name: a row that a signature hides is sought where it must be. */
static void
read_below(const LtGround *ground, const LtPrint *above, GArray *words, GArray *titles)
{
    g_autoptr(GPtrArray) rows = lt_names_below(above->text);
    LtShown best = {0};
    double second = 0;

    if (has_row_below(ground, above, words))
        return;
    for (guint i = 0; i < rows->len; i++)
        try_title(ground, above, g_ptr_array_index(rows, i), &best, &second);
    if (!best.text || best.shown < LT_SHOWN_LEAST || best.score - second < lt_print_ahead(above))
        return;
    put_row(words, &best, ground->sealed);
    LtPrint title = {
        .face = above->face, .size = above->size, .x = best.x, .y = best.y, .box = best.box};
    g_strlcpy(title.text, best.text, sizeof title.text);
    g_array_append_val(titles, title);
}

static void
read_about(const LtSealed *sealed, guint dpi, GArray *words)
{
    g_auto(LtGround) ground = {0};
    g_autoptr(GArray) titles = g_array_new(FALSE, FALSE, sizeof(LtPrint));

    if (!lt_ground_init(&ground, sealed, dpi))
        return;
    for (guint first = 0; first < words->len;) {
        guint hint = g_array_index(words, LtRawWord, first).line_hint;
        g_auto(Line) line = line_at(words, first, sealed);

        if (is_of_seal(&line, sealed))
            read_line(&ground, words, &line, titles);
        while (first < words->len && g_array_index(words, LtRawWord, first).line_hint == hint)
            first++;
    }
    for (guint i = 0; i < MIN(titles->len, MOST_TITLES); i++) {
        LtPrint above = g_array_index(titles, LtPrint, i);

        read_below(&ground, &above, words, titles);
    }
}

void
lt_beneath_read(const LtPrepared *prepared, GArray *words)
{
    for (guint i = 0; prepared->sealed && i < prepared->sealed->len; i++)
        read_about(&g_array_index(prepared->sealed, LtSealed, i), prepared->dpi, words);
}

/* Rows of a page. A skew of one degree moves a line by more than its height over the page's width,
 * so the slope is measured first, on what the source gave as runs of words, and taken out. */
#include "ocr/rows.h"

#include <math.h>
#include <string.h>

#define A4_WIDTH 595.0
#define A4_HEIGHT 842.0
#define MAX_SLOPE 0.06     /* over 3 degrees it is not skew */
#define MIN_RUNS 4         /* runs of words on which a slope is believed */
#define MIN_RUN_LENGTH 8.0 /* in letter heights */
#define SAME_ROW 0.45      /* of the lower height: distance of centres within one row */
#define ROWS_LOOKED_AT 4   /* the last rows that a run may still join */
#define MAX_ROW_WORDS 1000 /* of a row of words without hints; more than any paper holds */

typedef struct {
    double slope, weight;
} Slope;

/* Words of one source line, or one word alone. */
typedef struct {
    GPtrArray *spots;
    double x0, x1, y, height;
} Unit;

static void
raw_word_clear(gpointer word)
{
    g_free(((LtRawWord *)word)->text);
}

GArray *
lt_raw_words_new(void)
{
    GArray *words = g_array_new(FALSE, FALSE, sizeof(LtRawWord));
    g_array_set_clear_func(words, raw_word_clear);
    return words;
}

static char *
key_of(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    return lt_text_letters(canonical);
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* All of one value, as the words of a line that was typeset: nothing to sort. */
static gboolean
is_level(const GArray *values)
{
    for (guint i = 1; i < values->len; i++)
        if (g_array_index(values, double, i) != g_array_index(values, double, 0))
            return FALSE;
    return TRUE;
}

static double
median(GArray *values, double otherwise)
{
    if (values->len == 0)
        return otherwise;
    if (!is_level(values))
        g_array_sort(values, compare_doubles);
    return g_array_index(values, double, values->len / 2);
}

static double
median_height(const LtSpots *spots)
{
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < spots->spots->len; i++) {
        const LtSpot *spot = &g_array_index(spots->spots, LtSpot, i);
        if (*spot->key && spot->height > 0)
            g_array_append_val(heights, spot->height);
    }
    return median(heights, 12.0);
}

static gboolean
follows(const LtSpot *before, const LtSpot *spot)
{
    if (before->word->line_hint != spot->word->line_hint || spot->x0 < before->x0)
        return FALSE;
    return spot->word->line_hint != G_MAXUINT ||
           fabs(spot->y - before->y) < SAME_ROW * MIN(spot->height, before->height);
}

static int
compare_slopes(gconstpointer a, gconstpointer b)
{
    double x = ((const Slope *)a)->slope, y = ((const Slope *)b)->slope;
    return (x > y) - (x < y);
}

static double
weighted_median(GArray *slopes)
{
    double total = 0, sum = 0;
    for (guint i = 0; i < slopes->len; i++)
        total += g_array_index(slopes, Slope, i).weight;
    g_array_sort(slopes, compare_slopes);
    for (guint i = 0; i < slopes->len; i++) {
        sum += g_array_index(slopes, Slope, i).weight;
        if (sum >= total / 2)
            return g_array_index(slopes, Slope, i).slope;
    }
    return 0;
}

/* The lines' common slope: the median over runs of words, long runs counting more. */
static double
find_slope(const LtSpots *spots)
{
    const LtSpot *all = (const LtSpot *)spots->spots->data; /* NULL where there is none */
    guint n = spots->spots->len;
    g_autoptr(GArray) slopes = g_array_new(FALSE, FALSE, sizeof(Slope));
    for (guint first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && follows(&all[end - 1], &all[end]);)
            end++;
        double across = all[end - 1].x1 - all[first].x0;
        if (end - first < 4 || across < MIN_RUN_LENGTH * spots->letter)
            continue;
        /* Two words at either end, since a word's centre depends on its letters. */
        double down = (all[end - 1].y + all[end - 2].y - all[first].y - all[first + 1].y) / 2;
        Slope slope = {down / across, across};
        g_array_append_val(slopes, slope);
    }
    if (slopes->len < MIN_RUNS)
        return 0;
    double slope = weighted_median(slopes);
    return fabs(slope) > MAX_SLOPE ? 0 : slope;
}

void
lt_spots_init(LtSpots *spots, GArray *words, double width, double height)
{
    spots->width = width > 0 ? width : A4_WIDTH;
    spots->height = height > 0 ? height : A4_HEIGHT;
    spots->spots = g_array_sized_new(FALSE, TRUE, sizeof(LtSpot), words->len);
    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);
        LtSpot spot = {
            .word = word,
            .key = key_of(word->text),
            .x0 = word->box.x0 * spots->width,
            .x1 = word->box.x1 * spots->width,
            .y = (word->box.y0 + word->box.y1) / 2 * spots->height,
            .height = (word->box.y1 - word->box.y0) * spots->height,
            .part = LT_PAGE_ZONE_BODY,
        };
        g_array_append_val(spots->spots, spot);
    }
    spots->letter = median_height(spots);
    double slope = find_slope(spots);
    for (guint i = 0; i < spots->spots->len; i++) {
        LtSpot *spot = &g_array_index(spots->spots, LtSpot, i);
        spot->y -= slope * (spot->x0 + spot->x1) / 2;
    }
}

void
lt_spots_clear(LtSpots *spots)
{
    for (guint i = 0; spots->spots && i < spots->spots->len; i++)
        g_free(g_array_index(spots->spots, LtSpot, i).key);
    g_clear_pointer(&spots->spots, g_array_unref);
}

static void
unit_free(gpointer data)
{
    Unit *unit = data;
    g_ptr_array_unref(unit->spots);
    g_free(unit);
}

static void
row_free(gpointer data)
{
    LtRow *row = data;
    g_ptr_array_unref(row->spots);
    g_free(row);
}

static Unit *
unit_new(GPtrArray *spots)
{
    Unit *unit = g_new0(Unit, 1);
    unit->spots = g_ptr_array_ref(spots);
    unit->x0 = G_MAXDOUBLE;
    unit->x1 = -G_MAXDOUBLE;
    g_autoptr(GArray) centres = g_array_new(FALSE, FALSE, sizeof(double));
    for (guint i = 0; i < spots->len; i++) {
        const LtSpot *spot = g_ptr_array_index(spots, i);
        unit->x0 = MIN(unit->x0, spot->x0);
        unit->x1 = MAX(unit->x1, spot->x1);
        unit->height += spot->height / spots->len;
        g_array_append_val(centres, spot->y);
    }
    unit->y = median(centres, 0);
    return unit;
}

static int
compare_units(gconstpointer a, gconstpointer b)
{
    const Unit *x = *(Unit *const *)a, *y = *(Unit *const *)b;
    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

static GPtrArray *
find_units(GPtrArray *spots)
{
    g_autoptr(GHashTable) lines =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < spots->len; i++) {
        LtSpot *spot = g_ptr_array_index(spots, i);
        guint hint = spot->word->line_hint;
        GPtrArray *group = NULL;
        if (hint != G_MAXUINT)
            group = g_hash_table_lookup(lines, GUINT_TO_POINTER(hint));
        if (!group) {
            group = g_ptr_array_new();
            g_ptr_array_add(groups, group);
            if (hint != G_MAXUINT)
                g_hash_table_insert(lines, GUINT_TO_POINTER(hint), g_ptr_array_ref(group));
        }
        g_ptr_array_add(group, spot);
    }
    GPtrArray *units = g_ptr_array_new_with_free_func(unit_free);
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_add(units, unit_new(g_ptr_array_index(groups, i)));
    g_ptr_array_sort(units, compare_units);
    return units;
}

static int
compare_spots(gconstpointer a, gconstpointer b)
{
    const LtSpot *x = *(LtSpot *const *)a, *y = *(LtSpot *const *)b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return (x > y) - (x < y);
}

static gboolean
row_takes(const LtRow *row, const Unit *unit)
{
    if (row->spots->len >= MAX_ROW_WORDS ||
        fabs(unit->y - row->y) > SAME_ROW * MIN(unit->height, row->height))
        return FALSE;
    for (guint i = 0; i < row->spots->len; i++) {
        const LtSpot *spot = lt_row_spot(row, i);
        double over = MIN(spot->x1, unit->x1) - MAX(spot->x0, unit->x0);
        if (over > SAME_ROW * row->height)
            return FALSE;
    }
    return TRUE;
}

static void
row_add(LtRow *row, const Unit *unit)
{
    guint n = row->spots->len, m = unit->spots->len;
    row->y = (row->y * n + unit->y * m) / (n + m);
    row->height = (row->height * n + unit->height * m) / (n + m);
    row->x0 = n ? MIN(row->x0, unit->x0) : unit->x0;
    row->x1 = n ? MAX(row->x1, unit->x1) : unit->x1;
    for (guint i = 0; i < m; i++)
        g_ptr_array_add(row->spots, g_ptr_array_index(unit->spots, i));
}

static int
compare_rows(gconstpointer a, gconstpointer b)
{
    const LtRow *x = *(LtRow *const *)a, *y = *(LtRow *const *)b;
    if (x->y != y->y)
        return x->y < y->y ? -1 : 1;
    return (x->x0 > y->x0) - (x->x0 < y->x0);
}

GPtrArray *
lt_rows_find(GPtrArray *spots)
{
    g_autoptr(GPtrArray) units = find_units(spots);
    GPtrArray *rows = g_ptr_array_new_with_free_func(row_free);
    for (guint i = 0; i < units->len; i++) {
        const Unit *unit = g_ptr_array_index(units, i);
        LtRow *row = NULL;
        for (guint back = 1; !row && back <= MIN(ROWS_LOOKED_AT, rows->len); back++) {
            LtRow *last = g_ptr_array_index(rows, rows->len - back);
            if (row_takes(last, unit))
                row = last;
        }
        if (!row) {
            row = g_new0(LtRow, 1);
            row->spots = g_ptr_array_new();
            g_ptr_array_add(rows, row);
        }
        row_add(row, unit);
    }
    for (guint i = 0; i < rows->len; i++)
        g_ptr_array_sort(((LtRow *)g_ptr_array_index(rows, i))->spots, compare_spots);
    g_ptr_array_sort(rows, compare_rows);
    return rows;
}

static guint
slice_of(double x, double width)
{
    return (guint)CLAMP(x / width * LT_ROW_SLICES, 0, LT_ROW_SLICES - 1);
}

void
lt_row_cross(const LtRow *row, double width, gboolean crossed[LT_ROW_SLICES])
{
    for (guint i = 0; i < row->spots->len; i++)
        for (guint s = slice_of(lt_row_spot(row, i)->x0, width);
             s <= slice_of(lt_row_spot(row, i)->x1, width); s++)
            crossed[s] = TRUE;
}

double
lt_row_gap(const LtRow *row, guint i)
{
    return i == 0 ? G_MAXDOUBLE : lt_row_spot(row, i)->x0 - lt_row_spot(row, i - 1)->x1;
}

/* Running text in two columns, as gazettes and bilingual prints have it: a strip near the page's middle stays free
 * over many rows, and the lines on either side of it are full. Lists of names and columns of figures are not; cells of two
 * columns whose lines are full are read like running text. */
#include "ocr/columns.h"

#define FIRST_SLICE 140 /* of LT_ROW_SLICES: the strip lies in these */
#define END_SLICE 260
#define STRIP 0.9 /* letter heights: the narrowest strip */
#define ROWS_LEAST 8
#define ROWS_MOST 300    /* as far as they are looked at */
#define SIDE_LEAST 6     /* rows that have words on a side */
#define WIDTH_LEAST 0.22 /* of the page: of a column */
#define FULL 0.75        /* of a column's width, in one piece: a line of running text */
#define FULL_SHARE 0.6   /* of the rows of a column are such lines */
#define GAP 2.0          /* letter heights: no blank in a line of text */

typedef struct {
    GPtrArray *rows;
    const LtSpots *spots;
    guint first, end; /* rows */
    double cut;       /* middle of the strip; 0: there is none */
} Pair;

static LtRow *
row_at(const Pair *pair, guint i)
{
    return g_ptr_array_index(pair->rows, i);
}

/* The middle of the widest free strip; 0 where none is wide enough. */
static double
find_cut(const Pair *pair, const gboolean crossed[LT_ROW_SLICES])
{
    double slice = pair->spots->width / LT_ROW_SLICES, widest = STRIP * pair->spots->letter,
           cut = 0;

    for (guint s = FIRST_SLICE, from = s; s <= END_SLICE; s++)
        if (s == END_SLICE || crossed[s]) {
            if ((s - from) * slice >= widest) {
                widest = (s - from) * slice;
                cut = (s + from) / 2.0 * slice;
            }
            from = s + 1;
        }
    return cut;
}

/* As many rows from the first one on as leave a strip free. */
static void
find_end(Pair *pair)
{
    gboolean crossed[LT_ROW_SLICES] = {FALSE};

    pair->cut = 0;
    for (pair->end = pair->first; pair->end < MIN(pair->rows->len, pair->first + ROWS_MOST);
         pair->end++) {
        const LtRow *row = row_at(pair, pair->end);

        if (row->zone)
            return;
        lt_row_cross(row, pair->spots->width, crossed);
        double cut = find_cut(pair, crossed);
        if (cut == 0)
            return;
        pair->cut = cut;
    }
}

static guint
cut_of(const Pair *pair, const LtRow *row)
{
    guint i = 0;

    while (i < row->spots->len && lt_row_spot(row, i)->x0 < pair->cut)
        i++;
    return i;
}

/* Rows at the end that have words on one side alone are a heading or a last sentence below both columns. */
static void
grow(Pair *pair)
{
    find_end(pair);
    for (; pair->end > pair->first; pair->end--) {
        const LtRow *row = row_at(pair, pair->end - 1);
        guint cut = cut_of(pair, row);

        if (cut > 0 && cut < row->spots->len)
            return;
    }
}

/* Whether the spots [from, to) of a row are one piece as long as that. */
static gboolean
is_full(const Pair *pair, const LtRow *row, guint from, guint to, double length)
{
    for (guint i = from + 1; i < to; i++)
        if (lt_row_gap(row, i) > GAP * pair->spots->letter)
            return FALSE;
    return lt_row_spot(row, to - 1)->x1 - lt_row_spot(row, from)->x0 >= length;
}

/* Whether lines of running text stand on one side. */
static gboolean
is_text(const Pair *pair, gboolean left)
{
    double x0 = G_MAXDOUBLE, x1 = 0;
    guint n = 0, n_full = 0;

    for (guint pass = 0; pass < 2; pass++)
        for (guint i = pair->first; i < pair->end; i++) {
            const LtRow *row = row_at(pair, i);
            guint cut = cut_of(pair, row), from = left ? 0 : cut, to = left ? cut : row->spots->len;

            if (from == to)
                continue;
            if (pass == 0) {
                x0 = MIN(x0, lt_row_spot(row, from)->x0);
                x1 = MAX(x1, lt_row_spot(row, to - 1)->x1);
                continue;
            }
            n++;
            n_full += is_full(pair, row, from, to, FULL * (x1 - x0));
        }
    return x1 - x0 >= WIDTH_LEAST * pair->spots->width && n >= SIDE_LEAST &&
           n_full >= FULL_SHARE * n;
}

void
lt_pairs_mark(GPtrArray *rows, const LtSpots *spots, guint zone)
{
    Pair pair = {.rows = rows, .spots = spots};

    while (pair.first < rows->len) {
        grow(&pair);
        if (pair.end - pair.first < ROWS_LEAST || !is_text(&pair, TRUE) || !is_text(&pair, FALSE)) {
            pair.first++;
            continue;
        }
        for (; pair.first < pair.end; pair.first++) {
            LtRow *row = row_at(&pair, pair.first);

            row->zone = zone;
            lt_row_part(row, cut_of(&pair, row), LT_PAGE_ZONE_BODY, LT_PAGE_ZONE_BODY);
        }
        zone++;
    }
}

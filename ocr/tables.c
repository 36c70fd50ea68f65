/* Tables: rows whose words leave the same upright strips free. A cell of several lines is read to its end
 * before the next one; which lines belong to one row of the table, its numbers in the first column tell,
 * or wider spaces between its rows. */
#include <string.h>

#include "ocr/parts.h"

#define GAP 1.2         /* letter heights: more than a blank */
#define STRIP 0.6       /* letter heights: the narrowest strip between columns */
#define STRIPS_LEAST 2  /* fewer are a list with its marks, or two columns of text */
#define ROWS_LEAST 3    /* of a table, */
#define ROWS_MOST 300   /* as far as it is looked at */
#define FULL_LEAST 2    /* rows in which every second column is filled */
#define STEP_MOST 4.0   /* letter heights from a row to the next, */
#define STEP_WITHIN 1.9 /* where it only goes on in one cell */
#define WIDER 1.25      /* times the least step: the space between a table's rows */
#define COLUMNS_MOST 32
#define NUMBER_LETTERS 4 /* "12", "III", "a" */

typedef struct {
    GPtrArray *rows;
    const LtSpots *spots;
    guint first, end;                /* rows */
    gboolean crossed[LT_ROW_SLICES]; /* by a word */
    double cuts[COLUMNS_MOST];       /* where columns begin, but the first */
    guint n_cuts;
} Table;

static LtRow *
row_at(GPtrArray *rows, guint i)
{
    return g_ptr_array_index(rows, i);
}

static guint
count_gaps(const LtRow *row, double letter)
{
    guint n = 0;

    for (guint i = 1; i < row->spots->len; i++)
        n += lt_row_gap(row, i) > GAP * letter;
    return n;
}

/* Strips that no word crosses, with words on both sides. */
static void
find_cuts(Table *table)
{
    double slice = table->spots->width / LT_ROW_SLICES;
    guint start = 0;

    table->n_cuts = 0;
    while (start < LT_ROW_SLICES && !table->crossed[start])
        start++;
    for (guint s = start, run = 0; s < LT_ROW_SLICES; s++) {
        if (table->crossed[s] && run * slice >= STRIP * table->spots->letter &&
            table->n_cuts < COLUMNS_MOST - 1)
            table->cuts[table->n_cuts++] = (s - run / 2.0) * slice;
        run = table->crossed[s] ? 0 : run + 1;
    }
}

/* Takes the row in where strips enough stay free. */
static gboolean
take(Table *table, const LtRow *row, double step)
{
    Table longer = *table;
    guint gaps = count_gaps(row, table->spots->letter);

    if (row->zone || lt_row_spot(row, 0)->part != LT_PAGE_ZONE_BODY ||
        step > (gaps ? STEP_MOST : STEP_WITHIN) * table->spots->letter)
        return FALSE;
    lt_row_cross(row, longer.spots->width, longer.crossed);
    find_cuts(&longer);
    if (longer.n_cuts < STRIPS_LEAST)
        return FALSE;
    *table = longer;
    return TRUE;
}

static guint
column_of(const Table *table, const LtSpot *spot)
{
    guint column = 0;

    while (column < table->n_cuts && (spot->x0 + spot->x1) / 2 > table->cuts[column])
        column++;
    return column;
}

/* Bit by bit, which columns the row has words in. */
static guint
columns_filled(const Table *table, const LtRow *row)
{
    guint filled = 0;

    for (guint i = 0; i < row->spots->len; i++)
        filled |= 1u << column_of(table, lt_row_spot(row, i));
    return filled;
}

static guint
count_bits(guint bits)
{
    guint n = 0;

    for (; bits; bits &= bits - 1)
        n++;
    return n;
}

static gboolean
find_table(Table *table)
{
    const LtRow *first = row_at(table->rows, table->first);
    guint full = 0;

    table->end = table->first + 1;

    if (first->zone || count_gaps(first, table->spots->letter) < STRIPS_LEAST ||
        !take(table, first, 0))
        return FALSE;
    for (table->end = table->first + 1;
         table->end < MIN(table->rows->len, table->first + ROWS_MOST); table->end++) {
        const LtRow *row = row_at(table->rows, table->end);

        if (!take(table, row, row->y - row_at(table->rows, table->end - 1)->y))
            break;
    }
    for (guint i = table->first; i < table->end; i++)
        full += 2 * count_bits(columns_filled(table, row_at(table->rows, i))) > table->n_cuts + 1;
    return table->end - table->first >= ROWS_LEAST && full >= FULL_LEAST;
}

static gboolean
is_number(const LtRow *row)
{
    const char *key = lt_row_spot(row, 0)->key;
    gsize n = strlen(key);

    return n > 0 && n <= NUMBER_LETTERS &&
           (strspn(key, "0123456789") == n || strspn(key, "ivx") == n || n == 1);
}

/* Numbers at the first lines of the table's rows. FALSE: there are none, or they may stand at the middle ones:
 * lines without a number between head and first number may belong to either. */
static gboolean
starts_by_number(const Table *table, gboolean *starts)
{
    guint numbers = 0;

    for (guint i = table->first; i < table->end; i++) {
        const LtRow *row = row_at(table->rows, i);
        guint filled = columns_filled(table, row);
        gboolean numbered = (filled & 1) && is_number(row);
        const char *key = lt_row_spot(row, 0)->key;

        if (numbers > 0 && ((filled & 1) && !numbered) && !g_str_has_prefix(key, "tong") &&
            !g_str_has_prefix(key, "cong"))
            return FALSE;
        if ((filled == 1 && numbered) || (numbers == 0 && !numbered && i > table->first))
            return FALSE;
        numbers += numbered;
        starts[i - table->first] = numbered || i == table->first || g_str_has_prefix(key, "tong") ||
                                   g_str_has_prefix(key, "cong");
    }
    return numbers >= 2;
}

static gboolean
starts_by_space(const Table *table, gboolean *starts)
{
    double least = G_MAXDOUBLE;
    guint wider = 0;

    for (guint i = table->first + 1; i < table->end; i++)
        least = MIN(least, row_at(table->rows, i)->y - row_at(table->rows, i - 1)->y);
    starts[0] = TRUE;
    for (guint i = table->first + 1; i < table->end; i++) {
        double step = row_at(table->rows, i)->y - row_at(table->rows, i - 1)->y;

        starts[i - table->first] = step > WIDER * least;
        wider += starts[i - table->first];
    }
    return wider > 0;
}

/* Lines that go on in cells of the line before get its number. */
static guint
number_cells(const Table *table, guint next)
{
    guint n = table->end - table->first;
    g_autofree gboolean *starts = g_new0(gboolean, n);

    if (!starts_by_number(table, starts) && !starts_by_space(table, starts))
        return next;
    for (guint i = 0; i < n; i++) {
        if (starts[i])
            next++;
        if (!starts[i] || (i + 1 < n && !starts[i + 1]))
            row_at(table->rows, table->first + i)->cells = next;
    }
    return next;
}

void
lt_tables_mark(GPtrArray *rows, const LtSpots *spots)
{
    guint cells = 0;

    for (guint first = 0; first < rows->len;) {
        Table table = {.rows = rows, .spots = spots, .first = first};

        if (!find_table(&table)) {
            first = table.end - first < ROWS_LEAST ? first + 1 : table.end;
            continue;
        }
        for (guint i = table.first; i < table.end; i++)
            for (guint k = 0; k < row_at(rows, i)->spots->len; k++) {
                LtSpot *spot = lt_row_spot(row_at(rows, i), k);

                spot->part = LT_PAGE_ZONE_TABLE;
                spot->column = column_of(&table, spot);
            }
        cells = number_cells(&table, cells);
        first = table.end;
    }
}

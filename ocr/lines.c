/* Rows and columns put into the order in which a person reads them. */
#include "ocr/lines.h"

#include "ocr/columns.h"
#include "ocr/parts.h"

static void
add_spot(LtPageBuilder *builder, const LtSpot *spot)
{
    const LtRawWord *word = spot->word;
    lt_page_builder_add_word(builder, word->text, &word->box, word->confidence, spot->part);
}

static void
add_line(LtPageBuilder *builder, const LtRow *row)
{
    for (guint i = 0; i < row->spots->len; i++)
        add_spot(builder, lt_row_spot(row, i));
    lt_page_builder_end_line(builder);
}

/* One row of a table, the rows [first, end): cell by cell, each line by line. */
static void
add_cells(LtPageBuilder *builder, GPtrArray *rows, guint first, guint end)
{
    guint columns = 0;
    for (guint i = first; i < end; i++) {
        const LtRow *row = g_ptr_array_index(rows, i);
        columns = MAX(columns, lt_row_spot(row, row->spots->len - 1)->column + 1);
    }
    for (guint column = 0; column < columns; column++)
        for (guint i = first; i < end; i++) {
            const LtRow *row = g_ptr_array_index(rows, i);
            for (guint k = 0; k < row->spots->len; k++)
                if (lt_row_spot(row, k)->column == column)
                    add_spot(builder, lt_row_spot(row, k));
            lt_page_builder_end_line(builder);
        }
}

/* The row after those that belong with row i: to one zone of two columns, or to one row of a table. */
static guint
end_of_group(GPtrArray *rows, guint i)
{
    const LtRow *row = g_ptr_array_index(rows, i);
    guint end = i + 1;
    for (; (row->zone || row->cells) && end < rows->len; end++) {
        const LtRow *next = g_ptr_array_index(rows, end);
        if (next->zone != row->zone || next->cells != row->cells)
            break;
    }
    return end;
}

/* One column of the rows [first, end), its words put into lines anew: the other column's no longer
 * disturb them. */
static void
add_side(LtPageBuilder *builder, GPtrArray *rows, guint first, guint end, LtSide side)
{
    g_autoptr(GPtrArray) spots = g_ptr_array_new();
    for (guint i = first; i < end; i++) {
        const LtRow *row = g_ptr_array_index(rows, i);
        for (guint k = 0; k < row->spots->len; k++)
            if (lt_row_spot(row, k)->side == side)
                g_ptr_array_add(spots, lt_row_spot(row, k));
    }
    g_autoptr(GPtrArray) lines = lt_rows_find(spots);
    for (guint i = 0; i < lines->len; i++)
        add_line(builder, g_ptr_array_index(lines, i));
}

/* The words that stand apart, line by line of their source. */
static void
add_aside(LtPageBuilder *builder, GArray *words)
{
    guint hint = G_MAXUINT;

    for (guint i = 0; i < words->len; i++) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);

        if (word->zone == 0)
            continue;
        if (word->line_hint != hint)
            lt_page_builder_end_line(builder);
        hint = word->line_hint;
        lt_page_builder_add_word(builder, word->text, &word->box, word->confidence, word->zone);
    }
}

LtPage *
lt_lines_build(GArray *words, guint number, LtPageSource source, double width, double height)
{
    g_auto(LtSpots) spots = {0};
    lt_spots_init(&spots, words, width, height);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < spots.spots->len; i++)
        if (g_array_index(spots.spots, LtSpot, i).word->zone == 0)
            g_ptr_array_add(all, &g_array_index(spots.spots, LtSpot, i));
    g_autoptr(GPtrArray) rows = lt_rows_find(all);
    lt_columns_mark(rows, &spots);
    lt_parts_mark(rows, &spots);

    LtPageBuilder *builder = lt_page_builder_new(number, source, width, height);
    for (guint i = 0, end; i < rows->len; i = end) {
        const LtRow *row = g_ptr_array_index(rows, i);
        end = end_of_group(rows, i);
        if (row->zone) {
            add_side(builder, rows, i, end, LT_SIDE_LEFT);
            add_side(builder, rows, i, end, LT_SIDE_RIGHT);
        } else if (row->cells) {
            add_cells(builder, rows, i, end);
        } else {
            add_line(builder, row);
        }
    }
    add_aside(builder, words);
    return lt_page_builder_finish(builder);
}

/* By place, size and shape: decree 30/2020, annex I, has page numbers in the top margin, margins of
 * 20 mm and more, centred titles and headings, the agency's address below all else (zone 13). */
#include "ocr/parts.h"

#include <math.h>
#include <string.h>

#define NUMBER_AT 0.1 /* of the page, from its top or bottom: where page numbers stand */
#define NUMBER_DIGITS 4
#define MARGIN_TOP 0.06    /* of the page: above it stands no text, */
#define MARGIN_BOTTOM 0.92 /* and below it none that stands apart */
#define APART 1.6          /* letter heights from row to row: more than lines of one text have */
#define LONG_ROW 6         /* words: from here on a row shows where the text's edges are */
#define LEFT_EDGE 0.15     /* of the page, where no long row shows them */
#define RIGHT_EDGE 0.91
#define CENTRED 2.0   /* letter heights off the middle at most */
#define FREE_SIDE 3.0 /* letter heights to either edge at least */
#define NOTES_BELOW 0.5
#define NOTES_MOST 15
#define NOTES_SIZE 0.93   /* of the body's letters at most; 12 points below 13 */
#define ARRIVAL_ABOVE 0.5 /* of the page */
#define ARRIVAL_ROWS 8
#define ARRIVAL_REACH 8.0 /* letter heights beside the word ĐẾN */

typedef struct {
    GPtrArray *rows;
    const LtSpots *spots;
    double left, right; /* edges of the text */
    double size;        /* height of its rows */
} Sheet;

static LtRow *
row_at(const Sheet *sheet, guint i)
{
    return g_ptr_array_index(sheet->rows, i);
}

static void
mark(LtRow *row, LtPageZone part)
{
    for (guint i = 0; i < row->spots->len; i++)
        lt_row_spot(row, i)->part = part;
}

static LtPageZone
part_of(const LtRow *row)
{
    return lt_row_spot(row, 0)->part;
}

static int
compare_doubles(gconstpointer a, gconstpointer b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The share-th of the values, from 0 to 1. */
static double
rank_of(GArray *values, double share, double otherwise)
{
    if (values->len == 0)
        return otherwise;
    g_array_sort(values, compare_doubles);
    return g_array_index(values, double, (guint)(share * (values->len - 1)));
}

static void
find_edges(Sheet *sheet)
{
    g_autoptr(GArray) left = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) right = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) sizes = g_array_new(FALSE, FALSE, sizeof(double));

    for (guint i = 0; i < sheet->rows->len; i++) {
        const LtRow *row = row_at(sheet, i);

        if (row->zone || row->spots->len < LONG_ROW)
            continue;
        g_array_append_val(left, row->x0);
        g_array_append_val(right, row->x1);
        g_array_append_val(sizes, row->height);
    }
    sheet->left = rank_of(left, 0.25, LEFT_EDGE * sheet->spots->width);
    sheet->right = rank_of(right, 0.75, RIGHT_EDGE * sheet->spots->width);
    sheet->size = rank_of(sizes, 0.5, sheet->spots->letter);
}

/* "2", "- 2 -", "Trang 2", "2/5": nothing but a figure or two. */
static gboolean
is_page_number(const Sheet *sheet, const LtRow *row)
{
    double at = row->y / sheet->spots->height;
    guint digits = 0;

    if (at > NUMBER_AT && at < 1 - NUMBER_AT)
        return FALSE;
    for (guint i = 0; i < row->spots->len; i++) {
        const char *key = lt_row_spot(row, i)->key;
        gsize n = strspn(key, "0123456789");

        if (key[n] && strcmp(key, "trang") != 0)
            return FALSE;
        digits += n;
    }
    return digits > 0 && digits <= NUMBER_DIGITS;
}

/* Letter heights to the row before or after it in reading, G_MAXDOUBLE where there is none. */
static double
space_to(const Sheet *sheet, guint i, int step)
{
    if ((step < 0 && i == 0) || (step > 0 && i + 1 >= sheet->rows->len))
        return G_MAXDOUBLE;
    return fabs(row_at(sheet, i + (guint)step)->y - row_at(sheet, i)->y) / sheet->spots->letter;
}

/* From the page's edge inwards (step 1: from its top), as far as rows stand in the margin, or belong to those
 * that do. */
static void
mark_margin(const Sheet *sheet, int step)
{
    guint n = sheet->rows->len;

    for (guint k = 0; k < n; k++) {
        guint i = step > 0 ? k : n - 1 - k;
        LtRow *row = row_at(sheet, i);
        double at = row->y / sheet->spots->height;

        if (row->zone)
            return;
        if (is_page_number(sheet, row)) {
            mark(row, LT_PAGE_ZONE_PAGE_NUMBER);
            continue;
        }
        if (step > 0 ? at > MARGIN_TOP : at < MARGIN_BOTTOM)
            return;
        if (step < 0 && space_to(sheet, i, -1) < APART)
            return;
        mark(row, LT_PAGE_ZONE_MARGIN);
    }
}

/* "1 …", "(1) …", "[1] …", "* …": as notes begin. */
static gboolean
begins_note(const LtRow *row)
{
    const LtSpot *first = lt_row_spot(row, 0);
    gsize n = strlen(first->key);

    return *first->word->text == '*' ||
           (n > 0 && n <= 2 && strspn(first->key, "0123456789") == n) ||
           g_ascii_isdigit(*first->word->text);
}

/* Smaller print at the end of the page, the first of it numbered. */
static void
mark_notes(const Sheet *sheet)
{
    guint end = sheet->rows->len, first;

    while (end > 0 && part_of(row_at(sheet, end - 1)) != LT_PAGE_ZONE_BODY)
        end--;
    for (first = end; first > 0 && end - first < NOTES_MOST; first--) {
        const LtRow *row = row_at(sheet, first - 1);

        if (row->zone || part_of(row) != LT_PAGE_ZONE_BODY ||
            row->y < NOTES_BELOW * sheet->spots->height || row->height > NOTES_SIZE * sheet->size)
            break;
    }
    while (first < end && !begins_note(row_at(sheet, first)))
        first++;
    for (; first > 0 && first < end; first++)
        mark(row_at(sheet, first), LT_PAGE_ZONE_FOOTNOTE);
}

static gboolean
is_centred(const Sheet *sheet, const LtRow *row)
{
    double letter = sheet->spots->letter;
    double off = (row->x0 + row->x1 - sheet->left - sheet->right) / 2;

    return fabs(off) < CENTRED * letter && row->x0 > sheet->left + FREE_SIDE * letter &&
           row->x1 < sheet->right - FREE_SIDE * letter;
}

/* A letter's "Kính gửi" is centred, too, and with it the body begins. */
static gboolean
begins_body(const LtRow *row)
{
    return row->spots->len > 1 && lt_text_distance(lt_row_spot(row, 0)->key, "kinh", 1) <= 1 &&
           lt_text_distance(lt_row_spot(row, 1)->key, "gui", 1) <= 1;
}

static void
mark_titles(const Sheet *sheet)
{
    for (guint i = 0; i < sheet->rows->len; i++) {
        LtRow *row = row_at(sheet, i);

        if (!row->zone && part_of(row) == LT_PAGE_ZONE_BODY && is_centred(sheet, row) &&
            !begins_body(row))
            mark(row, LT_PAGE_ZONE_TITLE);
    }
}

/* Whether a line of the arrival stamp begins with the spot: "Số:", "Ngày:", "Chuyển:", "Giờ:". */
static gboolean
is_stamp_line(const char *key)
{
    static const char *const keys[] = {"so", "ngay", "chuyen", "gio", "kinhchuyen", "luu"};

    for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return TRUE;
    return FALSE;
}

/* The lines below the word in the stamp's frame. Returns: how many there are. */
static guint
mark_stamp(const Sheet *sheet, guint first, const LtSpot *word, LtPageZone part)
{
    double reach = ARRIVAL_REACH * sheet->spots->letter;
    guint lines = 0;

    for (guint i = first; i < MIN(sheet->rows->len, first + ARRIVAL_ROWS); i++) {
        const LtRow *row = row_at(sheet, i);
        gboolean inside = FALSE;

        if (row->y < word->y || row->y - word->y > 1.5 * reach)
            continue;
        for (guint k = 0; k < row->spots->len; k++) {
            LtSpot *spot = lt_row_spot(row, k);

            if (spot->x0 > word->x1 + reach || spot->x1 < word->x0 - reach)
                continue;
            if (!inside && is_stamp_line(spot->key)) {
                inside = TRUE;
                lines++;
            }
            if (part != LT_PAGE_ZONE_UNKNOWN && (inside || spot == word))
                spot->part = part;
        }
    }
    return lines;
}

/* Decree 30/2020, annex IV, V: "ĐẾN" in capitals, below it number, date and to whom it was given. */
static void
mark_arrival(const Sheet *sheet)
{
    for (guint i = 0; i < sheet->rows->len; i++) {
        const LtRow *row = row_at(sheet, i);

        if (row->y > ARRIVAL_ABOVE * sheet->spots->height)
            return;
        for (guint k = 0; k < row->spots->len; k++) {
            LtSpot *spot = lt_row_spot(row, k);

            if (g_str_has_prefix(spot->word->text, "ĐẾN") && strcmp(spot->key, "den") == 0 &&
                mark_stamp(sheet, i, spot, LT_PAGE_ZONE_UNKNOWN) >= 2)
                mark_stamp(sheet, i, spot, LT_PAGE_ZONE_ARRIVAL);
        }
    }
}

void
lt_parts_mark(GPtrArray *rows, const LtSpots *spots)
{
    Sheet sheet = {.rows = rows, .spots = spots};

    if (rows->len == 0)
        return;
    find_edges(&sheet);
    mark_margin(&sheet, 1);
    mark_margin(&sheet, -1);
    lt_tables_mark(rows, spots);
    mark_notes(&sheet);
    mark_titles(&sheet);
    mark_arrival(&sheet);
}

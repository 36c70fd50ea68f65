/* A page from plain text. What stands side by side, parted by blanks, is two columns; as from a scan, the
 * left one comes first. */
#include <string.h>

#include "text/canonical.h"
#include "text/fold.h"
#include "text/page.h"

#define TAB_WIDTH 8
#define GAP 3u          /* blanks that part columns */
#define NEAREST 16u     /* where a right column may begin */
#define INDENT 4u       /* its lines are centred: how far to the left of the others one may begin */
#define MAX_ALONE 3u    /* lines of the left column alone that may stand between lines of both */
#define MAX_BLOCK 60u   /* lines that are put in order together */
#define SHORTEST_RULE 3 /* signs of a drawn rule */
#define MAX_CONFIDENCE 100

/* A line that is not blank, in columns of characters. */
typedef struct {
    const char *text;
    guint row, bytes;
    guint first, end;  /* columns that it takes */
    guint left;        /* bytes of its left part, all of them where it has but one */
    guint right_start; /* the byte where the right part begins, 0 where there is none */
    guint right_first; /* its column */
} Row;

static const char *
skip_blanks(const char *at, const char *end, guint *column)
{
    for (; at < end && (*at == ' ' || *at == '\t'); at++)
        *column = *at == '\t' ? (*column / TAB_WIDTH + 1) * TAB_WIDTH : *column + 1;
    return at;
}

/* "Số:      QĐ-UB" leaves room for the number; "1.   Nội dung" is an item of a list. */
static gboolean
may_be_left(const char *text, gsize bytes)
{
    g_autofree char *part = g_strndup(text, bytes);
    g_autofree char *fold = lt_text_fold(part);
    guint n = 0;
    for (const char *p = fold; *p; p++)
        n += g_ascii_isalnum(*p);
    if (n == 0)
        return bytes >= SHORTEST_RULE || *text == '*';
    return n > 2 || (n == 2 && !g_str_has_prefix(fold, "so"));
}

/* Names, dates with their place, drawn rules; not the blanks of "ngày    tháng" and "Số:    /SNV". */
static gboolean
may_be_right(const char *text, const char *end)
{
    const char *next = g_utf8_next_char(text);
    gunichar c = g_utf8_get_char(text);
    if (g_unichar_isalnum(c))
        return g_unichar_isupper(c);
    return *text != '/' && (next >= end || !g_unichar_isalnum(g_utf8_get_char(next)));
}

/* Parts a row where its widest gap is. */
static void
measure(Row *row, guint *longest)
{
    const char *end = row->text + row->bytes;
    guint column = 0, widest = GAP - 1;
    const char *at = skip_blanks(row->text, end, &column);
    const char *begin = at;
    row->first = column;
    row->left = row->bytes;
    while (at < end) {
        const char *gap = at;
        guint before = column;
        at = skip_blanks(at, end, &column);
        if (at == gap) {
            at = g_utf8_next_char(at);
            row->end = ++column;
        } else if (at < end && column - before > widest && column >= NEAREST &&
                   may_be_left(begin, (gsize)(gap - begin)) && may_be_right(at, end)) {
            widest = column - before;
            row->left = (guint)(gap - row->text);
            row->right_start = (guint)(at - row->text);
            row->right_first = column;
        }
    }
    *longest = MAX(*longest, row->end);
}

/* (transfer full) of Row */
static GArray *
find_rows(const char *text, guint *ret_n, guint *ret_longest)
{
    GArray *rows = g_array_new(FALSE, TRUE, sizeof(Row));
    guint n = 0;
    *ret_longest = 1;
    while (*text && rows->len < LT_PAGE_MAX_WORDS) {
        gsize bytes = strcspn(text, "\n\r\v\f");
        Row row = {.text = text, .row = n++, .bytes = (guint)bytes};
        measure(&row, ret_longest);
        if (row.end > 0)
            g_array_append_val(rows, row);
        text += bytes;
        text += g_str_has_prefix(text, "\r\n") ? 2 : *text != '\0';
    }
    *ret_n = n;
    return rows;
}

/* The row after the last of those that stand in the same two columns as the first. Two paragraphs of one
 * column below each other are text and no longer a column. */
static guint
end_of_block(const GArray *rows, guint first)
{
    const Row *row = &g_array_index(rows, Row, first);
    guint nearest = row->right_first, farthest = row->right_first, alone = 0, end = first + 1;
    for (guint i = end; i < MIN(rows->len, first + MAX_BLOCK); i++) {
        const Row *last = row;
        row = &g_array_index(rows, Row, i);
        if (row->right_start) {
            nearest = MIN(nearest, row->right_first);
            farthest = MAX(farthest, row->right_first);
            alone = 0;
            end = i + 1;
        } else if (row->first + INDENT < nearest) {
            const char *begin = row->text + strspn(row->text, " \t");
            gboolean goes_on =
                end == i && row->row == last->row + 1 && g_unichar_islower(g_utf8_get_char(begin));
            gboolean paragraph = alone > 0 && row->row > last->row + 1;
            if (row->end > farthest || paragraph || ++alone > MAX_ALONE)
                break;
            /* The end of a letter's subject may stand lower than the date beside it. */
            if (goes_on)
                end = i + 1;
        }
    }
    return end;
}

static void
add_part(LtPageBuilder *builder, const Row *row, guint from, guint bytes, guint column,
         const LtBox *unit)
{
    g_autofree char *part = g_strndup(row->text + from, bytes);
    g_autofree char *canonical = lt_text_canonical(part);
    g_auto(GStrv) lines = g_strsplit(canonical, "\n", -1);
    double y = row->row * unit->y1;
    for (char **line = lines; *line; line++) {
        g_auto(GStrv) words = g_strsplit(*line, " ", -1);
        for (char **word = words; *word; word++) {
            double x = column * unit->x1;
            LtBox place = {x, y, x, y};
            lt_page_builder_add_word(builder, *word, &place, MAX_CONFIDENCE, 0);
            column += (guint)g_utf8_strlen(*word, -1) + 1;
        }
        lt_page_builder_end_line(builder);
    }
}

LtPage *
lt_page_new_from_text(guint number, const char *text)
{
    guint n, longest;
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autoptr(GArray) rows = find_rows(valid, &n, &longest);
    LtPageBuilder *builder = lt_page_builder_new(number, LT_PAGE_FROM_TEXT_LAYER, 0, 0);
    LtBox unit = {0, 0, 1.0 / longest, 1.0 / MAX(n, 1)};

    for (guint i = 0, end; i < rows->len; i = end) {
        end = g_array_index(rows, Row, i).right_start ? end_of_block(rows, i) : i + 1;
        guint nearest = G_MAXUINT;
        for (guint j = i; j < end; j++) {
            const Row *row = &g_array_index(rows, Row, j);
            if (row->right_start)
                nearest = MIN(nearest, row->right_first);
        }
        for (guint j = i; j < end; j++) {
            const Row *row = &g_array_index(rows, Row, j);
            if (row->right_start || nearest == G_MAXUINT || row->first + INDENT < nearest)
                add_part(builder, row, 0, row->left, row->first, &unit);
        }
        for (guint j = i; j < end && nearest != G_MAXUINT; j++) {
            const Row *row = &g_array_index(rows, Row, j);
            if (row->right_start)
                add_part(builder, row, row->right_start, row->bytes - row->right_start,
                         row->right_first, &unit);
            else if (row->first + INDENT >= nearest)
                add_part(builder, row, 0, row->bytes, row->first, &unit);
        }
    }
    return lt_page_builder_finish(builder);
}

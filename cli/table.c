#include "cli/table.h"

#include "cli/cli.h"

#define GAP 2u       /* blanks between columns */
#define NARROWEST 8u /* a column is not wrapped narrower */

typedef struct {
    GPtrArray *cells; /* of char * */
    GPtrArray *notes; /* of char * */
} Row;

struct LtTable {
    const LtColumn *columns;
    guint n_columns;
    GPtrArray *rows; /* of Row */
};

static void
row_free(gpointer data)
{
    Row *row = data;

    g_ptr_array_unref(row->cells);
    g_ptr_array_unref(row->notes);
    g_free(row);
}

LtTable *
lt_table_new(const LtColumn *columns, guint n_columns)
{
    LtTable *table = g_new0(LtTable, 1);

    table->columns = columns;
    table->n_columns = n_columns;
    table->rows = g_ptr_array_new_with_free_func(row_free);
    return table;
}

void
lt_table_free(LtTable *table)
{
    if (table == NULL)
        return;
    g_ptr_array_unref(table->rows);
    g_free(table);
}

void
lt_table_row(LtTable *table)
{
    Row *row = g_new0(Row, 1);

    row->cells = g_ptr_array_new_with_free_func(g_free);
    row->notes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(table->rows, row);
}

static Row *
last_row(LtTable *table)
{
    return g_ptr_array_index(table->rows, table->rows->len - 1);
}

void
lt_table_take(LtTable *table, char *text)
{
    g_ptr_array_add(last_row(table)->cells, text);
}

void
lt_table_add(LtTable *table, const char *text)
{
    lt_table_take(table, g_strdup(text));
}

void
lt_table_take_note(LtTable *table, char *text)
{
    g_ptr_array_add(last_row(table)->notes, text);
}

static const char *
cell_text(const Row *row, guint column)
{
    return column < row->cells->len ? g_ptr_array_index(row->cells, column) : "";
}

/* The bytes of text that fit into width columns, cut at a blank where there is one. */
static gsize
fitting(const char *text, guint width)
{
    const char *blank = NULL;
    const char *p = text;
    guint used = 0;

    for (; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        guint columns = g_unichar_iszerowidth(c) || g_unichar_iscntrl(c) ? 0
                        : g_unichar_iswide(c)                            ? 2
                                                                         : 1;
        if (c == ' ')
            blank = p;
        if (used + columns > width && p > text)
            return (gsize)((blank != NULL && blank > text ? blank : p) - text);
        used += columns;
    }
    return (gsize)(p - text);
}

/* Cuts text into lines of at most width columns. Returns: (transfer full). */
static GPtrArray *
wrap(const char *text, guint width)
{
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

    do {
        gsize length = width > 0 ? fitting(text, width) : strlen(text);
        g_ptr_array_add(lines, g_strndup(text, length));
        text += length;
        while (*text == ' ')
            text++;
    } while (*text != '\0');
    return lines;
}

/* Writes a line, bold type as the terminal wants it, without the blanks at its end. */
static void
put_line(FILE *out, GString *line, gboolean styled)
{
    while (line->len > 0 && line->str[line->len - 1] == ' ')
        g_string_truncate(line, line->len - 1);
    for (const char *p = line->str; *p != '\0'; p++) {
        if (*p == LT_TABLE_BOLD)
            fputs(styled ? "\033[1m" : "", out);
        else if (*p == LT_TABLE_PLAIN)
            fputs(styled ? "\033[0m" : "", out);
        else
            fputc(*p, out);
    }
    fputc('\n', out);
    g_string_truncate(line, 0);
}

/* Bold type that began in a line ends with it and begins again in the next. */
static void
carry_bold(GPtrArray *lines)
{
    gboolean bold = FALSE;

    for (guint i = 0; i < lines->len; i++) {
        char *line = g_ptr_array_index(lines, i);
        gboolean began = bold;
        for (const char *p = line; *p != '\0'; p++)
            bold = *p == LT_TABLE_BOLD || (bold && *p != LT_TABLE_PLAIN);
        if (!began && !bold)
            continue;
        lines->pdata[i] = g_strdup_printf("%s%s%s", began ? "\001" : "", line, bold ? "\002" : "");
        g_free(line);
    }
}

static void
measure(const LtTable *table, guint *widths)
{
    for (guint c = 0; c < table->n_columns; c++)
        widths[c] = lt_cli_width(table->columns[c].title);
    for (guint r = 0; r < table->rows->len; r++)
        for (guint c = 0; c < table->n_columns; c++) {
            guint width = lt_cli_width(cell_text(g_ptr_array_index(table->rows, r), c));
            widths[c] = MAX(widths[c], width);
        }
}

/* Takes columns from the widest that may be wrapped until the table fits. */
static void
shrink(const LtTable *table, guint *widths, guint available)
{
    guint total = GAP * (table->n_columns - 1);

    for (guint c = 0; c < table->n_columns; c++)
        total += widths[c];
    while (total > available) {
        guint widest = table->n_columns;
        for (guint c = 0; c < table->n_columns; c++)
            if ((table->columns[c].flags & LT_COLUMN_WRAP) && widths[c] > NARROWEST &&
                (widest == table->n_columns || widths[c] > widths[widest]))
                widest = c;
        if (widest == table->n_columns)
            return;
        widths[widest]--;
        total--;
    }
}

static void
append_cell(GString *line, const LtTable *table, const guint *widths, guint column,
            const char *text)
{
    guint width = lt_cli_width(text);
    int pad = widths[column] > width ? (int)(widths[column] - width) : 0;
    gboolean right = table->columns[column].flags & LT_COLUMN_RIGHT;

    g_string_append_printf(line, "%*s%*s%s%*s", column > 0 ? (int)GAP : 0, "", right ? pad : 0, "",
                           text, right ? 0 : pad, "");
}

static void
print_cells(const LtTable *table, FILE *out, const guint *widths, const char *const *cells,
            gboolean styled)
{
    g_autoptr(GPtrArray) wrapped =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GString) line = g_string_new(NULL);
    guint n_lines = 1;

    for (guint c = 0; c < table->n_columns; c++) {
        GPtrArray *lines = wrap(cells[c], table->columns[c].flags & LT_COLUMN_WRAP ? widths[c] : 0);
        carry_bold(lines);
        g_ptr_array_add(wrapped, lines);
        n_lines = MAX(n_lines, lines->len);
    }
    for (guint i = 0; i < n_lines; i++) {
        for (guint c = 0; c < table->n_columns; c++) {
            GPtrArray *lines = g_ptr_array_index(wrapped, c);
            append_cell(line, table, widths, c, i < lines->len ? g_ptr_array_index(lines, i) : "");
        }
        put_line(out, line, styled);
    }
}

static void
print_titles(const LtTable *table, FILE *out, const guint *widths, gboolean styled)
{
    g_autofree const char **titles = g_new0(const char *, table->n_columns);
    g_autoptr(GPtrArray) kept = g_ptr_array_new_with_free_func(g_free);
    gboolean any = FALSE;

    for (guint c = 0; c < table->n_columns; c++) {
        const char *title = table->columns[c].title;
        any = any || *title != '\0';
        titles[c] = g_strdup_printf("%c%s%c", LT_TABLE_BOLD, title, LT_TABLE_PLAIN);
        g_ptr_array_add(kept, (gpointer)titles[c]);
    }
    if (any)
        print_cells(table, out, widths, titles, styled);
}

static void
print_notes(const Row *row, FILE *out, guint indent, guint width, gboolean styled)
{
    g_autoptr(GString) line = g_string_new(NULL);

    for (guint n = 0; n < row->notes->len; n++) {
        g_autoptr(GPtrArray) lines =
            wrap(g_ptr_array_index(row->notes, n), width > indent + NARROWEST ? width - indent : 0);
        carry_bold(lines);
        for (guint i = 0; i < lines->len; i++) {
            g_string_append_printf(line, "%*s%s", (int)indent, "",
                                   (const char *)g_ptr_array_index(lines, i));
            put_line(out, line, styled);
        }
    }
}

void
lt_table_print(const LtTable *table, FILE *out, guint width, gboolean styled)
{
    g_autofree guint *widths = g_new0(guint, table->n_columns);
    g_autofree const char **cells = g_new0(const char *, table->n_columns);

    measure(table, widths);
    if (width > 0)
        shrink(table, widths, width);
    print_titles(table, out, widths, styled);
    for (guint r = 0; r < table->rows->len; r++) {
        const Row *row = g_ptr_array_index(table->rows, r);
        for (guint c = 0; c < table->n_columns; c++)
            cells[c] = cell_text(row, c);
        print_cells(table, out, widths, cells, styled);
        print_notes(row, out, widths[0] + GAP, width, styled);
    }
}

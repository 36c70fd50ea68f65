/* luutru-print: a register on paper. A4 across; letters with the measures of Times New Roman, as Decree
 * 30/2020/NĐ-CP, Appendix I, asks; headings on every page; page numbers in the middle of the top margin
 * from the second page on. All lengths are points. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <pango/pangocairo.h>

#include "print/print.h"

#define PAGE_WIDTH 841.89
#define PAGE_HEIGHT 595.28
#define MILLIMETRE (72 / 25.4)
#define LEFT (20 * MILLIMETRE)
#define RIGHT (15 * MILLIMETRE)
#define TOP (20 * MILLIMETRE)
#define BOTTOM (15 * MILLIMETRE)
#define PADDING 3.0
#define RULE 0.5
#define FAMILIES "Tinos, Times New Roman, Liberation Serif"
#define LARGEST_INPUT (512u << 20)
#define MAX_COLUMNS 32u
#define SIGNATURE_HEIGHT 130.0

#define NATIONAL_NAME "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
#define MOTTO "Độc lập - Tự do - Hạnh phúc"

typedef struct {
    double x, width;
    gboolean centred;
} Column;

typedef struct {
    cairo_t *context;
    PangoContext *fonts;
    PangoLayout *layout; /* set anew for each text */
    GVariant *input;
    Column columns[MAX_COLUMNS];
    guint n_columns;
    guint page; /* from 1 */
    double y;
} Paper;

typedef struct {
    double size;
    gboolean bold, italic;
} Face;

static const Face BODY = {11, FALSE, FALSE};
static const Face HEADING = {11, TRUE, FALSE};
static const Face SMALL = {10, FALSE, TRUE};
static const Face LINE = {13, FALSE, FALSE};
static const Face STRONG = {13, TRUE, FALSE};
static const Face TITLE = {16, TRUE, FALSE};
static const Face COVER_TITLE = {26, TRUE, FALSE};

static void
set_text(PangoLayout *layout, const Face *face, const char *text, double width,
         PangoAlignment alignment)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, FAMILIES);
    pango_font_description_set_absolute_size(font, face->size * PANGO_SCALE);
    pango_font_description_set_weight(font, face->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_style(font, face->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignment);
    pango_layout_set_text(layout, text, -1);
}

/* A text of any number of lines. Returns its height. */
static double
draw_text(Paper *paper, const Face *face, const char *text, double x, double y, double width,
          PangoAlignment alignment)
{
    int height;

    set_text(paper->layout, face, text, width, alignment);
    cairo_move_to(paper->context, x, y);
    pango_cairo_show_layout(paper->context, paper->layout);
    pango_layout_get_size(paper->layout, NULL, &height);
    return (double)height / PANGO_SCALE;
}

static double
text_width(Paper *paper, const Face *face, const char *text)
{
    int width;

    set_text(paper->layout, face, text, -1.0 / PANGO_SCALE, PANGO_ALIGN_LEFT);
    pango_layout_get_size(paper->layout, &width, NULL);
    return (double)width / PANGO_SCALE;
}

static void
rule(Paper *paper, double x0, double y0, double x1, double y1)
{
    cairo_set_line_width(paper->context, RULE);
    cairo_move_to(paper->context, x0, y0);
    cairo_line_to(paper->context, x1, y1);
    cairo_stroke(paper->context);
}

static const char *
text_at(GVariant *input, gsize at)
{
    const char *text;

    g_variant_get_child(input, at, "&s", &text);
    return text;
}

static gboolean
flag_at(GVariant *input, gsize at)
{
    gboolean flag;

    g_variant_get_child(input, at, "b", &flag);
    return flag;
}

enum {
    AT_TITLE,
    AT_PARENT,
    AT_OFFICE,
    AT_HEAD,
    AT_COVER,
    AT_SIGNATURE,
    AT_HEADS,
    AT_CLOSING,
    AT_COLUMNS,
    AT_ROWS
};

static void
next_page(Paper *paper)
{
    g_autofree char *number = NULL;

    if (paper->page > 0)
        cairo_show_page(paper->context);
    paper->page++;
    paper->y = TOP;
    if (paper->page == 1)
        return;
    number = g_strdup_printf("%u", paper->page);
    draw_text(paper, &LINE, number, 0, TOP / 2 - LINE.size / 2, PAGE_WIDTH, PANGO_ALIGN_CENTER);
}

/* --- what stands above the table --- */

/* Agencies left, national name and motto right, each with its rule below. */
static void
draw_head(Paper *paper)
{
    double half = (PAGE_WIDTH - LEFT - RIGHT) / 2, left = LEFT, right = LEFT + half;
    const char *parent = text_at(paper->input, AT_PARENT);
    const char *office = text_at(paper->input, AT_OFFICE);
    g_autofree char *upper_parent = g_utf8_strup(parent, -1);
    g_autofree char *upper_office = g_utf8_strup(*office != '\0' ? office : "", -1);
    const char *shown = *upper_office != '\0' ? upper_office : "………………………………";
    double y = paper->y, line = paper->y, width;

    if (*upper_parent != '\0')
        y += draw_text(paper, &LINE, upper_parent, left, y, half, PANGO_ALIGN_CENTER);
    y += draw_text(paper, &STRONG, shown, left, y, half, PANGO_ALIGN_CENTER);
    width = MIN(text_width(paper, &STRONG, shown), half) / 2;
    rule(paper, left + (half - width) / 2, y + 2, left + (half + width) / 2, y + 2);
    line += draw_text(paper, &STRONG, NATIONAL_NAME, right, line, half, PANGO_ALIGN_CENTER);
    line += draw_text(paper, &STRONG, MOTTO, right, line, half, PANGO_ALIGN_CENTER);
    width = text_width(paper, &STRONG, MOTTO);
    rule(paper, right + (half - width) / 2, line + 2, right + (half + width) / 2, line + 2);
    paper->y = MAX(y, line) + 16;
}

static void
draw_lines(Paper *paper, gsize at, const Face *face, PangoAlignment alignment)
{
    g_autoptr(GVariant) lines = g_variant_get_child_value(paper->input, at);

    for (gsize i = 0; i < g_variant_n_children(lines); i++) {
        const char *line = text_at(lines, i);
        paper->y +=
            draw_text(paper, face, line, LEFT, paper->y, PAGE_WIDTH - LEFT - RIGHT, alignment) + 2;
    }
}

/* Decree 30/2020/NĐ-CP, Appendix IV: the cover of a book, in a frame. */
static void
draw_cover(Paper *paper)
{
    const double inset = 8 * MILLIMETRE;

    cairo_set_line_width(paper->context, 1.5);
    cairo_rectangle(paper->context, LEFT - inset, TOP - inset,
                    PAGE_WIDTH - LEFT - RIGHT + 2 * inset,
                    PAGE_HEIGHT - TOP - BOTTOM + 2 * inset - 6 * MILLIMETRE);
    cairo_stroke(paper->context);
    draw_head(paper);
    paper->y = PAGE_HEIGHT * 0.38;
    paper->y += draw_text(paper, &COVER_TITLE, text_at(paper->input, AT_TITLE), LEFT, paper->y,
                          PAGE_WIDTH - LEFT - RIGHT, PANGO_ALIGN_CENTER) +
                24;
    draw_lines(paper, AT_HEADS, &(Face){16, FALSE, FALSE}, PANGO_ALIGN_CENTER);
    next_page(paper);
}

static void
draw_title(Paper *paper)
{
    if (flag_at(paper->input, AT_HEAD))
        draw_head(paper);
    paper->y += draw_text(paper, &TITLE, text_at(paper->input, AT_TITLE), LEFT, paper->y,
                          PAGE_WIDTH - LEFT - RIGHT, PANGO_ALIGN_CENTER) +
                4;
    draw_lines(paper, AT_HEADS, &LINE, PANGO_ALIGN_CENTER);
    paper->y += 8;
}

/* --- the table --- */

/* One row on its way to paper; its cells may go on on the next page. */
typedef struct {
    PangoLayout *cells[MAX_COLUMNS];
    int next[MAX_COLUMNS]; /* the first line that is not drawn yet */
} Row;

static void
row_clear(Row *row)
{
    for (guint i = 0; i < MAX_COLUMNS; i++)
        g_clear_object(&row->cells[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Row, row_clear)

static void
row_set(Paper *paper, Row *row, guint column, const Face *face, const char *text)
{
    const Column *at = &paper->columns[column];
    gboolean centred = at->centred || face == &HEADING || face == &SMALL;

    if (row->cells[column] == NULL)
        row->cells[column] = pango_layout_new(paper->fonts);
    set_text(row->cells[column], face, text, at->width - 2 * PADDING,
             centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
}

static double
line_height(PangoLayout *layout, int line)
{
    PangoRectangle logical;

    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, line), NULL, &logical);
    return (double)logical.height / PANGO_SCALE;
}

/* How many lines of a cell fit into a height, and what they take of it. */
static int
lines_that_fit(const Row *row, guint column, double height, double *ret_used)
{
    PangoLayout *layout = row->cells[column];
    int line = row->next[column];

    *ret_used = 0;
    for (; line < pango_layout_get_line_count(layout); line++) {
        double more = line_height(layout, line);
        if (*ret_used + more > height)
            break;
        *ret_used += more;
    }
    return line;
}

static gboolean
is_whole(const Paper *paper, const Row *row, double height)
{
    double used;

    for (guint i = 0; i < paper->n_columns; i++)
        if (lines_that_fit(row, i, height, &used) < pango_layout_get_line_count(row->cells[i]))
            return FALSE;
    return TRUE;
}

static void
draw_cell(Paper *paper, Row *row, guint column, int end)
{
    const Column *at = &paper->columns[column];
    PangoLayout *layout = row->cells[column];
    double y = paper->y + PADDING;

    for (int i = row->next[column]; i < end; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        PangoRectangle logical;
        double spare;
        pango_layout_line_get_extents(line, NULL, &logical);
        spare = at->width - 2 * PADDING - (double)logical.width / PANGO_SCALE;
        cairo_move_to(
            paper->context,
            at->x + PADDING +
                (pango_layout_get_alignment(layout) == PANGO_ALIGN_CENTER ? MAX(spare, 0) / 2 : 0),
            y + (double)PANGO_ASCENT(logical) / PANGO_SCALE);
        pango_cairo_show_layout_line(paper->context, line);
        y += (double)logical.height / PANGO_SCALE;
    }
    row->next[column] = end;
}

/* What of the row fits into the height, with its frame. */
static void
draw_part(Paper *paper, Row *row, double height)
{
    const Column *last = &paper->columns[paper->n_columns - 1];
    double tallest = 0, bottom;

    for (guint i = 0; i < paper->n_columns; i++) {
        double used;
        int end = lines_that_fit(row, i, height, &used);
        draw_cell(paper, row, i, end);
        tallest = MAX(tallest, used);
    }
    bottom = paper->y + tallest + 2 * PADDING;
    for (guint i = 0; i < paper->n_columns; i++)
        rule(paper, paper->columns[i].x, paper->y, paper->columns[i].x, bottom);
    rule(paper, last->x + last->width, paper->y, last->x + last->width, bottom);
    rule(paper, LEFT, paper->y, last->x + last->width, paper->y);
    rule(paper, LEFT, bottom, last->x + last->width, bottom);
    paper->y = bottom;
}

static double
room(const Paper *paper)
{
    return PAGE_HEIGHT - BOTTOM - paper->y - 2 * PADDING;
}

/* The headings, and below each its number, as in the decree's forms. */
static void
draw_headings(Paper *paper)
{
    g_autoptr(GVariant) columns = g_variant_get_child_value(paper->input, AT_COLUMNS);
    g_auto(Row) names = {0};
    g_auto(Row) numbers = {0};

    for (guint i = 0; i < paper->n_columns; i++) {
        g_autofree char *number = g_strdup_printf("(%u)", i + 1);
        const char *name;
        g_variant_get_child(columns, i, "(&sub)", &name, NULL, NULL);
        row_set(paper, &names, i, &HEADING, name);
        row_set(paper, &numbers, i, &SMALL, number);
    }
    draw_part(paper, &names, room(paper));
    draw_part(paper, &numbers, room(paper));
}

static void
draw_row(Paper *paper, Row *row)
{
    gboolean fresh = FALSE; /* nothing but headings stands on the page */

    while (!is_whole(paper, row, room(paper))) {
        /* A row is kept together, unless it is taller than a page. */
        if (fresh)
            draw_part(paper, row, room(paper));
        next_page(paper);
        draw_headings(paper);
        fresh = TRUE;
    }
    draw_part(paper, row, room(paper));
}

static void
draw_table(Paper *paper)
{
    g_autoptr(GVariant) rows = g_variant_get_child_value(paper->input, AT_ROWS);
    g_auto(Row) row = {0};

    draw_headings(paper);
    for (gsize r = 0; r < g_variant_n_children(rows); r++) {
        g_autoptr(GVariant) values = g_variant_get_child_value(rows, r);
        for (guint i = 0; i < paper->n_columns; i++) {
            row_set(paper, &row, i, &BODY,
                    i < g_variant_n_children(values) ? text_at(values, i) : "");
            row.next[i] = 0;
        }
        draw_row(paper, &row);
    }
}

/* --- what stands below it --- */

static void
draw_closing(Paper *paper)
{
    g_autoptr(GVariant) lines = g_variant_get_child_value(paper->input, AT_CLOSING);
    gboolean signature = flag_at(paper->input, AT_SIGNATURE);
    double needed = (double)g_variant_n_children(lines) * 20 + (signature ? SIGNATURE_HEIGHT : 0);
    double half = (PAGE_WIDTH - LEFT - RIGHT) / 2, right = LEFT + half;

    if (needed == 0)
        return;
    paper->y += 10;
    if (paper->y + needed > PAGE_HEIGHT - BOTTOM)
        next_page(paper);
    draw_lines(paper, AT_CLOSING, &LINE, PANGO_ALIGN_LEFT);
    if (!signature)
        return;
    paper->y += 6;
    paper->y += draw_text(paper, &(Face){13, FALSE, TRUE}, "……………, ngày …… tháng …… năm 20……",
                          right, paper->y, half, PANGO_ALIGN_CENTER);
    paper->y += draw_text(paper, &STRONG, "NGƯỜI LẬP", right, paper->y, half, PANGO_ALIGN_CENTER);
    paper->y +=
        draw_text(paper, &(Face){12, FALSE, TRUE}, "(Ký và ghi rõ họ và tên, chức vụ/chức danh)",
                  right, paper->y, half, PANGO_ALIGN_CENTER);
}

/* --- in and out --- */

static gboolean
set_columns(Paper *paper)
{
    g_autoptr(GVariant) columns = g_variant_get_child_value(paper->input, AT_COLUMNS);
    gsize n = g_variant_n_children(columns);
    double x = LEFT, total = 0;

    if (n == 0 || n > MAX_COLUMNS)
        return FALSE;
    paper->n_columns = (guint)n;
    for (guint i = 0; i < n; i++) {
        guint32 share;
        g_variant_get_child(columns, i, "(&sub)", NULL, &share, &paper->columns[i].centred);
        paper->columns[i].width = MAX(share, 1);
        total += paper->columns[i].width;
    }
    for (guint i = 0; i < n; i++) {
        paper->columns[i].width *= (PAGE_WIDTH - LEFT - RIGHT) / total;
        paper->columns[i].x = x;
        x += paper->columns[i].width;
    }
    return TRUE;
}

static gboolean
has_letters(Paper *paper)
{
    set_text(paper->layout, &STRONG, NATIONAL_NAME "ữợằẵỷ" MOTTO, -1.0 / PANGO_SCALE,
             PANGO_ALIGN_LEFT);
    return pango_layout_get_unknown_glyphs_count(paper->layout) == 0;
}

/* Letters stand where their measures say, and not on the dots of a screen. */
static void
set_fonts(Paper *paper)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    paper->fonts = pango_cairo_create_context(paper->context);
    pango_cairo_context_set_font_options(paper->fonts, options);
    pango_context_set_round_glyph_positions(paper->fonts, FALSE);
    cairo_font_options_destroy(options);
    paper->layout = pango_layout_new(paper->fonts);
}

static LtPrintExit
print_all(Paper *paper)
{
    set_fonts(paper);
    if (!has_letters(paper))
        return LT_PRINT_NO_TYPEFACE;
    if (!set_columns(paper))
        return LT_PRINT_BAD_INPUT;
    next_page(paper);
    if (flag_at(paper->input, AT_COVER))
        draw_cover(paper);
    else
        draw_title(paper);
    draw_table(paper);
    draw_closing(paper);
    cairo_show_page(paper->context);
    return LT_PRINT_DONE;
}

static cairo_status_t
write_out(G_GNUC_UNUSED void *closure, const unsigned char *bytes, unsigned int length)
{
    while (length > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return CAIRO_STATUS_WRITE_ERROR;
        bytes += written;
        length -= (unsigned int)written;
    }
    return CAIRO_STATUS_SUCCESS;
}

/* (transfer full), NULL where it is not what it should be. */
static GVariant *
read_input(void)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GVariant) input = NULL;
    guint8 buffer[65536];
    ssize_t got;

    while ((got = read(STDIN_FILENO, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || bytes->len + (gsize)got > LARGEST_INPUT)
            return NULL;
        g_byte_array_append(bytes, buffer, (guint)got);
    }
    g_autoptr(GBytes) all = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
    input = g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(LT_PRINT_TYPE), all, FALSE));
    return g_variant_is_normal_form(input) ? g_steal_pointer(&input) : NULL;
}

int
main(void)
{
    g_autoptr(GVariant) input = read_input();
    Paper paper = {.input = input};
    cairo_surface_t *surface;
    LtPrintExit code;

    if (input == NULL)
        return LT_PRINT_BAD_INPUT;
    surface = cairo_pdf_surface_create_for_stream(write_out, NULL, PAGE_WIDTH, PAGE_HEIGHT);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, text_at(input, AT_TITLE));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "luutru");
    paper.context = cairo_create(surface);
    code = print_all(&paper);
    g_clear_object(&paper.layout);
    g_clear_object(&paper.fonts);
    cairo_destroy(paper.context);
    cairo_surface_finish(surface);
    if (code == LT_PRINT_DONE && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        code = LT_PRINT_IO;
    cairo_surface_destroy(surface);
    return (int)code;
}

#include "ocr/leaders.h"

#define DOT_HIGH 0.8 /* mm, at most */
#define DOT_WIDE 1.2 /* mm, at most: two that ran together */
#define PITCH 2.2    /* mm from dot to dot, at most */
#define STRAY 0.35   /* mm that a dot stands above or below the one before, at most */
#define CLEAR 0.8    /* mm above and below a dot that are empty, */
#define CLEAR_SHARE                                                                                \
    0.5 /* of so many of a row's dots: those of a shade or of a dot matrix are not */
#define COLON                                                                                      \
    2.0 /* mm above a row's first or last dot that are empty: else it belongs to a letter or sign */
#define APART                                                                                      \
    1.5 /* of the row's mean pitch: farther from the next, a first or last dot is a full stop */
#define PARTS_MOST                                                                                 \
    64 /* on a square centimetre: with more the page is noise or a shade; print has 40 at most */
#define NONE (-1)

typedef struct {
    int left, top, width, height;
    int before;       /* the dot on its left in its row; NONE */
    int first;        /* of its row */
    guint n, n_clear; /* dots of its row up to here, and those with nothing above and below */
    gboolean clear, last, seen;
} Dot;

typedef struct {
    PIX *ink;
    GArray *dots; /* of Dot, from left to right */
    double mm;    /* pixels */
} Sheet;

static Dot *
dot_at(const Sheet *sheet, int i)
{
    return &g_array_index(sheet->dots, Dot, i);
}

static int
compare_left(gconstpointer a, gconstpointer b)
{
    const Dot *one = a, *other = b;

    return one->left != other->left ? one->left - other->left : one->top - other->top;
}

static gboolean
is_empty(PIX *ink, int left, int right, int top, int bottom)
{
    for (int y = MAX(0, top); y < MIN(bottom, (int)pixGetHeight(ink)); y++) {
        const l_uint32 *line = pixGetData(ink) + (gsize)y * (gsize)pixGetWpl(ink);

        for (int x = left; x < right; x++)
            if (GET_DATA_BIT(line, x))
                return FALSE;
    }
    return TRUE;
}

static gboolean
is_clear(const Sheet *sheet, const Dot *dot, double above, double below)
{
    int right = dot->left + dot->width, bottom = dot->top + dot->height;

    return is_empty(sheet->ink, dot->left, right, dot->top - (int)(above * sheet->mm), dot->top) &&
           is_empty(sheet->ink, dot->left, right, bottom, bottom + (int)(below * sheet->mm));
}

static void
take_dots(const Sheet *sheet, BOXA *boxes)
{
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        Dot dot = {.before = NONE, .last = TRUE};

        if (boxaGetBoxGeometry(boxes, i, &dot.left, &dot.top, &dot.width, &dot.height) != 0 ||
            dot.height > DOT_HIGH * sheet->mm || dot.width > DOT_WIDE * sheet->mm)
            continue;
        dot.clear = is_clear(sheet, &dot, CLEAR, CLEAR);
        g_array_append_val(sheet->dots, dot);
    }
    g_array_sort(sheet->dots, compare_left);
}

static void
tie(const Sheet *sheet, int i)
{
    Dot *dot = dot_at(sheet, i);

    dot->first = i;
    dot->n = 1;
    dot->n_clear = dot->clear ? 1 : 0;
    if (dot->before == NONE)
        return;
    Dot *before = dot_at(sheet, dot->before);
    before->last = FALSE;
    dot->first = before->first;
    dot->n += before->n;
    dot->n_clear += before->n_clear;
}

/* Ties every dot to the nearest on its left that is in its row. */
static void
tie_rows(const Sheet *sheet)
{
    int height = pixGetHeight(sheet->ink), stray = (int)(STRAY * sheet->mm);
    g_autofree int *newest = g_new(int, height); /* the rightmost dot so far, by its bottom */

    for (int y = 0; y < height; y++)
        newest[y] = NONE;
    for (int i = 0; i < (int)sheet->dots->len; i++) {
        Dot *dot = dot_at(sheet, i);
        int bottom = dot->top + dot->height - 1;

        for (int y = MAX(0, bottom - stray); y <= MIN(height - 1, bottom + stray); y++)
            if (newest[y] != NONE &&
                dot->left - dot_at(sheet, newest[y])->left <= PITCH * sheet->mm)
                dot->before = MAX(dot->before, newest[y]);
        tie(sheet, i);
        newest[bottom] = i;
    }
}

static int
row_length(const Sheet *sheet, const Dot *end)
{
    return end->left + end->width - dot_at(sheet, end->first)->left;
}

/* Of the row that ends with this dot. */
static gboolean
is_leader(const Sheet *sheet, const Dot *end)
{
    return end->last && row_length(sheet, end) >= LT_LEADER_LEAST * sheet->mm &&
           end->n_clear >= CLEAR_SHARE * end->n;
}

/* Whether a dot at either end is a colon's or a full stop. next: the dot beside it in its row. */
static gboolean
is_sign(const Sheet *sheet, const Dot *dot, const Dot *next, double pitch)
{
    return abs(dot->left - next->left) > APART * pitch || !is_clear(sheet, dot, COLON, 0);
}

/* With the grey edge around each dot; what stands in a dot's way above or below keeps it. Two rows may begin
 * with the same dots. Returns: how many were not marked before. */
static guint
mark(const Sheet *sheet, int i, PIX *marked)
{
    const Dot *end = dot_at(sheet, i);
    double pitch = (double)row_length(sheet, end) / end->n;
    const Dot *right = NULL;
    guint n = 0;

    for (; i != NONE && !dot_at(sheet, i)->seen; i = dot_at(sheet, i)->before) {
        Dot *dot = dot_at(sheet, i);
        const Dot *next = dot == end ? dot_at(sheet, dot->before) : right;
        gboolean at_end = dot == end || dot->before == NONE;

        dot->seen = TRUE;
        right = dot;
        if (!dot->clear || (at_end && is_sign(sheet, dot, next, pitch)))
            continue;
        pixRasterop(marked, dot->left - 1, dot->top - 1, dot->width + 2, dot->height + 2, PIX_SET,
                    NULL, 0, 0);
        n++;
    }
    return n;
}

guint
lt_leaders_find(PIX *ink, BOXA *boxes, double mm, PIX *marked)
{
    g_autoptr(GArray) dots = g_array_new(FALSE, FALSE, sizeof(Dot));
    Sheet sheet = {ink, dots, mm};
    double area = (double)pixGetWidth(ink) * pixGetHeight(ink) / (100 * mm * mm);
    guint n = 0;

    if (boxaGetCount(boxes) > PARTS_MOST * area)
        return 0;
    take_dots(&sheet, boxes);
    tie_rows(&sheet);
    for (int i = 0; i < (int)dots->len; i++)
        if (is_leader(&sheet, dot_at(&sheet, i)))
            n += mark(&sheet, i, marked);
    return n;
}

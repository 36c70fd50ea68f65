#include "ocr/leaders.h"

#define DOT_HIGH 0.8 /* mm, at most */
#define DOT_WIDE 1.2 /* mm, at most: two that ran together */
#define PITCH 2.2    /* mm from dot to dot, at most */
#define STRAY 0.35   /* mm that a dot stands above or below the one before, at most */
#define CLEAR 0.8    /* mm above and below a dot that are empty, */
#define CLEAR_SHARE                                                                                \
    0.5 /* of this share of a row's dots: dots of a shade or of a dot matrix are not */
#define NONE (-1)

typedef struct {
    int left, top, width, height;
    int before; /* the dot on its left in its row; NONE */
    int first;  /* of its row */
    gboolean last;
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

static void
take_dots(const Sheet *sheet, BOXA *boxes)
{
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        Dot dot = {.before = NONE, .first = NONE, .last = TRUE};

        if (boxaGetBoxGeometry(boxes, i, &dot.left, &dot.top, &dot.width, &dot.height) == 0 &&
            dot.height <= DOT_HIGH * sheet->mm && dot.width <= DOT_WIDE * sheet->mm)
            g_array_append_val(sheet->dots, dot);
    }
    g_array_sort(sheet->dots, compare_left);
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
        dot->first = dot->before == NONE ? i : dot_at(sheet, dot->before)->first;
        if (dot->before != NONE)
            dot_at(sheet, dot->before)->last = FALSE;
        newest[bottom] = i;
    }
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

/* Of the row that ends with the i-th dot. */
static gboolean
is_leader(const Sheet *sheet, int i)
{
    const Dot *end = dot_at(sheet, i), *first = dot_at(sheet, end->first);
    int around = (int)(CLEAR * sheet->mm);
    guint n = 0, clear = 0;

    if (end->left + end->width - first->left < LT_LEADER_LEAST * sheet->mm)
        return FALSE;
    for (; i != NONE; i = dot_at(sheet, i)->before, n++) {
        const Dot *dot = dot_at(sheet, i);
        int right = dot->left + dot->width, bottom = dot->top + dot->height;

        clear += is_empty(sheet->ink, dot->left, right, dot->top - around, dot->top) &&
                 is_empty(sheet->ink, dot->left, right, bottom, bottom + around);
    }
    return clear >= CLEAR_SHARE * n;
}

/* With the grey edge around each dot. Returns: how many there are. */
static guint
mark(const Sheet *sheet, int i, PIX *marked)
{
    guint n = 0;

    for (; i != NONE; i = dot_at(sheet, i)->before, n++) {
        const Dot *dot = dot_at(sheet, i);

        pixRasterop(marked, dot->left - 1, dot->top - 1, dot->width + 2, dot->height + 2, PIX_SET,
                    NULL, 0, 0);
    }
    return n;
}

guint
lt_leaders_find(PIX *ink, BOXA *boxes, double mm, PIX *marked)
{
    g_autoptr(GArray) dots = g_array_new(FALSE, FALSE, sizeof(Dot));
    Sheet sheet = {ink, dots, mm};
    guint n = 0;

    take_dots(&sheet, boxes);
    tie_rows(&sheet);
    for (int i = 0; i < (int)dots->len; i++)
        if (dot_at(&sheet, i)->last && is_leader(&sheet, i))
            n += mark(&sheet, i, marked);
    return n;
}

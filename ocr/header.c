/* The two header columns. The gap between them can be under 3 mm, less than a wide space in a
 * justified line, so gaps alone do not tell: what the right column says does. Its lines begin with
 * words that are the same on every document (state name, motto, Party's name) or centre on the same
 * axis (place and date), and each row is cut where its line begins. Rows without such words are cut
 * or assigned by the edges that the others gave. */
#include <math.h>
#include <string.h>

#include "ocr/columns.h"

#define FUZZ 0.3         /* share of an anchor's letters that may be misread */
#define MAX_KEY 32       /* bytes of a row compared with an anchor; the longest has 27 */
#define HEADER_ROWS 14.0 /* letter heights from the first anchor down to the date at most */
#define ABOVE_ROWS 3.0   /* letter heights that the left column may begin higher */
#define NEXT_ROW 2.6     /* letter heights between lines of one column block at most */
#define WIDE_GAP 1.2     /* letter heights: surely no space between words in a header */
#define PLACE_WORDS 8   /* words before "ngày" at most: "Thành phố Hồ Chí Minh," and spare */
#define DATE_GAP 0.7    /* letter heights before a date line at least */
#define DATE_START 0.35 /* of the page: where a date line alone in its row begins at least */
#define TOP_SHARE 0.33  /* of the page: where a date alone makes a header */
#define NO_CUT G_MAXUINT

typedef struct {
    const char *key;
    gboolean capitals; /* also said in running text, but not in capitals */
} Anchor;

/* Decree 30/2020 annex I, zone 1; Party guide 36-HD/VPTW; documents before 1976. */
static const Anchor anchors[] = {
    {"conghoaxahoichunghiavietnam", TRUE},
    {"doclaptudohanhphuc", FALSE},
    {"dangcongsanvietnam", TRUE},
    {"vietnamdanchuconghoa", TRUE},
};

/* The header as far as it is known. */
typedef struct {
    GPtrArray *rows;
    const LtSpots *spots;
    guint first, last;  /* rows with an anchor, first and last */
    guint cut[32];      /* from row first on: the spot that begins the right column, or NO_CUT */
    double left_end;    /* right edge of what stands left of an anchor */
    double left_start;  /* left edge of it */
    double right_start; /* left edge of the anchored lines */
    double axis;        /* centre of state name and motto; 0: not known */
} Header;

static const LtRow *
row_at(GPtrArray *rows, guint i)
{
    return g_ptr_array_index(rows, i);
}

/* Capital letters in a word, small ones counting against them. */
static int
capitals(const char *word)
{
    int n = 0;
    for (const char *p = word; *p; p = g_utf8_find_next_char(p, NULL)) {
        gunichar c = (guchar)*p < 0x80 ? (gunichar)*p : g_utf8_get_char_validated(p, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2)
            break;
        if (c < 0x80)
            n += (g_ascii_isupper((char)c) ? 1 : 0) - (g_ascii_islower((char)c) ? 1 : 0);
        else
            n += (g_unichar_isupper(c) ? 1 : 0) - (g_unichar_islower(c) ? 1 : 0);
    }
    return n;
}

/* Whether so many letters of one must be changed into others that the distance cannot be within the
 * limit: a look that spares most rows the count of it. */
static gboolean
is_far(const char *key, gsize length, const char *anchor, guint limit)
{
    int counts['z' - 'a' + 1] = {0};
    guint off = 0;

    for (gsize i = 0; i < length; i++)
        if (g_ascii_islower(key[i]))
            counts[key[i] - 'a']++;
    for (const char *p = anchor; *p; p++)
        counts[*p - 'a']--;
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        off += (guint)ABS(counts[i]);
    return off > 2 * limit;
}

/* The row's letters from spot i on, as many as an anchor can have. Returns: how many. */
static gsize
key_from(const LtRow *row, guint from, char key[MAX_KEY + 1])
{
    gsize used = 0;
    for (guint i = from; i < row->spots->len && used < MAX_KEY; i++)
        for (const char *p = lt_row_spot(row, i)->key; *p && used < MAX_KEY; p++)
            key[used++] = *p;
    return used;
}

/* How far the row's letters are from the anchor; more than the allowed number: another. */
static guint
anchor_distance(const char *letters, gsize n, const char *anchor)
{
    guint length = strlen(anchor), limit = length * FUZZ;
    char key[MAX_KEY + 1];
    n = MIN(n, length);
    if (n + limit < length || is_far(letters, n, anchor, limit))
        return limit + 1;
    memcpy(key, letters, n);
    key[n] = '\0';
    return lt_text_distance(key, anchor, limit);
}

/* The spot at which an anchor begins, or NO_CUT: the likest, of equals the first. */
static guint
find_anchor(const LtRow *row)
{
    guint found = NO_CUT, least = G_MAXUINT;
    int upper = 0; /* capitals from the spot on */
    for (guint i = row->spots->len; i-- > 0;) {
        char key[MAX_KEY + 1];
        gsize n = key_from(row, i, key);
        upper += capitals(lt_row_spot(row, i)->word->text);
        /* What has no letters before it is a rule's remains, not the line's beginning. */
        if (!*lt_row_spot(row, i)->key)
            continue;
        for (guint a = 0; a < G_N_ELEMENTS(anchors); a++) {
            if (anchors[a].capitals && upper <= 0)
                continue;
            guint distance = anchor_distance(key, n, anchors[a].key);
            if (distance > strlen(anchors[a].key) * FUZZ || distance > least)
                continue;
            least = distance;
            found = i;
        }
    }
    return found;
}

/* Whether a word begins with one of these, in letters a-z, or is it but for a letter: what is left between the
 * beginnings and the ends that they share is one letter at most. */
static gboolean
reads(const LtSpot *spot, const char *key)
{
    const char *word = spot->key;
    while (*key && *word == *key) {
        word++;
        key++;
    }
    gsize n = strlen(word), m = strlen(key);
    while (n > 0 && m > 0 && word[n - 1] == key[m - 1]) {
        n--;
        m--;
    }
    return *key == '\0' || (m <= 1 && g_utf8_strlen(word, (gssize)n) <= 1);
}

/* "ngày … tháng … năm" with one of the three misread at most: the spot of "ngày" or where it must
 * be. */
static guint
find_day(const LtRow *row, guint *ret_end)
{
    static const char *const keys[] = {"ngay", "thang", "nam"};
    guint n = row->spots->len;
    for (guint i = 0; i < n; i++) {
        guint at[3] = {NO_CUT, NO_CUT, NO_CUT};
        guint next = i, hits = 0;
        for (guint k = 0; k < 3; k++)
            for (guint j = next; j < MIN(n, next + 4) && at[k] == NO_CUT; j++)
                if (reads(lt_row_spot(row, j), keys[k])) {
                    at[k] = j;
                    next = j + 1;
                    hits++;
                }
        if (hits < 2 || at[1] == NO_CUT || (at[0] != i && at[1] != i))
            continue;
        *ret_end = MIN(n, next + 1);
        return at[0] != NO_CUT ? at[0] : MAX(i, 2) - 2;
    }
    return NO_CUT;
}

/* The line "place, ngày …" at the end of a row: it begins after a wide gap, and so that it centres
 * on the axis. */
static guint
find_date(const LtRow *row, const LtSpots *spots, double axis)
{
    double letter = spots->letter;
    guint end = 0, day = find_day(row, &end);
    if (day == NO_CUT || end + 1 < row->spots->len)
        return NO_CUT;
    double x1 = lt_row_spot(row, end - 1)->x1;
    guint found = NO_CUT;
    double best = -G_MAXDOUBLE;
    for (guint i = day; i + PLACE_WORDS >= day && i != NO_CUT; i--) {
        double gap = MIN(lt_row_gap(row, i) / letter, 6.0);
        double off = axis > 0 ? fabs(lt_row_spot(row, i)->x0 - (2 * axis - x1)) / letter : 0;
        if (gap - off / 2 > best) {
            best = gap - off / 2;
            found = i;
        }
    }
    /* A date cited in running text neither stands apart nor begins far right. */
    if (found > 0 ? lt_row_gap(row, found) < DATE_GAP * letter
                  : row->x0 < DATE_START * spots->width)
        return NO_CUT;
    return found;
}

static void
header_learn(Header *header, guint row_index, guint cut)
{
    const LtRow *row = row_at(header->rows, row_index);
    double start = lt_row_spot(row, cut)->x0;
    header->cut[row_index - header->first] = cut;
    header->last = MAX(header->last, row_index);
    header->right_start = MIN(header->right_start, start);
    if (cut > 0) {
        header->left_start = MIN(header->left_start, row->x0);
        header->left_end = MAX(header->left_end, lt_row_spot(row, cut - 1)->x1);
    }
}

static gboolean
find_first(Header *header, guint from)
{
    double letter = header->spots->letter;
    for (guint i = from; i < header->rows->len; i++) {
        const LtRow *row = row_at(header->rows, i);
        guint cut = find_anchor(row);
        gboolean is_anchor = cut != NO_CUT;
        if (!is_anchor && row->y < TOP_SHARE * header->spots->height)
            cut = find_date(row, header->spots, 0);
        /* A date without state name or motto counts only where something stands well to its left.
         */
        if (cut == NO_CUT || (!is_anchor && (cut == 0 || lt_row_gap(row, cut) < WIDE_GAP * letter)))
            continue;
        header->first = header->last = i;
        header_learn(header, i, cut);
        if (is_anchor)
            header->axis = (lt_row_spot(row, cut)->x0 + row->x1) / 2;
        return TRUE;
    }
    return FALSE;
}

static void
find_others(Header *header)
{
    const LtRow *top = row_at(header->rows, header->first);
    double letter = header->spots->letter;
    for (guint i = header->first + 1;
         i < header->rows->len && i - header->first < G_N_ELEMENTS(header->cut); i++) {
        const LtRow *row = row_at(header->rows, i);
        if (row->y - top->y > HEADER_ROWS * letter)
            break;
        guint cut = find_anchor(row), date = NO_CUT;
        if (cut == NO_CUT)
            cut = date = find_date(row, header->spots, header->axis);
        if (cut != NO_CUT && row->x1 > header->right_start)
            header_learn(header, i, cut);
        if (date != NO_CUT)
            break;
    }
}

/* A row between or beside the anchored ones: the spot that begins the right column. */
static guint
cut_by_edges(const Header *header, const LtRow *row)
{
    double middle =
        header->left_end > 0 ? (header->left_end + header->right_start) / 2 : header->right_start;
    double least = MIN(middle, header->right_start) - header->spots->letter;
    guint found = NO_CUT;
    double best = WIDE_GAP * header->spots->letter / 2;
    for (guint i = 1; i < row->spots->len; i++) {
        double centre = (lt_row_spot(row, i - 1)->x1 + lt_row_spot(row, i)->x0) / 2;
        double gap = lt_row_gap(row, i) - fabs(centre - middle) / 4;
        /* A blank left for a number is wide too, but within the left column. */
        if (gap > best && lt_row_spot(row, i)->x0 > least) {
            best = gap;
            found = i;
        }
    }
    if (found != NO_CUT)
        return found;
    return (row->x0 + row->x1) / 2 > middle ? 0 : row->spots->len;
}

static void
mark_row(LtRow *row, guint cut, guint zone)
{
    row->zone = zone;
    lt_row_part(row, cut, LT_PAGE_ZONE_ISSUER, LT_PAGE_ZONE_STATE);
}

static gboolean
only_left(const Header *header, const LtRow *row)
{
    double letter = header->spots->letter;
    double end = MAX(header->left_end, header->right_start);
    return row->x1 < end + letter && (row->x0 + row->x1) / 2 < header->right_start;
}

static gboolean
only_right(const Header *header, const LtRow *row)
{
    return row->x0 > header->right_start - header->spots->letter;
}

static gboolean
begins_body(const LtRow *row)
{
    return row->spots->len > 1 && reads(lt_row_spot(row, 0), "kinh") &&
           reads(lt_row_spot(row, 1), "gui");
}

/* Lines of one column alone, just above the first anchor. Returns the first row of the zone. */
static guint
extend_up(const Header *header, guint from)
{
    guint first = header->first;
    const LtRow *top = row_at(header->rows, first);
    while (first > from) {
        const LtRow *row = row_at(header->rows, first - 1);
        if (top->y - row->y > ABOVE_ROWS * header->spots->letter ||
            !(only_left(header, row) || only_right(header, row)))
            break;
        first--;
    }
    return first;
}

/* Lines of one column alone that go on below the last anchor: subject, wrapped date, urgency.
 * Returns the row after the zone. */
static guint
extend_down(const Header *header)
{
    double letter = header->spots->letter;
    double left_y = row_at(header->rows, header->last)->y, right_y = left_y;
    double axis = (header->left_start + header->left_end) / 2;
    guint end = header->last + 1;
    for (; end < header->rows->len; end++) {
        const LtRow *row = row_at(header->rows, end);
        double centre = (row->x0 + row->x1) / 2;
        if (begins_body(row))
            break;
        if (header->left_end > 0 && only_left(header, row) && row->y - left_y < NEXT_ROW * letter &&
            (fabs(centre - axis) < 3 * letter || row->x0 > header->left_start - letter)) {
            left_y = row->y;
        } else if (only_right(header, row) && row->y - right_y < NEXT_ROW * letter / 1.5) {
            right_y = row->y;
        } else {
            guint cut = cut_by_edges(header, row);
            if (cut == 0 || cut >= row->spots->len || lt_row_gap(row, cut) < WIDE_GAP * letter ||
                row->y - left_y > NEXT_ROW * letter ||
                lt_row_spot(row, cut)->x0 < header->right_start - letter)
                break;
            left_y = right_y = row->y;
        }
    }
    return end;
}

guint
lt_header_mark(GPtrArray *rows, const LtSpots *spots, guint first, guint zone)
{
    Header header = {
        .rows = rows, .spots = spots, .left_start = G_MAXDOUBLE, .right_start = G_MAXDOUBLE};
    for (guint i = 0; i < G_N_ELEMENTS(header.cut); i++)
        header.cut[i] = NO_CUT;
    if (!find_first(&header, first))
        return first;
    find_others(&header);
    guint begin = extend_up(&header, first), end = extend_down(&header);
    for (guint i = begin; i < end; i++) {
        LtRow *row = g_ptr_array_index(rows, i);
        guint cut = NO_CUT;
        if (i >= header.first && i <= header.last)
            cut = header.cut[i - header.first];
        mark_row(row, cut == NO_CUT ? cut_by_edges(&header, row) : cut, zone);
    }
    return end;
}

#include "ocr/stamp.h"

#include <string.h>

#include "ocr/lines.h"

/* Distances in heights of the letters. */
#define GAP_OF_COLUMNS 2.0  /* within one of the source's lines: what follows belongs elsewhere */
#define GAP_OF_LINES 3.0    /* between entries of a stamp, which may go on for a line */
#define GAP_OF_NEXT 1.0     /* between a line and the next */
#define LIKE_HEIGHT 0.7     /* the lower of two lines of a stamp to the higher, at least */
#define MOST_SEEDS 50       /* of a page that are looked at; real ones have a few */
#define MOST_ROUNDS 20      /* of growing; a stamp has four entries or five */
#define CONTAINED_SLACK 2.0 /* by which a line may stand out beside the others */

typedef enum {
    NOT_OF_STAMP,
    NAMES_SIGNER,
    TELLS_TIME,
    TELLS_CLOCK, /* the time to the minute: nothing but a stamp has it behind 'Ngày ký' */
    TELLS_MORE   /* Email, Cơ quan: of a stamp only beside one of the others */
} EntryKind;

/* How an entry begins, folded. */
static const struct {
    const char *beginning;
    EntryKind kind;
} entries[] = {
    {"ky boi", NAMES_SIGNER},
    {"duoc ky boi", NAMES_SIGNER},
    {"ky so boi", NAMES_SIGNER},
    {"nguoi ky:", NAMES_SIGNER},
    {"nguoi ky :", NAMES_SIGNER},
    {"signed by", NAMES_SIGNER},
    {"digitally signed", NAMES_SIGNER},
    {"signature valid", NAMES_SIGNER},
    {"signature not", NAMES_SIGNER},
    {"thoi gian ky", TELLS_TIME},
    {"ngay ky", TELLS_TIME},
    {"ky ngay", TELLS_TIME},
    {"signing time", TELLS_TIME},
    {"signing date", TELLS_TIME},
    {"email", TELLS_MORE},
    {"e-mail", TELLS_MORE},
    {"co quan:", TELLS_MORE},
    {"co quan :", TELLS_MORE},
    {"to chuc:", TELLS_MORE},
    {"don vi:", TELLS_MORE},
    {"chuc vu:", TELLS_MORE},
    {"chuc danh:", TELLS_MORE},
    {"ly do:", TELLS_MORE},
    {"dia diem:", TELLS_MORE},
    {"date:", TELLS_MORE},
    {"reason:", TELLS_MORE},
    {"location:", TELLS_MORE},
};

/* Words that stand together in one of the source's lines. */
typedef struct {
    guint first, end; /* words; end not included */
    LtBox box;
    EntryKind kind;
    gboolean whole; /* a stamp by itself */
    guint stamp;    /* 0, or the number of the one it belongs to */
} Piece;

static double
height_of(const LtBox *box)
{
    return box->y1 - box->y0;
}

static void
extend(LtBox *box, const LtBox *more)
{
    box->x0 = MIN(box->x0, more->x0);
    box->y0 = MIN(box->y0, more->y0);
    box->x1 = MAX(box->x1, more->x1);
    box->y1 = MAX(box->y1, more->y1);
}

/* A quick look: without one of these words there is no stamp. */
static gboolean
may_hold_stamp(GArray *words)
{
    static const char *const signs[] = {"ký", "KÝ", "Ký", "igned", "igning", "ignature", "SIGNED"};
    for (guint i = 0; i < words->len; i++) {
        const char *text = g_array_index(words, LtRawWord, i).text;
        for (gsize k = 0; k < G_N_ELEMENTS(signs); k++)
            if (strstr(text, signs[k]))
                return TRUE;
    }
    return FALSE;
}

/* Four figures of a clock: '09:43'. */
static gboolean
has_clock(const char *text)
{
    for (const char *p = text; (p = strchr(p, ':')); p++)
        if (p > text && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]))
            return TRUE;
    return FALSE;
}

static EntryKind
kind_of(const char *folded)
{
    for (gsize i = 0; i < G_N_ELEMENTS(entries); i++) {
        if (!g_str_has_prefix(folded, entries[i].beginning))
            continue;
        if (entries[i].kind == TELLS_TIME && has_clock(folded))
            return TELLS_CLOCK;
        return entries[i].kind;
    }
    return NOT_OF_STAMP;
}

/* Some stamps are written on in one line, entry after entry. */
static gboolean
holds_all(const char *folded)
{
    return has_clock(folded) && (strstr(folded, "thoi gian ky") || strstr(folded, "ngay ky"));
}

static void
look_at(Piece *piece, GArray *words)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = piece->first; i < piece->end; i++)
        g_string_append_c(g_string_append(text, g_array_index(words, LtRawWord, i).text), ' ');
    g_autofree char *canonical = lt_text_canonical(text->str);
    g_autofree char *folded = lt_text_fold(canonical);
    piece->kind = kind_of(folded);
    piece->whole = piece->kind == TELLS_CLOCK || (piece->kind == NAMES_SIGNER && holds_all(folded));
}

/* Returns: (transfer full) GArray of Piece. */
static GArray *
find_pieces(GArray *words)
{
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(Piece));
    for (guint i = 0, end; i < words->len; i = end) {
        const LtRawWord *word = &g_array_index(words, LtRawWord, i);
        Piece piece = {.first = i, .box = word->box};
        for (end = i + 1; end < words->len; end++) {
            const LtRawWord *next = &g_array_index(words, LtRawWord, end);
            double gap = next->box.x0 - piece.box.x1;
            /* Fractions of the height and of the width are not the same length: a page is some 1.4
             * times as high as wide, which makes the gap a little wider than it says. */
            if (next->line_hint != word->line_hint ||
                gap > GAP_OF_COLUMNS * height_of(&piece.box) || gap < -height_of(&piece.box))
                break;
            extend(&piece.box, &next->box);
        }
        piece.end = end;
        look_at(&piece, words);
        g_array_append_val(pieces, piece);
    }
    return pieces;
}

static Piece *
piece_at(GArray *pieces, guint i)
{
    return &g_array_index(pieces, Piece, i);
}

static gboolean
shares_width(const LtBox *a, const LtBox *b)
{
    return MIN(a->x1, b->x1) > MAX(a->x0, b->x0);
}

/* The distance of two lines above each other, 0 or less where they share some height. */
static double
distance(const LtBox *a, const LtBox *b)
{
    return MAX(a->y0, b->y0) - MIN(a->y1, b->y1);
}

/* Takes the entries near the stamp's into it. Returns: whether there were any. */
static gboolean
grow(GArray *pieces, guint stamp, LtBox *box, double height)
{
    gboolean grown = FALSE;
    for (guint i = 0; i < pieces->len; i++) {
        Piece *piece = piece_at(pieces, i);
        if (piece->stamp || piece->kind == NOT_OF_STAMP || !shares_width(&piece->box, box) ||
            distance(&piece->box, box) > GAP_OF_LINES * height)
            continue;
        piece->stamp = stamp;
        extend(box, &piece->box);
        grown = TRUE;
    }
    return grown;
}

static gboolean
is_complete(GArray *pieces, guint stamp)
{
    guint entries_found = 0;
    gboolean whole = FALSE;
    for (guint i = 0; i < pieces->len; i++) {
        const Piece *piece = piece_at(pieces, i);
        if (piece->stamp != stamp)
            continue;
        entries_found++;
        whole = whole || piece->whole;
    }
    return whole || entries_found >= 2;
}

static void
give_back(GArray *pieces, guint stamp)
{
    for (guint i = 0; i < pieces->len; i++)
        if (piece_at(pieces, i)->stamp == stamp)
            piece_at(pieces, i)->stamp = 0;
}

static gboolean
is_figures(const Piece *piece, GArray *words)
{
    for (guint i = piece->first; i < piece->end; i++)
        if (strspn(g_array_index(words, LtRawWord, i).text, "0123456789:./+-GMTZ'") !=
            strlen(g_array_index(words, LtRawWord, i).text))
            return FALSE;
    return TRUE;
}

/* The lines between the entries of a stamp go on with the one above: 'Cơ quan: Văn phòng / Chính
 * phủ'. So do figures below the last: '10:32:58 +07:00'. */
static void
add_continued(GArray *pieces, GArray *words, guint stamp, const LtBox *box, double height)
{
    double slack = CONTAINED_SLACK * height;
    for (guint i = 0; i < pieces->len; i++) {
        Piece *piece = piece_at(pieces, i);
        double own = height_of(&piece->box), middle = (piece->box.y0 + piece->box.y1) / 2;
        if (piece->stamp || piece->box.x0 < box->x0 - height || piece->box.x1 > box->x1 + slack ||
            MIN(own, height) < LIKE_HEIGHT * MAX(own, height))
            continue;
        gboolean between = middle > box->y0 && middle < box->y1;
        gboolean below = piece->box.y0 >= box->y1 - height / 2 &&
                         piece->box.y0 - box->y1 < GAP_OF_NEXT * height && is_figures(piece, words);
        if (between || below)
            piece->stamp = stamp;
    }
}

/* Returns: how many stamps there are. */
static guint
find_stamps(GArray *pieces, GArray *words)
{
    guint stamps = 0, seeds = 0;
    for (guint i = 0; i < pieces->len && seeds < MOST_SEEDS; i++) {
        Piece *piece = piece_at(pieces, i);
        if (piece->stamp || (piece->kind != NAMES_SIGNER && !piece->whole))
            continue;
        LtBox box = piece->box;
        double height = height_of(&box);
        seeds++;
        piece->stamp = ++stamps;
        for (guint round = 0; round < MOST_ROUNDS; round++)
            if (!grow(pieces, stamps, &box, height))
                break;
        if (is_complete(pieces, stamps))
            add_continued(pieces, words, stamps, &box, height);
        else
            give_back(pieces, stamps--);
    }
    return stamps;
}

/* Parts the words: those of stamps are moved, stamp after stamp, the others close up. */
static GArray *
part_words(GArray *pieces, GArray *words, guint stamps)
{
    GArray *taken = lt_raw_words_new();
    for (guint stamp = 1; stamp <= stamps; stamp++)
        for (guint i = 0; i < pieces->len; i++) {
            const Piece *piece = piece_at(pieces, i);
            for (guint k = piece->first; piece->stamp == stamp && k < piece->end; k++) {
                LtRawWord *word = &g_array_index(words, LtRawWord, k);
                LtRawWord moved = *word;
                moved.text = g_steal_pointer(&word->text);
                moved.line_hint = i;
                g_array_append_val(taken, moved);
            }
        }
    g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(LtRawWord));
    for (guint k = 0; k < words->len; k++) {
        LtRawWord word = g_array_index(words, LtRawWord, k);
        if (word.text)
            g_array_append_val(rest, word);
        g_array_index(words, LtRawWord, k).text = NULL;
    }
    g_array_set_size(words, 0);
    g_array_append_vals(words, rest->data, rest->len);
    return taken;
}

GArray *
lt_stamps_take(GArray *words)
{
    if (!may_hold_stamp(words))
        return NULL;
    g_autoptr(GArray) pieces = find_pieces(words);
    guint stamps = find_stamps(pieces, words);
    return stamps > 0 ? part_words(pieces, words, stamps) : NULL;
}

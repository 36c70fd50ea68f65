#include "ocr/decode.h"

#include <string.h>

#include "ocr/lines.h"

#define MOST_FONTS 200 /* of a page; the letters of any more belong to none */

/* All that stands on the page in one font. */
typedef struct {
    char *name;
    LtLegacyFont hint;
    GString *text; /* as it stands, words parted by blanks */
    LtLegacyCode code;
    gboolean capitals;
} Font;

/* A stretch of letters in one font. */
typedef struct {
    guint start, end; /* letters of the page's text; end not included */
    Font *font;
} Run;

/* The part of a word that is in one font. */
typedef struct {
    guint word;
    gsize start, end; /* bytes of the word's text */
    Font *font;       /* (nullable) */
} Piece;

typedef struct {
    GPtrArray *fonts; /* of Font */
    GArray *runs;     /* of Run, in order */
    GArray *pieces;   /* of Piece, in order */
    GArray *words;    /* of LtRawWord, not owned */
} Layer;

static void
font_free(gpointer data)
{
    Font *font = data;
    g_free(font->name);
    g_string_free(font->text, TRUE);
    g_free(font);
}

static void
layer_clear(Layer *layer)
{
    g_clear_pointer(&layer->fonts, g_ptr_array_unref);
    g_clear_pointer(&layer->runs, g_array_unref);
    g_clear_pointer(&layer->pieces, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Layer, layer_clear)

static Font *
add_font(GPtrArray *fonts, const char *name)
{
    Font *font = g_new0(Font, 1);
    font->name = g_strdup(name);
    font->hint = lt_legacy_font(name);
    font->text = g_string_new(NULL);
    g_ptr_array_add(fonts, font);
    return font;
}

/* Returns: (transfer none) (nullable) */
static Font *
find_font(GPtrArray *fonts, const char *name)
{
    for (guint i = 0; i < fonts->len; i++) {
        Font *font = g_ptr_array_index(fonts, i);
        if (g_str_equal(font->name, name))
            return font;
    }
    return fonts->len < MOST_FONTS ? add_font(fonts, name) : NULL;
}

static void
find_runs(Layer *layer, PopplerPage *page)
{
    GList *attributes = poppler_page_get_text_attributes(page);
    for (GList *l = attributes; l; l = l->next) {
        const PopplerTextAttributes *attribute = l->data;
        Run run = {(guint)MAX(attribute->start_index, 0), (guint)MAX(attribute->end_index + 1, 0),
                   NULL};
        run.font = find_font(layer->fonts, attribute->font_name ? attribute->font_name : "");
        g_array_append_val(layer->runs, run);
    }
    poppler_page_free_text_attributes(attributes);
}

/* The font of the letter at place; *run: the run to begin with, moved on to the letter's. */
static Font *
font_at(const Layer *layer, guint *run, guint place)
{
    for (; *run < layer->runs->len; ++*run) {
        const Run *candidate = &g_array_index(layer->runs, Run, *run);
        if (place < candidate->end)
            return place >= candidate->start ? candidate->font : NULL;
    }
    return NULL;
}

static void
find_pieces(Layer *layer, GArray *places)
{
    guint run = 0;
    for (guint i = 0; i < layer->words->len; i++) {
        const char *text = g_array_index(layer->words, LtRawWord, i).text;
        guint place = g_array_index(places, guint, i);
        Piece piece = {i, 0, 0, font_at(layer, &run, place)};
        for (const char *p = text; *p; p = g_utf8_next_char(p), place++) {
            Font *font = font_at(layer, &run, place);
            if (font == piece.font)
                continue;
            piece.end = (gsize)(p - text);
            g_array_append_val(layer->pieces, piece);
            piece.start = piece.end;
            piece.font = font;
        }
        piece.end = strlen(text);
        g_array_append_val(layer->pieces, piece);
    }
}

static const LtRawWord *
word_of(const Layer *layer, const Piece *piece)
{
    return &g_array_index(layer->words, LtRawWord, piece->word);
}

/* For the fonts from the first on. */
static void
gather_texts(Layer *layer, guint first)
{
    const Piece *before = NULL;
    g_autoptr(GHashTable) wanted = g_hash_table_new(NULL, NULL);
    for (guint i = first; i < layer->fonts->len; i++)
        g_hash_table_add(wanted, g_ptr_array_index(layer->fonts, i));
    for (guint i = 0; i < layer->pieces->len; i++) {
        const Piece *piece = &g_array_index(layer->pieces, Piece, i);
        if (!piece->font || !g_hash_table_contains(wanted, piece->font))
            continue;
        if (!before || before->word != piece->word || before->font != piece->font)
            g_string_append_c(piece->font->text, ' ');
        g_string_append_len(piece->font->text, word_of(layer, piece)->text + piece->start,
                            (gssize)(piece->end - piece->start));
        before = piece;
    }
}

static void
settle_capitals(Font *font)
{
    if (font->code != LT_LEGACY_TCVN3 || font->capitals)
        return;
    g_autofree char *decoded = lt_legacy_decode(font->text->str, font->code, FALSE);
    font->capitals = font->hint.capitals || lt_legacy_lost_capitals(decoded);
}

/* Gives each line in the font a font of its own, with nothing gathered and the same code. */
static void
part_by_line(Layer *layer, Font *font)
{
    Font *part = NULL;
    guint line = 0;
    for (guint i = 0; i < layer->pieces->len; i++) {
        Piece *piece = &g_array_index(layer->pieces, Piece, i);
        if (piece->font != font)
            continue;
        if (!part || word_of(layer, piece)->line_hint != line) {
            part = add_font(layer->fonts, font->name);
            part->code = font->code;
            part->capitals = font->capitals;
            line = word_of(layer, piece)->line_hint;
        }
        piece->font = part;
    }
    g_string_truncate(font->text, 0);
    font->code = LT_LEGACY_NONE;
}

/* Judges each font, and then each line in it: one font may hold both Unicode and a code. */
static void
judge_fonts(Layer *layer)
{
    guint n_fonts = layer->fonts->len;
    for (guint i = 0; i < n_fonts; i++) {
        Font *font = g_ptr_array_index(layer->fonts, i);
        font->code = lt_legacy_detect(font->text->str, font->hint.code);
        settle_capitals(font);
        if (font->code != LT_LEGACY_NONE || lt_legacy_has_signs(font->text->str))
            part_by_line(layer, font);
    }
    gather_texts(layer, n_fonts);
    for (guint i = n_fonts; i < layer->fonts->len; i++) {
        Font *font = g_ptr_array_index(layer->fonts, i);
        if (font->code != LT_LEGACY_NONE && lt_legacy_fits(font->text->str, font->code))
            continue;
        font->code = lt_legacy_detect(font->text->str, font->hint.code);
        settle_capitals(font);
    }
}

/* The code of most of the page's text, LT_LEGACY_NONE where no font has any. */
static LtLegacyCode
main_code(GPtrArray *fonts)
{
    gsize bytes[LT_N_LEGACY_CODES] = {0};
    LtLegacyCode most = LT_LEGACY_NONE;
    for (guint i = 0; i < fonts->len; i++) {
        const Font *font = g_ptr_array_index(fonts, i);
        if (font->code == LT_LEGACY_NONE)
            continue;
        bytes[font->code] += font->text->len;
        if (bytes[font->code] > bytes[most])
            most = font->code;
    }
    return most;
}

/* Fonts with a few words only: what the page is in, unless their words say otherwise. */
static void
settle_few_words(GPtrArray *fonts, LtLegacyCode page)
{
    for (guint i = 0; i < fonts->len; i++) {
        Font *font = g_ptr_array_index(fonts, i);
        if (font->code == LT_LEGACY_NONE)
            font->code = lt_legacy_detect(font->text->str, page);
        if (font->code == LT_LEGACY_NONE && font->hint.code == page &&
            lt_legacy_fits(font->text->str, page))
            font->code = page;
        settle_capitals(font);
    }
}

static gboolean
same_code(const Font *a, const Font *b)
{
    return a == b || (a && b && a->code == b->code && a->capitals == b->capitals);
}

/* The letters of word i decoded, stretch by stretch of one code: a letter may be in another subset of
 * its font than its neighbours. *piece: the word's first, moved on behind its last. (transfer full) */
static char *
decode_word(const Layer *layer, guint i, guint *piece)
{
    const char *text = g_array_index(layer->words, LtRawWord, i).text;
    g_autoptr(GString) decoded = g_string_new(NULL);
    while (*piece < layer->pieces->len) {
        const Piece *first = &g_array_index(layer->pieces, Piece, *piece);
        if (first->word != i)
            break;
        gsize end = first->end;
        for (++*piece; *piece < layer->pieces->len; ++*piece) {
            const Piece *next = &g_array_index(layer->pieces, Piece, *piece);
            if (next->word != i || !same_code(first->font, next->font))
                break;
            end = next->end;
        }
        g_autofree char *part = g_strndup(text + first->start, end - first->start);
        g_autofree char *letters =
            first->font && first->font->code != LT_LEGACY_NONE
                ? lt_legacy_decode(part, first->font->code, first->font->capitals)
                : g_strdup(part);
        g_string_append(decoded, letters);
    }
    return g_strdup(decoded->str);
}

/* Words [first, end) are a line. */
static void
mend_line(GArray *words, guint first, guint end)
{
    g_autoptr(GString) line = g_string_new(NULL);
    for (guint i = first; i < end; i++)
        g_string_append_printf(line, "%s ", g_array_index(words, LtRawWord, i).text);
    g_autofree char *mended = lt_legacy_mend_capitals(line->str);
    g_auto(GStrv) parts = g_strsplit(mended, " ", -1);
    for (guint i = first; i < end && parts[i - first]; i++) {
        LtRawWord *word = &g_array_index(words, LtRawWord, i);
        g_free(word->text);
        word->text = g_strdup(parts[i - first]);
    }
}

static void
mend_lines(GArray *words)
{
    for (guint i = 0, end; i < words->len; i = end) {
        guint line = g_array_index(words, LtRawWord, i).line_hint;
        for (end = i + 1; end < words->len; end++)
            if (g_array_index(words, LtRawWord, end).line_hint != line)
                break;
        mend_line(words, i, end);
    }
}

gboolean
lt_decode_words(PopplerPage *page, GArray *words, GArray *places)
{
    g_auto(Layer)
        layer = {g_ptr_array_new_with_free_func(font_free), g_array_new(FALSE, FALSE, sizeof(Run)),
                 g_array_new(FALSE, FALSE, sizeof(Piece)), words};
    find_runs(&layer, page);
    find_pieces(&layer, places);
    gather_texts(&layer, 0);
    judge_fonts(&layer);
    LtLegacyCode code = main_code(layer.fonts);
    if (code == LT_LEGACY_NONE)
        return FALSE;
    settle_few_words(layer.fonts, code);
    for (guint i = 0, piece = 0; i < words->len; i++) {
        LtRawWord *word = &g_array_index(words, LtRawWord, i);
        char *decoded = decode_word(&layer, i, &piece);
        g_free(word->text);
        word->text = decoded;
    }
    mend_lines(words);
    return TRUE;
}

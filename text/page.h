/* A page of words with boxes: what reading a page gives, whatever the source, and what everyone
 * passes on. The text and the words are one thing in two forms:
 *
 *   text   canonical UTF-8, lines ended by one '\n', words of a line parted by one ' '; a line is what a
 *          person would read as one line: the two header columns never share a line.
 *   words  the n-th word belongs to the n-th token of text, split at ' ' and '\n'.
 *
 * Boxes are in fractions of the upright page before straightening, origin top left, x to the right,
 * y downwards, 0 <= x0 <= x1 <= 1. */
#pragma once

#include <glib.h>

#include "text/written.h"

#define LT_PAGE_MAX_TEXT (4u << 20) /* bytes of text a page may hold */
#define LT_PAGE_MAX_WORDS 100000u

typedef enum {
    LT_PAGE_FROM_TEXT_LAYER, /* "text-layer" */
    LT_PAGE_FROM_LEGACY,     /* "legacy": a text layer decoded from TCVN3, VNI, ... */
    LT_PAGE_FROM_OCR,        /* "ocr" */
    LT_PAGE_N_SOURCES
} LtPageSource;

/* What part of a page a word belongs to; the numbers stand in archives. The parts of decree 30/2020,
 * annex I, where they have one. */
typedef enum {
    LT_PAGE_ZONE_UNKNOWN,    /* not told: pages of archives from before the parts were told apart */
    LT_PAGE_ZONE_SIGNATURE,  /* the appearance of a digital signature: lines of their own, after all
                                 others of the page, wherever they stand on it */
    LT_PAGE_ZONE_STAMP,      /* a stamp of urgency or secrecy: likewise */
    LT_PAGE_ZONE_BODY,       /* running text */
    LT_PAGE_ZONE_ISSUER,     /* the header's left column: issuer, number, a letter's subject */
    LT_PAGE_ZONE_STATE,      /* the header's right column: state name, motto, place and date */
    LT_PAGE_ZONE_TITLE,      /* centred: title and subject, headings */
    LT_PAGE_ZONE_TABLE,      /* words in columns */
    LT_PAGE_ZONE_RECIPIENTS, /* the foot's left column: Nơi nhận */
    LT_PAGE_ZONE_SIGNER,     /* the foot's right column: the signer's titles and name */
    LT_PAGE_ZONE_FOOTNOTE,   /* below the text, in smaller print */
    LT_PAGE_ZONE_PAGE_NUMBER, /* a number alone at the page's head or foot */
    LT_PAGE_ZONE_MARGIN,      /* a running head or foot: what stands apart there */
    LT_PAGE_ZONE_ARRIVAL,     /* the stamp ĐẾN, in its place among the lines */
    LT_PAGE_N_ZONES
} LtPageZone;

typedef struct {
    guint32 start;      /* code points from the beginning of the page's text */
    guint32 length;     /* code points */
    guint32 line;       /* from 0 */
    guint16 confidence; /* 0–100; 100 for a text layer */
    guint16 zone;       /* LtPageZone */
    LtBox box;
} LtWord;

typedef struct {
    guint number; /* from 1 */
    LtPageSource source;
    double confidence;    /* 0–1: the mean over words weighted by letters; 1 for a text layer and
                             for a page that is blank, 0 where something is to be seen but no word */
    double width, height; /* points (1/72 inch) of the upright page; 0 where not known */
    char *text;
    char *raw_text; /* (nullable) the layer as it stood where source is LT_PAGE_FROM_LEGACY */
    guint n_words;
    LtWord *words;
    GArray *written; /* (nullable) of LtWritten: where a hand may have written */
} LtPage;

const char *lt_page_source_name(LtPageSource source);
gboolean lt_page_source_from_name(const char *name, LtPageSource *ret_source);

void lt_page_free(LtPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPage, lt_page_free)

/* Line after line, word after word. Words are made canonical; one that holds a blank becomes several
 * words with their share of the box; one that becomes empty is dropped, and so is an empty line. What
 * goes beyond the limits of a page is dropped. Boxes and confidences are forced into their ranges. */
typedef struct LtPageBuilder LtPageBuilder;
LtPageBuilder *lt_page_builder_new(guint number, LtPageSource source, double width, double height);
void lt_page_builder_add_word(LtPageBuilder *builder, const char *text, const LtBox *box,
                              guint confidence, guint zone);
void lt_page_builder_end_line(LtPageBuilder *builder);
/* Frees the builder. Returns: (transfer full). */
LtPage *lt_page_builder_finish(LtPageBuilder *builder);
void lt_page_builder_free(LtPageBuilder *builder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtPageBuilder, lt_page_builder_free)

/* A page from plain text, without boxes: each word gets an empty box at its place on a grid of lines
 * (for `luutru fields FILE.txt` and tests). Columns that blanks part come one after the other. Returns:
 * (transfer full). */
LtPage *lt_page_new_from_text(guint number, const char *text);

/* Words as a flat array of unsigned 16-bit integers, little-endian, six a word: x0, y0, x1, y1 in
 * 1/10000 of the page, confidence 0–100, zone. This is the form in the archive and between processes.
 * Returns: (transfer full). */
GBytes *lt_page_pack_words(const LtPage *page);

/* A page from its parts; checks everything (text canonical enough to be split into exactly as many
 * tokens as there are words, boxes in order, limits kept), for the parts may come from a stranger.
 * raw_text may be NULL. Returns NULL and sets error with LT_PAGE_ERROR. (transfer full) */
#define LT_PAGE_ERROR (lt_page_error_quark())
GQuark lt_page_error_quark(void);
typedef enum { LT_PAGE_ERROR_INVALID } LtPageError;

LtPage *lt_page_new_packed(guint number, LtPageSource source, double confidence, double width,
                           double height, const char *text, const char *raw_text, GBytes *words,
                           GError **error);

/* The n-th line of the page's text, without its '\n'. Returns: (transfer full) (nullable). It looks for
 * the line from the beginning: whoever goes through them all takes lt_page_dup_lines. */
char *lt_page_dup_line(const LtPage *page, guint line);

/* All lines, without their '\n'; the index is LtWord's line. Returns: (transfer full), ended by NULL. */
char **lt_page_dup_lines(const LtPage *page);

/* The box around words [first, first + n); words that the page does not have are left out, and the box
 * of none is all zeros. */
LtBox lt_page_words_box(const LtPage *page, guint first, guint n);

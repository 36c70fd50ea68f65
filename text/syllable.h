/* Is this Vietnamese? Judged by spelling rules (onset, rhyme, coda, tone), not by a dictionary. */
#pragma once

#include <glib.h>

/* word: one word in any case, NFC, no punctuation. TRUE for a syllable that Vietnamese spelling
 * allows, with or without its marks ("quyet" counts: see lt_text_quality for marks). */
gboolean lt_text_is_syllable(const char *word);

typedef struct {
    guint letters;   /* letters in all */
    guint marked;    /* letters with a Vietnamese mark, đ included */
    guint words;     /* words of two letters and more that hold only letters */
    guint syllables; /* of those, the ones lt_text_is_syllable accepts */
    guint legacy;    /* Latin-1 signs inside words that Vietnamese never writes (TCVN3, VNI code) */
} LtTextQuality;

/* Counts over any text; good Vietnamese has marked / letters near 0.25 and syllables / words over 0.9,
 * English-OCR garbage 0.00–0.09 (domain notes, 5.4). */
LtTextQuality lt_text_quality(const char *text);

/* Whether a text of at least some 40 letters reads as Vietnamese with its marks; FALSE also where there
 * are fewer: too little to tell. */
gboolean lt_text_quality_is_vietnamese(const LtTextQuality *quality);

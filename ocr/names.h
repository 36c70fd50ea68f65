/* What stands in a signature block: the words of titles, and the syllables of people's names. */
#pragma once

#include <glib.h>

/* Each list is ended by NULL. */
extern const char *const lt_names_surnames[]; /* of nine people in ten */
extern const char *const lt_names_rarer[];    /* surnames, too */
extern const char *const lt_names_others[];   /* middle and given names */
extern const char *const lt_names_words[];    /* of titles, in capitals */
extern const char
    *const lt_names_titles[]; /* whole, in capitals, of those who sign by their own right */

/* What may stand in the row below a row of titles, whole: "PHÓ GIÁM ĐỐC" below "KT. GIÁM ĐỐC".
 * Returns: (transfer full) of strings, empty where nothing is known to. */
GPtrArray *lt_names_below(const char *row);

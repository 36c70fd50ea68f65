/* Names as letterheads print them, in whole words: abbreviations spelled out, digits within a word put right. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/rules.h"

#define LONGEST_ABBREVIATION 3u /* words */

/* A digit among letters was a letter, where it makes a syllable of the word: SỞ XÂY DỰN6, V1ỆT NAM, 5Ở. COVID-19, 5G
 * and M1 stay: one letter without a mark is a name as often. (transfer full) (nullable) */
static char *
dup_without_digits(const char *word)
{
    static const char digits[] = "01568", letters[] = "OISGB";
    guint others = 0;
    lt_text_capitals(word, &others);
    if (others == 0 || (others == 1 && g_str_is_ascii(word)) || !strpbrk(word, digits))
        return NULL;
    g_autofree char *mended = g_strdup(word);
    for (char *p = mended; *p; p++) {
        const char *at = strchr(digits, *p);
        *p = at ? letters[at - digits] : *p;
    }
    return lt_text_is_syllable(mended) ? g_steal_pointer(&mended) : NULL;
}

/* What the abbreviation at words stands for, and how many of them it takes, as many as there is a row for: BCH Đoàn
 * is no BCH Quân sự, and GD & ĐT is GD&ĐT. */
static const char *
expand_here(const LtAuthority *authority, char **words, guint *ret_used)
{
    g_autoptr(GString) key = g_string_new(NULL);
    const char *name = NULL;
    *ret_used = 1;
    if (g_str_equal(words[0], "&"))
        return "và";
    for (guint n = 0; n < LONGEST_ABBREVIATION && words[n]; n++) {
        g_autofree char *letters = lt_text_letters(words[n]);
        if (n && g_str_equal(words[n], "&"))
            continue;
        /* A dash parts two names. */
        if (!*letters)
            break;
        g_string_append(key, letters);
        const char *found = g_hash_table_lookup(authority->abbreviations, key->str);
        if (found) {
            name = found;
            *ret_used = n + 1;
        }
    }
    return name;
}

char *
lt_naming_expand(const LtAuthority *authority, const char *printed)
{
    g_auto(GStrv) words = g_strsplit(printed, " ", -1);
    GString *text = g_string_new(NULL);
    guint used;
    for (char **word = words; *word; word++) {
        char *mended = dup_without_digits(*word);
        if (!mended)
            continue;
        g_free(*word);
        *word = mended;
    }
    for (char **word = words; *word; word += used) {
        const char *name = expand_here(authority, word, &used);
        if (text->len)
            g_string_append_c(text, ' ');
        g_string_append(text, name ? name : *word);
        /* What stands behind the abbreviation says how the name goes on. */
        if (name && g_str_has_suffix(word[used - 1], ","))
            g_string_append_c(text, ',');
    }
    return g_string_free(text, FALSE);
}

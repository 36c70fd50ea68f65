/* Names as letterheads print them, in whole words: abbreviations spelled out, digits within a word put right. */
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/rules.h"

/* A digit among letters was a letter, where it makes a syllable of the word: SỞ XÂY DỰN6, V1ỆT NAM. COVID-19 and 5G
 * stay. (transfer full) (nullable) */
static char *
dup_without_digits(const char *word)
{
    static const char digits[] = "01568", letters[] = "OISGB";
    guint others = 0;
    lt_text_capitals(word, &others);
    if (others == 0 || !strpbrk(word, digits))
        return NULL;
    g_autofree char *mended = g_strdup(word);
    for (char *p = mended; *p; p++) {
        const char *at = strchr(digits, *p);
        *p = at ? letters[at - digits] : *p;
    }
    return lt_text_is_syllable(mended) ? g_steal_pointer(&mended) : NULL;
}

/* What the abbreviation at words stands for, and how many of them it takes: BCH Đoàn is no BCH Quân sự. */
static const char *
expand_here(const LtAuthority *authority, char **words, guint *ret_used)
{
    g_autofree char *both = words[1] ? g_strconcat(words[0], " ", words[1], NULL) : NULL;
    g_autofree char *pair = both ? lt_text_letters(both) : NULL;
    g_autofree char *key = lt_text_letters(words[0]);
    const char *name = pair ? g_hash_table_lookup(authority->abbreviations, pair) : NULL;
    *ret_used = name ? 2 : 1;
    if (g_str_equal(words[0], "&"))
        return "và";
    return name ? name : g_hash_table_lookup(authority->abbreviations, key);
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

/* Which office a document comes from: every province has a Sở Nội vụ. The authority file's id decides
 * where both documents have one; else the name with its place, which stands at the end of the name
 * itself, at the end of the parent's, or before the date. */
#include "store/private.h"

#include <string.h>

/* Short forms in letterheads and what they stand for, in levelled text. */
static const struct {
    const char *is, *means;
} short_forms[] = {
    {"ubnd", "ủy ban nhân dân"},
    {"hđnd", "hội đồng nhân dân"},
    {"tp", "thành phố"},
    {"tx", "thị xã"},
};

/* What begins the place at the end of a name. */
static const char *const levels[] = {"tỉnh",     "thành phố", "huyện", "quận",
                                     "thị trấn", "thị xã",    "xã",    "phường"};

/* After these a level is no place: tỉnh ủy, huyện đoàn. */
static const char *const no_places[] = {"ủy", "đoàn", "đội", "hội"};

static gboolean
is_one_of(const char *word, const char *const *words, guint n)
{
    for (guint i = 0; i < n; i++)
        if (strcmp(words[i], word) == 0)
            return TRUE;
    return FALSE;
}

/* " sở nội vụ tỉnh cao bằng ": words between blanks, short forms written out. */
static char *
plain_name(const char *name)
{
    g_autofree char *canonical = lt_text_canonical(name);
    g_autofree char *level = lt_text_level(canonical);
    g_autofree char *joined = lt_words_join(level);
    g_auto(GStrv) words = g_strsplit(joined, " ", 0);
    GString *plain = g_string_new(" ");

    for (guint i = 0; words[i] != NULL; i++) {
        const char *word = words[i];
        for (guint j = 0; j < G_N_ELEMENTS(short_forms); j++)
            if (strcmp(short_forms[j].is, word) == 0)
                word = short_forms[j].means;
        g_string_append_printf(plain, "%s ", word);
    }
    return g_string_free(plain, FALSE);
}

/* The last level in the name that stands after another word and before a place's name. *ret_place is
 * what follows it. NULL where there is none. */
static char *
find_level(char *plain, char **ret_place)
{
    char *best = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(levels); i++) {
        g_autofree char *needle = g_strdup_printf(" %s ", levels[i]);
        char *at = g_strrstr(plain, needle);
        char *place = at != NULL ? at + strlen(needle) : NULL;
        if (place == NULL || at == plain || *place == '\0' || at <= best)
            continue;
        g_autofree char *next = g_strndup(place, strcspn(place, " "));
        if (is_one_of(next, no_places, G_N_ELEMENTS(no_places)))
            continue;
        best = at;
        *ret_place = place;
    }
    return best;
}

static char *
key(const char *text)
{
    g_autofree char *words = lt_words_key(text);

    return words[0] != '\0' ? g_steal_pointer(&words) : NULL;
}

static void
part_name(const char *name, char **ret_name, char **ret_level, char **ret_place)
{
    g_autofree char *plain = name != NULL ? plain_name(name) : NULL;
    char *place = NULL;
    char *level = plain != NULL ? find_level(plain, &place) : NULL;

    if (level != NULL) {
        *ret_place = key(place);
        *place = '\0';
        *ret_level = key(level);
        *level = '\0';
    }
    *ret_name = plain != NULL ? key(plain) : NULL;
}

void
lt_issuer_init(LtIssuer *issuer, const char *id, const char *name, const char *parent,
               const char *place)
{
    *issuer = (LtIssuer){.id = g_strdup(id)};
    part_name(name, &issuer->name, &issuer->level, &issuer->region);
    part_name(parent, &issuer->parent, &issuer->parent_level, &issuer->parent_region);
    issuer->place = place != NULL ? key(place) : NULL;
}

void
lt_issuer_clear(LtIssuer *issuer)
{
    g_clear_pointer(&issuer->id, g_free);
    g_clear_pointer(&issuer->name, g_free);
    g_clear_pointer(&issuer->level, g_free);
    g_clear_pointer(&issuer->region, g_free);
    g_clear_pointer(&issuer->parent, g_free);
    g_clear_pointer(&issuer->parent_level, g_free);
    g_clear_pointer(&issuer->parent_region, g_free);
    g_clear_pointer(&issuer->place, g_free);
}

static gboolean
agree(const char *a, const char *b)
{
    return a == NULL || b == NULL || strcmp(a, b) == 0;
}

/* A place at the end of one name against all that the other says of its own. */
static gboolean
region_fits(const LtIssuer *named, const LtIssuer *other)
{
    if (other->region != NULL)
        return agree(named->level, other->level) && agree(named->region, other->region);
    if (other->parent_region != NULL)
        return agree(named->level, other->parent_level) &&
               agree(named->region, other->parent_region);
    return agree(named->region, other->place);
}

static gboolean
parents_agree(const LtIssuer *a, const LtIssuer *b)
{
    return agree(a->parent, b->parent) && agree(a->parent_level, b->parent_level) &&
           agree(a->parent_region, b->parent_region);
}

gboolean
lt_issuer_same(const LtIssuer *a, const LtIssuer *b)
{
    if (a->id != NULL && b->id != NULL)
        return strcmp(a->id, b->id) == 0;
    if (a->name == NULL || b->name == NULL || strcmp(a->name, b->name) != 0)
        return FALSE;
    if (a->region != NULL && !region_fits(a, b))
        return FALSE;
    if (b->region != NULL && !region_fits(b, a))
        return FALSE;
    if (a->parent != NULL && b->parent != NULL)
        return parents_agree(a, b);
    return agree(a->place, b->place);
}

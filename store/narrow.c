#include "store/narrow.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "store/dates.h"
#include "store/terms.h"

static const struct {
    const char *name; /* folded letters */
    LtFilterKind kind;
} names[] = {
    {"so", LT_FILTER_NUMBER},
    {"sokyhieu", LT_FILTER_NUMBER},
    {"number", LT_FILTER_NUMBER},
    {"ngay", LT_FILTER_DATE},
    {"date", LT_FILTER_DATE},
    {"thang", LT_FILTER_DATE},
    {"nam", LT_FILTER_DATE},
    {"tu", LT_FILTER_FROM},
    {"tungay", LT_FILTER_FROM},
    {"from", LT_FILTER_FROM},
    {"den", LT_FILTER_TO},
    {"denngay", LT_FILTER_TO},
    {"to", LT_FILTER_TO},
    {"coquan", LT_FILTER_ISSUER},
    {"issuer", LT_FILTER_ISSUER},
    {"loai", LT_FILTER_TYPE},
    {"type", LT_FILTER_TYPE},
    {"nguoiky", LT_FILTER_SIGNER},
    {"signer", LT_FILTER_SIGNER},
    {"noinhan", LT_FILTER_RECIPIENT},
    {"recipient", LT_FILTER_RECIPIENT},
    {"trangthai", LT_FILTER_STATUS},
    {"status", LT_FILTER_STATUS},
};

static const struct {
    const char *name; /* folded letters */
    const char *state;
    gboolean not ;
} states[] = {
    {"canxem", LT_TERM_REVIEW, FALSE},      {"review", LT_TERM_REVIEW, FALSE},
    {"needsreview", LT_TERM_REVIEW, FALSE}, {"nghingo", LT_TERM_REVIEW, FALSE},
    {"xong", LT_TERM_REVIEW, TRUE},         {"daxem", LT_TERM_REVIEW, TRUE},
    {"done", LT_TERM_REVIEW, TRUE},         {"sure", LT_TERM_REVIEW, TRUE},
    {"khan", LT_TERM_URGENT, FALSE},        {"urgent", LT_TERM_URGENT, FALSE},
    {"mat", LT_TERM_SECRET, FALSE},         {"secret", LT_TERM_SECRET, FALSE},
};

/* "Cơ quan", "co-quan" -> "coquan". */
static char *
letters_of(const char *text)
{
    g_autofree char *folded = lt_words_key(text);
    GString *letters = g_string_new(NULL);

    for (const char *p = folded; *p != '\0'; p++)
        if (*p != ' ')
            g_string_append_c(letters, *p);
    return g_string_free(letters, FALSE);
}

gboolean
lt_filter_from_name(const char *name, LtFilterKind *ret_kind)
{
    g_autofree char *letters = letters_of(name);

    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(names[i].name, letters) == 0) {
            *ret_kind = names[i].kind;
            return TRUE;
        }
    return FALSE;
}

/* -1: none. */
static gint
find_state(const char *value)
{
    g_autofree char *letters = letters_of(value);

    for (guint i = 0; i < G_N_ELEMENTS(states); i++)
        if (strcmp(states[i].name, letters) == 0)
            return (gint)i;
    return -1;
}

gboolean
lt_filter_is_state(const char *value)
{
    return find_state(value) >= 0;
}

static gboolean
set_state(LtFilter *filter)
{
    gint at = find_state(filter->value);

    if (at < 0)
        return FALSE;
    filter->state = g_strdup(states[at].state);
    filter->excluded = filter->excluded != states[at].not ;
    return TRUE;
}

/* "from a month" begins with its first day, "to a month" ends with its last. */
static gboolean
set_days(LtFilter *filter)
{
    if (!lt_dates_parse(filter->value, &filter->from, &filter->to))
        return FALSE;
    if (filter->kind == LT_FILTER_FROM)
        g_clear_pointer(&filter->to, g_free);
    if (filter->kind == LT_FILTER_TO)
        g_clear_pointer(&filter->from, g_free);
    return TRUE;
}

static void
take_plus(LtFilter *filter)
{
    gsize length = strlen(filter->value);

    if (length > 1 && filter->value[length - 1] == '+') {
        filter->value[length - 1] = '\0';
        filter->successors = TRUE;
    }
}

static gboolean
has_words(const char *value)
{
    g_autofree char *key = lt_words_key(value);

    return key[0] != '\0';
}

LtFilter *
lt_filter_new(LtFilterKind kind, const char *typed, const char *value, gboolean excluded)
{
    g_autoptr(LtFilter) filter = g_new0(LtFilter, 1);

    filter->kind = kind;
    filter->typed = g_strdup(typed);
    filter->value = g_strdup(value);
    filter->excluded = excluded;
    if (kind == LT_FILTER_ISSUER)
        take_plus(filter);
    if (!has_words(filter->value))
        return NULL;
    if ((kind == LT_FILTER_DATE || kind == LT_FILTER_FROM || kind == LT_FILTER_TO) &&
        !set_days(filter))
        return NULL;
    if (kind == LT_FILTER_STATUS && !set_state(filter))
        return NULL;
    return g_steal_pointer(&filter);
}

void
lt_filter_free(LtFilter *filter)
{
    if (filter == NULL)
        return;
    g_free(filter->typed);
    g_free(filter->value);
    g_free(filter->from);
    g_free(filter->to);
    g_free(filter->state);
    g_free(filter);
}

const char *
lt_search_ignored_reason(const char *part)
{
    g_autofree char *name = g_strndup(part, strcspn(part, ":"));
    const char *letters = *name == '-' ? name + 1 : name;
    LtFilterKind kind;

    /* Of more than one filter, there were too many. */
    if (strchr(part, ':') == NULL || strchr(part, ':') != strrchr(part, ':') ||
        !lt_filter_from_name(letters, &kind))
        return NULL;
    switch (kind) {
    case LT_FILTER_DATE:
    case LT_FILTER_FROM:
    case LT_FILTER_TO:
        return _("no day, month, quarter or year; such are 18/9/2023, 9/2023, quy 3/2023 and 2023");
    case LT_FILTER_STATUS:
        return _("no state; there are review, done, urgent and secret");
    default:
        return NULL;
    }
}

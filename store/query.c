/* Taking apart what people type. */
#include "store/query.h"

#include <stdio.h>
#include <string.h>

#include "store/dates.h"

#define SHOWN_IGNORED 60 /* code points of a part that was not used */

/* After these in a filter the date itself follows. */
static const char *const date_words[] = {"ngay", "thang", "nam", "quy", "qui", NULL};

/* A stretch of the query between blanks, or between quotes. */
typedef struct {
    char *typed; /* as it stood */
    char *text;  /* without quotes, minus and star */
    gboolean quoted, excluded, prefix;
    gboolean glued;     /* no blank stood before it */
    gboolean dated;     /* words such as "năm" stood there, and text is the date that they make */
    gboolean in_number; /* what stands beside it makes it part of one: "01 2022 nd cp" */
} Item;

static void
item_clear(Item *item)
{
    g_free(item->typed);
    g_free(item->text);
}

static void
term_free(LtTerm *term)
{
    g_free(term->typed);
    g_ptr_array_unref(term->phrases);
    g_free(term->marked);
    g_clear_pointer(&term->dates, g_ptr_array_unref);
    g_clear_pointer(&term->types, g_ptr_array_unref);
    g_clear_pointer(&term->agencies, g_ptr_array_unref);
    g_free(term);
}

void
lt_query_free(LtQuery *query)
{
    if (query == NULL)
        return;
    g_ptr_array_unref(query->groups);
    g_ptr_array_unref(query->excluded);
    g_ptr_array_unref(query->filters);
    g_ptr_array_unref(query->ignored);
    lt_number_keys_clear(&query->keys);
    lt_folder_free(query->folder);
    g_free(query);
}

static gboolean
is_blank(const char *p)
{
    return *p == ' ' || *p == '\n';
}

static gboolean
is_quote(const char *p)
{
    gunichar c = g_utf8_get_char(p);

    return c == '"' || c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
}

static const char *
skip_to(const char *p, gboolean quoted)
{
    while (*p != '\0' && !is_quote(p) && (quoted || !is_blank(p)))
        p = g_utf8_next_char(p);
    return p;
}

static Item
take_item(const char **cursor)
{
    const char *start = *cursor;
    const char *p = start;
    Item item = {0};

    if (lt_text_fold_char(g_utf8_get_char(p)) == '-' && p[1] != '\0' &&
        !is_blank(g_utf8_next_char(p))) {
        item.excluded = TRUE;
        p = g_utf8_next_char(p);
    }
    if (*p != '\0' && is_quote(p)) {
        item.quoted = TRUE;
        p = g_utf8_next_char(p);
    }

    const char *end = skip_to(p, item.quoted);
    item.text = g_strndup(p, (gsize)(end - p));
    if (item.quoted && *end != '\0')
        end = g_utf8_next_char(end);
    if (item.quoted && *end == '*') {
        item.prefix = TRUE;
        end++;
    } else if (!item.quoted && g_str_has_suffix(item.text, "*")) {
        item.prefix = TRUE;
        item.text[strcspn(item.text, "*")] = '\0';
    }
    item.typed = g_strndup(start, (gsize)(end - start));
    *cursor = end;
    return item;
}

static gboolean
is_in_number(const Item *before, const Item *after)
{
    if (before != NULL && before->text[0] != '\0' &&
        strspn(before->text, "0123456789") == strlen(before->text))
        return TRUE;
    g_autoptr(GPtrArray) types = after != NULL ? lt_filter_types(after->text) : NULL;
    return types != NULL && types->len > 0;
}

static GArray *
split(const char *text)
{
    GArray *items = g_array_new(FALSE, FALSE, sizeof(Item));

    g_array_set_clear_func(items, (GDestroyNotify)item_clear);
    for (const char *p = text; *p != '\0';) {
        if (is_blank(p)) {
            p++;
            continue;
        }
        gboolean glued = p > text && !is_blank(p - 1);
        Item item = take_item(&p);
        item.glued = glued;
        g_array_append_val(items, item);
    }
    for (guint i = 0; i < items->len; i++) {
        Item *item = &g_array_index(items, Item, i);
        item->in_number =
            g_ascii_isdigit(item->text[0]) &&
            is_in_number(i > 0 ? item - 1 : NULL, i + 1 < items->len ? item + 1 : NULL);
    }
    return items;
}

static void
add_phrase(LtTerm *term, const char *phrase)
{
    if (!g_ptr_array_find_with_equal_func(term->phrases, phrase, g_str_equal, NULL))
        g_ptr_array_add(term->phrases, g_strdup(phrase));
}

/* "18/9/2023" and "9/2023" as they are spelled out in letterheads: "ngày 18 tháng 9 năm 2023".
 * Decree 30/2020 asks for the zero before days under 10 and months 1 and 2; many write more or
 * fewer. */
static void
add_dates(LtTerm *term, const char *typed)
{
    guint parts[3];
    char rest[2];
    gboolean with_day =
        sscanf(typed, "%2u%*1[/.-]%2u%*1[/.-]%4u%1s", &parts[0], &parts[1], &parts[2], rest) == 3;

    if (!with_day && sscanf(typed, "%2u%*1[/.-]%4u%1s", &parts[1], &parts[2], rest) != 2)
        return;
    if (parts[1] < 1 || parts[1] > 12 || parts[2] < 1900 || parts[2] > 2999)
        return;
    static const struct {
        const char *month_word, *year_word;
        int day_digits, month_digits;
    } forms[] = {{"thang ", "nam ", 1, 1}, {"thang ", "nam ", 1, 2}, {"thang ", "nam ", 2, 1},
                 {"thang ", "nam ", 2, 2}, {"", "", 1, 1},           {"", "", 2, 2}};
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *month =
            g_strdup_printf("%s%0*u %s%u", forms[i].month_word, forms[i].month_digits, parts[1],
                            forms[i].year_word, parts[2]);
        g_autofree char *day =
            with_day ? g_strdup_printf("%0*u %s", forms[i].day_digits, parts[0], month) : NULL;
        add_phrase(term, with_day ? day : month);
    }
}

/* "quy 4 2017" as it stands in texts. */
static void
add_quarters(LtTerm *term, const char *folded)
{
    static const char *const romans[] = {"i", "ii", "iii", "iv"};
    guint quarter, year;
    char rest[2];

    if (sscanf(folded, "quy %1u %4u%1s", &quarter, &year, rest) != 2 || quarter < 1 || quarter > 4)
        return;
    const char *roman = romans[quarter - 1];
    g_autofree char *digit = g_strdup_printf("quy %u nam %u", quarter, year);
    g_autofree char *short_form = g_strdup_printf("quy %s %u", roman, year);
    g_autofree char *long_form = g_strdup_printf("quy %s nam %u", roman, year);
    add_phrase(term, digit);
    add_phrase(term, short_form);
    add_phrase(term, long_form);
}

/* A month alone may also be part of a number, "02/2009" of 02/2009/TT-BYT. */
static void
set_dates(LtTerm *term, const Item *item)
{
    if (item->quoted || item->prefix || item->in_number || term->number)
        return;
    term->dates = lt_query_dates(item->text);
    term->dated = term->dates != NULL &&
                  (item->dated || strlen(g_ptr_array_index(term->dates, 0)) != strlen("202309"));
}

/* Drops the first word of both forms. */
static void
drop_first_word(char **folded, char **marked)
{
    char *shorter = g_strdup(strchr(*folded, ' ') + 1);
    const char *blank = strchr(*marked, ' ');

    g_free(*folded);
    *folded = shorter;
    shorter = g_strdup(blank != NULL ? blank + 1 : "");
    g_free(*marked);
    *marked = shorter;
}

/* In numbers letters are no syllables. */
static void
add_spellings(LtTerm *term, const char *folded)
{
    if (strpbrk(folded, "0123456789") != NULL)
        return;
    g_autoptr(GPtrArray) spellings = lt_words_spellings(folded, term->prefix);
    for (guint i = 0; i < spellings->len; i++)
        add_phrase(term, g_ptr_array_index(spellings, i));
}

/* NULL where nothing can be searched for. */
static LtTerm *
term_from_item(const Item *item)
{
    g_autofree char *folded = lt_words_key(item->text);
    g_autofree char *level = lt_text_level(item->text);
    g_autofree char *marked = lt_words_join(level);
    LtTerm *term;

    if (folded[0] == '\0')
        return NULL;
    term = g_new0(LtTerm, 1);
    term->typed = g_strdup(item->dated ? item->typed : item->text);
    if (g_str_has_prefix(folded, "so ") && g_ascii_isdigit(folded[3])) {
        drop_first_word(&folded, &marked);
        term->number = TRUE;
    }
    term->phrases = g_ptr_array_new_with_free_func(g_free);
    term->prefix = item->prefix;
    term->quoted = item->quoted;
    add_phrase(term, folded);
    add_spellings(term, folded);
    if (!item->prefix) {
        g_autofree char *shorter = lt_words_drop_zeros(folded);
        add_phrase(term, shorter);
        add_dates(term, item->text);
        add_quarters(term, folded);
    }
    if (strcmp(marked, folded) != 0)
        term->marked = g_steal_pointer(&marked);
    return term;
}

static gboolean
is_operator(const Item *item, const char *name)
{
    return !item->quoted && !item->excluded && !item->prefix && strcmp(item->text, name) == 0;
}

/* "số" before something that begins with a digit says that it is a number; the scan may have lost
 * it. */
static gboolean
is_number_word(const GArray *items, guint at)
{
    const Item *item = &g_array_index(items, Item, at);

    if (at + 1 >= items->len || item->quoted || item->excluded || item->prefix)
        return FALSE;
    g_autofree char *word = lt_words_key(item->text);
    const Item *next = &g_array_index(items, Item, at + 1);
    return strcmp(word, LT_QUERY_NUMBER_WORD) == 0 && !next->excluded &&
           g_ascii_isdigit(next->text[0]);
}

static void
add_to_group(LtQuery *query, LtTerm *term, gboolean joined)
{
    if (!joined)
        g_ptr_array_add(query->groups, g_ptr_array_new_with_free_func((GDestroyNotify)term_free));
    g_ptr_array_add(g_ptr_array_index(query->groups, query->groups->len - 1), term);
}

/* Of something long the beginning tells what it was. */
static void
ignore(LtQuery *query, const char *typed)
{
    gboolean is_long = g_utf8_strlen(typed, -1) > SHOWN_IGNORED;
    g_autofree char *shown = is_long ? g_utf8_substring(typed, 0, SHOWN_IGNORED) : NULL;

    g_ptr_array_add(query->ignored, is_long ? g_strconcat(shown, "…", NULL) : g_strdup(typed));
}

#define VALUE_WORDS 8u /* that a date may have: "quý III năm 2022 đến tháng 9 năm 2023" */
#define VALUE_BYTES 240u

static gboolean
is_date(LtFilterKind kind)
{
    return kind == LT_FILTER_DATE || kind == LT_FILTER_FROM || kind == LT_FILTER_TO;
}

/* Whether a filter of that kind, which knows all its values, has this one. */
static gboolean
is_value(LtFilterKind kind, const char *words)
{
    g_autofree char *from = NULL, *to = NULL;

    if (is_date(kind))
        return lt_dates_parse(words, &from, &to);
    return kind == LT_FILTER_TYPE ? lt_filter_is_type(words)
                                  : kind == LT_FILTER_STATUS && lt_filter_is_state(words);
}

/* Puts to value the most of the words from at on with which it is one of the filter's values ("loai:quyết
 * định"); how many these are. */
static guint
take_value_words(const GArray *items, guint at, LtFilterKind kind, GString *value)
{
    g_autoptr(GString) longer = g_string_new(value->str);
    guint taken = 0;

    for (guint i = 0; i < VALUE_WORDS && at + i < items->len && longer->len < VALUE_BYTES; i++) {
        const Item *item = &g_array_index(items, Item, at + i);
        if (item->quoted || item->excluded || item->prefix)
            break;
        g_string_append_printf(longer, " %s", item->text);
        if (is_value(kind, longer->str)) {
            g_string_assign(value, longer->str);
            taken = i + 1;
        }
    }
    return taken;
}

/* What stands before the colon, "coquan" or "cơ quan": *ret_last is the item with the colon. Of two words the second
 * is no name by itself: "đầu tư ngày:2023" has no "từ ngày:". */
static gboolean
find_name(const GArray *items, guint at, LtFilterKind *ret_kind, guint *ret_last)
{
    g_autoptr(GString) name = g_string_new(NULL);

    for (guint i = at; i < items->len && i <= at + 1; i++) {
        const Item *item = &g_array_index(items, Item, i);
        const char *colon = item->quoted ? NULL : strchr(item->text, ':');
        gsize length = colon != NULL ? (gsize)(colon - item->text) : strlen(item->text);
        g_autofree char *word = g_strndup(item->text, length);
        g_string_append(name, word);
        if (colon != NULL) {
            *ret_last = i;
            return lt_filter_from_name(name->str, ret_kind) &&
                   (i == at || (!item->excluded && !lt_filter_from_name(word, &(LtFilterKind){0})));
        }
        if (item->quoted || item->prefix)
            return FALSE;
    }
    return FALSE;
}

/* "coquan:STTTT", 'coquan:"Sở Nội vụ"', "ngay: 9/2023", "ngay:quy 3/2023": *ret_used items are one
 * filter. "Số: 1758/STTTT" with its blank is how documents print numbers, and no filter. */
static gboolean
find_filter(const GArray *items, guint at, LtFilterKind *ret_kind, char **ret_value,
            guint *ret_used)
{
    guint last;

    if (!find_name(items, at, ret_kind, &last))
        return FALSE;
    const char *colon = strchr(g_array_index(items, Item, last).text, ':');
    g_autoptr(GString) value = g_string_new(colon + 1);
    const Item *next = last + 1 < items->len ? &g_array_index(items, Item, last + 1) : NULL;
    guint named = last - at + 1;

    *ret_used = named;
    if (value->len == 0 && next != NULL && (*ret_kind != LT_FILTER_NUMBER || next->glued)) {
        g_string_assign(value, next->text);
        ++*ret_used;
    }
    next = at + *ret_used < items->len ? &g_array_index(items, Item, at + *ret_used) : NULL;
    g_autofree char *word = lt_words_key(value->str);
    guint taken = take_value_words(items, at + *ret_used, *ret_kind, value);
    *ret_used += taken;
    if (taken == 0 && next != NULL && g_strv_contains(date_words, word) &&
        g_ascii_isdigit(next->text[0])) {
        g_string_append_printf(value, " %s", next->text);
        ++*ret_used;
    }
    /* "đồng chí Nam: phó", "chủ đầu tư: công ty": words that are followed by no day. */
    gboolean said = colon[1] == '\0' && is_date(*ret_kind) && !g_ascii_isdigit(value->str[0]) &&
                    !is_value(*ret_kind, value->str);
    *ret_value = g_string_free(g_steal_pointer(&value), FALSE);
    if (said)
        return FALSE;
    return *ret_used > named || *ret_kind != LT_FILTER_NUMBER || **ret_value != '\0';
}

/* The same filter twice says no more than once. */
static gboolean
has_filter(const LtQuery *query, const char *typed)
{
    for (guint i = 0; i < query->filters->len; i++)
        if (strcmp(((const LtFilter *)g_ptr_array_index(query->filters, i))->typed, typed) == 0)
            return TRUE;
    return FALSE;
}

/* What cannot be a value of that filter is told, and not looked for as words. */
static gboolean
place_filter(LtQuery *query, const GArray *items, guint *at)
{
    const Item *item = &g_array_index(items, Item, *at);
    g_autoptr(GString) typed = g_string_new(NULL);
    g_autofree char *value = NULL;
    LtFilterKind kind;
    guint used;

    if (!find_filter(items, *at, &kind, &value, &used))
        return FALSE;
    for (guint i = 0; i < used; i++) {
        const Item *part = &g_array_index(items, Item, *at + i);
        g_string_append_printf(typed, "%s%s", i > 0 && !part->glued ? " " : "", part->typed);
    }
    *at += used - 1;
    if (has_filter(query, typed->str))
        return TRUE;
    LtFilter *filter = query->filters->len < LT_QUERY_MAX_FILTERS
                           ? lt_filter_new(kind, typed->str, value, item->excluded)
                           : NULL;
    if (filter != NULL)
        g_ptr_array_add(query->filters, filter);
    else
        ignore(query, typed->str);
    return TRUE;
}

/* Where the walk through the items stands. */
typedef struct {
    guint terms;
    gboolean after_term; /* the item before was a term of a group */
    gboolean joined;     /* OR stood between */
    gboolean number;     /* "số" stood before */
} Walk;

/* "T12/2017" */
static gboolean
is_short_month(const Item *item)
{
    return (item->text[0] == 'T' || item->text[0] == 't') && g_ascii_isdigit(item->text[1]);
}

/* "năm 2017", "tháng 12 năm 2017", "ngày 18/12/2017", "quý 4/2017": the longest date from at on, as one item that
 * writes it short; how many items it takes, 0: there is none. */
static guint
take_date(const GArray *items, guint at, Item *ret_item)
{
    g_autofree char *word = lt_words_key(g_array_index(items, Item, at).text);
    g_autoptr(GString) joined = g_string_new(NULL);
    guint used = 0;

    if (!g_strv_contains(date_words, word) && !is_short_month(&g_array_index(items, Item, at)))
        return 0;
    for (guint i = 0; i < VALUE_WORDS && at + i < items->len && joined->len < VALUE_BYTES; i++) {
        const Item *item = &g_array_index(items, Item, at + i);
        if (item->quoted || item->excluded || item->prefix)
            break;
        g_string_append_printf(joined, "%s%s", i > 0 ? " " : "", item->text);
        g_autoptr(GPtrArray) dates = lt_query_dates(joined->str);
        if (dates == NULL)
            continue;
        used = i + 1;
        item_clear(ret_item);
        *ret_item = (Item){g_strdup(joined->str), lt_query_short_date(dates), .dated = TRUE};
    }
    return used;
}

static void
place_term(LtQuery *query, Walk *walk, const Item *item)
{
    LtTerm *term = walk->terms < LT_QUERY_MAX_TERMS ? term_from_item(item) : NULL;

    if (term == NULL || (item->excluded && walk->joined))
        walk->joined = FALSE;
    if (term == NULL) {
        ignore(query, item->typed);
        return;
    }
    walk->terms++;
    term->number = term->number || walk->number;
    set_dates(term, item);
    if (item->excluded)
        g_ptr_array_add(query->excluded, term);
    else
        add_to_group(query, term, walk->joined);
    *walk = (Walk){.terms = walk->terms, .after_term = !item->excluded};
}

static gboolean
place_date(LtQuery *query, Walk *walk, const GArray *items, guint *at)
{
    Item date = {0};
    guint used = take_date(items, *at, &date);

    if (used == 0)
        return FALSE;
    place_term(query, walk, &date);
    item_clear(&date);
    *at += used - 1;
    return TRUE;
}

static void
place_items(LtQuery *query, const GArray *items)
{
    Walk walk = {0};

    for (guint i = 0; i < items->len; i++) {
        const Item *item = &g_array_index(items, Item, i);
        gboolean may_join = walk.after_term && i + 1 < items->len;
        if (place_filter(query, items, &i))
            walk = (Walk){.terms = walk.terms};
        else if (place_date(query, &walk, items, &i))
            continue;
        else if (is_operator(item, "OR") && may_join)
            walk.joined = TRUE;
        else if (is_operator(item, "OR") || is_operator(item, "AND")) /* all words are ANDed */
            ignore(query, item->typed);
        else if (is_number_word(items, i))
            walk.number = TRUE;
        else
            place_term(query, &walk, item);
    }
}

/* The whole query as one number, where it holds nothing but words. */
static void
set_keys(LtQuery *query)
{
    g_autoptr(GString) whole = g_string_new(NULL);

    for (guint i = 0; i < query->groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(query->groups, i);
        const LtTerm *term = g_ptr_array_index(group, 0);
        if (group->len > 1 || term->prefix)
            return;
        g_string_append_printf(whole, "%s%s", i > 0 ? " " : "",
                               (const char *)g_ptr_array_index(term->phrases, 0));
    }
    lt_number_keys_init(&query->keys, whole->str);
}

/* The first LT_SEARCH_MAX_QUERY code points; the rest is reported. */
static char *
cut(LtQuery *query, char *text)
{
    if (g_utf8_strlen(text, -1) > (glong)LT_SEARCH_MAX_QUERY) {
        char *rest = g_utf8_offset_to_pointer(text, LT_SEARCH_MAX_QUERY);
        ignore(query, rest);
        *rest = '\0';
    }
    return text;
}

LtQuery *
lt_query_parse(const char *typed)
{
    LtQuery *query = g_new0(LtQuery, 1);
    g_autofree char *text = lt_text_canonical(typed);

    query->groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    query->excluded = g_ptr_array_new_with_free_func((GDestroyNotify)term_free);
    query->filters = g_ptr_array_new_with_free_func((GDestroyNotify)lt_filter_free);
    query->ignored = g_ptr_array_new_with_free_func(g_free);
    query->folder = lt_folder_new();
    g_autoptr(GArray) items = split(cut(query, text));
    place_items(query, items);
    set_keys(query);
    return query;
}

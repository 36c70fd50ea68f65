/* The tables beside the rules: types, agencies, kinds of agencies, places, phrases. Tab-separated,
 * '#' opens a comment line. */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/fields/authority.h"
#include "ingest/fields/rules.h"

typedef gboolean (*AddRow)(LtRules *rules, char **columns);

typedef struct {
    const char *file;
    guint columns;
    AddRow add;
} Table;

static void
free_type(gpointer data)
{
    LtTypeName *type = data;
    g_free(type->code);
    g_free(type->name);
    g_free(type->family);
    g_free(type->key);
    g_free(type->letters);
    g_free(type->code_letters);
    g_free(type);
}

static void
free_kind(gpointer data)
{
    LtIssuerKind *kind = data;
    g_free(kind->name);
    g_free(kind->key);
    g_free(kind);
}

static void
free_phrase(gpointer data)
{
    LtPhrase *phrase = data;
    g_free(phrase->name);
    g_free(phrase->key);
    g_free(phrase->letters);
    g_free(phrase);
}

static gboolean
add_type(LtRules *rules, char **columns)
{
    LtTypeName *type = g_new0(LtTypeName, 1);
    type->code = g_strdup(g_str_equal(columns[0], "-") ? "" : columns[0]);
    type->name = g_strdup(columns[1]);
    type->family = g_strdup(columns[2]);
    type->key = lt_text_fold(columns[1]);
    type->letters = lt_text_letters(columns[1]);
    type->code_letters = lt_text_letters(type->code);
    g_ptr_array_add(rules->types, type);
    return TRUE;
}

static gboolean
add_issuer(LtRules *rules, char **columns)
{
    return lt_authority_add_own(rules->authority, columns[0], columns[1]);
}

static gboolean
add_office(LtRules *rules, char **columns)
{
    return lt_authority_add_office(rules->authority, columns);
}

static gboolean
add_abbreviation(LtRules *rules, char **columns)
{
    return lt_authority_add_abbreviation(rules->authority, columns);
}

static gboolean
add_districts(LtRules *rules, char **columns)
{
    return lt_authority_add_districts(rules->authority, columns);
}

static gboolean
add_communes(LtRules *rules, char **columns)
{
    return lt_authority_add_communes(rules->authority, columns);
}

static gboolean
add_kind(LtRules *rules, char **columns)
{
    guint64 level = 0;
    if (!g_ascii_string_to_unsigned(columns[0], 10, 0, 9, &level, NULL))
        return FALSE;
    LtIssuerKind *kind = g_new0(LtIssuerKind, 1);
    kind->level = (guint)level;
    kind->name = g_strdup(columns[1]);
    kind->key = lt_text_fold(columns[1]);
    g_ptr_array_add(rules->kinds, kind);
    return TRUE;
}

static LtPhrase *
phrase_new(const char *name)
{
    LtPhrase *phrase = g_new0(LtPhrase, 1);
    phrase->name = g_strdup(name);
    phrase->key = lt_text_fold(name);
    phrase->letters = lt_text_letters(name);
    phrase->words = 1;
    for (const char *p = name; *p; p++)
        phrase->words += *p == ' ';
    return phrase;
}

static gboolean
add_place(LtRules *rules, char **columns)
{
    g_ptr_array_add(rules->phrases, phrase_new(columns[0]));
    return lt_authority_add_province(rules->authority, columns);
}

static gboolean
add_title(LtRules *rules, char **columns)
{
    g_ptr_array_add(rules->titles, phrase_new(columns[0]));
    return TRUE;
}

static gboolean
add_given_name(LtRules *rules, char **columns)
{
    g_ptr_array_add(rules->given_names, phrase_new(columns[0]));
    return TRUE;
}

static gboolean
add_surname(LtRules *rules, char **columns)
{
    g_ptr_array_add(rules->surnames, phrase_new(columns[0]));
    return TRUE;
}

static gboolean
add_phrase(LtRules *rules, char **columns)
{
    g_ptr_array_add(rules->phrases, phrase_new(columns[0]));
    return TRUE;
}

static const Table tables[] = {
    {"types.tsv", 3, add_type},
    {"issuers.tsv", 2, add_issuer},
    {"kinds.tsv", 2, add_kind},
    {"places.tsv", 1, add_place},
    {"words.tsv", 1, add_phrase},
    {"titles.tsv", 1, add_title},
    {"authority.tsv", 8, add_office},
    {"districts.tsv", 3, add_districts},
    {"communes.tsv", 3, add_communes},
    {"surnames.tsv", 1, add_surname},
    {"givennames.tsv", 1, add_given_name},
    {"abbreviations.tsv", 2, add_abbreviation},
};

static const Table *
find_table(const char *file)
{
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++)
        if (g_str_equal(tables[i].file, file))
            return &tables[i];
    return NULL;
}

static void
load_table(LtRules *rules, const char *path, const Table *table, GPtrArray *problems)
{
    g_autofree char *contents = lt_rule_file_read(path, problems);
    if (!contents)
        return;
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *line = g_strchomp(lines[i]);
        if (!*line || *line == '#')
            continue;
        if (i >= LT_RULES_MAX_ROWS) {
            lt_rule_problem(problems, table->file, i + 1, NULL, _("more than %u lines"),
                            LT_RULES_MAX_ROWS);
            return;
        }
        g_auto(GStrv) columns = g_strsplit(line, "\t", -1);
        if (g_strv_length(columns) < table->columns || !table->add(rules, columns))
            lt_rule_problem(problems, table->file, i + 1, NULL,
                            _("expected %u columns parted by tabs, as the file's head says"),
                            table->columns);
    }
}

static int
longest_kind_first(gconstpointer a, gconstpointer b)
{
    const LtIssuerKind *x = *(LtIssuerKind *const *)a, *y = *(LtIssuerKind *const *)b;
    gsize n = strlen(x->key), m = strlen(y->key);
    return n > m ? -1 : n < m;
}

static int
longest_phrase_first(gconstpointer a, gconstpointer b)
{
    const LtPhrase *x = *(LtPhrase *const *)a, *y = *(LtPhrase *const *)b;
    return (int)y->words - (int)x->words;
}

void
lt_rules_init_tables(LtRules *rules)
{
    rules->types = g_ptr_array_new_with_free_func(free_type);
    rules->authority = lt_authority_new();
    rules->kinds = g_ptr_array_new_with_free_func(free_kind);
    rules->phrases = g_ptr_array_new_with_free_func(free_phrase);
    rules->titles = g_ptr_array_new_with_free_func(free_phrase);
    rules->surnames = g_ptr_array_new_with_free_func(free_phrase);
    rules->given_names = g_ptr_array_new_with_free_func(free_phrase);
}

gboolean
lt_rules_load_table(LtRules *rules, const char *path, GPtrArray *problems)
{
    g_autofree char *name = g_path_get_basename(path);
    const Table *table = find_table(name);
    if (table)
        load_table(rules, path, table, problems);
    return table != NULL;
}

void
lt_rules_load_tables(LtRules *rules, const char *directory, gboolean must_exist,
                     GPtrArray *problems)
{
    for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *path = g_build_filename(directory, tables[i].file, NULL);
        if (must_exist || g_file_test(path, G_FILE_TEST_EXISTS))
            load_table(rules, path, &tables[i], problems);
    }
}

/* Sorting is stable: of names of the same length, what was loaded first stays first. */
void
lt_rules_sort_tables(LtRules *rules)
{
    g_ptr_array_sort(rules->kinds, longest_kind_first);
    g_ptr_array_sort(rules->phrases, longest_phrase_first);
    g_ptr_array_sort(rules->titles, longest_phrase_first);
    lt_authority_make_keys(rules->authority);
}

void
lt_rules_free_tables(LtRules *rules)
{
    g_clear_pointer(&rules->types, g_ptr_array_unref);
    g_clear_pointer(&rules->authority, lt_authority_free);
    g_clear_pointer(&rules->kinds, g_ptr_array_unref);
    g_clear_pointer(&rules->phrases, g_ptr_array_unref);
    g_clear_pointer(&rules->titles, g_ptr_array_unref);
    g_clear_pointer(&rules->surnames, g_ptr_array_unref);
    g_clear_pointer(&rules->given_names, g_ptr_array_unref);
}

const LtTypeName *
lt_rules_type_by_code(const LtRules *rules, const char *code)
{
    const LtTypeName *folded = NULL;
    gboolean several = FALSE;
    g_autofree char *key = lt_text_letters(code);
    if (!*key)
        return NULL;
    for (guint i = 0; i < rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(rules->types, i);
        if (g_str_equal(type->code, code))
            return type;
        if (g_str_equal(type->code_letters, key)) {
            several = several || (folded && !g_str_equal(folded->code, type->code));
            folded = type;
        }
    }
    return several ? NULL : folded;
}

const LtTypeName *
lt_rules_type_by_name(const LtRules *rules, const char *name)
{
    g_autofree char *key = lt_text_letters(name);
    for (guint i = 0; i < rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(rules->types, i);
        if (g_str_equal(type->letters, key))
            return type;
    }
    return NULL;
}

GPtrArray *
lt_rules_type_names(const LtRules *rules)
{
    GPtrArray *names = g_ptr_array_new();

    for (guint i = 0; i < rules->types->len; i++) {
        const LtTypeName *type = g_ptr_array_index(rules->types, i);
        if (!g_ptr_array_find_with_equal_func(names, type->name, g_str_equal, NULL))
            g_ptr_array_add(names, type->name);
    }
    return names;
}

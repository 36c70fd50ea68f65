/* Parses rule files into groups of keys, with the line of each. */
#include "ingest/fields/rulefile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "ingest/fields/rules.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
lt_rule_problem(GPtrArray *problems, const char *file, guint line, const char *group,
                const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (problems->len >= LT_RULES_MAX_PROBLEMS)
        return;
    g_ptr_array_add(problems,
                    group  ? g_strdup_printf(_("'%s', line %u, [%s]: %s"), file, line, group, what)
                    : line ? g_strdup_printf(_("'%s', line %u: %s"), file, line, what)
                           : g_strdup_printf(_("'%s': %s"), file, what));
}

static void
entry_free(gpointer data)
{
    LtRuleEntry *entry = data;
    g_free(entry->key);
    g_free(entry->value);
    g_free(entry);
}

static void
group_free(gpointer data)
{
    LtRuleGroup *group = data;
    g_free(group->name);
    g_ptr_array_unref(group->entries);
    g_free(group);
}

void
lt_rule_file_free(LtRuleFile *file)
{
    if (!file)
        return;
    g_free(file->name);
    g_ptr_array_unref(file->groups);
    g_free(file);
}

const LtRuleGroup *
lt_rule_file_group(const LtRuleFile *file, const char *name)
{
    for (guint i = 0; i < file->groups->len; i++) {
        const LtRuleGroup *group = g_ptr_array_index(file->groups, i);
        if (g_str_equal(group->name, name))
            return group;
    }
    return NULL;
}

const LtRuleEntry *
lt_rule_group_entry(const LtRuleGroup *group, const char *key)
{
    for (guint i = 0; i < group->entries->len; i++) {
        const LtRuleEntry *entry = g_ptr_array_index(group->entries, i);
        if (g_str_equal(entry->key, key))
            return entry;
    }
    return NULL;
}

static LtRuleGroup *
open_group(LtRuleFile *file, const char *text, guint line, GPtrArray *problems)
{
    gsize length = strlen(text);
    gboolean closed = length > 2 && text[length - 1] == ']';
    g_autofree char *name = closed ? g_strndup(text + 1, length - 2) : g_strdup(text);
    if (!closed)
        lt_rule_problem(problems, file->name, line, NULL,
                        _("a group is written as [name], alone on its line"));
    const LtRuleGroup *there = lt_rule_file_group(file, name);
    if (there)
        lt_rule_problem(problems, file->name, line, name,
                        _("stands on line %u already: give one of them another name"), there->line);
    LtRuleGroup *group = g_new0(LtRuleGroup, 1);
    group->name = g_steal_pointer(&name);
    group->line = line;
    group->entries = g_ptr_array_new_with_free_func(entry_free);
    g_ptr_array_add(file->groups, group);
    return group;
}

static void
add_entry(const LtRuleFile *file, LtRuleGroup *group, const char *text, guint line,
          GPtrArray *problems)
{
    const char *equals = strchr(text, '=');
    if (!equals || equals == text) {
        lt_rule_problem(problems, file->name, line, group ? group->name : NULL,
                        _("'%s' is neither KEY=VALUE nor a comment, which begins with #"), text);
        return;
    }
    if (!group) {
        lt_rule_problem(problems, file->name, line, NULL,
                        _("'%s' stands before the first [name]: which rule does it belong to?"),
                        text);
        return;
    }
    g_autofree char *key = g_strchomp(g_strndup(text, (gsize)(equals - text)));
    const LtRuleEntry *there = lt_rule_group_entry(group, key);
    if (there)
        lt_rule_problem(problems, file->name, line, group->name,
                        _("%s stands on line %u already: number examples, keep one of others"), key,
                        there->line);
    LtRuleEntry *entry = g_new0(LtRuleEntry, 1);
    entry->key = g_steal_pointer(&key);
    /* Blanks at the end may belong to a pattern or an example. */
    entry->value = g_strchug(g_strdup(equals + 1));
    entry->line = line;
    g_ptr_array_add(group->entries, entry);
}

LtRuleFile *
lt_rule_file_parse(const char *name, const char *contents, GPtrArray *problems)
{
    LtRuleFile *file = g_new0(LtRuleFile, 1);
    file->name = g_strdup(name);
    file->groups = g_ptr_array_new_with_free_func(group_free);
    LtRuleGroup *group = NULL;
    g_auto(GStrv) lines = g_strsplit(contents, "\n", -1);
    for (guint i = 0; lines[i]; i++) {
        char *text = g_strchug(lines[i]);
        if (g_str_has_suffix(text, "\r"))
            text[strlen(text) - 1] = '\0';
        if (!*text || *text == '#')
            continue;
        if (file->groups->len > LT_RULES_MAX) {
            lt_rule_problem(problems, name, i + 1, NULL, _("more than %u rules in one file"),
                            LT_RULES_MAX);
            break;
        }
        if (*text == '[')
            group = open_group(file, g_strchomp(text), i + 1, problems);
        else
            add_entry(file, group, text, i + 1, problems);
    }
    return file;
}

char *
lt_rule_file_read(const char *path, GPtrArray *problems)
{
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *contents = NULL;
    g_autoptr(GError) cause = NULL;
    gsize length = 0;
    /* Sizes are asked first: a path may name a device without end. */
    if (!g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
        lt_rule_problem(problems, name, 0, NULL, _("there is no such file in its folder"));
        return NULL;
    }
    if (!g_file_get_contents(path, &contents, &length, &cause)) {
        lt_rule_problem(problems, name, 0, NULL, "%s", cause->message);
        return NULL;
    }
    if (length > LT_RULES_MAX_FILE) {
        lt_rule_problem(problems, name, 0, NULL, _("larger than %u bytes"), LT_RULES_MAX_FILE);
        return NULL;
    }
    const char *end = NULL;
    if (!g_utf8_validate(contents, (gssize)length, &end)) {
        guint line = 1;
        for (const char *p = contents; p < end; p++)
            line += *p == '\n';
        lt_rule_problem(problems, name, line, NULL, _("not UTF-8: save the file as UTF-8"));
        return NULL;
    }
    /* Editors of other systems write a mark before the text. */
    return g_str_has_prefix(contents, BYTE_ORDER_MARK)
               ? g_strdup(contents + strlen(BYTE_ORDER_MARK))
               : g_steal_pointer(&contents);
}

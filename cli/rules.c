/* luutru rules: the examples that stand in the rule files, and which rule gave a document's fields. */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#include "cli/table.h"

static LtExit
print_failures(const GPtrArray *failures, guint examples)
{
    for (guint i = 0; i < failures->len; i++) {
        g_autofree char *sentence = lt_cli_shown(g_ptr_array_index(failures, i));
        printf("%s\n", sentence);
    }
    printf(ngettext("%u example, %u wrong\n", "%u examples, %u wrong\n", examples), examples,
           failures->len);
    return failures->len > 0 ? LT_EXIT_PARTLY : LT_EXIT_DONE;
}

static LtExit
check_rules(const LtCli *cli, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autoptr(GPtrArray) failures = NULL;
    guint examples = 0;

    if (rules == NULL)
        return LT_EXIT_PARTLY;
    failures = lt_rules_check(rules, &examples);
    return print_failures(failures, examples);
}

static LtExit
check_file(const char *path, GError **error)
{
    g_autofree char *directory = lt_cli_rules_directory(error);
    g_autoptr(GPtrArray) failures = NULL;
    guint examples = 0;

    if (directory != NULL)
        failures = lt_rules_check_file(directory, path, &examples, error);
    return failures != NULL ? print_failures(failures, examples) : LT_EXIT_PARTLY;
}

static const char *const REASONS[] = {
    [LT_FINDING_TAKEN] = N_("taken"),
    [LT_FINDING_LATER] = N_("another rule or line comes first"),
    [LT_FINDING_TEXT] = N_("stands in the text"),
    [LT_FINDING_STAMP] = N_("stands on a stamp or signature"),
};

static char *
rule_text(const char *name, const char *file, guint line, gboolean office)
{
    return office ? g_strdup_printf(_("[%s], the office's '%s', line %u"), name, file, line)
                  : g_strdup_printf(_("[%s], '%s', line %u"), name, file, line);
}

/* The rule of a field as it was filed: one of a file, a table, or a word such as 'letterhead'. */
static char *
field_rule_text(const LtRules *rules, const LtRecord *filed, LtFieldId id)
{
    const LtField *field = &filed->fields[id];
    const char *file = NULL;
    guint line = 0;
    gboolean office = FALSE;

    if (field->rule == NULL)
        return g_strdup("");
    if (lt_rules_find(rules, id, field->rule, &file, &line, &office))
        return rule_text(field->rule, file, line, office);
    return lt_cli_shown(field->rule);
}

static const struct {
    const char *name, *label;
} WITNESSES[] = {
    {"recognition", N_("recognition")},         {"text", N_("the document's text")},
    {"file-name", N_("the file's name")},       {"signature", N_("a digital signature")},
    {"citations", N_("later documents cited")}, {"order", N_("the office's other numbers")},
};

/* "the ink 71 %; the file's name × 4": what each witness said, apart. */
static char *
witnesses_text(const LtCandidate *candidate)
{
    g_auto(GStrv) witnesses = g_strsplit(candidate->because ? candidate->because : "", " ", -1);
    GString *text = g_string_new(NULL);

    for (char **witness = witnesses; *witness != NULL; witness++) {
        char *colon = strchr(*witness, ':');
        double factor = colon != NULL ? g_ascii_strtod(colon + 1, NULL) : 0;
        const char *label = NULL;

        if (g_str_has_prefix(*witness, "ink:"))
            g_string_append_printf(text, _("the ink %.0f %%"), factor * 100);
        for (guint i = 0; i < G_N_ELEMENTS(WITNESSES) && label == NULL; i++)
            if (g_str_has_prefix(*witness, WITNESSES[i].name))
                label = _(WITNESSES[i].label);
        if (label != NULL)
            g_string_append_printf(text, "; %s × %.2g", label, factor);
    }
    return g_string_free(text, FALSE);
}

static void
add_candidates(LtTable *table, const LtField *field)
{
    for (guint i = 0; field->candidates != NULL && i < field->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        g_autofree char *value = lt_cli_shown(candidate->value);
        g_autofree char *witnesses = witnesses_text(candidate);
        g_autofree char *perhaps =
            g_strcmp0(candidate->value, field->value) == 0
                ? g_strdup_printf(_("for %s"), value)
                : g_strdup_printf(_("perhaps %s (%.0f %%)"), value, candidate->confidence * 100);
        lt_table_take_note(table, *witnesses != '\0' ? g_strdup_printf("%s: %s", perhaps, witnesses)
                                                     : g_strdup(perhaps));
    }
}

static void
add_findings(LtTable *table, const GPtrArray *findings, LtFieldId id)
{
    for (guint i = 0; i < findings->len; i++) {
        const LtFinding *finding = g_ptr_array_index(findings, i);
        if (finding->field != id || finding->reason == LT_FINDING_TAKEN)
            continue;
        g_autofree char *rule =
            rule_text(finding->rule, finding->file, finding->line, finding->office);
        g_autofree char *value = lt_cli_shown(finding->value);
        lt_table_take_note(table,
                           g_strdup_printf(_("not %s: page %u, %s (%s)"), value, finding->page,
                                           _(REASONS[finding->reason]), rule));
    }
}

static gboolean
is_worth_telling(const LtField *field, const GPtrArray *findings, LtFieldId id)
{
    if (field->value != NULL || field->candidates != NULL || field->rule != NULL)
        return TRUE;
    for (guint i = 0; i < findings->len; i++)
        if (((const LtFinding *)g_ptr_array_index(findings, i))->field == id)
            return TRUE;
    return FALSE;
}

static void
add_field(LtTable *table, const LtRules *rules, const LtRecord *filed, const LtRecord *now,
          const GPtrArray *findings, LtFieldId id)
{
    const LtField *field = &filed->fields[id];

    if (!is_worth_telling(field, findings, id))
        return;
    lt_table_row(table);
    lt_table_add(table, lt_cli_field_label(id));
    lt_table_take(table, lt_cli_shown(field->value));
    lt_table_take(table, field->value != NULL ? g_strdup_printf("%.0f %%", field->confidence * 100)
                                              : g_strdup(""));
    lt_table_take(table, field->page > 0 ? g_strdup_printf("%u", field->page) : g_strdup(""));
    lt_table_take(table, field->page > 0 ? g_strdup_printf("%.0f × %.0f %%", field->box.x0 * 100,
                                                           field->box.y0 * 100)
                                         : g_strdup(""));
    lt_table_take(table, field_rule_text(rules, filed, id));
    if (g_strcmp0(field->value, now->fields[id].value) != 0) {
        g_autofree char *value = lt_cli_shown(now->fields[id].value);
        lt_table_take_note(table, g_strdup_printf(_("today's rules would give: %s"),
                                                  *value != '\0' ? value : _("nothing")));
    }
    add_candidates(table, field);
    add_findings(table, findings, id);
}

static LtExit
explain(const LtCli *cli, const char *wanted, GError **error)
{
    const LtColumn columns[] = {
        {_("field"), LT_COLUMN_LEFT},           {_("value"), LT_COLUMN_WRAP},
        {_("sure"), LT_COLUMN_RIGHT},           {_("page"), LT_COLUMN_RIGHT},
        {_("from left × top"), LT_COLUMN_LEFT}, {_("rule"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));
    g_autoptr(LtStore) store = NULL;
    g_autoptr(LtRules) rules = NULL;
    g_autoptr(LtRecord) filed = NULL;
    g_autoptr(LtRecord) now = lt_record_new();
    g_autoptr(GPtrArray) findings = NULL;
    gint64 id;

    if (!lt_cli_parse_id(wanted, TRUE, &id)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'%s' is no document's id, which is written '#12' (in quotes) or 12"),
                    wanted);
        return LT_EXIT_USAGE;
    }
    store = lt_cli_open(cli, LT_STORE_READ, error);
    rules = store != NULL ? lt_cli_archive_rules(cli, error) : NULL;
    filed = rules != NULL ? lt_store_document(store, id, TRUE, error) : NULL;
    if (filed == NULL)
        return LT_EXIT_PARTLY;
    now->id = filed->id;
    now->source = g_strdup(filed->source);
    findings = lt_fields_explain(rules, filed->pages, now);
    if (!lt_order_settle(store, now, error))
        return LT_EXIT_PARTLY;
    for (guint field = 0; field < LT_N_FIELDS; field++)
        add_field(table, rules, filed, now, findings, (LtFieldId)field);
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO),
                   lt_cli_terminal_styled(STDOUT_FILENO));
    return LT_EXIT_DONE;
}

LtExit
lt_command_rules(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    const GOptionEntry entries[] = {
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &words, NULL,
         N_("check [FILE] | explain #ID")},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_cli_parse(cli, argv, entries,
                      _("Checks rule files, and explains how a document's fields were found."),
                      _("An office's own rules and tables stand in the archive's folder 'rules'; "
                        "FILE is checked as if it stood there."),
                      error))
        return LT_EXIT_USAGE;
    guint n = words != NULL ? g_strv_length(words) : 0;
    if (n == 1 && strcmp(words[0], "check") == 0)
        return check_rules(cli, error);
    if (n == 2 && strcmp(words[0], "check") == 0)
        return check_file(words[1], error);
    if (n == 2 && strcmp(words[0], "explain") == 0)
        return explain(cli, words[1], error);
    g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                _("'rules' wants 'check', 'check FILE' or 'explain #ID'"));
    return LT_EXIT_USAGE;
}

/* luutru reread: the fields again, by the present rules, from pages that are already read. */
#include "cli/cli.h"

#include <string.h>

#include "cli/find.h"
#include "cli/json.h"
#include "cli/record.h"

typedef struct {
    gboolean json, dry_run;
    guint documents, changed, valued; /* valued: of changed, those where a value is another */
    guint by_field[LT_N_FIELDS];
} Count;

static gboolean
differs(const LtReread *reread, guint field)
{
    return g_strcmp0(reread->before->fields[field].value, reread->after->fields[field].value) != 0;
}

static void
print_document(const LtReread *reread)
{
    g_autofree char *number = lt_cli_shown(reread->after->fields[LT_FIELD_NUMBER].value);

    printf("#%" PRId64 "%s%s\n", reread->after->id, *number != '\0' ? " " : "", number);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        g_autofree char *change =
            lt_record_change(reread->before->fields[i].value, reread->after->fields[i].value);
        if (differs(reread, i))
            printf("  %s: %s\n", lt_cli_field_label((LtFieldId)i), change);
    }
}

static void
print_json(const LtReread *reread)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "document");
    lt_json_count(builder, "id", (guint64)reread->after->id);
    lt_json_count(builder, "revision", reread->after->revision);
    json_builder_set_member_name(builder, "fields");
    json_builder_begin_object(builder);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        if (!differs(reread, i))
            continue;
        json_builder_set_member_name(builder, lt_field_name((LtFieldId)i));
        json_builder_begin_object(builder);
        lt_json_text(builder, "old", reread->before->fields[i].value);
        lt_json_text(builder, "new", reread->after->fields[i].value);
        json_builder_end_object(builder);
    }
    json_builder_end_object(builder);
    lt_json_bool(builder, "needs_review", reread->after->doubts->len > 0);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static gboolean
report(const LtReread *reread, gpointer user_data, G_GNUC_UNUSED GError **error)
{
    Count *count = user_data;
    gboolean valued = FALSE;

    count->documents++;
    count->changed += reread->changed;
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (differs(reread, i)) {
            count->by_field[i]++;
            valued = TRUE;
        }
    count->valued += valued;
    if (count->json && reread->changed)
        print_json(reread);
    else if (valued)
        print_document(reread);
    return TRUE;
}

static void
summary_as_json(const Count *count)
{
    g_autoptr(JsonBuilder) builder = json_builder_new();

    json_builder_begin_object(builder);
    lt_json_text(builder, "event", "summary");
    lt_json_count(builder, "documents", count->documents);
    lt_json_count(builder, "changed", count->changed);
    lt_json_count(builder, "values_changed", count->valued);
    lt_json_bool(builder, "dry_run", count->dry_run);
    json_builder_end_object(builder);
    lt_json_print(builder);
}

static void
summary_as_lines(const Count *count)
{
    printf(ngettext("%u document read again: ", "%u documents read again: ", count->documents),
           count->documents);
    printf(_("%u with other values"), count->valued);
    if (count->changed > count->valued)
        printf(_(", %u where only confidence, place or lists are others"),
               count->changed - count->valued);
    putchar('\n');
    for (guint i = 0; i < LT_N_FIELDS; i++)
        if (count->by_field[i] > 0)
            printf("  %s: %u\n", lt_cli_field_label((LtFieldId)i), count->by_field[i]);
    if (count->dry_run)
        printf(_("Dry run: nothing was written\n"));
}

static LtExit
run_reread(LtCli *cli, const LtSearch *search, Count *count, GError **error)
{
    g_autoptr(LtRules) rules = lt_cli_archive_rules(cli, error);
    g_autoptr(LtStore) store = NULL;

    if (rules == NULL)
        return LT_EXIT_IO;
    store = lt_cli_open(cli, count->dry_run ? LT_STORE_READ : LT_STORE_WRITE, error);
    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    if (!lt_reread(store, rules, search, count->dry_run, report, count, error))
        return LT_EXIT_IO;
    if (count->json)
        summary_as_json(count);
    else
        summary_as_lines(count);
    return count->documents > 0 ? LT_EXIT_DONE : LT_EXIT_PARTLY;
}

LtExit
lt_command_reread(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    Count count = {0};
    LtSearch search;
    const GOptionEntry entries[] = {
        {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &count.dry_run,
         N_("say what would change; write nothing"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &count.json, N_("one JSON object a line"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Reads the fields of documents again by the present rules, without "
                         "recognising pages again. What was corrected stays."),
                       error) ||
        !lt_find_search(&find, &search, error))
        return LT_EXIT_USAGE;
    return run_reread(cli, &search, &count, error);
}

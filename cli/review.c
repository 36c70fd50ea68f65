/* luutru review: what waits for a person, worst first. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/find.h"
#include "cli/record.h"
#include "cli/table.h"

#define USUAL_LIMIT 20

typedef struct {
    char *directory; /* (nullable) no pictures are wanted */
    gboolean require_sandbox;
} Crops;

static void
crops_clear(Crops *crops)
{
    g_free(crops->directory);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Crops, crops_clear)

static const char *const CLASS_LABELS[LT_REVIEW_N_CLASSES] = {
    [LT_REVIEW_SECRET] = N_("Marked secret, and filed"),
    [LT_REVIEW_NO_NUMBER] = N_("Without a sure number or date: it cannot be found by them"),
    [LT_REVIEW_DAMAGED] = N_("The file is damaged: text may be missing"),
    [LT_REVIEW_MISSING] = N_("Another field is missing or cannot be read"),
    [LT_REVIEW_MISMATCH] = N_("Values that contradict each other"),
    [LT_REVIEW_UNSURE] = N_("Values that are not sure"),
    [LT_REVIEW_NOTE] = N_("Notes"),
};

/* The field that a doubt is about; NULL for the whole. */
static const LtField *
doubted_field(const LtRecord *record, const LtDoubt *doubt)
{
    LtFieldId id;

    if (doubt->field == NULL || !lt_field_from_name(doubt->field, &id))
        return NULL;
    return &record->fields[id];
}

/* The value as it stands; where it was withheld, what it may be. */
static char *
value_text(const LtField *field)
{
    g_autofree char *candidates = NULL;

    if (field == NULL)
        return g_strdup("");
    if (field->value != NULL)
        return lt_cli_shown(field->value);
    candidates = lt_record_candidates(field);
    return *candidates != '\0' ? g_strdup_printf(_("perhaps: %s"), candidates) : g_strdup("");
}

static void
add_doubts(LtTable *table, const LtRecord *record)
{
    char *ending = lt_record_ending(record);

    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        const LtField *field = doubted_field(record, doubt);
        gboolean placed = field != NULL && field->page > 0;
        lt_table_row(table);
        lt_table_take(table, i == 0 ? g_strdup_printf("#%" PRId64, record->id) : g_strdup(""));
        lt_table_take(table,
                      i == 0 ? lt_cli_shown(record->fields[LT_FIELD_NUMBER].value) : g_strdup(""));
        lt_table_take(table, lt_cli_doubt_sentence(doubt));
        lt_table_take(table, value_text(field));
        lt_table_take(table, placed ? g_strdup_printf("%u", field->page) : g_strdup(""));
        lt_table_take(table, placed ? lt_cli_shown(field->as_printed) : g_strdup(""));
    }
    if (ending != NULL)
        lt_table_take_note(table, ending);
}

/* The items of one class, from the given one on. Returns the first of the next class. */
static guint
print_class(const LtReviewList *list, guint from)
{
    const LtColumn columns[] = {
        {_("id"), LT_COLUMN_RIGHT},   {_("number"), LT_COLUMN_LEFT},
        {_("why"), LT_COLUMN_WRAP},   {_("value"), LT_COLUMN_WRAP},
        {_("page"), LT_COLUMN_RIGHT}, {_("as printed"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));
    LtReviewClass review = ((const LtReviewItem *)g_ptr_array_index(list->items, from))->review;
    gboolean styled = lt_cli_terminal_styled(STDOUT_FILENO);
    guint i = from;

    for (; i < list->items->len; i++) {
        const LtReviewItem *item = g_ptr_array_index(list->items, i);
        if (item->review != review)
            break;
        add_doubts(table, item->record);
    }
    printf("%s%s%s%s\n", from > 0 ? "\n" : "", styled ? "\033[1m" : "", _(CLASS_LABELS[review]),
           styled ? "\033[0m" : "");
    lt_table_print(table, stdout, lt_cli_terminal_width(STDOUT_FILENO), styled);
    return i;
}

static void
print_list(const LtReviewList *list, guint offset)
{
    guint64 left = list->total - MIN(list->total, (guint64)offset + list->items->len);

    for (guint i = 0; i < list->items->len;)
        i = print_class(list, i);
    fflush(stdout);
    if (list->total == 0) {
        fprintf(stderr, _("Nothing waits for review\n"));
        return;
    }
    fprintf(stderr,
            ngettext("%" PRIu64 " document waits for review",
                     "%" PRIu64 " documents wait for review", list->total),
            list->total);
    if (left > 0)
        fprintf(stderr, _("; %" PRIu64 " more after these"), left);
    fprintf(stderr,
            _("\n'luutru correct id:N FIELD=VALUE' puts one right, '--accept FIELD' says that "
              "it is right\n"));
}

/* "12-number.png" in the folder, for each field that is doubted and has a spot. FALSE: a file cannot be
 * written; a page that cannot be cut is told and passed over. */
static gboolean
cut_record(LtCutter *cutter, LtStore *store, const LtRecord *record, const char *directory,
           guint *cuts, GError **error)
{
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        const LtField *field = doubted_field(record, doubt);
        g_autofree char *path = NULL;
        g_autoptr(GBytes) png = NULL;
        g_autoptr(GError) failure = NULL;
        gsize size = 0;

        if (field == NULL || field->page == 0 || field->box.x1 <= field->box.x0)
            continue;
        path = g_strdup_printf("%s/%" PRId64 "-%s.png", directory, record->id, doubt->field);
        png = lt_cutter_cut(cutter, store, record->sha256, field->page, &field->box, &failure);
        if (png == NULL) {
            fprintf(stderr, "#%" PRId64 ": %s\n", record->id, failure->message);
            continue;
        }
        const char *bytes = g_bytes_get_data(png, &size);
        if (!g_file_set_contents(path, bytes, (gssize)size, error))
            return FALSE;
        ++*cuts;
    }
    return TRUE;
}

static gboolean
cut_list(LtStore *store, const LtReviewList *list, const Crops *crops, GError **error)
{
    g_autofree char *worker = lt_cli_worker(error);
    g_autoptr(LtCutter) cutter =
        worker != NULL ? lt_cutter_new(worker, crops->require_sandbox, error) : NULL;
    g_autofree char *warning = cutter != NULL ? lt_cutter_warning(cutter) : NULL;
    guint cuts = 0;

    if (cutter == NULL)
        return FALSE;
    if (warning != NULL)
        fprintf(stderr, "luutru: %s\n", warning);
    if (g_mkdir_with_parents(crops->directory, 0777) != 0) {
        g_set_error(error, G_FILE_ERROR, (int)g_file_error_from_errno(errno),
                    _("the folder '%s' cannot be made: %s"), crops->directory, g_strerror(errno));
        return FALSE;
    }
    for (guint i = 0; i < list->items->len; i++) {
        const LtReviewItem *item = g_ptr_array_index(list->items, i);
        if (!cut_record(cutter, store, item->record, crops->directory, &cuts, error))
            return FALSE;
    }
    fprintf(stderr, ngettext("%u cut-out in '%s'\n", "%u cut-outs in '%s'\n", cuts), cuts,
            crops->directory);
    return TRUE;
}

static LtExit
run_review(LtCli *cli, const LtSearch *search, const Crops *crops, gboolean json, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtReviewList) list = NULL;

    if (store == NULL)
        return LT_EXIT_ARCHIVE;
    list = lt_store_review(store, search, error);
    if (list == NULL)
        return LT_EXIT_IO;
    if (json) {
        g_autofree char *text = lt_review_list_to_json(list);
        puts(text);
    } else {
        print_list(list, search->offset);
    }
    if (crops->directory != NULL && !cut_list(store, list, crops, error))
        return LT_EXIT_IO;
    return LT_EXIT_DONE;
}

LtExit
lt_command_review(LtCli *cli, char **argv, GError **error)
{
    g_auto(LtFind) find = {0};
    gboolean json = FALSE;
    g_auto(Crops) crops = {0};
    int limit = USUAL_LIMIT;
    int offset = 0;
    LtSearch search;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("at most N documents (20; 0 for all)"), "N"},
        {"offset", 0, 0, G_OPTION_ARG_INT, &offset, N_("leave out the first N"), "N"},
        {"crops", 0, 0, G_OPTION_ARG_FILENAME, &crops.directory,
         N_("write a picture of each doubtful spot into this folder"), N_("DIR")},
        {"require-sandbox", 0, 0, G_OPTION_ARG_NONE, &crops.require_sandbox,
         N_("refuse to read files without every wall around what reads them"), NULL},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        G_OPTION_ENTRY_NULL,
    };

    if (!lt_find_parse(&find, cli, argv, entries,
                       _("Lists the documents that need an eye, worst first, with the reason."),
                       error) ||
        !lt_find_exactly(&find, &search, error) || !lt_find_window(&search, limit, offset, error))
        return LT_EXIT_USAGE;
    return run_review(cli, &search, &crops, json, error);
}

#include "cli/record.h"

#include <string.h>
#include <unistd.h>

#include "cli/table.h"

typedef struct {
    guint width;
    gboolean styled;
} Paper;

static void
print_table(const LtTable *table, const Paper *paper)
{
    lt_table_print(table, stdout, paper->width, paper->styled);
}

static void
print_title(const char *title, const Paper *paper)
{
    printf("\n%s%s%s\n", paper->styled ? "\033[1m" : "", title, paper->styled ? "\033[0m" : "");
}

/* What the reader would have offered where it held its value back. */
char *
lt_record_candidates(const LtField *field)
{
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; field->candidates != NULL && i < field->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        g_autofree char *value = lt_cli_shown(candidate->value);
        g_string_append_printf(text, "%s%s (%.0f %%)", i > 0 ? ", " : "", value,
                               candidate->confidence * 100);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Its parts are worth a line only where the whole is not known. */
static gboolean
is_part_of_number(LtFieldId id)
{
    return id == LT_FIELD_CODE_NUMBER || id == LT_FIELD_CODE_NOTATION;
}

static void
add_field(LtTable *table, const LtRecord *record, LtFieldId id)
{
    const LtField *field = &record->fields[id];
    gboolean doubted = lt_record_is_doubted(record, id);
    g_autofree char *candidates = lt_record_candidates(field);
    g_autofree char *printed = lt_cli_shown(field->as_printed);

    if (field->value == NULL && !doubted && *candidates == '\0')
        return;
    if (is_part_of_number(id) && record->fields[LT_FIELD_NUMBER].value != NULL)
        return;
    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("%s%s", lt_cli_field_label(id), doubted ? " ?" : ""));
    lt_table_take(table, id == LT_FIELD_ISSUED_DATE ? lt_cli_shown_day(field->value)
                                                    : lt_cli_shown(field->value));
    lt_table_take(table, field->value != NULL ? g_strdup_printf("%.0f %%", field->confidence * 100)
                                              : g_strdup(""));
    lt_table_take(table, field->page > 0 ? g_strdup_printf("%u", field->page) : g_strdup(""));
    lt_table_add(table, g_strcmp0(field->value, field->as_printed) != 0 ? printed : "");
    if (*candidates != '\0' && (doubted || field->value == NULL))
        lt_table_take_note(table, g_strdup_printf(_("perhaps: %s"), candidates));
}

static void
print_fields(const LtRecord *record, const Paper *paper)
{
    const LtColumn columns[] = {
        {_("field"), LT_COLUMN_LEFT},      {_("value"), LT_COLUMN_WRAP},
        {_("sure"), LT_COLUMN_RIGHT},      {_("page"), LT_COLUMN_RIGHT},
        {_("as printed"), LT_COLUMN_WRAP},
    };
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (guint id = 0; id < LT_N_FIELDS; id++)
        add_field(table, record, (LtFieldId)id);
    print_table(table, paper);
}

static char *
quoted(const char *value)
{
    g_autofree char *shown = lt_cli_shown(value);

    return value != NULL ? g_strdup_printf("'%s'", shown) : g_strdup(_("nothing"));
}

char *
lt_record_change(const char *old_value, const char *new_value)
{
    g_autofree char *old = quoted(old_value);
    g_autofree char *new = quoted(new_value);

    if (g_strcmp0(old_value, new_value) == 0)
        return g_strdup_printf(_("%s is right"), old);
    return g_strdup_printf("%s → %s", old, new);
}

char *
lt_record_correction(const LtCorrection *correction)
{
    g_autofree char *change = lt_record_change(correction->old_value, correction->new_value);
    LtFieldId field;

    if (lt_field_from_name(correction->field, &field))
        return g_strdup_printf("%s: %s", lt_cli_field_label(field), change);
    if (strcmp(correction->field, LT_LIST_RECIPIENTS) == 0)
        return g_strdup_printf("%s: %s", _("Recipients"), change);
    if (strcmp(correction->field, LT_LIST_REFERENCES) == 0)
        return g_strdup_printf("%s: %s", _("Cites"), change);
    return g_strdup(_("The document as a whole: its doubts are answered"));
}

static void
print_corrections(const LtRecord *record, const Paper *paper)
{
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_LEFT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (record->corrections->len == 0)
        return;
    print_title(_("Corrected (times in UTC)"), paper);
    for (guint i = 0; i < record->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i);
        g_autofree char *at = lt_cli_shown(correction->at);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("  %s", at));
        lt_table_take(table, lt_cli_shown(correction->by));
        lt_table_take(table, lt_record_correction(correction));
    }
    print_table(table, paper);
}

static void
print_recipients(const LtRecord *record, const Paper *paper)
{
    if (record->recipients->len == 0)
        return;
    print_title(_("Recipients"), paper);
    for (guint i = 0; i < record->recipients->len; i++) {
        g_autofree char *line = lt_cli_shown(g_ptr_array_index(record->recipients, i));
        printf("  %s\n", line);
    }
}

static void
print_doubts(const LtRecord *record, const Paper *paper)
{
    if (record->doubts->len == 0)
        return;
    print_title(_("Needs review"), paper);
    for (guint i = 0; i < record->doubts->len; i++) {
        g_autofree char *sentence = lt_cli_doubt_sentence(g_ptr_array_index(record->doubts, i));
        printf("  %s\n", sentence);
    }
}

static const LtColumn UNTITLED[] = {
    {"", LT_COLUMN_LEFT},
    {"", LT_COLUMN_LEFT},
    {"", LT_COLUMN_LEFT},
    {"", LT_COLUMN_WRAP},
};

/* "căn cứ: Nghị định, Chính phủ", as far as known. */
static char *
citation_text(const LtReference *reference)
{
    g_autoptr(GString) text = g_string_new(reference->relation);

    if (reference->type != NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ": " : "", reference->type);
    if (reference->issuer != NULL)
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", reference->issuer);
    return lt_cli_shown(text->str);
}

/* The day of "2015-05-12T10:32:58+07:00" as the reader writes it, the time as it stands. */
static char *
moment_text(const char *date)
{
    g_auto(GStrv) parts = g_strsplit(date != NULL ? date : "", "T", 2);
    g_autofree char *day = lt_cli_shown_day(parts[0]);
    g_autofree char *time = parts[0] != NULL ? lt_cli_shown(parts[1]) : g_strdup("");

    return g_strstrip(g_strconcat(day, " ", time, NULL));
}

/* What was put onto the document after it was issued. */
static void
print_stamps(const LtRecord *record, const Paper *paper)
{
    static const char *const kinds[LT_STAMP_N_KINDS] = {
        [LT_STAMP_ARRIVAL] = N_("arrival"),
        [LT_STAMP_COPY] = N_("copy"),
        [LT_STAMP_SIGNATURE] = N_("digital signature"),
    };
    g_autoptr(LtTable) table = lt_table_new(UNTITLED, G_N_ELEMENTS(UNTITLED));

    if (record->stamps->len == 0)
        return;
    print_title(_("Stamps and signatures"), paper);
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        g_autofree char *number = lt_cli_shown(stamp->number);
        g_autofree char *person = lt_cli_shown(stamp->person);
        g_autofree char *agency = lt_cli_shown(stamp->agency);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("  %s", _(kinds[stamp->kind])));
        lt_table_take(table, moment_text(stamp->date));
        lt_table_take(table, g_steal_pointer(&number));
        lt_table_take(table,
                      g_strdup_printf("%s%s%s", person,
                                      *person != '\0' && *agency != '\0' ? ", " : "", agency));
    }
    print_table(table, paper);
}

/* What later documents did to it. */
static void
print_successors(const LtRecord *record, const Paper *paper)
{
    if (record->successors->len == 0)
        return;
    print_title(_("Changed by later documents"), paper);
    for (guint i = 0; i < record->successors->len; i++) {
        const LtSuccessor *successor = g_ptr_array_index(record->successors, i);
        g_autofree char *what = lt_successor_text(successor);
        g_autofree char *day = lt_cli_shown_day(successor->date);
        printf("  %s%s%s\n", what, *day != '\0' ? ", " : "", day);
    }
}

static void
print_dossiers(const LtRecord *record, const Paper *paper)
{
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_LEFT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (record->dossiers->len == 0)
        return;
    print_title(_("In the dossiers"), paper);
    for (guint i = 0; i < record->dossiers->len; i++) {
        const LtMembership *membership = g_ptr_array_index(record->dossiers, i);
        g_autofree char *code = lt_cli_shown(membership->code);
        lt_table_row(table);
        lt_table_take(table, membership->year > 0
                                 ? g_strdup_printf("  %s@%u", code, membership->year)
                                 : g_strdup_printf("  %s", code));
        lt_table_take(table, g_strdup_printf(_("no. %u"), membership->ordinal));
        lt_table_take(table, lt_cli_shown(membership->title));
    }
    print_table(table, paper);
}

static void
print_references(const LtRecord *record, const Paper *paper)
{
    g_autoptr(LtTable) table = lt_table_new(UNTITLED, G_N_ELEMENTS(UNTITLED));

    if (record->references->len == 0)
        return;
    print_title(_("Cites"), paper);
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        g_autofree char *number = lt_cli_shown(reference->number);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("  %s", number));
        lt_table_take(table, lt_cli_shown_day(reference->date));
        lt_table_take(table, reference->document > 0
                                 ? g_strdup_printf("#%" G_GINT64_FORMAT, reference->document)
                                 : g_strdup(""));
        lt_table_take(table, citation_text(reference));
    }
    print_table(table, paper);
}

#define MAX_LISTED 100u /* Decree 30 may be cited by every document of the archive */

/* A line a document of ids, with its number, day and subject. */
static void
print_documents(const char *title, LtStore *store, const gint64 *ids, guint n, const Paper *paper)
{
    g_autoptr(LtTable) table = lt_table_new(UNTITLED, G_N_ELEMENTS(UNTITLED));

    if (n == 0 || store == NULL)
        return;
    print_title(title, paper);
    for (guint i = 0; i < MIN(n, MAX_LISTED); i++) {
        g_autoptr(LtRecord) other = lt_store_document(store, ids[i], FALSE, NULL);
        lt_table_row(table);
        lt_table_take(table, g_strdup_printf("  #%" G_GINT64_FORMAT, ids[i]));
        if (other == NULL)
            continue;
        lt_table_take(table, lt_cli_shown(other->fields[LT_FIELD_NUMBER].value));
        lt_table_take(table, lt_cli_shown_day(other->fields[LT_FIELD_ISSUED_DATE].value));
        lt_table_take(table, lt_cli_shown(other->fields[LT_FIELD_SUBJECT].value));
    }
    print_table(table, paper);
    if (n <= MAX_LISTED)
        return;
    printf("  ");
    printf(ngettext("%u more is left out", "%u more are left out", n - MAX_LISTED), n - MAX_LISTED);
    putchar('\n');
}

static void
print_duplicates(const LtRecord *record, LtStore *store, const Paper *paper)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

    for (guint i = 0; i < record->duplicates->len; i++)
        g_array_append_val(ids, *(gint64 *)g_ptr_array_index(record->duplicates, i));
    print_documents(_("Same number, issuer and year"), store, (const gint64 *)(void *)ids->data,
                    ids->len, paper);
}

static void
print_origin(const LtRecord *record, const Paper *paper)
{
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    if (record->id == 0)
        return;
    print_title(_("Original"), paper);
    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("  %s", _("came from")));
    lt_table_take(table, lt_cli_shown_path(record->source != NULL ? record->source : ""));
    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("  %s", _("kind, size")));
    lt_table_take(table, g_strdup_printf("%s, %" G_GUINT64_FORMAT " %s",
                                         record->format != NULL ? record->format : "?",
                                         record->size, _("bytes")));
    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("  %s", _("pages")));
    lt_table_take(table, g_strdup_printf("%u", record->page_count));
    lt_table_row(table);
    lt_table_take(table, g_strdup("  SHA-256"));
    lt_table_add(table, record->sha256);
    lt_table_row(table);
    lt_table_take(table, g_strdup_printf("  %s", _("filed at")));
    lt_table_take(table, lt_cli_shown(record->filed_at));
    print_table(table, paper);
}

void
lt_record_print(const LtRecord *record, LtStore *store, GArray *cited_by)
{
    const Paper paper = {lt_cli_terminal_width(STDOUT_FILENO),
                         lt_cli_terminal_styled(STDOUT_FILENO)};

    if (record->id > 0)
        printf(_("Document #%" PRId64 ", revision %u\n\n"), record->id, record->revision);
    print_fields(record, &paper);
    print_successors(record, &paper);
    print_doubts(record, &paper);
    print_corrections(record, &paper);
    print_recipients(record, &paper);
    print_stamps(record, &paper);
    print_references(record, &paper);
    if (cited_by != NULL)
        print_documents(_("Cited by"), store, (const gint64 *)(void *)cited_by->data, cited_by->len,
                        &paper);
    print_duplicates(record, store, &paper);
    print_dossiers(record, &paper);
    print_origin(record, &paper);
}

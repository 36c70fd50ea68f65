/* The decree's registers: which columns, in what order, made of what. */
#include "store/register-form.h"

#include <string.h>

/* --- what stands in the cells --- */

static const char *
field(const LtRegisterEntry *entry, LtFieldId id)
{
    const char *value = entry->record->fields[id].value;

    return value != NULL ? value : "";
}

static char *
cell_ordinal(const LtRegisterEntry *entry)
{
    return g_strdup_printf("%u", entry->ordinal);
}

/* Where the number itself could not be read, its notation with a gap to write into. */
static char *
cell_number(const LtRegisterEntry *entry)
{
    const char *notation = entry->record->fields[LT_FIELD_CODE_NOTATION].value;

    if (entry->record->fields[LT_FIELD_NUMBER].value == NULL && notation != NULL)
        return g_strdup_printf("…/%s", notation);
    return g_strdup(field(entry, LT_FIELD_NUMBER));
}

static char *
cell_day(const LtRegisterEntry *entry)
{
    return g_strdup(field(entry, LT_FIELD_ISSUED_DATE));
}

/* "Quyết định: Về việc …" */
static char *
cell_subject(const LtRegisterEntry *entry)
{
    const char *type = field(entry, LT_FIELD_TYPE), *subject = field(entry, LT_FIELD_SUBJECT);

    if (*type == '\0' || *subject == '\0')
        return g_strconcat(type, subject, NULL);
    return g_strdup_printf("%s: %s", type, subject);
}

static char *
cell_author(const LtRegisterEntry *entry)
{
    return g_strdup(field(entry, LT_FIELD_ISSUER));
}

/* In a dossier its pages count on; elsewhere it has so many. */
static char *
cell_pages(const LtRegisterEntry *entry)
{
    guint n = entry->record->page_count;

    if (entry->first_page == 0 || n == 0)
        return g_strdup_printf("%u", n);
    if (n == 1)
        return g_strdup_printf("%u", entry->first_page);
    return g_strdup_printf("%u-%u", entry->first_page, entry->first_page + n - 1);
}

static char *
cell_note(const LtRegisterEntry *entry)
{
    return lt_metadata_note(entry->record);
}

static char *
cell_signer(const LtRegisterEntry *entry)
{
    return g_strdup(field(entry, LT_FIELD_SIGNER));
}

static char *
join_recipients(const LtRecord *record, gboolean kept)
{
    g_autoptr(GPtrArray) receivers = lt_metadata_receivers(record);
    g_autoptr(GString) text = g_string_new(NULL);

    for (guint i = 0; i < receivers->len; i++) {
        const char *recipient = g_ptr_array_index(receivers, i);
        const char *colon = strchr(recipient, ':');
        if (lt_metadata_is_kept_copy(recipient) != kept)
            continue;
        if (kept && colon != NULL)
            for (recipient = colon + 1; *recipient == ' '; recipient++)
                continue;
        g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", recipient);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
cell_recipients(const LtRegisterEntry *entry)
{
    return join_recipients(entry->record, FALSE);
}

/* "Lưu: VT, TTBCXB": who keeps a copy. */
static char *
cell_kept(const LtRegisterEntry *entry)
{
    return join_recipients(entry->record, TRUE);
}

static char *
cell_arrival_day(const LtRegisterEntry *entry)
{
    const LtStamp *stamp = lt_record_stamp(entry->record, LT_STAMP_ARRIVAL);

    return g_strdup(stamp != NULL && stamp->date != NULL ? stamp->date : "");
}

static char *
cell_arrival_number(const LtRegisterEntry *entry)
{
    const LtStamp *stamp = lt_record_stamp(entry->record, LT_STAMP_ARRIVAL);

    return g_strdup(stamp != NULL && stamp->number != NULL ? stamp->number : "");
}

/* What is written by hand when papers change hands. */
static char *
cell_empty(const LtRegisterEntry *entry)
{
    (void)entry;
    return g_strdup("");
}

/* --- the forms --- */

static const LtSheetColumn document_columns[] = {
    {"STT", LT_SHEET_COUNT, 5},
    {"Số, ký hiệu văn bản", LT_SHEET_TEXT, 18},
    {"Ngày tháng năm văn bản", LT_SHEET_DAY, 12},
    {"Tên loại và trích yếu nội dung văn bản", LT_SHEET_TEXT, 48},
    {"Tác giả văn bản", LT_SHEET_TEXT, 26},
    {"Tờ số/ Trang số", LT_SHEET_TEXT, 9},
    {"Ghi chú", LT_SHEET_TEXT, 16},
};
static const LtRegisterCell document_cells[] = {cell_ordinal, cell_number, cell_day, cell_subject,
                                                cell_author,  cell_pages,  cell_note};

static const LtSheetColumn incoming_columns[] = {
    {"Ngày đến", LT_SHEET_DAY, 13},
    {"Số đến", LT_SHEET_TEXT, 8},
    {"Tác giả", LT_SHEET_TEXT, 20},
    {"Số, ký hiệu văn bản", LT_SHEET_TEXT, 16},
    {"Ngày tháng văn bản", LT_SHEET_DAY, 13},
    {"Tên loại và trích yếu nội dung văn bản", LT_SHEET_TEXT, 36},
    {"Đơn vị hoặc người nhận", LT_SHEET_TEXT, 13},
    {"Ngày chuyển", LT_SHEET_TEXT, 9},
    {"Ký nhận", LT_SHEET_TEXT, 8},
    {"Ghi chú", LT_SHEET_TEXT, 12},
};
static const LtRegisterCell incoming_cells[] = {
    cell_arrival_day, cell_arrival_number, cell_author, cell_number, cell_day,
    cell_subject,     cell_empty,          cell_empty,  cell_empty,  cell_note};

static const LtSheetColumn outgoing_columns[] = {
    {"Số, ký hiệu văn bản", LT_SHEET_TEXT, 16},
    {"Ngày tháng văn bản", LT_SHEET_DAY, 13},
    {"Tên loại và trích yếu nội dung văn bản", LT_SHEET_TEXT, 36},
    {"Người ký", LT_SHEET_TEXT, 14},
    {"Nơi nhận văn bản", LT_SHEET_TEXT, 22},
    {"Đơn vị, người nhận bản lưu", LT_SHEET_TEXT, 11},
    {"Số lượng bản", LT_SHEET_TEXT, 7},
    {"Ngày chuyển", LT_SHEET_TEXT, 9},
    {"Ký nhận", LT_SHEET_TEXT, 8},
    {"Ghi chú", LT_SHEET_TEXT, 12},
};
static const LtRegisterCell outgoing_cells[] = {
    cell_number, cell_day,   cell_subject, cell_signer, cell_recipients,
    cell_kept,   cell_empty, cell_empty,   cell_empty,  cell_note};

static const LtSheetColumn dossier_columns[] = {
    {"Số TT", LT_SHEET_COUNT, 6},
    {"Số, ký hiệu hồ sơ", LT_SHEET_TEXT, 16},
    {"Tiêu đề hồ sơ", LT_SHEET_TEXT, 60},
    {"Thời gian tài liệu", LT_SHEET_TEXT, 22},
    {"Thời hạn bảo quản", LT_SHEET_TEXT, 13},
    {"Số tờ/ Số trang", LT_SHEET_COUNT, 9},
    {"Ghi chú", LT_SHEET_TEXT, 18},
};

static const LtRegisterForm forms[LT_REGISTER_N_KINDS] = {
    [LT_REGISTER_DOCUMENTS] = {"muc-luc-van-ban", "MỤC LỤC VĂN BẢN, TÀI LIỆU", FALSE, FALSE,
                               document_columns, G_N_ELEMENTS(document_columns), document_cells},
    [LT_REGISTER_DOSSIERS] = {"muc-luc-ho-so", "MỤC LỤC HỒ SƠ, TÀI LIỆU NỘP LƯU", FALSE, TRUE,
                              dossier_columns, G_N_ELEMENTS(dossier_columns), NULL},
    [LT_REGISTER_INCOMING] = {"so-van-ban-den", "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", TRUE, FALSE,
                              incoming_columns, G_N_ELEMENTS(incoming_columns), incoming_cells},
    [LT_REGISTER_OUTGOING] = {"so-van-ban-di", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", TRUE, FALSE,
                              outgoing_columns, G_N_ELEMENTS(outgoing_columns), outgoing_cells},
};

const LtRegisterForm *
lt_register_form(LtRegisterKind kind)
{
    g_return_val_if_fail((guint)kind < LT_REGISTER_N_KINDS, NULL);
    return &forms[kind];
}

const char *
lt_register_name(LtRegisterKind kind)
{
    g_return_val_if_fail((guint)kind < LT_REGISTER_N_KINDS, NULL);
    return forms[kind].name;
}

gboolean
lt_register_from_name(const char *name, LtRegisterKind *ret_kind)
{
    for (guint i = 0; i < LT_REGISTER_N_KINDS; i++)
        if (strcmp(forms[i].name, name) == 0) {
            *ret_kind = i;
            return TRUE;
        }
    return FALSE;
}

gboolean
lt_register_counts_rows(LtRegisterKind kind)
{
    return forms[kind].cells != NULL && forms[kind].cells[0] == cell_ordinal;
}

#include "store/private.h"

#include <string.h>

typedef char *(*Value)(const LtMetadata *metadata);

static char *
text_or_none(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

static char *
number_text(guint64 value)
{
    return value > 0 ? g_strdup_printf("%" G_GUINT64_FORMAT, value) : g_strdup("");
}

char *
lt_metadata_day(const char *iso)
{
    if (iso != NULL && strlen(iso) == strlen("2023-09-18") && iso[4] == '-' && iso[7] == '-')
        return g_strdup_printf("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
    return text_or_none(iso);
}

static char *
dossier_value(const LtMetadata *metadata, LtDossierField field)
{
    return text_or_none(metadata->dossier != NULL ? metadata->dossier->values[field] : NULL);
}

static char *
organ_id(const LtMetadata *metadata)
{
    return dossier_value(metadata, LT_DOSSIER_ORGAN_ID);
}

static char *
file_catalog(const LtMetadata *metadata)
{
    return dossier_value(metadata, LT_DOSSIER_YEAR);
}

static char *
file_notation(const LtMetadata *metadata)
{
    return dossier_value(metadata, LT_DOSSIER_CODE);
}

static char *
ordinal(const LtMetadata *metadata)
{
    return number_text(metadata->ordinal);
}

static char *
issued_date(const LtMetadata *metadata)
{
    return lt_metadata_day(metadata->record->fields[LT_FIELD_ISSUED_DATE].value);
}

/* A dossier says it where its documents are in another language; otherwise it is left out, as usual. */
static char *
language(const LtMetadata *metadata)
{
    return dossier_value(metadata, LT_DOSSIER_LANGUAGE);
}

static char *
page_amount(const LtMetadata *metadata)
{
    return number_text(metadata->record->page_count);
}

static char *
description(const LtMetadata *metadata)
{
    return lt_metadata_note(metadata->record);
}

static char *
arrival_date(const LtMetadata *metadata)
{
    const LtStamp *stamp = lt_record_stamp(metadata->record, LT_STAMP_ARRIVAL);

    return lt_metadata_day(stamp != NULL ? stamp->date : NULL);
}

static char *
arrival_number(const LtMetadata *metadata)
{
    const LtStamp *stamp = lt_record_stamp(metadata->record, LT_STAMP_ARRIVAL);

    return text_or_none(stamp != NULL ? stamp->number : NULL);
}

static void
add_receiver(GPtrArray *receivers, const char *line)
{
    gsize length = strlen(line);

    while (length > 0 && strchr(" ;,.", line[length - 1]) != NULL)
        length--;
    if (length > 0)
        g_ptr_array_add(receivers, g_strndup(line, length));
}

/* Whether a line of "Nơi nhận" points to "Kính gửi" above. */
static gboolean
is_as_above(const char *line)
{
    static const char *const forms[] = {"nhu tren", "nhu kinh gui", "nhu kinh gui tren", NULL};
    g_autofree char *words = lt_words_key(line);

    return g_strv_contains(forms, words);
}

gboolean
lt_metadata_is_kept_copy(const char *recipient)
{
    g_autofree char *folded = lt_text_fold(recipient);

    return g_str_has_prefix(folded, "luu:") || g_str_has_prefix(folded, "luu ");
}

/* Those that a line names, parted by semicolons; above: (nullable) for whom "Như trên" stands. */
static void
add_receivers(GPtrArray *receivers, const char *line, const char *above)
{
    g_auto(GStrv) names = g_strsplit(line, "; ", -1);

    for (guint i = 0; names[i] != NULL; i++) {
        /* "Lưu: VT; NC(2b).": all that follows keeps a copy. */
        if (lt_metadata_is_kept_copy(names[i])) {
            g_autofree char *rest = g_strjoinv("; ", names + i);
            add_receiver(receivers, rest);
            return;
        }
        if (above != NULL && is_as_above(names[i]))
            add_receivers(receivers, above, NULL);
        else
            add_receiver(receivers, names[i]);
    }
}

GPtrArray *
lt_metadata_receivers(const LtRecord *record)
{
    GPtrArray *receivers = g_ptr_array_new_with_free_func(g_free);
    const char *addressed = record->fields[LT_FIELD_TO].value;

    for (guint i = 0; i < record->recipients->len; i++)
        add_receivers(receivers, g_ptr_array_index(record->recipients, i), addressed);
    return receivers;
}

static char *
receivers(const LtMetadata *metadata)
{
    g_autoptr(GPtrArray) all = lt_metadata_receivers(metadata->record);

    g_ptr_array_add(all, NULL);
    return g_strjoinv("; ", (char **)all->pdata);
}

/* The steps of urgency as QCVN 102:2016/BTTTT counts them; 0 is none. */
static char *
priority(const LtMetadata *metadata)
{
    static const char *const steps[] = {"KHẨN", "THƯỢNG KHẨN", "HỎA TỐC"};
    const char *urgency = metadata->record->fields[LT_FIELD_URGENCY].value;

    for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
        if (g_strcmp0(steps[i], urgency) == 0)
            return number_text(i + 1);
    return g_strdup(urgency != NULL ? urgency : "0");
}

/* What the archive cannot know: it stands in the papers of the office alone. */
static char *
unknown(const LtMetadata *metadata)
{
    (void)metadata;
    return g_strdup("");
}

#define RECEIVERS "To.OrganName"

/* In the decree's order: what both registers have, then arrival, signer, receivers and the rest. */
static const struct {
    LtMetadataField info;
    LtFieldId field; /* where value is NULL */
    Value value;     /* (nullable) */
} table[] = {
    {{"FileCode.OrganId", "Mã định danh cơ quan, tổ chức lập danh mục hồ sơ", 13}, 0, organ_id},
    {{"FileCode.FileCatalog", "Năm hình thành hồ sơ", 4}, 0, file_catalog},
    {{"FileCode.FileNotation", "Số và ký hiệu hồ sơ", 20}, 0, file_notation},
    {{"DocOrdinal", "Số thứ tự văn bản trong hồ sơ", 3}, 0, ordinal},
    {{"TypeName", "Tên loại văn bản", 100}, LT_FIELD_TYPE, NULL},
    {{"CodeNumber", "Số của văn bản", 11}, LT_FIELD_CODE_NUMBER, NULL},
    {{"CodeNotation", "Ký hiệu của văn bản", 30}, LT_FIELD_CODE_NOTATION, NULL},
    {{"IssuedDate", "Ngày, tháng, năm văn bản", 10}, 0, issued_date},
    {{"OrganName", "Tên cơ quan, tổ chức ban hành văn bản", 200}, LT_FIELD_ISSUER, NULL},
    {{"Subject", "Trích yếu nội dung", 500}, LT_FIELD_SUBJECT, NULL},
    {{"Language", "Ngôn ngữ", 30}, 0, language},
    {{"PageAmount", "Số trang của văn bản", 3}, 0, page_amount},
    {{"Description", "Ghi chú", 500}, 0, description},
    {{"ArrivalDate", "Ngày, tháng, năm đến", 10}, 0, arrival_date},
    {{"ArrivalNumber", "Số đến", 10}, 0, arrival_number},
    {{"SignerInfo.Position", "Chức vụ của người ký văn bản", 100}, LT_FIELD_SIGNER_TITLE, NULL},
    {{"SignerInfo.FullName", "Họ và tên người ký văn bản", 50}, LT_FIELD_SIGNER, NULL},
    {{"To.OrganId", "Mã định danh của cơ quan, tổ chức nhận văn bản", 13}, 0, unknown},
    {{RECEIVERS, "Nơi nhận", 200}, 0, receivers},
    {{"Priority", "Mức độ khẩn", 1}, 0, priority},
    {{"IssuedAmount", "Số lượng bản phát hành", 3}, 0, unknown},
    {{"DueDate", "Hạn trả lời văn bản", 10}, 0, unknown},
    {{"ToPlaces", "Đơn vị hoặc người nhận", 1000}, 0, unknown},
    {{"TraceHeaderList", "Ý kiến phân phối, chỉ đạo, trạng thái xử lý", G_MAXUINT}, 0, unknown},
};

guint
lt_metadata_n_fields(void)
{
    return G_N_ELEMENTS(table);
}

const LtMetadataField *
lt_metadata_field(guint field)
{
    return &table[field].info;
}

char *
lt_metadata_value(const LtMetadata *metadata, guint field)
{
    if (table[field].value != NULL)
        return table[field].value(metadata);
    return text_or_none(metadata->record->fields[table[field].field].value);
}

static void
append_part(GString *note, const char *part)
{
    g_string_append_printf(note, "%s%s", note->len > 0 ? "; " : "", part);
}

static void
append_ending(GString *note, const LtRecord *record)
{
    static const char *const words[] = {[LT_AMENDED] = "Được sửa đổi, bổ sung bởi",
                                        [LT_REPEALED] = "Bị bãi bỏ bởi",
                                        [LT_REPLACED] = "Được thay thế bởi"};
    const LtSuccessor *by =
        record->successors->len > 0 ? g_ptr_array_index(record->successors, 0) : NULL;
    g_autofree char *part = NULL;

    if (by == NULL)
        return;
    part = g_strdup_printf("%s %s", words[lt_record_validity(record)],
                           by->number != NULL ? by->number : "văn bản không rõ số");
    append_part(note, part);
}

char *
lt_metadata_note(const LtRecord *record)
{
    g_autoptr(GString) note = g_string_new(NULL);

    append_ending(note, record);
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        if (stamp->kind == LT_STAMP_COPY)
            append_part(note, stamp->type != NULL ? stamp->type : "Bản sao");
    }
    if (lt_record_is_doubted(record, LT_FIELD_NUMBER) ||
        lt_record_is_doubted(record, LT_FIELD_CODE_NUMBER))
        append_part(note, "số cần kiểm tra");
    if (lt_record_is_doubted(record, LT_FIELD_ISSUED_DATE))
        append_part(note, "ngày cần kiểm tra");
    return g_string_free(g_steal_pointer(&note), FALSE);
}

static guint
check_value(const LtMetadata *metadata, const LtMetadataField *field, const char *value,
            LtMetadataTooLong too_long, gpointer user_data)
{
    glong length = g_utf8_strlen(value, -1);

    if ((guint64)length <= field->length)
        return 0;
    if (too_long != NULL)
        too_long(metadata, field, (guint)length, user_data);
    return 1;
}

guint
lt_metadata_check(const LtMetadata *metadata, LtMetadataTooLong too_long, gpointer user_data)
{
    guint found = 0;

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        const LtMetadataField *field = &table[i].info;
        if (strcmp(field->name, RECEIVERS) == 0) {
            g_autoptr(GPtrArray) all = lt_metadata_receivers(metadata->record);
            for (guint r = 0; r < all->len; r++)
                found +=
                    check_value(metadata, field, g_ptr_array_index(all, r), too_long, user_data);
            continue;
        }
        g_autofree char *value = lt_metadata_value(metadata, i);
        found += check_value(metadata, field, value, too_long, user_data);
    }
    return found;
}

/* --- CSV and XML --- */

void
lt_metadata_csv_header(GString *csv)
{
    const char *names[G_N_ELEMENTS(table)];

    for (guint i = 0; i < G_N_ELEMENTS(table); i++)
        names[i] = table[i].info.name;
    lt_csv_append_line(csv, names, G_N_ELEMENTS(names));
}

void
lt_metadata_csv(GString *csv, const LtMetadata *metadata)
{
    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        g_autofree char *value = lt_metadata_value(metadata, i);
        if (i > 0)
            g_string_append_c(csv, ',');
        lt_csv_append(csv, value);
    }
    g_string_append(csv, "\r\n");
}

static void
append_indent(GString *xml, guint indent)
{
    g_string_append_printf(xml, "%*s", (int)(2 * indent), "");
}

/* Characters that XML 1.0 has no place for, not even as references, become blanks. */
static void
append_escaped(GString *xml, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *escaped = NULL;

    for (char *p = valid; *p != '\0'; p++)
        if ((guchar)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    escaped = g_markup_escape_text(valid, -1);
    /* U+FFFE and U+FFFF are valid UTF-8, and no characters of XML. */
    for (char *p = escaped; (p = strstr(p, "\xEF\xBF")) != NULL; p += 3)
        if ((guchar)p[2] >= 0xBE)
            p[0] = p[1] = p[2] = ' ';
    g_string_append(xml, escaped);
}

void
lt_xml_element(GString *xml, guint indent, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    append_indent(xml, indent);
    g_string_append_printf(xml, "<%s>", name);
    append_escaped(xml, text);
    g_string_append_printf(xml, "</%s>\n", name);
}

void
lt_xml_attribute(GString *xml, const char *name, const char *text)
{
    g_string_append_printf(xml, " %s=\"", name);
    append_escaped(xml, text != NULL ? text : "");
    g_string_append_c(xml, '"');
}

/* "SignerInfo" of "SignerInfo.Position"; NULL where there is none. (transfer full) */
static char *
group_of(const char *name)
{
    const char *dot = strchr(name, '.');

    return dot != NULL ? g_strndup(name, (gsize)(dot - name)) : NULL;
}

static void
append_group_line(GString *xml, guint indent, const char *group, gboolean end)
{
    append_indent(xml, indent);
    g_string_append_printf(xml, "<%s%s>\n", end ? "/" : "", group);
}

static void
append_receivers(GString *xml, const LtRecord *record, guint indent)
{
    g_autoptr(GPtrArray) all = lt_metadata_receivers(record);

    for (guint i = 0; i < all->len; i++) {
        append_group_line(xml, indent, "To", FALSE);
        lt_xml_element(xml, indent + 1, "OrganName", g_ptr_array_index(all, i));
        append_group_line(xml, indent, "To", TRUE);
    }
}

void
lt_metadata_xml(GString *xml, const LtMetadata *metadata, guint indent)
{
    g_autofree char *open = NULL;

    for (guint i = 0; i < G_N_ELEMENTS(table); i++) {
        const char *name = table[i].info.name;
        g_autofree char *group = group_of(name);
        g_autofree char *value = lt_metadata_value(metadata, i);

        if (open != NULL && g_strcmp0(open, group) != 0) {
            append_group_line(xml, indent, open, TRUE);
            g_clear_pointer(&open, g_free);
        }
        if (strcmp(name, RECEIVERS) == 0) {
            append_receivers(xml, metadata->record, indent);
            continue;
        }
        if (*value == '\0')
            continue;
        if (group != NULL && open == NULL) {
            append_group_line(xml, indent, group, FALSE);
            open = g_strdup(group);
        }
        lt_xml_element(xml, indent + (group != NULL),
                       group != NULL ? name + strlen(group) + 1 : name, value);
    }
}

void
lt_metadata_dossier_xml(GString *xml, const LtDossier *dossier, guint indent)
{
    g_autofree char *start = lt_metadata_day(lt_dossier_start(dossier));
    g_autofree char *end = lt_metadata_day(lt_dossier_end(dossier));
    g_autofree char *documents = number_text(dossier->documents);
    g_autofree char *pages = number_text(dossier->pages);
    char *const *v = dossier->values;

    append_group_line(xml, indent, "FileCode", FALSE);
    for (LtDossierField f = LT_DOSSIER_ORGAN_ID; f <= LT_DOSSIER_CODE; f++)
        lt_xml_element(xml, indent + 1, lt_dossier_field(f)->official, v[f]);
    append_group_line(xml, indent, "FileCode", TRUE);
    for (LtDossierField f = LT_DOSSIER_TITLE; f <= LT_DOSSIER_LANGUAGE; f++)
        lt_xml_element(xml, indent, lt_dossier_field(f)->official, v[f]);
    lt_xml_element(xml, indent, "StartDate", start);
    lt_xml_element(xml, indent, "EndDate", end);
    lt_xml_element(xml, indent, "DocTotal", documents);
    lt_xml_element(xml, indent, "PageTotal", pages);
    lt_xml_element(xml, indent, "Description", v[LT_DOSSIER_DESCRIPTION]);
}

static char *
dossier_text(const LtDossier *dossier, LtDossierField field)
{
    if (field == LT_DOSSIER_START_DATE)
        return lt_metadata_day(lt_dossier_start(dossier));
    if (field == LT_DOSSIER_END_DATE)
        return lt_metadata_day(lt_dossier_end(dossier));
    return text_or_none(dossier->values[field]);
}

/* The names of the elements (dossier NULL), or what they hold, in the decree's order. */
static void
append_dossier_line(GString *csv, const LtDossier *dossier)
{
    g_autoptr(GPtrArray) line = g_ptr_array_new_with_free_func(g_free);

    for (LtDossierField f = 0; f < LT_DOSSIER_N_FIELDS; f++) {
        if (f == LT_DOSSIER_DESCRIPTION) {
            g_ptr_array_add(line, dossier ? number_text(dossier->documents) : g_strdup("DocTotal"));
            g_ptr_array_add(line, dossier ? number_text(dossier->pages) : g_strdup("PageTotal"));
        }
        g_ptr_array_add(line, dossier != NULL ? dossier_text(dossier, f)
                                              : g_strconcat(f <= LT_DOSSIER_CODE ? "FileCode." : "",
                                                            lt_dossier_field(f)->official, NULL));
    }
    lt_csv_append_line(csv, (const char *const *)line->pdata, line->len);
}

void
lt_metadata_dossiers_csv(GString *csv, const GPtrArray *dossiers)
{
    append_dossier_line(csv, NULL);
    for (guint i = 0; i < dossiers->len; i++)
        append_dossier_line(csv, g_ptr_array_index(dossiers, i));
}

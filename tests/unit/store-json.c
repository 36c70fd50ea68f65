/* A document as JSON: every key of docs/json.md, in every state of knowledge. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "store/store.h"

static JsonObject *
parse(const LtRecord *record, gboolean with_pages)
{
    g_autofree char *json = lt_record_to_json(record, with_pages);
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) root = json_from_string(json, &error);

    g_assert_no_error(error);
    g_assert_null(strchr(json, '\n'));
    return json_object_ref(json_node_get_object(root));
}

static void
test_empty(void)
{
    static const char *const nulls[] = {
        "id",
        "sha256",
        "source",
        "status",
        "format",
        "filed_at",
        "number",
        "code_number",
        "code_notation",
        "issued_date",
        "place",
        "issuer",
        "issuer_as_printed",
        "parent_issuer",
        "type",
        "subject",
        "signer",
        "signer_title",
        "signer_authority",
        "to",
        "urgency",
        "secrecy",
        "issuer_id",
        "arrival",
        "copy",
        "number_year",
        "validity",
    };
    static const char *const arrays[] = {"signatures", "doubts",       "recipients",
                                         "references", "duplicates",   "corrections",
                                         "dossiers",   "superseded_by"};
    static const char *const objects[] = {"confidence", "candidates", "evidence"};
    g_autoptr(LtRecord) record = lt_record_new();
    g_autoptr(JsonObject) object = parse(record, FALSE);

    for (guint i = 0; i < G_N_ELEMENTS(nulls); i++)
        g_assert_true(json_object_get_null_member(object, nulls[i]));
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        g_assert_cmpuint(json_array_get_length(json_object_get_array_member(object, arrays[i])), ==,
                         0);
    for (guint i = 0; i < G_N_ELEMENTS(objects); i++)
        g_assert_cmpuint(json_object_get_size(json_object_get_object_member(object, objects[i])),
                         ==, 0);
    g_assert_false(json_object_get_boolean_member(object, "needs_review"));
    g_assert_cmpint(json_object_get_int_member(object, "page_count"), ==, 0);
    g_assert_false(json_object_has_member(object, "pages"));
    g_assert_cmpuint(json_object_get_size(object), ==,
                     G_N_ELEMENTS(nulls) + G_N_ELEMENTS(arrays) + G_N_ELEMENTS(objects) + 4);
}

static void
test_field(void)
{
    const LtBox box = {0.1, 0.25, 1.0 / 3, 1};
    g_autoptr(LtRecord) record = lt_record_new();

    lt_field_set(&record->fields[LT_FIELD_ISSUER], "Sở Nội vụ", "SỞ NỘI VỤ", 0.97, 1, &box, "head");
    lt_field_add_candidate(&record->fields[LT_FIELD_NUMBER], "138/QĐ", 1.5);
    lt_field_add_candidate(&record->fields[LT_FIELD_NUMBER], "738/QĐ", 0.25);
    lt_record_add_doubt(record, "number", "unreadable");

    g_autofree char *json = lt_record_to_json(record, FALSE);
    g_assert_nonnull(strstr(json, "\"confidence\":{\"issuer\":0.97}"));
    g_assert_nonnull(strstr(json,
                            "\"candidates\":{\"number\":[{\"value\":\"138/QĐ\","
                            "\"confidence\":1},{\"value\":\"738/QĐ\",\"confidence\":0.25}]}"));
    g_assert_nonnull(strstr(json, "\"evidence\":{\"issuer\":{\"page\":1,"
                                  "\"box\":[0.1,0.25,0.3333,1],\"as_printed\":\"SỞ NỘI VỤ\","
                                  "\"rule\":\"head\"}}"));
    g_assert_nonnull(strstr(json, "\"issuer_as_printed\":\"SỞ NỘI VỤ\""));
    g_assert_nonnull(strstr(json, "\"doubts\":[{\"field\":\"number\",\"code\":\"unreadable\"}]"));
    g_assert_nonnull(strstr(json, "\"needs_review\":true"));
}

static void
test_source(void)
{
    static const struct {
        const char *path, *shown;
    } cases[] = {
        {"/in/Quyết định.pdf", "/in/Quyết định.pdf"},
        {"/in/a\nb \"c\"\\.pdf", "/in/a\nb \"c\"\\.pdf"},
        {"/in/\xff\xfe.pdf", "/in/\\xFF\\xFE.pdf"},
        {"\xe1\xba", "\\xE1\\xBA"},
        {"\x01\x7f", "\x01\x7f"},
    };

    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(LtRecord) record = lt_record_new();
        record->source = g_strdup(cases[i].path);
        g_autoptr(JsonObject) object = parse(record, FALSE);
        g_assert_cmpstr(json_object_get_string_member(object, "source"), ==, cases[i].shown);
    }
}

static void
test_lists(void)
{
    g_autoptr(LtRecord) record = lt_record_new();
    const gint64 twin = 42;

    lt_record_add_reference(record, "20/CV-BCĐNQ", "2023-09-05", "thực hiện", 1, NULL);
    lt_record_add_reference(record, "1/A", NULL, NULL, 0, NULL);
    ((LtReference *)record->references->pdata[0])->document = 7;
    g_ptr_array_add(record->recipients, g_strdup("Lưu: VT."));
    g_ptr_array_add(record->duplicates, g_memdup2(&twin, sizeof twin));
    g_ptr_array_add(record->pages, lt_page_new_from_text(1, "một\nhai"));

    g_autoptr(JsonObject) object = parse(record, TRUE);
    JsonArray *references = json_object_get_array_member(object, "references");
    JsonObject *known = json_array_get_object_element(references, 0);
    JsonObject *unknown = json_array_get_object_element(references, 1);
    g_assert_cmpint(json_object_get_int_member(known, "document"), ==, 7);
    g_assert_cmpstr(json_object_get_string_member(known, "relation"), ==, "thực hiện");
    g_assert_true(json_object_get_null_member(unknown, "document"));
    g_assert_true(json_object_get_null_member(unknown, "date"));
    g_assert_cmpint(
        json_array_get_int_element(json_object_get_array_member(object, "duplicates"), 0), ==, 42);
    g_assert_cmpstr(
        json_array_get_string_element(json_object_get_array_member(object, "recipients"), 0), ==,
        "Lưu: VT.");
    JsonObject *page =
        json_array_get_object_element(json_object_get_array_member(object, "pages"), 0);
    g_assert_cmpstr(json_object_get_string_member(page, "text"), ==,
                    ((LtPage *)record->pages->pdata[0])->text);
    g_assert_cmpstr(json_object_get_string_member(page, "source"), ==, "text-layer");
}

static void
test_names(void)
{
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        LtFieldId field;
        g_assert_true(lt_field_from_name(lt_field_name(i), &field));
        g_assert_cmpint(field, ==, i);
    }
    LtFieldId untouched = LT_FIELD_TO;
    g_assert_false(lt_field_from_name("colour", &untouched));
    g_assert_cmpint(untouched, ==, LT_FIELD_TO);
}

/* A field's own strings may be given back to it, and nonsense confidences are brought into range.
 */
static void
test_set_again(void)
{
    LtField field = {0};

    lt_field_set(&field, "a", "A", 7, 1, NULL, "r");
    g_assert_cmpfloat(field.confidence, ==, 1);
    lt_field_set(&field, field.as_printed, field.value, -1, 2, NULL, NULL);
    g_assert_cmpstr(field.value, ==, "A");
    g_assert_cmpstr(field.as_printed, ==, "a");
    g_assert_cmpfloat(field.confidence, ==, 0);
    g_assert_null(field.rule);
    lt_field_set(&field, NULL, NULL, 0, 0, NULL, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/store/json/empty", test_empty);
    g_test_add_func("/store/json/field", test_field);
    g_test_add_func("/store/json/source", test_source);
    g_test_add_func("/store/json/lists", test_lists);
    g_test_add_func("/store/record/names", test_names);
    g_test_add_func("/store/record/set-again", test_set_again);
    return g_test_run();
}

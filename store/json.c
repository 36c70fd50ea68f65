/* The JSON of docs/json.md, written straight into a string: one line, numbers short ("0.97", where
 * a general writer gives seventeen digits), keys always in the same order. */
#include "store/private.h"

#include <math.h>
#include <string.h>

static void
append_string(GString *json, const char *text)
{
    g_autofree char *valid = NULL;

    if (text == NULL) {
        g_string_append(json, "null");
        return;
    }
    if (!g_utf8_validate(text, -1, NULL))
        text = valid = g_utf8_make_valid(text, -1);
    g_string_append_c(json, '"');
    for (const char *p = text; *p != '\0'; p++) {
        guchar c = (guchar)*p;
        if (c == '"' || c == '\\')
            g_string_append_printf(json, "\\%c", c);
        else if (c == '\n')
            g_string_append(json, "\\n");
        else if (c < 0x20 || c == 0x7F)
            g_string_append_printf(json, "\\u%04x", c);
        else
            g_string_append_c(json, (char)c);
    }
    g_string_append_c(json, '"');
}

/* Parts of a page and confidences: four places after the point are what word boxes have. */
static void
append_real(GString *json, double value)
{
    char buffer[G_ASCII_DTOSTR_BUF_SIZE];

    if (!isfinite(value)) {
        g_string_append(json, "null");
        return;
    }
    g_ascii_formatd(buffer, sizeof buffer, "%.4f", value);
    gsize length = strlen(buffer);
    while (buffer[length - 1] == '0')
        length--;
    if (buffer[length - 1] == '.')
        length--;
    g_string_append_len(json, buffer, (gssize)length);
}

static void
append_integer(GString *json, guint64 value)
{
    g_string_append_printf(json, "%" G_GUINT64_FORMAT, value);
}

/* 0 is none. */
static void
append_id(GString *json, gint64 id)
{
    if (id == 0)
        g_string_append(json, "null");
    else
        g_string_append_printf(json, "%" G_GINT64_FORMAT, id);
}

static void
separate(GString *json)
{
    char last = json->str[json->len - 1];

    if (last != '{' && last != '[')
        g_string_append_c(json, ',');
}

static void
append_key(GString *json, const char *key)
{
    separate(json);
    append_string(json, key);
    g_string_append_c(json, ':');
}

static void
add_string(GString *json, const char *key, const char *value)
{
    append_key(json, key);
    append_string(json, value);
}

static void
add_integer(GString *json, const char *key, guint64 value)
{
    append_key(json, key);
    append_integer(json, value);
}

static void
add_real(GString *json, const char *key, double value)
{
    append_key(json, key);
    append_real(json, value);
}

static void
add_bool(GString *json, const char *key, gboolean value)
{
    append_key(json, key);
    g_string_append(json, value ? "true" : "false");
}

/* A path is bytes: those that are not UTF-8 are written as \xNN. */
static char *
path_text(const char *path)
{
    GString *text = g_string_new(NULL);
    const char *end;

    while (!g_utf8_validate(path, -1, &end)) {
        g_string_append_len(text, path, end - path);
        g_string_append_printf(text, "\\x%02X", (guchar)*end);
        path = end + 1;
    }
    g_string_append(text, path);
    return g_string_free(text, FALSE);
}

static void
append_box(GString *json, const LtBox *box)
{
    const double sides[] = {box->x0, box->y0, box->x1, box->y1};

    g_string_append_c(json, '[');
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        separate(json);
        append_real(json, sides[i]);
    }
    g_string_append_c(json, ']');
}

static void
add_box(GString *json, const LtBox *box)
{
    append_key(json, "box");
    append_box(json, box);
}

static void
add_doubts(GString *json, const LtRecord *record)
{
    append_key(json, "doubts");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        separate(json);
        g_string_append_c(json, '{');
        add_string(json, "field", doubt->field);
        add_string(json, "code", doubt->code);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_strings(GString *json, const char *key, const GPtrArray *strings)
{
    append_key(json, key);
    g_string_append_c(json, '[');
    for (guint i = 0; i < strings->len; i++) {
        separate(json);
        append_string(json, g_ptr_array_index(strings, i));
    }
    g_string_append_c(json, ']');
}

static void
add_references(GString *json, const LtRecord *record)
{
    append_key(json, "references");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        separate(json);
        g_string_append_c(json, '{');
        add_string(json, "number", reference->number);
        add_string(json, "date", reference->date);
        add_string(json, "relation", reference->relation);
        add_string(json, "type", reference->type);
        add_string(json, "issuer", reference->issuer);
        append_key(json, "document");
        append_id(json, reference->document);
        append_key(json, "page");
        append_id(json, reference->page);
        add_box(json, &reference->box);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_duplicates(GString *json, const LtRecord *record)
{
    append_key(json, "duplicates");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->duplicates->len; i++) {
        separate(json);
        append_id(json, *(const gint64 *)g_ptr_array_index(record->duplicates, i));
    }
    g_string_append_c(json, ']');
}

static void
add_corrections(GString *json, const LtRecord *record)
{
    append_key(json, "corrections");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i);
        separate(json);
        g_string_append_c(json, '{');
        add_string(json, "field", correction->field);
        add_string(json, "old", correction->old_value);
        add_string(json, "new", correction->new_value);
        add_string(json, "by", correction->by);
        add_string(json, "at", correction->at);
        add_integer(json, "revision", correction->revision);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_confidence(GString *json, const char *name, const LtField *field)
{
    if (field->value != NULL)
        add_real(json, name, field->confidence);
}

static void
add_because(GString *json, const LtCandidate *candidate)
{
    g_auto(GStrv) witnesses = g_strsplit(candidate->because ? candidate->because : "", " ", -1);

    if (witnesses[0] == NULL)
        return;
    append_key(json, "because");
    g_string_append_c(json, '{');
    for (char **witness = witnesses; *witness != NULL; witness++) {
        g_auto(GStrv) parts = g_strsplit(*witness, ":", 2);
        add_real(json, parts[0], g_ascii_strtod(parts[1], NULL));
    }
    g_string_append_c(json, '}');
}

static void
add_candidates(GString *json, const char *name, const LtField *field)
{
    if (field->candidates == NULL || field->candidates->len == 0)
        return;
    append_key(json, name);
    g_string_append_c(json, '[');
    for (guint i = 0; i < field->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        separate(json);
        g_string_append_c(json, '{');
        add_string(json, "value", candidate->value);
        add_real(json, "confidence", candidate->confidence);
        add_because(json, candidate);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_evidence(GString *json, const char *name, const LtField *field)
{
    /* What was inferred and is printed nowhere (a letter's type) has no spot to show. */
    if (field->page == 0 || (field->as_printed != NULL && *field->as_printed == '\0'))
        return;
    append_key(json, name);
    g_string_append_c(json, '{');
    add_integer(json, "page", field->page);
    add_box(json, &field->box);
    add_string(json, "as_printed", field->as_printed);
    add_string(json, "rule", field->rule);
    g_string_append_c(json, '}');
}

/* An object with a member for each field that has something to say. */
static void
add_by_field(GString *json, const char *key, const LtRecord *record,
             void (*add)(GString *, const char *, const LtField *))
{
    append_key(json, key);
    g_string_append_c(json, '{');
    for (guint i = 0; i < LT_N_FIELDS; i++)
        add(json, lt_field_name(i), &record->fields[i]);
    g_string_append_c(json, '}');
}

static void
add_pages(GString *json, const LtRecord *record)
{
    append_key(json, "pages");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        separate(json);
        g_string_append_c(json, '{');
        add_integer(json, "number", page->number);
        add_string(json, "source", lt_page_source_name(page->source));
        add_real(json, "confidence", page->confidence);
        add_string(json, "text", page->text);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_head(GString *json, const LtRecord *record)
{
    g_autofree char *source = record->source != NULL ? path_text(record->source) : NULL;

    append_key(json, "id");
    append_id(json, record->id);
    add_integer(json, "revision", record->revision);
    add_string(json, "sha256", record->sha256);
    add_string(json, "source", source);
    add_string(json, "status", record->status);
    add_string(json, "format", record->format);
    add_integer(json, "size", record->size);
    add_string(json, "filed_at", record->filed_at);
    add_bool(json, "needs_review", record->doubts->len > 0);
    add_doubts(json, record);
}

/* Of arrival and copy there is one object, or null; of signatures an array. */
static void
append_stamp(GString *json, const LtStamp *stamp)
{
    g_string_append_c(json, '{');
    if (stamp->kind == LT_STAMP_COPY)
        add_string(json, "type", stamp->type);
    if (stamp->kind != LT_STAMP_SIGNATURE)
        add_string(json, "number", stamp->number);
    add_string(json, "date", stamp->date);
    if (stamp->kind != LT_STAMP_ARRIVAL)
        add_string(json, "agency", stamp->agency);
    if (stamp->kind == LT_STAMP_SIGNATURE)
        add_string(json, "person", stamp->person);
    add_integer(json, "page", stamp->page);
    add_box(json, &stamp->box);
    g_string_append_c(json, '}');
}

static void
add_stamp(GString *json, const LtRecord *record, const char *key, LtStampKind kind)
{
    const LtStamp *stamp = lt_record_stamp(record, kind);

    append_key(json, key);
    if (stamp != NULL)
        append_stamp(json, stamp);
    else
        g_string_append(json, "null");
}

static void
add_stamps(GString *json, const LtRecord *record)
{
    add_stamp(json, record, "arrival", LT_STAMP_ARRIVAL);
    add_stamp(json, record, "copy", LT_STAMP_COPY);
    append_key(json, "signatures");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        if (stamp->kind != LT_STAMP_SIGNATURE)
            continue;
        separate(json);
        append_stamp(json, stamp);
    }
    g_string_append_c(json, ']');
}

static void
add_number_year(GString *json, const LtRecord *record)
{
    append_key(json, "number_year");
    append_id(json, lt_record_number_year(record));
}

static void
add_dossiers(GString *json, const LtRecord *record)
{
    append_key(json, "dossiers");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->dossiers->len; i++) {
        const LtMembership *membership = g_ptr_array_index(record->dossiers, i);
        separate(json);
        g_string_append_c(json, '{');
        append_key(json, "id");
        append_id(json, membership->dossier);
        add_string(json, "code", membership->code);
        append_key(json, "year");
        append_id(json, membership->year);
        add_string(json, "title", membership->title);
        add_integer(json, "ordinal", membership->ordinal);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_successors(GString *json, const LtRecord *record)
{
    add_string(json, "validity", lt_validity_name(lt_record_validity(record)));
    append_key(json, "superseded_by");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->successors->len; i++) {
        const LtSuccessor *successor = g_ptr_array_index(record->successors, i);
        separate(json);
        g_string_append_c(json, '{');
        append_key(json, "document");
        append_id(json, successor->document);
        add_string(json, "number", successor->number);
        add_string(json, "date", successor->date);
        add_string(json, "relation", successor->relation);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_record(GString *json, const LtRecord *record, gboolean with_pages)
{
    add_head(json, record);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        add_string(json, lt_field_name(i), record->fields[i].value);
        if (i == LT_FIELD_ISSUER)
            add_string(json, "issuer_as_printed", record->fields[i].as_printed);
    }
    add_string(json, "issuer_id", record->issuer_id);
    add_strings(json, "recipients", record->recipients);
    add_number_year(json, record);
    add_stamps(json, record);
    add_dossiers(json, record);
    add_references(json, record);
    add_successors(json, record);
    add_duplicates(json, record);
    add_corrections(json, record);
    add_by_field(json, "confidence", record, add_confidence);
    add_by_field(json, "candidates", record, add_candidates);
    add_by_field(json, "evidence", record, add_evidence);
    add_integer(json, "page_count", record->page_count);
    if (with_pages)
        add_pages(json, record);
}

char *
lt_record_to_json(const LtRecord *record, gboolean with_pages)
{
    GString *json = g_string_new("{");

    add_record(json, record, with_pages);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

static void
add_places(GString *json, const GPtrArray *places)
{
    append_key(json, "hits");
    g_string_append_c(json, '[');
    for (guint i = 0; i < places->len; i++) {
        const LtHitPlace *place = g_ptr_array_index(places, i);
        separate(json);
        g_string_append_c(json, '{');
        add_integer(json, "page", place->page);
        add_integer(json, "start", place->span.start);
        add_integer(json, "length", place->span.length);
        append_key(json, "boxes");
        g_string_append_c(json, '[');
        for (guint j = 0; j < place->boxes->len; j++) {
            separate(json);
            append_box(json, &g_array_index(place->boxes, LtBox, j));
        }
        g_string_append(json, "]}");
    }
    g_string_append_c(json, ']');
}

static void
add_hit(GString *json, const LtHit *hit)
{
    separate(json);
    g_string_append_c(json, '{');
    add_record(json, hit->record, FALSE);
    add_real(json, "score", hit->score);
    add_string(json, "why", hit->why);
    append_key(json, "page");
    append_id(json, hit->page);
    add_string(json, "snippet", hit->snippet);
    append_key(json, "marks");
    g_string_append_c(json, '[');
    for (guint i = 0; i < hit->marks->len; i++) {
        const LtSpan *span = &g_array_index(hit->marks, LtSpan, i);
        separate(json);
        g_string_append_printf(json, "[%u,%u]", span->start, span->length);
    }
    g_string_append_c(json, ']');
    if (hit->places != NULL)
        add_places(json, hit->places);
    g_string_append_c(json, '}');
}

static void
add_facets(GString *json, const LtSearchResult *result)
{
    static const char *const names[LT_N_FACETS] = {
        [LT_FACET_ISSUER] = "issuer", [LT_FACET_TYPE] = "type", [LT_FACET_YEAR] = "year"};

    append_key(json, "facets");
    g_string_append_c(json, '{');
    for (guint i = 0; i < LT_N_FACETS; i++) {
        append_key(json, names[i]);
        g_string_append_c(json, '[');
        for (guint j = 0; j < result->facets[i]->len; j++) {
            const LtFacet *facet = g_ptr_array_index(result->facets[i], j);
            separate(json);
            g_string_append_c(json, '{');
            add_string(json, "value", facet->value);
            add_integer(json, "count", facet->count);
            g_string_append_c(json, '}');
        }
        g_string_append_c(json, ']');
    }
    g_string_append_c(json, '}');
}

char *
lt_search_result_to_json(const LtSearchResult *result)
{
    GString *json = g_string_new("{");

    add_string(json, "query", result->query);
    add_integer(json, "total", result->total);
    add_bool(json, "total_exact", result->total_exact);
    add_strings(json, "ignored", result->ignored);
    add_string(json, "suggestion", result->suggestion);
    add_bool(json, "corrected", result->corrected);
    add_strings(json, "unknown", result->unknown);
    add_integer(json, "newest", (guint64)result->newest);
    add_bool(json, "facets_exact", result->facets_exact);
    add_facets(json, result);
    append_key(json, "results");
    g_string_append_c(json, '[');
    for (guint i = 0; i < result->hits->len; i++)
        add_hit(json, g_ptr_array_index(result->hits, i));
    g_string_append(json, "]}");
    return g_string_free(json, FALSE);
}

char *
lt_review_list_to_json(const LtReviewList *list)
{
    GString *json = g_string_new("{");

    add_integer(json, "total", list->total);
    append_key(json, "results");
    g_string_append_c(json, '[');
    for (guint i = 0; i < list->items->len; i++) {
        const LtReviewItem *item = g_ptr_array_index(list->items, i);
        separate(json);
        g_string_append_c(json, '{');
        add_record(json, item->record, FALSE);
        add_string(json, "class", lt_review_class_name(item->review));
        g_string_append_c(json, '}');
    }
    g_string_append(json, "]}");
    return g_string_free(json, FALSE);
}

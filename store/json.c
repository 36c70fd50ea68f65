/* The JSON of docs/json.md: keys always in the same order. */
#include "store/private.h"

static void
append_box(GString *json, const LtBox *box)
{
    const double sides[] = {box->x0, box->y0, box->x1, box->y1};

    g_string_append_c(json, '[');
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        lt_json_separate(json);
        lt_json_append_real(json, sides[i]);
    }
    g_string_append_c(json, ']');
}

static void
add_box(GString *json, const LtBox *box)
{
    lt_json_append_key(json, "box");
    append_box(json, box);
}

static void
add_doubts(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "doubts");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->doubts->len; i++) {
        const LtDoubt *doubt = g_ptr_array_index(record->doubts, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_string(json, "field", doubt->field);
        lt_json_put_string(json, "code", doubt->code);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_strings(GString *json, const char *key, const GPtrArray *strings)
{
    lt_json_append_key(json, key);
    g_string_append_c(json, '[');
    for (guint i = 0; i < strings->len; i++) {
        lt_json_separate(json);
        lt_json_append_string(json, g_ptr_array_index(strings, i));
    }
    g_string_append_c(json, ']');
}

static void
add_references(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "references");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_string(json, "number", reference->number);
        lt_json_put_string(json, "date", reference->date);
        lt_json_put_string(json, "relation", reference->relation);
        lt_json_put_string(json, "type", reference->type);
        lt_json_put_string(json, "issuer", reference->issuer);
        lt_json_append_key(json, "document");
        lt_json_append_id(json, reference->document);
        lt_json_append_key(json, "page");
        lt_json_append_id(json, reference->page);
        add_box(json, &reference->box);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_duplicates(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "duplicates");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->duplicates->len; i++) {
        lt_json_separate(json);
        lt_json_append_id(json, *(const gint64 *)g_ptr_array_index(record->duplicates, i));
    }
    g_string_append_c(json, ']');
}

static void
add_corrections(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "corrections");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->corrections->len; i++) {
        const LtCorrection *correction = g_ptr_array_index(record->corrections, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_string(json, "field", correction->field);
        lt_json_put_string(json, "old", correction->old_value);
        lt_json_put_string(json, "new", correction->new_value);
        lt_json_put_string(json, "by", correction->by);
        lt_json_put_string(json, "at", correction->at);
        lt_json_put_integer(json, "revision", correction->revision);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_confidence(GString *json, const char *name, const LtField *field)
{
    if (field->value != NULL)
        lt_json_put_real(json, name, field->confidence);
}

static void
add_because(GString *json, const LtCandidate *candidate)
{
    g_auto(GStrv) witnesses = g_strsplit(candidate->because ? candidate->because : "", " ", -1);

    if (witnesses[0] == NULL)
        return;
    lt_json_append_key(json, "because");
    g_string_append_c(json, '{');
    for (char **witness = witnesses; *witness != NULL; witness++) {
        g_auto(GStrv) parts = g_strsplit(*witness, ":", 2);
        lt_json_put_real(json, parts[0], g_ascii_strtod(parts[1], NULL));
    }
    g_string_append_c(json, '}');
}

static void
add_candidates(GString *json, const char *name, const LtField *field)
{
    if (field->candidates == NULL || field->candidates->len == 0)
        return;
    lt_json_append_key(json, name);
    g_string_append_c(json, '[');
    for (guint i = 0; i < field->candidates->len; i++) {
        const LtCandidate *candidate = g_ptr_array_index(field->candidates, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_string(json, "value", candidate->value);
        lt_json_put_real(json, "confidence", candidate->confidence);
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
    lt_json_append_key(json, name);
    g_string_append_c(json, '{');
    lt_json_put_integer(json, "page", field->page);
    add_box(json, &field->box);
    lt_json_put_string(json, "as_printed", field->as_printed);
    lt_json_put_string(json, "rule", field->rule);
    g_string_append_c(json, '}');
}

/* An object with a member for each field that has something to say. */
static void
add_by_field(GString *json, const char *key, const LtRecord *record,
             void (*add)(GString *, const char *, const LtField *))
{
    lt_json_append_key(json, key);
    g_string_append_c(json, '{');
    for (guint i = 0; i < LT_N_FIELDS; i++)
        add(json, lt_field_name(i), &record->fields[i]);
    g_string_append_c(json, '}');
}

static void
add_pages(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "pages");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->pages->len; i++) {
        const LtPage *page = g_ptr_array_index(record->pages, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_integer(json, "number", page->number);
        lt_json_put_string(json, "source", lt_page_source_name(page->source));
        lt_json_put_real(json, "confidence", page->confidence);
        lt_json_put_string(json, "text", page->text);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_head(GString *json, const LtRecord *record)
{
    g_autofree char *source = record->source != NULL ? lt_json_path(record->source) : NULL;

    lt_json_append_key(json, "id");
    lt_json_append_id(json, record->id);
    lt_json_put_integer(json, "revision", record->revision);
    lt_json_put_string(json, "sha256", record->sha256);
    lt_json_put_string(json, "source", source);
    lt_json_put_string(json, "status", record->status);
    lt_json_put_string(json, "format", record->format);
    lt_json_put_integer(json, "size", record->size);
    lt_json_put_string(json, "filed_at", record->filed_at);
    lt_json_put_bool(json, "needs_review", record->doubts->len > 0);
    add_doubts(json, record);
}

/* Of arrival and copy there is one object, or null; of signatures an array. */
static void
append_stamp(GString *json, const LtStamp *stamp)
{
    g_string_append_c(json, '{');
    if (stamp->kind == LT_STAMP_COPY)
        lt_json_put_string(json, "type", stamp->type);
    if (stamp->kind != LT_STAMP_SIGNATURE)
        lt_json_put_string(json, "number", stamp->number);
    lt_json_put_string(json, "date", stamp->date);
    if (stamp->kind != LT_STAMP_ARRIVAL)
        lt_json_put_string(json, "agency", stamp->agency);
    if (stamp->kind == LT_STAMP_SIGNATURE)
        lt_json_put_string(json, "person", stamp->person);
    lt_json_put_integer(json, "page", stamp->page);
    add_box(json, &stamp->box);
    g_string_append_c(json, '}');
}

static void
add_stamp(GString *json, const LtRecord *record, const char *key, LtStampKind kind)
{
    const LtStamp *stamp = lt_record_stamp(record, kind);

    lt_json_append_key(json, key);
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
    lt_json_append_key(json, "signatures");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->stamps->len; i++) {
        const LtStamp *stamp = g_ptr_array_index(record->stamps, i);
        if (stamp->kind != LT_STAMP_SIGNATURE)
            continue;
        lt_json_separate(json);
        append_stamp(json, stamp);
    }
    g_string_append_c(json, ']');
}

static void
add_number_year(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "number_year");
    lt_json_append_id(json, lt_record_number_year(record));
}

static void
add_dossiers(GString *json, const LtRecord *record)
{
    lt_json_append_key(json, "dossiers");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->dossiers->len; i++) {
        const LtMembership *membership = g_ptr_array_index(record->dossiers, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_append_key(json, "id");
        lt_json_append_id(json, membership->dossier);
        lt_json_put_string(json, "code", membership->code);
        lt_json_append_key(json, "year");
        lt_json_append_id(json, membership->year);
        lt_json_put_string(json, "title", membership->title);
        lt_json_put_integer(json, "ordinal", membership->ordinal);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_successors(GString *json, const LtRecord *record)
{
    lt_json_put_string(json, "validity", lt_validity_name(lt_record_validity(record)));
    lt_json_append_key(json, "superseded_by");
    g_string_append_c(json, '[');
    for (guint i = 0; i < record->successors->len; i++) {
        const LtSuccessor *successor = g_ptr_array_index(record->successors, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_append_key(json, "document");
        lt_json_append_id(json, successor->document);
        lt_json_put_string(json, "number", successor->number);
        lt_json_put_string(json, "date", successor->date);
        lt_json_put_string(json, "relation", successor->relation);
        g_string_append_c(json, '}');
    }
    g_string_append_c(json, ']');
}

static void
add_record(GString *json, const LtRecord *record, gboolean with_pages)
{
    add_head(json, record);
    for (guint i = 0; i < LT_N_FIELDS; i++) {
        lt_json_put_string(json, lt_field_name(i), record->fields[i].value);
        if (i == LT_FIELD_ISSUER)
            lt_json_put_string(json, "issuer_as_printed", record->fields[i].as_printed);
    }
    lt_json_put_string(json, "issuer_id", record->issuer_id);
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
    lt_json_put_integer(json, "page_count", record->page_count);
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
    lt_json_append_key(json, "hits");
    g_string_append_c(json, '[');
    for (guint i = 0; i < places->len; i++) {
        const LtHitPlace *place = g_ptr_array_index(places, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        lt_json_put_integer(json, "page", place->page);
        lt_json_put_integer(json, "start", place->span.start);
        lt_json_put_integer(json, "length", place->span.length);
        lt_json_append_key(json, "boxes");
        g_string_append_c(json, '[');
        for (guint j = 0; j < place->boxes->len; j++) {
            lt_json_separate(json);
            append_box(json, &g_array_index(place->boxes, LtBox, j));
        }
        g_string_append(json, "]}");
    }
    g_string_append_c(json, ']');
}

char *
lt_hit_places_to_json(const GPtrArray *places)
{
    GString *json = g_string_new("{");

    add_places(json, places);
    g_string_append_c(json, '}');
    return g_string_free(json, FALSE);
}

static void
add_hit(GString *json, const LtHit *hit)
{
    lt_json_separate(json);
    g_string_append_c(json, '{');
    add_record(json, hit->record, FALSE);
    lt_json_put_real(json, "score", hit->score);
    lt_json_put_string(json, "why", hit->why);
    lt_json_append_key(json, "page");
    lt_json_append_id(json, hit->page);
    lt_json_put_string(json, "snippet", hit->snippet);
    lt_json_append_key(json, "marks");
    g_string_append_c(json, '[');
    for (guint i = 0; i < hit->marks->len; i++) {
        const LtSpan *span = &g_array_index(hit->marks, LtSpan, i);
        lt_json_separate(json);
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
        [LT_FACET_ISSUER] = "issuer",
        [LT_FACET_TYPE] = "type",
        [LT_FACET_YEAR] = "year",
        [LT_FACET_STATUS] = "status",
    };

    lt_json_append_key(json, "facets");
    g_string_append_c(json, '{');
    for (guint i = 0; i < LT_N_FACETS; i++) {
        lt_json_append_key(json, names[i]);
        g_string_append_c(json, '[');
        for (guint j = 0; j < result->facets[i]->len; j++) {
            const LtFacet *facet = g_ptr_array_index(result->facets[i], j);
            lt_json_separate(json);
            g_string_append_c(json, '{');
            lt_json_put_string(json, "value", facet->value);
            lt_json_put_integer(json, "count", facet->count);
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

    lt_json_put_string(json, "query", result->query);
    lt_json_put_integer(json, "total", result->total);
    lt_json_put_bool(json, "total_exact", result->total_exact);
    add_strings(json, "ignored", result->ignored);
    lt_json_put_string(json, "suggestion", result->suggestion);
    lt_json_put_bool(json, "corrected", result->corrected);
    add_strings(json, "unknown", result->unknown);
    lt_json_put_integer(json, "newest", (guint64)result->newest);
    lt_json_put_bool(json, "facets_exact", result->facets_exact);
    add_facets(json, result);
    lt_json_append_key(json, "results");
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

    lt_json_put_integer(json, "total", list->total);
    lt_json_append_key(json, "results");
    g_string_append_c(json, '[');
    for (guint i = 0; i < list->items->len; i++) {
        const LtReviewItem *item = g_ptr_array_index(list->items, i);
        lt_json_separate(json);
        g_string_append_c(json, '{');
        add_record(json, item->record, FALSE);
        lt_json_put_string(json, "class", lt_review_class_name(item->review));
        g_string_append_c(json, '}');
    }
    g_string_append(json, "]}");
    return g_string_free(json, FALSE);
}

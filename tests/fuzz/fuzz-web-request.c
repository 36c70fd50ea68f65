/* What strangers send to the server: method, target, headers and body, through routes, checks and handlers, over a
 * small archive. The first line is the request line, headers follow, an empty line, the body. */
#include <string.h>

#include <glib/gstdio.h>

#include "tests/fuzz/fuzz.h"
#include "web/intake.h"
#include "web/picture.h"
#include "web/route.h"

static char *
make_archive(void)
{
    char *directory = g_dir_make_tmp("luutru-fuzz-XXXXXX", NULL);
    g_autoptr(LtStore) store = lt_store_open(directory, LT_STORE_CREATE, NULL);
    g_autoptr(LtRecord) record = lt_record_new();
    g_autoptr(LtLedgerRow) row = NULL;

    g_assert_nonnull(store);
    row = lt_store_ledger_see(store, "/scans/1.pdf", 1, 1, NULL, NULL);
    record->sha256 = g_strdup_printf("%064u", 1u);
    record->source = g_strdup("/scans/1.pdf");
    lt_field_set(&record->fields[LT_FIELD_NUMBER], "10/QĐ-UBND", "10/QĐ-UBND", 1, 0, NULL, "fuzz");
    g_ptr_array_add(record->pages, lt_page_new_from_text(1, "Quyết định về đất đai\nhòa 10"));
    record->page_count = 1;
    g_assert_true(lt_store_file(store, record, row->id, NULL));
    return directory;
}

static LtDesk *
make_desk(void)
{
    static char *hosts[] = {(char *)"localhost", NULL};
    static LtSite site;

    site.archive = make_archive();
    site.worker = (char *)"/bin/false";
    site.program = (char *)"/bin/true";
    site.rules_directory = (char *)"ingest/fields";
    site.hosts = hosts;
    site.local = TRUE;
    site.pictures = lt_picture_cache_new();
    site.intake = lt_intake_new(site.archive, site.program, FALSE);
    return lt_desk_new(&site);
}

static void
read_headers(LtRequest *request, char **lines)
{
    for (guint i = 0; lines[i] != NULL; i++) {
        char *colon = strchr(lines[i], ':');
        if (colon == NULL)
            continue;
        *colon = '\0';
        lt_request_set_header(request, lines[i], g_strstrip(colon + 1));
    }
}

static void
answer(LtDesk *desk, LtRequest *request)
{
    g_autofree char *allow = NULL;
    const LtRoute *route = lt_route_find(request, &allow);
    g_autoptr(LtAnswer) answer = lt_route_answer(desk, route, request, allow);

    if (answer == NULL)
        answer = lt_route_answer_later(desk, route, request);
    g_assert_cmpuint(answer->status, >=, 200);
    g_assert_cmpuint(answer->status, <, 600);
    g_assert_nonnull(lt_answer_header(answer, "Content-Security-Policy"));
    if (answer->type != NULL && g_str_has_suffix(answer->type, "json")) {
        gsize size = 0;
        const char *text = g_bytes_get_data(answer->body, &size);
        g_assert_true(g_utf8_validate(text, (gssize)size, NULL));
    }
}

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    static LtDesk *desk; /* made once a process */
    g_autofree char *text = g_strndup((const char *)bytes, MIN(length, 4096));
    char *end = strstr(text, "\n\n");
    const char *body = end != NULL ? end + 2 : "";
    g_autoptr(LtRequest) request = NULL;

    if (desk == NULL)
        desk = make_desk();
    if (end != NULL)
        *end = '\0';
    g_auto(GStrv) lines = g_strsplit(text, "\n", 64);
    g_auto(GStrv) words = g_strsplit(lines[0] != NULL ? lines[0] : "", " ", 3);
    if (g_strv_length(words) < 2 || (request = lt_request_new(words[0], words[1])) == NULL)
        return 0;
    lt_request_set_header(request, "host", "localhost:80");
    read_headers(request, lines + 1);
    request->address = g_strdup("127.0.0.1");
    request->body = g_bytes_new(body, strlen(body));
    answer(desk, request);
    return 0;
}

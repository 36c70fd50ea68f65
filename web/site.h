/* The site as one thread of it sees it: what is the same for all requests, and the tools that a thread has of
 * its own, for one LtStore belongs to one thread. */
#pragma once

#include "ingest/ingest.h"
#include "store/store.h"
#include "web/http.h"

#define LT_SITE_MAX_BODY (64u << 10)      /* bytes of JSON that a request may bring */
#define LT_SITE_MAX_UPLOAD (512ull << 20) /* bytes of a file that is dropped */
#define LT_SITE_SEARCH_SECONDS 5u         /* that a search may take */

typedef struct LtSite {
    char *archive; /* absolute */
    char *worker;  /* the worker program */
    char *program; /* luutru, for the intake */
    char *rules_directory;
    char **hosts;    /* values of Host that are this site, small letters, without port */
    gboolean secure; /* over TLS, here or at the proxy */
    gboolean proxy;  /* behind one that says who asks */
} LtSite;

typedef struct LtDesk LtDesk;

LtDesk *lt_desk_new(LtSite *site);
void lt_desk_free(LtDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDesk, lt_desk_free)
LtSite *lt_desk_site(LtDesk *desk);
/* The archive for reading, opened when it is first asked for; with a deadline of LT_SITE_SEARCH_SECONDS from
 * now. NULL: it cannot be opened now. (transfer none) */
LtStore *lt_desk_store(LtDesk *desk, GError **error);
/* The same for writing. */
LtStore *lt_desk_writing_store(LtDesk *desk, GError **error);

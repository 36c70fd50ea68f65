/* The site as one thread of it sees it: what is the same for all requests, and the tools that a thread has of
 * its own, for one LtStore belongs to one thread. */
#pragma once

#include "ingest/ingest.h"
#include "store/store.h"
#include "web/http.h"

#define LT_SITE_MAX_BODY (64u << 10)      /* bytes of JSON that a request may bring */
#define LT_SITE_MAX_UPLOAD (512ull << 20) /* bytes of a file that is dropped */
#define LT_SITE_SEARCH_SECONDS 5u         /* that a search may take */

typedef struct LtIntake LtIntake;
typedef struct LtPictureCache LtPictureCache;
typedef struct LtPictureMaker LtPictureMaker;

typedef struct LtSite {
    char *archive; /* absolute */
    char *worker;  /* the worker program */
    char *program; /* luutru, for the intake */
    char *rules_directory;
    char **hosts;    /* values of Host that are this site, small letters, without port */
    gboolean secure; /* over TLS, here or at the proxy */
    gboolean proxy;  /* behind one that says who asks */
    gboolean strict; /* nothing reads files without every wall around it */
    gboolean local;  /* only this machine reaches it: while nobody was given access all may come */
    LtPictureCache *pictures; /* (nullable) */
    LtIntake *intake;         /* (nullable) */

    GMutex lock;       /* of what follows */
    GHashTable *looks; /* (nullable) person and document -> when it was last looked at */
    LtRules *rules;    /* (nullable) loaded when first asked for */
} LtSite;

/* Loaded when somebody first asks: most sites are read more than they are put right. (transfer none) */
LtRules *lt_site_rules(LtSite *site, GError **error);

/* Who asks. */
typedef struct {
    gboolean users;    /* people have to log in */
    gboolean known;    /* this one did, or need not */
    LtRole role;       /* where known */
    gboolean cleared;  /* sees what is restricted */
    LtSession session; /* person is NULL where nobody logged in */
    char *token;       /* (nullable) */
} LtVisitor;

const char *lt_visitor_name(const LtVisitor *visitor);
/* What changes have to bring along (transfer full), NULL where nobody logged in. */
char *lt_visitor_csrf(const LtVisitor *visitor);
const char *lt_cookie_name(const LtRequest *request);

typedef struct LtDesk LtDesk;

LtDesk *lt_desk_new(LtSite *site);
void lt_desk_free(LtDesk *desk);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtDesk, lt_desk_free)
LtSite *lt_desk_site(LtDesk *desk);
/* Finds out who asks, for all that follows. FALSE on error. */
gboolean lt_desk_meet(LtDesk *desk, const LtRequest *request, GError **error);
const LtVisitor *lt_desk_visitor(const LtDesk *desk);
/* The archive for reading as the visitor may see it, opened when it is first asked for; with a deadline of
 * LT_SITE_SEARCH_SECONDS from now. NULL: it cannot be opened now. (transfer none) */
LtStore *lt_desk_store(LtDesk *desk, GError **error);
/* The same for writing, where nothing is hidden: who may be asked first. */
LtStore *lt_desk_writing_store(LtDesk *desk, GError **error);
LtPeople *lt_desk_people(LtDesk *desk, GError **error);
LtPictureMaker *lt_desk_pictures(LtDesk *desk);
/* Into the log: the visitor did that. A look at what was looked at a moment ago is none. */
void lt_desk_note(LtDesk *desk, const LtRequest *request, const char *action, gint64 document,
                  const char *detail);

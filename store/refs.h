/* What a document rests on and what rests on it, as two trees. Part of the front door of store/. */
#pragma once

#include "store/record.h"

#define LT_REFS_MAX_DEPTH 20u
#define LT_REFS_MAX_NODES 2000u   /* in one tree; what does not fit is counted */
#define LT_REFS_MAX_CHILDREN 200u /* of one node */

/* A document in the tree, reached over one citation. */
typedef struct LtRefNode {
    gint64 document; /* 0: the archive has it not, or several would fit */
    char *number, *date, *type, *issuer, *subject; /* (nullable) */
    char *relation; /* (nullable) of the citation; the strongest where there are several */
    LtValidity validity;
    gboolean elsewhere;  /* what hangs on it hangs on another node of the same document */
    guint left_out;      /* children for which there was no room */
    GPtrArray *children; /* of LtRefNode */
} LtRefNode;

typedef struct {
    LtRefNode *cites;    /* the document itself; children: what it cites, and so on */
    LtRefNode *cited_by; /* the same; children: what cites it */
} LtRefTree;

/* depth: how far to go, 1 to LT_REFS_MAX_DEPTH. Each document is opened up once, where it stands nearest;
 * so circles end. (transfer full) */
LtRefTree *lt_store_refs(LtStore *store, gint64 id, guint depth, GError **error);
void lt_ref_tree_free(LtRefTree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRefTree, lt_ref_tree_free)

/* What a relation (nullable) is called, read from the document that cites or from the one that is cited.
 * (transfer full) */
typedef char *(*LtRelationLabel)(const char *relation, gboolean cited_by);
/* One object: see docs/json.md. label NULL: without that key. (transfer full) */
char *lt_ref_tree_to_json(const LtRefTree *tree, LtRelationLabel label);

/* The trees of citations. They grow breadth first, so that limits cut what is far away. */
#include "store/private.h"

#include <string.h>

/* What is told where a document cites another in several ways: the first that fits. */
static const char *const strength[] = {"thay thế",  "bãi bỏ", "sửa đổi",  "trả lời",
                                       "thực hiện", "căn cứ", "kèm theo", "theo"};

typedef struct {
    LtStore *store;
    gboolean cited_by;
    guint depth;
    guint n_nodes;
    GHashTable *opened; /* of gint64: documents whose children are in the tree */
    GQueue waiting;     /* of Waiting */
} Growth;

typedef struct {
    LtRefNode *node; /* (transfer none) */
    guint depth;
} Waiting;

static void
growth_clear(Growth *growth)
{
    g_hash_table_unref(growth->opened);
    g_queue_clear_full(&growth->waiting, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Growth, growth_clear)

static void
node_free(LtRefNode *node)
{
    if (node == NULL)
        return;
    g_free(node->number);
    g_free(node->date);
    g_free(node->type);
    g_free(node->issuer);
    g_free(node->subject);
    g_free(node->relation);
    g_ptr_array_unref(node->children);
    g_free(node);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtRefNode, node_free)

void
lt_ref_tree_free(LtRefTree *tree)
{
    if (tree == NULL)
        return;
    node_free(tree->cites);
    node_free(tree->cited_by);
    g_free(tree);
}

static LtRefNode *
node_new(const char *relation)
{
    LtRefNode *node = g_new0(LtRefNode, 1);

    node->relation = g_strdup(relation);
    node->children = g_ptr_array_new_with_free_func((GDestroyNotify)node_free);
    return node;
}

/* FALSE where it was removed meanwhile, too. */
static gboolean
node_fill(LtRefNode *node, LtStore *store, gint64 id, GError **error)
{
    g_autoptr(LtRecord) record = lt_store_document(store, id, FALSE, error);

    if (record == NULL)
        return FALSE;
    node->document = id;
    node->number = g_strdup(record->fields[LT_FIELD_NUMBER].value);
    node->date = g_strdup(record->fields[LT_FIELD_ISSUED_DATE].value);
    node->type = g_strdup(record->fields[LT_FIELD_TYPE].value);
    node->issuer = g_strdup(record->fields[LT_FIELD_ISSUER].value);
    node->subject = g_strdup(record->fields[LT_FIELD_SUBJECT].value);
    node->validity = lt_record_validity(record);
    return TRUE;
}

static guint
rank(const char *relation)
{
    for (guint i = 0; i < G_N_ELEMENTS(strength); i++)
        if (g_strcmp0(strength[i], relation) == 0)
            return i;
    return G_N_ELEMENTS(strength) + (relation == NULL);
}

/* The child that is the same document, as far as is known. */
static LtRefNode *
find_child(const LtRefNode *parent, gint64 document, const char *key)
{
    for (guint i = 0; i < parent->children->len; i++) {
        LtRefNode *child = g_ptr_array_index(parent->children, i);
        if (document != 0 ? child->document == document : child->document == 0) {
            g_autofree char *other = document == 0 ? lt_text_number_key(child->number) : NULL;
            if (document != 0 || strcmp(other, key) == 0)
                return child;
        }
    }
    return NULL;
}

/* A new child for the document or number, or NULL where there is one, or no room. */
static LtRefNode *
add_child(Growth *growth, LtRefNode *parent, gint64 document, const char *number,
          const char *relation)
{
    g_autofree char *key = document == 0 ? lt_text_number_key(number) : NULL;
    LtRefNode *child = find_child(parent, document, key);

    if (child != NULL && rank(relation) < rank(child->relation)) {
        g_free(child->relation);
        child->relation = g_strdup(relation);
    }
    if (child != NULL)
        return NULL;
    if (parent->children->len >= LT_REFS_MAX_CHILDREN || growth->n_nodes >= LT_REFS_MAX_NODES) {
        parent->left_out++;
        return NULL;
    }
    child = node_new(relation);
    child->document = document;
    growth->n_nodes++;
    g_ptr_array_add(parent->children, child);
    return child;
}

static gboolean
open_cites(Growth *growth, LtRefNode *node, GError **error)
{
    g_autoptr(LtRecord) record = lt_store_document(growth->store, node->document, FALSE, error);

    if (record == NULL)
        return FALSE;
    for (guint i = 0; i < record->references->len; i++) {
        const LtReference *reference = g_ptr_array_index(record->references, i);
        LtRefNode *child =
            add_child(growth, node, reference->document, reference->number, reference->relation);
        if (child == NULL)
            continue;
        if (reference->document != 0) {
            if (!node_fill(child, growth->store, reference->document, error))
                return FALSE;
            continue;
        }
        child->number = g_strdup(reference->number);
        child->date = g_strdup(reference->date);
        child->type = g_strdup(reference->type);
        child->issuer = g_strdup(reference->issuer);
    }
    return TRUE;
}

static gboolean
open_cited_by(Growth *growth, LtRefNode *node, GError **error)
{
    g_autoptr(GPtrArray) all = lt_store_citing(growth->store, node->document, error);

    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const LtCiting *citing = g_ptr_array_index(all, i);
        LtRefNode *child = add_child(growth, node, citing->document, NULL, citing->relation);
        if (child != NULL && !node_fill(child, growth->store, citing->document, error))
            return FALSE;
    }
    return TRUE;
}

/* Strongest relation first, then by day. */
static int
compare_children(gconstpointer a, gconstpointer b)
{
    const LtRefNode *left = *(LtRefNode *const *)a, *right = *(LtRefNode *const *)b;
    int order = (int)rank(left->relation) - (int)rank(right->relation);

    if (order != 0)
        return order;
    order = g_strcmp0(left->date, right->date);
    return order != 0 ? order : g_strcmp0(left->number, right->number);
}

static void
queue(Growth *growth, LtRefNode *node, guint depth)
{
    gint64 *key = NULL;

    if (node->document == 0)
        return;
    key = g_new(gint64, 1);
    *key = node->document;
    if (!g_hash_table_add(growth->opened, key)) {
        node->elsewhere = TRUE;
        return;
    }
    Waiting *waiting = g_new(Waiting, 1);
    *waiting = (Waiting){node, depth};
    g_queue_push_tail(&growth->waiting, waiting);
}

static gboolean
grow(Growth *growth, GError **error)
{
    Waiting *next;

    while ((next = g_queue_pop_head(&growth->waiting)) != NULL) {
        g_autofree Waiting *waiting = next;
        LtRefNode *node = waiting->node;

        if (waiting->depth >= growth->depth)
            continue;
        if (growth->cited_by ? !open_cited_by(growth, node, error)
                             : !open_cites(growth, node, error))
            return FALSE;
        g_ptr_array_sort(node->children, compare_children);
        for (guint i = 0; i < node->children->len; i++)
            queue(growth, g_ptr_array_index(node->children, i), waiting->depth + 1);
    }
    return TRUE;
}

static LtRefNode *
grow_tree(LtStore *store, gint64 id, guint depth, gboolean cited_by, GError **error)
{
    g_auto(Growth) growth = {.store = store, .depth = depth, .cited_by = cited_by};
    g_autoptr(LtRefNode) root = node_new(NULL);

    growth.opened = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_queue_init(&growth.waiting);
    if (!node_fill(root, store, id, error))
        return NULL;
    queue(&growth, root, 0);
    return grow(&growth, error) ? g_steal_pointer(&root) : NULL;
}

/* The savepoint makes both trees agree, whatever another connection commits meanwhile. */
LtRefTree *
lt_store_refs(LtStore *store, gint64 id, guint depth, GError **error)
{
    g_autoptr(LtRefTree) tree = g_new0(LtRefTree, 1);

    if (!lt_sql_script(store, "SAVEPOINT refs", error))
        return NULL;
    depth = CLAMP(depth, 1, LT_REFS_MAX_DEPTH);
    tree->cites = grow_tree(store, id, depth, FALSE, error);
    if (tree->cites != NULL)
        tree->cited_by = grow_tree(store, id, depth, TRUE, error);
    gboolean grown = tree->cited_by != NULL;
    if (!lt_sql_script(store, "RELEASE refs", grown ? error : NULL))
        return NULL;
    return grown ? g_steal_pointer(&tree) : NULL;
}

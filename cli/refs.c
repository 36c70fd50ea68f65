/* luutru refs: what a document rests on, and what rests on it. */
#include "cli/cli.h"

#include <unistd.h>

#include "cli/record.h"

#define USUAL_DEPTH 3

/* Prints one tree; prefix is what stands before the lines of the present level. */
typedef struct {
    gboolean cited_by;
    gboolean styled;
    GString *prefix;
} Drawing;

static char *
line_text(const Drawing *drawing, const LtRefNode *node)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_autofree char *relation = lt_relation_label(node->relation, drawing->cited_by);
    g_autofree char *number = lt_cli_shown(node->number);
    g_autofree char *day = lt_cli_shown_day(node->date);
    g_autofree char *what = lt_cli_shown(node->subject != NULL ? node->subject : node->type);
    const char *bold = drawing->styled ? "\033[1m" : "";
    const char *plain = drawing->styled ? "\033[0m" : "";

    g_string_append_printf(line, "%s: %s%s%s", relation, bold,
                           *number != '\0' ? number : _("without a number"), plain);
    if (*day != '\0')
        g_string_append_printf(line, ", %s", day);
    if (node->document > 0)
        g_string_append_printf(line, " #%" PRId64, node->document);
    if (node->validity != LT_IN_FORCE)
        g_string_append_printf(line, " [%s]", lt_validity_label(node->validity));
    if (*what != '\0')
        g_string_append_printf(line, " %s", what);
    if (node->elsewhere)
        g_string_append_printf(line, " %s", _("(see above)"));
    return g_string_free(g_steal_pointer(&line), FALSE);
}

static void
draw_children(Drawing *drawing, const LtRefNode *node)
{
    gsize length = drawing->prefix->len;

    for (guint i = 0; i < node->children->len; i++) {
        const LtRefNode *child = g_ptr_array_index(node->children, i);
        gboolean last = i + 1 == node->children->len && node->left_out == 0;
        g_autofree char *line = line_text(drawing, child);

        printf("%s%s%s\n", drawing->prefix->str, last ? "└─ " : "├─ ", line);
        g_string_append(drawing->prefix, last ? "   " : "│  ");
        draw_children(drawing, child);
        g_string_truncate(drawing->prefix, length);
    }
    if (node->left_out > 0) {
        printf("%s└─ ", drawing->prefix->str);
        printf(ngettext("%u more is left out", "%u more are left out", node->left_out),
               node->left_out);
        putchar('\n');
    }
}

static void
draw(const char *title, const LtRefNode *root, gboolean cited_by, gboolean styled)
{
    g_autoptr(GString) prefix = g_string_new("  ");
    Drawing drawing = {cited_by, styled, prefix};

    if (root->children->len == 0)
        return;
    printf("\n%s%s%s\n", styled ? "\033[1m" : "", title, styled ? "\033[0m" : "");
    draw_children(&drawing, root);
}

static void
print_tree(const LtRefTree *tree)
{
    const LtRefNode *root = tree->cites;
    gboolean styled = lt_cli_terminal_styled(STDOUT_FILENO);
    g_autofree char *number = lt_cli_shown(root->number);
    g_autofree char *day = lt_cli_shown_day(root->date);
    g_autofree char *subject = lt_cli_shown(root->subject);

    printf("#%" PRId64 " %s %s %s\n", root->document, number, day, subject);
    if (root->validity != LT_IN_FORCE)
        printf("  %s\n", lt_validity_label(root->validity));
    draw(_("It cites"), root, FALSE, styled);
    draw(_("It is cited by"), tree->cited_by, TRUE, styled);
}

static LtExit
run_refs(LtCli *cli, gint64 id, guint depth, gboolean json, GError **error)
{
    g_autoptr(LtStore) store = lt_cli_open(cli, LT_STORE_READ, error);
    g_autoptr(LtRefTree) tree = store != NULL ? lt_store_refs(store, id, depth, error) : NULL;

    if (tree == NULL)
        return LT_EXIT_IO;
    if (json) {
        g_autofree char *text = lt_ref_tree_to_json(tree, lt_relation_label);
        puts(text);
    } else {
        print_tree(tree);
    }
    if (!json && tree->cites->children->len + tree->cited_by->children->len == 0)
        fprintf(stderr, _("It cites nothing, and nothing here cites it\n"));
    return LT_EXIT_DONE;
}

LtExit
lt_command_refs(LtCli *cli, char **argv, GError **error)
{
    g_auto(GStrv) words = NULL;
    gboolean json = FALSE;
    int depth = USUAL_DEPTH;
    const GOptionEntry entries[] = {
        {"depth", 0, 0, G_OPTION_ARG_INT, &depth, N_("how many steps to go (3)"), "N"},
        {"json", 0, 0, G_OPTION_ARG_NONE, &json, N_("one JSON object"), NULL},
        {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &words, NULL, "#ID"},
        G_OPTION_ENTRY_NULL,
    };
    gint64 id;

    if (!lt_cli_parse(cli, argv, entries,
                      _("Shows what a document cites and what cites it, step by step."),
                      _("Each document is opened up once, where it stands nearest."), error))
        return LT_EXIT_USAGE;
    if (words == NULL || words[1] != NULL || !lt_cli_parse_id(words[0], TRUE, &id)) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("'refs' wants one document: write '#12' in quotes, or id:12"));
        return LT_EXIT_USAGE;
    }
    if (depth < 1 || depth > (int)LT_REFS_MAX_DEPTH) {
        g_set_error(error, LT_CLI_ERROR, LT_CLI_ERROR_USAGE,
                    _("--depth takes a number from 1 to %u"), LT_REFS_MAX_DEPTH);
        return LT_EXIT_USAGE;
    }
    return run_refs(cli, id, (guint)depth, json, error);
}

/* What relations between documents are called, seen from either end. */
#include "cli/record.h"

static const struct {
    const char *relation;
    const char *forwards, *backwards;
} RELATIONS[] = {
    {"thay thế", N_("replaces"), N_("replaced by")},
    {"bãi bỏ", N_("repeals"), N_("repealed by")},
    {"sửa đổi", N_("amends"), N_("amended by")},
    {"trả lời", N_("answers"), N_("answered by")},
    {"thực hiện", N_("carries out"), N_("carried out by")},
    {"căn cứ", N_("based on"), N_("is the basis of")},
    {"kèm theo", N_("issued with"), N_("brings with it")},
    {"theo", N_("follows"), N_("followed by")},
};

char *
lt_relation_label(const char *relation, gboolean backwards)
{
    if (relation == NULL)
        return g_strdup(backwards ? _("cited by") : _("cites"));
    for (gsize i = 0; i < G_N_ELEMENTS(RELATIONS); i++)
        if (g_str_equal(RELATIONS[i].relation, relation))
            return g_strdup(_(backwards ? RELATIONS[i].backwards : RELATIONS[i].forwards));
    /* One of an office's own rules. */
    return lt_cli_shown(relation);
}

const char *
lt_validity_label(LtValidity validity)
{
    static const char *const labels[] = {
        [LT_IN_FORCE] = N_("in force"),
        [LT_AMENDED] = N_("amended"),
        [LT_REPEALED] = N_("repealed"),
        [LT_REPLACED] = N_("replaced"),
    };

    return _(labels[validity]);
}

char *
lt_successor_text(const LtSuccessor *successor)
{
    g_autofree char *number = lt_cli_shown(successor->number);
    g_autofree char *label = lt_relation_label(successor->relation, TRUE);

    return g_strdup_printf("%s %s (#%" PRId64 ")", label,
                           *number != '\0' ? number : _("without a number"), successor->document);
}

char *
lt_record_ending(const LtRecord *record)
{
    if (lt_record_validity(record) < LT_REPEALED)
        return NULL;
    return lt_successor_text(g_ptr_array_index(record->successors, 0));
}

/* What fields, doubts and outcomes are called for people: tables of codes and sentences. */
#include "cli/cli.h"

#include <string.h>

static const char *const FIELD_LABELS[LT_N_FIELDS] = {
    [LT_FIELD_NUMBER] = N_("Number"),
    [LT_FIELD_CODE_NUMBER] = N_("Number alone"),
    [LT_FIELD_CODE_NOTATION] = N_("Notation"),
    [LT_FIELD_ISSUED_DATE] = N_("Date"),
    [LT_FIELD_PLACE] = N_("Place"),
    [LT_FIELD_ISSUER] = N_("Issuer"),
    [LT_FIELD_PARENT_ISSUER] = N_("Parent body"),
    [LT_FIELD_TYPE] = N_("Type"),
    [LT_FIELD_SUBJECT] = N_("Subject"),
    [LT_FIELD_SIGNER] = N_("Signer"),
    [LT_FIELD_SIGNER_TITLE] = N_("Signer's title"),
    [LT_FIELD_SIGNER_AUTHORITY] = N_("Signed for"),
    [LT_FIELD_TO] = N_("To"),
    [LT_FIELD_URGENCY] = N_("Urgency"),
    [LT_FIELD_SECRECY] = N_("Secrecy"),
};

typedef struct {
    const char *code;
    const char *text;
} Name;

static const Name DOUBTS[] = {
    {"unreadable", N_("is there but cannot be read")},
    {"missing", N_("was not found")},
    {"low-confidence", N_("is not sure")},
    {"impossible", N_("cannot be right")},
    {"mismatch", N_("does not agree with the rest")},
    {"report", N_("reports a document and is not the document itself")},
    {"secret", N_("is marked secret, and the document is filed")},
    {"damaged", N_("the file is damaged; what could be read was filed")},
    {"unread", N_("a page shows something in which no word was found")},
    {"too-large", N_("a picture in the file is too large; what could be read was filed")},
};

static const Name OUTCOMES[] = {
    {"filed", N_("filed")},   {"duplicate", N_("duplicate")},     {"skipped", N_("skipped")},
    {"held", N_("held")},     {"quarantined", N_("quarantined")}, {"unchanged", N_("unchanged")},
    {"failed", N_("failed")}, {"waiting", N_("waiting")},
};

static const char *
find_name(const Name *names, gsize n, const char *code)
{
    for (gsize i = 0; i < n; i++)
        if (strcmp(names[i].code, code) == 0)
            return _(names[i].text);
    return code;
}

const char *
lt_cli_field_label(LtFieldId field)
{
    return _(FIELD_LABELS[field]);
}

char *
lt_cli_doubt_sentence(const LtDoubt *doubt)
{
    const char *page = strchr(doubt->code, ':'); /* "damaged:3" */
    g_autofree char *shown = lt_cli_shown(
        page != NULL ? page + 1 : find_name(DOUBTS, G_N_ELEMENTS(DOUBTS), doubt->code));
    LtFieldId field;

    if (page != NULL)
        return g_strdup_printf(_("page %s could not be read"), shown);
    if (doubt->field == NULL)
        return g_steal_pointer(&shown);
    if (lt_field_from_name(doubt->field, &field))
        return g_strdup_printf("%s: %s", lt_cli_field_label(field), shown);
    return g_strdup_printf("%s: %s", doubt->field, shown);
}

const char *
lt_cli_outcome_label(const char *outcome)
{
    return find_name(OUTCOMES, G_N_ELEMENTS(OUTCOMES), outcome);
}

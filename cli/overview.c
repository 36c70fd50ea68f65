/* The list of commands, or of the subcommands of one. */
#include "cli/overview.h"

#include <unistd.h>

#include "cli/table.h"

void
lt_overview_print(const LtCommand *commands, gsize n, FILE *out)
{
    /* The first is empty: it makes the indent. */
    const LtColumn columns[] = {{"", LT_COLUMN_LEFT}, {"", LT_COLUMN_LEFT}, {"", LT_COLUMN_WRAP}};
    g_autoptr(LtTable) table = lt_table_new(columns, G_N_ELEMENTS(columns));

    for (gsize i = 0; i < n; i++) {
        const char *arguments = *commands[i].arguments != '\0' ? _(commands[i].arguments) : "";
        lt_table_row(table);
        lt_table_add(table, "");
        lt_table_take(table, g_strdup_printf("%s %s", commands[i].name, arguments));
        lt_table_add(table, _(commands[i].summary));
    }
    lt_table_print(table, out, lt_cli_terminal_width(fileno(out)), FALSE);
}

/* The program luutru: finds the command and runs it. */
#include <glib.h>

int
main(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    g_print("luutru %s\n", LUUTRU_VERSION);
    return 0;
}

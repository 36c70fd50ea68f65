/* Runs a fuzz target over the files named on the command line: how `make check` replays what the
 * fuzzers have found, under the address sanitizer and without libFuzzer. */
#include <glib.h>

#include "tests/fuzz/fuzz.h"

int
main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        g_autofree char *bytes = NULL;
        gsize length = 0;
        g_autoptr(GError) error = NULL;

        if (!g_file_get_contents(argv[i], &bytes, &length, &error)) {
            g_printerr("%s\n", error->message);
            return 1;
        }
        LLVMFuzzerTestOneInput((const guint8 *)bytes, length);
    }
    g_print("%d inputs\n", argc - 1);
    return 0;
}

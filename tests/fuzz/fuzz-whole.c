/* Whether a file in a watched folder is whole: any bytes may lie there. */
#include <sys/mman.h>
#include <unistd.h>

#include "ingest/whole.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    const char *reason = NULL;
    int fd = memfd_create("whole", MFD_CLOEXEC);

    g_assert_cmpint(fd, >=, 0);
    g_assert_cmpint(write(fd, bytes, length), ==, (gssize)length);
    lt_whole_of_file(fd, lt_kind_of_bytes(bytes, length), &reason);
    close(fd);
    return 0;
}

/* Frames as a coordinator might send them to a worker: any bytes at all, without a descriptor. */
#include <sys/socket.h>
#include <unistd.h>

#include "ocr/ocr.h"
#include "tests/fuzz/fuzz.h"

#define MOST_BYTES 60000u /* what a socket's buffer takes without a reader */

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    int ends[2];

    if (length > MOST_BYTES || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return 0;
    gboolean sent = write(ends[0], bytes, length) == (gssize)length;
    close(ends[0]);
    for (gboolean got = sent; got;) {
        g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;

        got = lt_ocr_receive(ends[1], &message, NULL);
    }
    close(ends[1]);
    return 0;
}

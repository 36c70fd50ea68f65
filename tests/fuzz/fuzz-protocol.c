/* Frames as a worker that has been taken over might send them: any bytes at all. */
#include <sys/socket.h>
#include <unistd.h>

#include "ocr/ocr.h"
#include "tests/fuzz/fuzz.h"

#define MOST_BYTES 60000u /* what a socket's buffer takes without a reader */

int
LLVMFuzzerTestOneInput(const guint8 *bytes, gsize length)
{
    int ends[2];

    if (length > MOST_BYTES ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) != 0)
        return 0;
    if (write(ends[0], bytes, length) == (gssize)length) {
        g_autoptr(LtOcrReader) reader = lt_ocr_reader_new(ends[1]);
        gboolean got = TRUE;

        close(ends[0]);
        while (got) {
            g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
            g_autoptr(GError) error = NULL;

            if (!lt_ocr_reader_next(reader, &message, &got, &error))
                break;
        }
    } else {
        close(ends[0]);
    }
    close(ends[1]);
    return 0;
}

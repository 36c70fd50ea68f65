/* The front door of ocr/ for programs that drive workers. It names no third-party type, and what it
 * declares (protocol.c) links neither Tesseract, Leptonica nor Poppler: only luutru-worker does.
 *
 * A worker is a process with one connected SOCK_STREAM socket on descriptor 3. Both sides send frames:
 *
 *   guint32 kind, guint32 length (both little-endian), length bytes of one serialised GVariant
 *
 * of the type that the kind demands, checked on arrival (length limit, normal form, type, ranges): a
 * worker is never trusted. Requests that carry a document have its descriptor attached (SCM_RIGHTS)
 * to the frame's first byte; it is freshly opened, read-only, and the worker's from then on.
 *
 *   to the worker
 *     OPEN       (tu)   token, page limit      + descriptor
 *     RECOGNISE  (tu)   token, page from 1     + descriptor
 *     CUT        (tudddd) token, page, box in fractions of it, x0 y0 x1 y1  + descriptor
 *     SHOW       (tuu)  token, page, dpi       + descriptor
 *   from the worker
 *     READY      (sas)  version, and the walls that could not be built ("landlock", "seccomp"); once after
 *                       start, when sandbox and engines stand
 *     OPENED     (tu)   token, page count
 *     PAGE       (tuuddds s aq s)  token, number, LtPageSource, confidence, width, height, text, raw text
 *                                ("" for none), packed words, what is written by hand (text/written.h)
 *     NEEDS      (tus)  token, page number, why its text layer is not kept: "none", "garbage",
 *                       "legacy" or "stamp"
 *     DONE       (tas)  token, doubts about the file ("damaged", ...)
 *     CUTTING    (tay)  token, a PNG
 *     SHOWING    (tay)  token, a JPEG
 *     FAILED     (tuus) token, page (0: the document), LtOcrError, detail in plain words for the log
 *
 * OPEN is answered by OPENED, then one PAGE or NEEDS a page in order, then DONE; or by FAILED at any
 * point. RECOGNISE is answered by one PAGE or one FAILED, CUT by one CUTTING or one FAILED, SHOW by
 * one SHOWING or one FAILED. A worker answers one request at a time and
 * ends when its socket is closed. A worker may keep the document of the last token open. */
#pragma once

#include <gio/gio.h>

#include "text/text.h"

#define LT_OCR_SOCKET_FD 3
#define LT_OCR_MAX_FRAME (16u << 20) /* bytes */
#define LT_OCR_SHOW_LEAST 30u        /* dpi of a page that is shown */
#define LT_OCR_SHOW_MOST 300u
#define LT_OCR_MAX_PAGES 5000u       /* pages a document may have */
#define LT_OCR_MAX_PIXELS 80000000.0 /* pixels of one page picture (A3 at 600 dpi: 69.6 million) */
#define LT_OCR_MAX_MEMORY (3ull << 30) /* bytes of address space a worker may use */

typedef enum {
    LT_OCR_ERROR_ENCRYPTED,      /* needs a user password */
    LT_OCR_ERROR_DAMAGED,        /* cannot be parsed or is cut off */
    LT_OCR_ERROR_NO_PAGES,       /* a PDF of 0 pages */
    LT_OCR_ERROR_TOO_MANY_PAGES, /* over the page limit */
    LT_OCR_ERROR_TOO_LARGE,      /* a page over the pixel limit */
    LT_OCR_ERROR_UNSUPPORTED,    /* a kind of picture that cannot be read */
    LT_OCR_ERROR_MEMORY,         /* ran out of its memory limit */
    LT_OCR_ERROR_PROTOCOL,       /* the peer's frame is not valid */
    LT_OCR_ERROR_CLOSED,         /* the peer closed the socket between frames */
    LT_OCR_ERROR_SETUP,          /* models missing, sandbox could not be built */
    LT_OCR_ERROR_INTERNAL,
    LT_OCR_N_ERRORS
} LtOcrError;

#define LT_OCR_ERROR (lt_ocr_error_quark())
GQuark lt_ocr_error_quark(void);

typedef enum {
    LT_OCR_OPEN = 1,
    LT_OCR_RECOGNISE,
    LT_OCR_CUT,
    LT_OCR_SHOW,
    LT_OCR_READY = 16,
    LT_OCR_OPENED,
    LT_OCR_PAGE,
    LT_OCR_NEEDS,
    LT_OCR_DONE,
    LT_OCR_FAILED,
    LT_OCR_CUTTING,
    LT_OCR_SHOWING
} LtOcrKind;

/* One frame, taken apart. Only the members of its kind are set. */
typedef struct {
    LtOcrKind kind;
    guint64 token;
    guint page;       /* RECOGNISE, CUT, SHOW, NEEDS, FAILED */
    guint dpi;        /* SHOW */
    guint page_count; /* OPEN (the limit), OPENED */
    LtPage *read;     /* PAGE */
    char *detail;     /* READY (version), NEEDS (why), FAILED */
    char **doubts;    /* DONE; READY: walls that are missing */
    LtOcrError code;  /* FAILED */
    LtBox box;        /* CUT */
    GBytes *picture;  /* CUTTING, SHOWING */
    int fd;           /* OPEN, RECOGNISE, CUT, SHOW; else -1; closed by _clear unless taken */
} LtOcrMessage;

#define LT_OCR_MESSAGE_INIT                                                                        \
    {                                                                                              \
        .fd = -1                                                                                   \
    }
void lt_ocr_message_clear(LtOcrMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(LtOcrMessage, lt_ocr_message_clear)

/* Writes one frame; a peer that makes no room in a non-blocking socket within a second has failed. fd of OPEN and
 * RECOGNISE is attached, not closed. A closed peer is LT_OCR_ERROR_CLOSED, never SIGPIPE. */
gboolean lt_ocr_send(int socket_fd, const LtOcrMessage *message, GError **error);

/* Blocks until one whole frame is there. For the worker's side. */
gboolean lt_ocr_receive(int socket_fd, LtOcrMessage *ret_message, GError **error);

/* For the coordinator's side: feeds on a non-blocking socket, gives messages as they become whole. */
typedef struct LtOcrReader LtOcrReader;
LtOcrReader *lt_ocr_reader_new(int socket_fd);
void lt_ocr_reader_free(LtOcrReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtOcrReader, lt_ocr_reader_free)
/* TRUE with *ret_got whether a message was whole; FALSE with LT_OCR_ERROR_CLOSED or _PROTOCOL. Call
 * until *ret_got is FALSE. */
gboolean lt_ocr_reader_next(LtOcrReader *reader, LtOcrMessage *ret_message, gboolean *ret_got,
                            GError **error);

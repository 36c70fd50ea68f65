#include "ocr/recognise.h"

#include <leptonica/allheaders.h>
#include <tesseract/capi.h>

#include "ocr/lines.h"
#include "ocr/ocr.h"

#define MODEL "vie"

/* Letters that the model knows from other languages and Vietnamese never has; it offers them for
 * specks and worn print. (Ð and ð stay: they are looks of Đ and đ, and canonical text levels them.)
 */
#define FOREIGN_LETTERS "ÄŸ‡©„¬ÏŠƑÖÑ€¡®¿†£ŒØöïÿšäñøœ"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessBaseAPI, TessBaseAPIDelete)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TessResultIterator, TessResultIteratorDelete)

struct LtEngine {
    TessBaseAPI *api;
};

typedef struct {
    const char *name, *value;
} Setting;

static const Setting settings[] = {
    {"tessedit_char_blacklist", FOREIGN_LETTERS},
    {"invert_threshold", "0"}, /* official documents print no white on black */
};

LtEngine *
lt_engine_open(GError **error)
{
    g_autoptr(TessBaseAPI) api = TessBaseAPICreate();
    if (TessBaseAPIInit2(api, NULL, MODEL, OEM_LSTM_ONLY) != 0) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP,
                    "model '%s' cannot be loaded; install tesseract-ocr-%s", MODEL, MODEL);
        return NULL;
    }
    for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
        if (!TessBaseAPISetVariable(api, settings[i].name, settings[i].value)) {
            g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP,
                        "recogniser setting '%s' is not known; install Tesseract 5",
                        settings[i].name);
            return NULL;
        }
    TessBaseAPISetPageSegMode(api, PSM_AUTO);
    LtEngine *engine = g_new0(LtEngine, 1);
    engine->api = g_steal_pointer(&api);
    return engine;
}

void
lt_engine_close(LtEngine *engine)
{
    if (!engine)
        return;
    TessBaseAPIDelete(engine->api);
    g_free(engine);
}

static void
add_word(const TessResultIterator *results, guint line, double width, double height, GArray *words)
{
    char *text = TessResultIteratorGetUTF8Text(results, RIL_WORD);
    int x0, y0, x1, y1;
    if (text && *text &&
        TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(results), RIL_WORD, &x0,
                                    &y0, &x1, &y1)) {
        float confidence = TessResultIteratorConfidence(results, RIL_WORD);
        LtRawWord word = {
            .text = g_strdup(text),
            .box = {CLAMP(x0 / width, 0, 1), CLAMP(y0 / height, 0, 1), CLAMP(x1 / width, 0, 1),
                    CLAMP(y1 / height, 0, 1)},
            .confidence = CLAMP(confidence, 0, 100),
            .line_hint = line,
        };
        g_array_append_val(words, word);
    }
    TessDeleteText(text);
}

gboolean
lt_engine_read(LtEngine *engine, struct Pix *pix, guint dpi, GArray *ret_words, GError **error)
{
    TessBaseAPISetImage2(engine->api, pix);
    TessBaseAPISetSourceResolution(engine->api, dpi);
    if (TessBaseAPIRecognize(engine->api, NULL) != 0) {
        TessBaseAPIClear(engine->api);
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL,
                    "the recogniser gave up on a picture of %d × %d pixels", pixGetWidth(pix),
                    pixGetHeight(pix));
        return FALSE;
    }
    /* NULL where the page is blank. */
    g_autoptr(TessResultIterator) results = TessBaseAPIGetIterator(engine->api);
    double width = pixGetWidth(pix), height = pixGetHeight(pix);
    guint line = 0;
    if (results)
        do {
            if (TessPageIteratorIsAtBeginningOf(TessResultIteratorGetPageIteratorConst(results),
                                                RIL_TEXTLINE))
                line++;
            add_word(results, line, width, height, ret_words);
        } while (ret_words->len < LT_PAGE_MAX_WORDS && TessResultIteratorNext(results, RIL_WORD));
    TessBaseAPIClear(engine->api);
    return TRUE;
}

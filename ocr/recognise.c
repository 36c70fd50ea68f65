#include "ocr/recognise.h"

#include "ocr/again.h"
#include "ocr/beneath.h"
#include "ocr/collect.h"
#include "ocr/framed.h"
#include "ocr/habits.h"
#include "ocr/lines.h"
#include "ocr/prepare.h"
#include "ocr/tall.h"

#define MODEL "vie"
/* Trained on other prints of the same language, so that it errs elsewhere; where packages keep it. */
#define OTHER_MODEL "Vietnamese"
#define OTHER_MODEL_ELSEWHERE "script/Vietnamese"
/* Letters that the model knows from other languages and Vietnamese never has; it offers them for
 * specks and worn print. (Ð and ð stay: they are looks of Đ and đ, and canonical text levels them.)
 */
#define FOREIGN_LETTERS "ÄŸ‡©„¬ÏŠƑÖÑ€¡®¿†£ŒØöïÿšäñøœ"

struct LtEngine {
    TessBaseAPI *api;
    TessBaseAPI *other; /* for doubtful words; (nullable): its model is not installed */
    LtDigits *digits;
};

typedef struct {
    const char *name, *value;
} Setting;

static const Setting settings[] = {
    {"tessedit_char_blacklist", FOREIGN_LETTERS},
    {"textord_all_prop",
     "1"}, /* nor with letters of one width: looking for them takes 3 % of a page */
    {"invert_threshold", "0"}, /* official documents print no white on black */
};

/* (transfer full) (nullable): it cannot be loaded */
static TessBaseAPI *
load(const char *model, TessPageSegMode mode)
{
    g_autoptr(TessBaseAPI) api = TessBaseAPICreate();
    if (TessBaseAPIInit2(api, NULL, model, OEM_LSTM_ONLY) != 0)
        return NULL;
    for (guint i = 0; i < G_N_ELEMENTS(settings); i++)
        TessBaseAPISetVariable(api, settings[i].name, settings[i].value);
    TessBaseAPISetPageSegMode(api, mode);
    return g_steal_pointer(&api);
}

LtEngine *
lt_engine_open(GError **error)
{
    g_autoptr(TessBaseAPI) api = load(MODEL, PSM_AUTO);
    if (!api) {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_SETUP,
                    "model '%s' cannot be loaded; install tesseract-ocr-%s", MODEL, MODEL);
        return NULL;
    }
    /* Without it no handwriting would be read, and nobody would know why: a broken program ends here. */
    LtDigits *digits = lt_digits_new(error);
    if (!digits)
        return NULL;
    LtEngine *engine = g_new0(LtEngine, 1);
    engine->api = g_steal_pointer(&api);
    engine->other = load(OTHER_MODEL, PSM_SINGLE_LINE);
    if (!engine->other)
        engine->other = load(OTHER_MODEL_ELSEWHERE, PSM_SINGLE_LINE);
    engine->digits = digits;
    return engine;
}

void
lt_engine_close(LtEngine *engine)
{
    if (!engine)
        return;
    TessBaseAPIDelete(engine->api);
    g_clear_pointer(&engine->other, TessBaseAPIDelete);
    lt_digits_free(engine->digits);
    g_free(engine);
}

const LtDigits *
lt_engine_digits(const LtEngine *engine)
{
    return engine->digits;
}

static void
map_boxes(GArray *words, const LtPrepared *prepared)
{
    for (guint i = 0; i < words->len; i++) {
        LtBox *box = &g_array_index(words, LtRawWord, i).box;

        *box = lt_prepared_map(prepared, box->x0, box->y0, box->x1, box->y1);
    }
}

gboolean
lt_engine_read(LtEngine *engine, struct Pix *pix, guint dpi, GArray *ret_words, GError **error)
{
    g_auto(LtPrepared) prepared = {0};
    if (!lt_picture_prepare(pix, dpi, &prepared, error))
        return FALSE;
    TessBaseAPISetImage2(engine->api, prepared.pix);
    TessBaseAPISetSourceResolution(engine->api, (int)prepared.dpi);
    gboolean done = TessBaseAPIRecognize(engine->api, NULL) == 0;
    if (done) {
        lt_collect_words(engine->api, &prepared, ret_words);
        lt_tall_read(engine->api, &prepared, ret_words);
        if (engine->other)
            lt_again_read(engine->other, &prepared, ret_words);
        lt_beneath_read(&prepared, ret_words);
        lt_framed_read(engine->api, &prepared, ret_words);
        map_boxes(ret_words, &prepared);
        lt_habits_mend(ret_words);
    } else {
        g_set_error(error, LT_OCR_ERROR, LT_OCR_ERROR_INTERNAL,
                    "the recogniser gave up on a picture of %d × %d pixels", pixGetWidth(pix),
                    pixGetHeight(pix));
    }
    TessBaseAPIClear(engine->api);
    return done;
}

#include "ocr/recognise.h"

#include "ocr/again.h"
#include "ocr/beneath.h"
#include "ocr/framed.h"
#include "ocr/habits.h"
#include "ocr/lines.h"
#include "ocr/prepare.h"

#define MODEL "vie"
/* Trained on other prints of the same language, so that it errs elsewhere; where packages keep it. */
#define OTHER_MODEL "Vietnamese"
#define OTHER_MODEL_ELSEWHERE "script/Vietnamese"
#define SIGN_SURE 50.0   /* percent: words without a letter are specks below, */
#define SHORT_SURE 20.0  /* and words of one or two letters */
#define SEALED_SURE 30.0 /* and any word that lies where a seal was */

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

/* Dirt, a frame or a signature taken for a word: sure enough of nothing, or of no more than one or
 * two letters. Figures stay, since handwritten ones are read with little confidence. */
static gboolean
is_speck(const char *text, double confidence, gboolean sealed)
{
    guint letters = 0;

    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isdigit(c))
            return FALSE;
        letters += g_unichar_isalpha(c) ? 1 : 0;
    }
    if (sealed)
        return confidence < SEALED_SURE;
    return confidence < (letters == 0 ? SIGN_SURE : letters <= 2 ? SHORT_SURE : 0);
}

static void
add_word(const TessResultIterator *results, guint line, const LtPrepared *prepared, GArray *words)
{
    char *text = TessResultIteratorGetUTF8Text(results, RIL_WORD);
    int x0, y0, x1, y1;
    float confidence = TessResultIteratorConfidence(results, RIL_WORD);

    if (text &&
        TessPageIteratorBoundingBox(TessResultIteratorGetPageIteratorConst(results), RIL_WORD, &x0,
                                    &y0, &x1, &y1) &&
        !is_speck(text, confidence, lt_prepared_was_sealed(prepared, x0, y0, x1, y1))) {
        LtRawWord word = {
            .text = g_strdup(text),
            .box = {x0, y0, x1, y1}, /* in pixels, until all is read */
            .confidence = (guint)CLAMP(confidence, 0, 100),
            .line_hint = line,
        };
        g_array_append_val(words, word);
    }
    TessDeleteText(text);
}

static void
collect_words(TessBaseAPI *api, const LtPrepared *prepared, GArray *words)
{
    /* NULL where the page is blank. */
    g_autoptr(TessResultIterator) results = TessBaseAPIGetIterator(api);
    guint line = 0;
    if (!results)
        return;
    do {
        if (TessPageIteratorIsAtBeginningOf(TessResultIteratorGetPageIteratorConst(results),
                                            RIL_TEXTLINE))
            line++;
        add_word(results, line, prepared, words);
    } while (words->len < LT_PAGE_MAX_WORDS && TessResultIteratorNext(results, RIL_WORD));
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
        collect_words(engine->api, &prepared, ret_words);
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

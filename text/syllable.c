/* The spelling of Vietnamese syllables: onset, rhyme, tone, as the dictionaries have it.
 *
 * k, gh, ngh stand before e ê i y; c, g, ng before the other vowels; q only with u. In gì and giếng
 * the i is spelled once for both gi and the rhyme, which leaves g before i. A rhyme that ends in
 * p t c ch takes no tone but sắc and nặng. The rhyme decides which letter carries the tone; open
 * oa, oe, uy know two customs. */
#include "text/syllable.h"

#include "text/letter.h"

#define MAX_LETTERS 7 /* nghiêng */
#define MAX_RHYME 4

/* What kind of rhyme: an onset takes some kinds and not others. */
typedef enum {
    E = 1 << 0,     /* begins with e ê */
    I = 1 << 1,     /* begins with i */
    IE = 1 << 2,    /* iê, ia: never at the beginning of a word */
    GI = 1 << 3,    /* those of them that swallow the i of gi */
    OPEN = 1 << 4,  /* begins with a ă â ô ơ */
    ROUND = 1 << 5, /* begins with o u ư */
    GLIDE = 1 << 6, /* oa oe uâ uê uơ uy: the lips rounded first, which c, k and gi never take */
    Y = 1 << 7,     /* y alone */
    YE = 1 << 8,    /* yê: at the beginning of a word, and in quyê */
    QUY = 1 << 9    /* ynh, yt, ych: only in quynh, quyt, quych */
} RhymeKind;

#define ANY_BUT_Y (E | I | IE | OPEN | ROUND | GLIDE)

static const struct Onset {
    gunichar letters[4];
    guint takes; /* of RhymeKind */
} onsets[] = {
    {U"", E | I | OPEN | ROUND | GLIDE | Y | YE},
    {U"b", ANY_BUT_Y},
    {U"c", OPEN | ROUND},
    {U"ch", ANY_BUT_Y},
    {U"d", ANY_BUT_Y},
    {U"đ", ANY_BUT_Y},
    {U"g", OPEN | ROUND | GLIDE | GI},
    {U"gh", E | I | IE},
    {U"gi", E | OPEN | ROUND},
    {U"h", ANY_BUT_Y | Y},
    {U"k", E | I | IE | Y},
    {U"kh", ANY_BUT_Y},
    {U"l", ANY_BUT_Y | Y},
    {U"m", ANY_BUT_Y | Y},
    {U"n", ANY_BUT_Y},
    {U"ng", OPEN | ROUND | GLIDE},
    {U"ngh", E | I | IE},
    {U"nh", ANY_BUT_Y},
    {U"p", ANY_BUT_Y},
    {U"ph", ANY_BUT_Y},
    {U"qu", E | I | OPEN | Y | YE | QUY},
    {U"r", ANY_BUT_Y},
    {U"s", ANY_BUT_Y | Y},
    {U"t", ANY_BUT_Y | Y},
    {U"th", ANY_BUT_Y | Y},
    {U"tr", ANY_BUT_Y},
    {U"v", ANY_BUT_Y | Y},
    {U"x", ANY_BUT_Y},
};

static const struct Rhyme {
    gunichar letters[MAX_RHYME + 1];
    guint kind; /* of RhymeKind; an onset must take one of them */
} rhymes[] = {
    /* in the order of their code points, by which they are looked up */
    {U"a", OPEN},      {U"ac", OPEN},    {U"ach", OPEN},   {U"ai", OPEN},      {U"am", OPEN},
    {U"an", OPEN},     {U"ang", OPEN},   {U"anh", OPEN},   {U"ao", OPEN},      {U"ap", OPEN},
    {U"at", OPEN},     {U"au", OPEN},    {U"ay", OPEN},    {U"e", E},          {U"ec", E},
    {U"em", E},        {U"en", E},       {U"eng", E},      {U"eo", E},         {U"ep", E},
    {U"et", E},        {U"i", I | GI},   {U"ia", IE},      {U"ich", I},        {U"im", I},
    {U"in", I | GI},   {U"inh", I},      {U"ip", I},       {U"it", I},         {U"iu", I},
    {U"iêc", IE | GI}, {U"iêm", IE},     {U"iên", IE},     {U"iêng", IE | GI}, {U"iêp", IE},
    {U"iêt", IE},      {U"iêu", IE},     {U"o", ROUND},    {U"oa", GLIDE},     {U"oac", GLIDE},
    {U"oach", GLIDE},  {U"oai", GLIDE},  {U"oam", GLIDE},  {U"oan", GLIDE},    {U"oang", GLIDE},
    {U"oanh", GLIDE},  {U"oao", GLIDE},  {U"oap", GLIDE},  {U"oat", GLIDE},    {U"oay", GLIDE},
    {U"oc", ROUND},    {U"oe", GLIDE},   {U"oen", GLIDE},  {U"oeo", GLIDE},    {U"oet", GLIDE},
    {U"oi", ROUND},    {U"om", ROUND},   {U"on", ROUND},   {U"ong", ROUND},    {U"ooc", ROUND},
    {U"oong", ROUND},  {U"op", ROUND},   {U"ot", ROUND},   {U"oăc", GLIDE},    {U"oăm", GLIDE},
    {U"oăn", GLIDE},   {U"oăng", GLIDE}, {U"oăt", GLIDE},  {U"u", ROUND},      {U"ua", ROUND},
    {U"uc", ROUND},    {U"ui", ROUND},   {U"um", ROUND},   {U"un", ROUND},     {U"ung", ROUND},
    {U"up", ROUND},    {U"ut", ROUND},   {U"uy", GLIDE},   {U"uya", GLIDE},    {U"uych", GLIDE},
    {U"uyn", GLIDE},   {U"uynh", GLIDE}, {U"uyp", GLIDE},  {U"uyt", GLIDE},    {U"uyu", GLIDE},
    {U"uyên", GLIDE},  {U"uyêt", GLIDE}, {U"uân", GLIDE},  {U"uâng", GLIDE},   {U"uât", GLIDE},
    {U"uây", GLIDE},   {U"uê", GLIDE},   {U"uêch", GLIDE}, {U"uênh", GLIDE},   {U"uôc", ROUND},
    {U"uôi", ROUND},   {U"uôm", ROUND},  {U"uôn", ROUND},  {U"uông", ROUND},   {U"uôt", ROUND},
    {U"uơ", GLIDE},    {U"y", Y},        {U"ych", QUY},    {U"ynh", QUY},      {U"yt", QUY},
    {U"yêm", YE},      {U"yên", YE},     {U"yêng", YE},    {U"yêt", YE},       {U"yêu", YE},
    {U"âc", OPEN},     {U"âm", OPEN},    {U"ân", OPEN},    {U"âng", OPEN},     {U"âp", OPEN},
    {U"ât", OPEN},     {U"âu", OPEN},    {U"ây", OPEN},    {U"ê", E},          {U"êch", E},
    {U"êm", E},        {U"ên", E},       {U"ênh", E},      {U"êp", E},         {U"êt", E},
    {U"êu", E},        {U"ô", OPEN},     {U"ôc", OPEN},    {U"ôi", OPEN},      {U"ôm", OPEN},
    {U"ôn", OPEN},     {U"ông", OPEN},   {U"ôp", OPEN},    {U"ôt", OPEN},      {U"ăc", OPEN},
    {U"ăm", OPEN},     {U"ăn", OPEN},    {U"ăng", OPEN},   {U"ăp", OPEN},      {U"ăt", OPEN},
    {U"ơ", OPEN},      {U"ơi", OPEN},    {U"ơm", OPEN},    {U"ơn", OPEN},      {U"ơp", OPEN},
    {U"ơt", OPEN},     {U"ư", ROUND},    {U"ưa", ROUND},   {U"ưc", ROUND},     {U"ưi", ROUND},
    {U"ưm", ROUND},    {U"ưng", ROUND},  {U"ưt", ROUND},   {U"ưu", ROUND},     {U"ươc", ROUND},
    {U"ươi", ROUND},   {U"ươm", ROUND},  {U"ươn", ROUND},  {U"ương", ROUND},   {U"ươp", ROUND},
    {U"ươt", ROUND},   {U"ươu", ROUND},
};

typedef struct {
    gunichar letters[MAX_LETTERS]; /* small, without tones */
    guint length;
    LtTone tone;
    guint tone_at;     /* which letter carries it */
    gboolean unmarked; /* nothing but a-z */
} Spelling;

static gboolean
read_word(const char *word, Spelling *ret_spelling)
{
    Spelling spelling = {.unmarked = TRUE};
    for (const char *p = word; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(p));
        if (spelling.length == MAX_LETTERS)
            return FALSE;
        LtTone tone;
        spelling.letters[spelling.length] = lt_letter_split(c, &tone);
        if (tone != LT_TONE_LEVEL && spelling.tone != LT_TONE_LEVEL)
            return FALSE;
        if (tone != LT_TONE_LEVEL) {
            spelling.tone = tone;
            spelling.tone_at = spelling.length;
        }
        spelling.unmarked = spelling.unmarked && c < 0x80;
        spelling.length++;
    }
    *ret_spelling = spelling;
    return spelling.length > 0;
}

/* Whether the word goes on with pattern at letters[from], and where pattern ends. An unmarked word
 * is compared without the pattern's marks. */
static gboolean
matches(const Spelling *spelling, guint from, const gunichar *pattern, guint *ret_end)
{
    guint at = from;
    for (; *pattern; pattern++, at++) {
        gunichar letter = spelling->unmarked ? lt_letter_plain(*pattern) : *pattern;
        if (at == spelling->length || spelling->letters[at] != letter)
            return FALSE;
    }
    *ret_end = at;
    return TRUE;
}

static gboolean
is_vowel(gunichar letter)
{
    return lt_letter_join(letter, LT_TONE_ACUTE) != letter;
}

static gboolean
ends_in_stop(const gunichar *rhyme, guint length)
{
    gunichar last = rhyme[length - 1];
    return last == 'p' || last == 't' || last == 'c' || (last == 'h' && rhyme[length - 2] == 'c');
}

/* Which letter of a rhyme carries the tone: the last with a mark; else, before a consonant, the
 * last vowel; else the middle one of three and the first of two. */
static guint
tone_place(const gunichar *rhyme, guint length)
{
    guint vowels = 0;
    while (vowels < length && is_vowel(rhyme[vowels]))
        vowels++;
    for (guint i = vowels; i > 0; i--)
        if (lt_letter_plain(rhyme[i - 1]) != rhyme[i - 1])
            return i - 1;
    if (vowels < length)
        return vowels - 1;
    return vowels == 3 ? 1 : 0;
}

static gboolean
tone_fits(const Spelling *spelling, guint from, const struct Rhyme *rhyme)
{
    guint length = spelling->length - from;
    if (ends_in_stop(rhyme->letters, length))
        if (spelling->tone != LT_TONE_ACUTE && spelling->tone != LT_TONE_DOT)
            return FALSE;
    if (spelling->tone == LT_TONE_LEVEL)
        return TRUE;
    guint place = tone_place(rhyme->letters, length);
    gboolean two_customs = length == 2 && (rhyme->kind & GLIDE) &&
                           lt_letter_plain(rhyme->letters[1]) == rhyme->letters[1];
    return spelling->tone_at == from + place ||
           (two_customs && spelling->tone_at == from + place + 1);
}

static int
compare_rhyme(const Spelling *spelling, guint from, const gunichar *rhyme)
{
    for (; *rhyme && from < spelling->length; rhyme++, from++)
        if (spelling->letters[from] != *rhyme)
            return spelling->letters[from] < *rhyme ? -1 : 1;
    return from < spelling->length ? 1 : *rhyme ? -1 : 0;
}

/* The one rhyme that is spelled so. (nullable) */
static const struct Rhyme *
find_rhyme(const Spelling *spelling, guint from)
{
    gsize low = 0, high = G_N_ELEMENTS(rhymes);
    while (low < high) {
        gsize middle = (low + high) / 2;
        int order = compare_rhyme(spelling, from, rhymes[middle].letters);
        if (order == 0)
            return &rhymes[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* An unmarked word may stand for several. from: before the word's end. */
static gboolean
is_unmarked_rhyme(const Spelling *spelling, guint from, guint kinds)
{
    guint length = spelling->length - from, end;
    if (!is_vowel(spelling->letters[from]))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(rhymes); i++) {
        const gunichar *letters = rhymes[i].letters;
        if ((rhymes[i].kind & kinds) && letters[length - 1] && !letters[length] &&
            matches(spelling, from, letters, &end))
            return TRUE;
    }
    return FALSE;
}

static gboolean
is_rhyme(const Spelling *spelling, guint from, guint kinds)
{
    if (from == spelling->length || spelling->length - from > MAX_RHYME)
        return FALSE;
    if (spelling->unmarked)
        return is_unmarked_rhyme(spelling, from, kinds);
    const struct Rhyme *rhyme = find_rhyme(spelling, from);
    return rhyme && (rhyme->kind & kinds) && tone_fits(spelling, from, rhyme);
}

gboolean
lt_text_is_syllable(const char *word)
{
    Spelling spelling;
    if (!read_word(word, &spelling))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(onsets); i++) {
        guint from;
        if (matches(&spelling, 0, onsets[i].letters, &from) &&
            is_rhyme(&spelling, from, onsets[i].takes))
            return TRUE;
    }
    return FALSE;
}

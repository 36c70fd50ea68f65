#include "text/letter.h"

static const gunichar vowels[][LT_N_TONES] = {
    {'a', U'à', U'á', U'ả', U'ã', U'ạ'},  {U'ă', U'ằ', U'ắ', U'ẳ', U'ẵ', U'ặ'},
    {U'â', U'ầ', U'ấ', U'ẩ', U'ẫ', U'ậ'}, {'e', U'è', U'é', U'ẻ', U'ẽ', U'ẹ'},
    {U'ê', U'ề', U'ế', U'ể', U'ễ', U'ệ'}, {'i', U'ì', U'í', U'ỉ', U'ĩ', U'ị'},
    {'o', U'ò', U'ó', U'ỏ', U'õ', U'ọ'},  {U'ô', U'ồ', U'ố', U'ổ', U'ỗ', U'ộ'},
    {U'ơ', U'ờ', U'ớ', U'ở', U'ỡ', U'ợ'}, {'u', U'ù', U'ú', U'ủ', U'ũ', U'ụ'},
    {U'ư', U'ừ', U'ứ', U'ử', U'ữ', U'ự'}, {'y', U'ỳ', U'ý', U'ỷ', U'ỹ', U'ỵ'},
};

/* Where a toned vowel stands in the table above, a row's tones after another's; 0 for what is none. All
 * are below U+1F00. */
static const guint8 *
toned_places(void)
{
    static guint8 places[0x1F00];
    static gsize made;

    if (g_once_init_enter(&made)) {
        for (gsize i = 0; i < G_N_ELEMENTS(vowels); i++)
            for (guint tone = LT_TONE_GRAVE; tone < LT_N_TONES; tone++)
                places[vowels[i][tone]] = (guint8)(i * LT_N_TONES + tone);
        g_once_init_leave(&made, 1);
    }
    return places;
}

gunichar
lt_letter_split(gunichar letter, LtTone *ret_tone)
{
    *ret_tone = LT_TONE_LEVEL;
    if (letter < 0x80 || letter >= 0x1F00)
        return letter;
    guint place = toned_places()[letter];
    if (place == 0)
        return letter;
    *ret_tone = place % LT_N_TONES;
    return vowels[place / LT_N_TONES][LT_TONE_LEVEL];
}

gunichar
lt_letter_join(gunichar vowel, LtTone tone)
{
    for (gsize i = 0; i < G_N_ELEMENTS(vowels); i++)
        if (vowels[i][LT_TONE_LEVEL] == vowel)
            return vowels[i][tone];
    return vowel;
}

gunichar
lt_letter_plain(gunichar letter)
{
    switch (letter) {
    case U'ă':
    case U'â':
        return 'a';
    case U'đ':
        return 'd';
    case U'ê':
        return 'e';
    case U'ô':
    case U'ơ':
        return 'o';
    case U'ư':
        return 'u';
    default:
        return letter;
    }
}

gboolean
lt_letter_is_marked(gunichar letter)
{
    LtTone tone;
    gunichar vowel = lt_letter_split(letter, &tone);
    return tone != LT_TONE_LEVEL || lt_letter_plain(vowel) != vowel;
}

/* Sources: TCVN 5712:1993 (VN3, as the .Vn fonts have it), RFC 1456 (VISCII), the code pages of the
 * VPS and VNI fonts. A dot stands for a code that means nothing. */
#include "text/legacy-tables.h"

#include "text/letter.h"

#define FIRST_HIGH 0x80
#define N_HIGH 128

/* clang-format off */
static const gunichar high_letters[LT_N_LEGACY_CODES][N_HIGH + 1] = {
    [LT_LEGACY_TCVN3] =
        U"................" /* 80 */
        U"................" /* 90 */
        U".ĂÂÊÔƠƯĐăâêôơưđ." /* A0 */
        U".....àảãáạ.ằẳẵắ." /* B0 */
        U"......ặầẩẫấậè.ẻẽ" /* C0 */
        U"éẹềểễếệìỉ...ĩíịò" /* D0 */
        U".ỏõóọồổỗốộờởỡớợù" /* E0 */
        U".ủũúụừửữứựỳỷỹýỵ.", /* F0 */
    [LT_LEGACY_VNI] =
        U"................" /* 80 */
        U"................" /* 90 */
        U"................" /* A0 */
        U"................" /* B0 */
        U"......Ỉ.....ÌÍỴ." /* C0 */
        U".ĐỊĨƠ.Ư........." /* D0 */
        U"......ỉ.....ìíỵ." /* E0 */
        U".địĩơ.ư.........", /* F0 */
    [LT_LEGACY_VISCII] =
        U"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" /* 80 */
        U"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" /* 90 */
        U"Õắằặấầẩậẽẹếềểễệố" /* A0 */
        U"ồổỗỠƠộờởịỰỨỪỬơớƯ" /* B0 */
        U"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" /* C0 */
        U"ĐứÒÓÔạỷừửÙÚỹỵÝỡư" /* D0 */
        U"àáâãảăữẫèéêẻìíĩỉ" /* E0 */
        U"đựòóôõỏọụùúũủýợỮ", /* F0 */
    [LT_LEGACY_VPS] =
        U"ÀẢÃẤẦẨọỗĂếềểệẮẰẲ" /* 80 */
        U"Ế..ỀỂỄỐỒỔỖýỷỵỚỜỞ" /* 90 */
        U".ắằẳẵặỠớÙờởỡŨỨợỪ" /* A0 */
        U"ổỬỲỸÍÌộỈĨÓửữÒỎÕự" /* B0 */
        U"ầÁÂấẩẫậđẻÉÊẹỉễịỹ" /* C0 */
        U"ƯỦồốÔỏơÈừứÚũưÝẺ." /* D0 */
        U"àáâãảạă.èéêẽìí.ĩ" /* E0 */
        U"ẴĐòóôõ.Ơụùúủ.ỶẼỳ", /* F0 */
};

/* Where Windows-1252 has the codes 80 to 9F; 0 where it has none. */
static const gunichar windows_signs[] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};
/* clang-format on */

/* Letters outside the upper half, and the other signs that producers of PDF put for one within. */
static const struct {
    LtLegacyCode code;
    gunichar sign, letter;
} others[] = {
    {LT_LEGACY_TCVN3, 0x2212, U'ư'}, /* the glyph 'minus' */
    {LT_LEGACY_TCVN3, 0x2219, U'ã'}, /* 'bulletoperator' */
    {LT_LEGACY_TCVN3, 0x03BC, U'à'}, /* 'mu' */
    {LT_LEGACY_TCVN3, 0x0308, U'ă'}, /* ¨ and ¸ that reach over the letter before: Poppler takes */
    {LT_LEGACY_TCVN3, 0x0327, U'á'}, /* them for its marks */
    {LT_LEGACY_VISCII, 0x02, U'Ẳ'},  {LT_LEGACY_VISCII, 0x05, U'Ẵ'}, {LT_LEGACY_VISCII, 0x06, U'Ẫ'},
    {LT_LEGACY_VISCII, 0x14, U'Ỷ'},  {LT_LEGACY_VISCII, 0x19, U'Ỹ'}, {LT_LEGACY_VISCII, 0x1E, U'Ỵ'},
};

typedef enum { ADDS_NONE, ADDS_CIRCUMFLEX, ADDS_BREVE } AddedMark;

/* Small signs; the capital ones are their capitals. */
static const struct {
    gunichar sign;
    AddedMark mark;
    LtTone tone;
} vni_marks[] = {
    {U'ø', ADDS_NONE, LT_TONE_GRAVE},       {U'ù', ADDS_NONE, LT_TONE_ACUTE},
    {U'û', ADDS_NONE, LT_TONE_HOOK},        {U'õ', ADDS_NONE, LT_TONE_TILDE},
    {U'ï', ADDS_NONE, LT_TONE_DOT},         {U'â', ADDS_CIRCUMFLEX, LT_TONE_LEVEL},
    {U'à', ADDS_CIRCUMFLEX, LT_TONE_GRAVE}, {U'á', ADDS_CIRCUMFLEX, LT_TONE_ACUTE},
    {U'å', ADDS_CIRCUMFLEX, LT_TONE_HOOK},  {U'ã', ADDS_CIRCUMFLEX, LT_TONE_TILDE},
    {U'ä', ADDS_CIRCUMFLEX, LT_TONE_DOT},   {U'ê', ADDS_BREVE, LT_TONE_LEVEL},
    {U'è', ADDS_BREVE, LT_TONE_GRAVE},      {U'é', ADDS_BREVE, LT_TONE_ACUTE},
    {U'ú', ADDS_BREVE, LT_TONE_HOOK},       {U'ü', ADDS_BREVE, LT_TONE_TILDE},
    {U'ë', ADDS_BREVE, LT_TONE_DOT},
};

static gboolean
is_windows_code(LtLegacyCode code)
{
    return code == LT_LEGACY_VISCII || code == LT_LEGACY_VPS;
}

gunichar
lt_legacy_letter(LtLegacyCode code, gunichar sign)
{
    if (sign < FIRST_HIGH + N_HIGH && sign >= FIRST_HIGH) {
        gunichar letter = high_letters[code][sign - FIRST_HIGH];
        return letter == '.' ? 0 : letter;
    }
    if (sign >= FIRST_HIGH && is_windows_code(code))
        for (gsize i = 0; i < G_N_ELEMENTS(windows_signs); i++)
            if (windows_signs[i] == sign)
                return lt_legacy_letter(code, FIRST_HIGH + (gunichar)i);
    if (sign < ' ' || sign >= FIRST_HIGH)
        for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
            if (others[i].code == code && others[i].sign == sign)
                return others[i].letter;
    return 0;
}

static gunichar
add_mark(gunichar vowel, AddedMark mark)
{
    switch (mark) {
    case ADDS_CIRCUMFLEX:
        return vowel == 'a' ? U'â' : vowel == 'e' ? U'ê' : vowel == 'o' ? U'ô' : 0;
    case ADDS_BREVE:
        return vowel == 'a' ? U'ă' : 0;
    case ADDS_NONE:
        break;
    }
    return vowel;
}

gunichar
lt_legacy_vni_mark(gunichar letter, gunichar sign)
{
    gunichar small = g_unichar_tolower(sign);
    for (gsize i = 0; i < G_N_ELEMENTS(vni_marks); i++) {
        if (vni_marks[i].sign != small)
            continue;
        LtTone tone;
        gunichar vowel = lt_letter_split(g_unichar_tolower(letter), &tone);
        gunichar marked = tone == LT_TONE_LEVEL ? add_mark(vowel, vni_marks[i].mark) : 0;
        gunichar joined = marked ? lt_letter_join(marked, vni_marks[i].tone) : 0;
        if (joined == 0 || joined == g_unichar_tolower(letter))
            return 0;
        return g_unichar_isupper(letter) ? g_unichar_toupper(joined) : joined;
    }
    return 0;
}

/* A table of pairs: a word is put right only beside a word with which what was read is no
 * Vietnamese expression and what is right is a common one. Over the law texts and dispatches that
 * it was tried on, texts known to be right, it changes nothing. */
#include "ocr/habits.h"

#include <string.h>

typedef struct {
    const char *read, *right;
    const char *before; /* words, one of which goes before; (nullable) */
    const char *after;  /* or follows, or two that follow, joined; each between blanks */
    const char
        *unless; /* words before which leave it as it is, for there it is right; (nullable) */
} Habit;

/* Examples: "chỉ thường xuyên", "tống hợp", "thấm quyền", "hiện tôn tại", "QUYÉT ĐỊNH". What stays:
 * "chỉ tiêu", "chỉ đầu tư cho", "chuyến giao lưu", "yếu tố dân số", "tương đối mới", "tìm kiếm dịch
 * vụ", "tính đoàn kết", "mái tôn tại", "Tống Thu Hà". A pair that could spoil a right expression is
 * worth less than the words it would mend. */
static const Habit habits[] = {
    {"chỉ", "chi", " bội ", " ngân-sách thường-xuyên phí nhánh tiết đoàn ",
     " không chẳng đừng chưa phải "},
    {"tống", "tổng", NULL,
     " hợp kết cục mức giám bí-thư biên-chế công-ty cộng kiểm quát dự-toán vốn diện-tích thống "
     "tham-mưu ",
     NULL},
    {"tông", "tổng", NULL, " hợp kết cục mức giám bí-thư cộng kiểm ", " tôn bê phái "},
    {"thấm", "thẩm", NULL, " định quyền tra phán duyệt mỹ vấn ", " chống bám ngấm "},
    {"tôn", "tồn", NULL, " tại đọng kho trữ quỹ ", " mái lợp tấm vách bằng nhà tự chí "},
    {"chuấn", "chuẩn", " tiêu phê quy ", " bị hóa hoá y mực đoán ", NULL},
    {"chuãn", "chuẩn", " tiêu phê quy ", " bị hóa hoá y mực đoán ", NULL},
    {"kiếm", "kiểm", NULL, " tra soát toán định kê điểm sát dịch lâm nghiệm đếm duyệt ",
     " tìm đánh tự kiếm gươm "},
    {"thế", "thể", " cụ đoàn tập tổng ", " thao lệ dục ", " thay lợi như vị ưu tư vì "},
    {"triến", "triển", " phát ", " khai vọng lãm ", NULL},
    {"chuyến", "chuyển", NULL, " đổi biến dịch nhượng ", NULL},
    {"biếu", "biểu", NULL, " mẫu dương diễn quyết ", NULL},
    {"điếm", "điểm", " thời địa quan trọng đặc ưu kiểm thí ", NULL, NULL},
    {"khấn", "khẩn", NULL, " trương cấp ", NULL},
    {"đấy", "đẩy", " thúc ", " mạnh lùi ", " ở từ nơi chỗ lúc đâu "},
    {"bố", "bổ", NULL, " sung nhiệm túc ", NULL},
    {"tố", "tổ", NULL, " chức trưởng ", " yếu nhân tố nguyên tác "},
    {"đối", "đổi", NULL, " mới ", " tương tuyệt phản cân đối "},
    {"cống", "cổng", NULL, " thông-tin dịch-vụ ", NULL},
    {"hăng", "hằng", NULL, " năm tháng quý ngày tuần ", NULL},
    {"nên", "nền", NULL, " tảng nếp ", NULL},
    {"quyên", "quyền", " thẩm ủy uỷ chính ", " hạn lợi lực ", NULL},
    {"chú", "chủ", NULL, " tịch trì trương yếu ", NULL},
    {"quyét", "quyết", " nghị giải ", " định toán nghị ", NULL},
    {"đóc", "đốc", " giám glám đôn ", NULL, NULL},
    {"độc", "đốc", " giám glám ", NULL, NULL},
    {"đọc", "đốc", " giám glám ", NULL, NULL},
    {"glám", "giám", NULL, " đốc đóc đọc độc sát định ", NULL},
    {"tô", "tổ", NULL, " chức ", NULL},
    /* A surname: nobody's is Trân. */
    {"trân", "trần", NULL, " thị văn hữu đức quốc ", " ngọc bảo quý bích mỹ huyền quế thị "},
    {"phô", "phố", " thành ", NULL, NULL},
    {"nưóc", "nước", " nhà đất ", NULL, NULL},
};

/* The word's letters alone, small. (transfer full) */
static char *
letters_of(const char *text)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *small = g_utf8_strdown(canonical, -1);
    GString *letters = g_string_new(NULL);

    for (const char *p = small; *p; p = g_utf8_next_char(p))
        if (g_unichar_isalpha(g_utf8_get_char(p)))
            g_string_append_unichar(letters, g_utf8_get_char(p));
    return g_string_free(letters, FALSE);
}

static gboolean
has(const char *list, const char *word)
{
    g_autofree char *key = g_strdup_printf(" %s ", word);

    return list && *word && strstr(list, key);
}

/* What is right in the spelling of what was read: with its capitals and signs. (transfer full)
 * (nullable) */
static char *
replace(const char *text, const Habit *habit)
{
    g_autofree char *canonical = lt_text_canonical(text);
    g_autofree char *small = g_utf8_strdown(canonical, -1);
    const char *at = strstr(small, habit->read);
    glong start = at ? g_utf8_strlen(small, at - small) : 0, n = g_utf8_strlen(habit->read, -1);
    if (!at || g_utf8_strlen(small, -1) != g_utf8_strlen(canonical, -1) ||
        n != g_utf8_strlen(habit->right, -1))
        return NULL;
    GString *made = g_string_new(NULL);
    const char *right = habit->right;
    glong i = 0;

    for (const char *p = canonical; *p; p = g_utf8_next_char(p), i++) {
        gunichar c = g_utf8_get_char(p);

        if (i >= start && i < start + n) {
            gunichar put = g_utf8_get_char(right);

            right = g_utf8_next_char(right);
            g_string_append_unichar(made, g_unichar_isupper(c) ? g_unichar_toupper(put) : put);
        } else {
            g_string_append_unichar(made, c);
        }
    }
    return g_string_free(made, FALSE);
}

/* Abbreviations of which a sign was lost, alone at the beginning of a line: "V/v" of the subject. */
static const struct {
    const char *read, *right;
} abbreviations[] = {
    {"V/", "V/v"},
    {"V/V", "V/v"},
    {"Vv", "V/v"},
};

static void
mend_abbreviation(LtRawWord *word)
{
    for (guint i = 0; i < G_N_ELEMENTS(abbreviations); i++)
        if (strcmp(word->text, abbreviations[i].read) == 0) {
            g_free(word->text);
            word->text = g_strdup(abbreviations[i].right);
            return;
        }
}

/* The recogniser knows a slash of fractions, too, which no document prints. */
static void
mend_slashes(LtRawWord *word)
{
    GString *text;

    if (!strstr(word->text, "⁄"))
        return;
    text = g_string_new(word->text);
    g_string_replace(text, "⁄", "/", 0);
    g_free(word->text);
    word->text = g_string_free(text, FALSE);
}

/* A comma or a full stop ends the expression. */
static gboolean
ends_open(const LtRawWord *word)
{
    return *word->text && !strchr(",.;:!?)", word->text[strlen(word->text) - 1]);
}

/* pair: the two words that follow, joined. */
static void
mend_word(LtRawWord *word, const char *key, const char *before, const char *after, const char *pair)
{
    for (guint i = 0; i < G_N_ELEMENTS(habits); i++) {
        if (strcmp(habits[i].read, key) != 0 || has(habits[i].unless, before))
            continue;
        if (!has(habits[i].before, before) && !has(habits[i].after, after) &&
            !has(habits[i].after, pair))
            continue;
        char *mended = replace(word->text, &habits[i]);
        if (mended) {
            g_free(word->text);
            word->text = mended;
        }
        return;
    }
}

void
lt_habits_mend(GArray *words)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < words->len; i++) {
        LtRawWord *word = &g_array_index(words, LtRawWord, i);

        mend_slashes(word);
        if (i + 1 < words->len && word[1].line_hint == word->line_hint &&
            (i == 0 || word[-1].line_hint != word->line_hint))
            mend_abbreviation(word);
    }
    for (guint i = 0; i < words->len; i++)
        g_ptr_array_add(keys, letters_of(g_array_index(words, LtRawWord, i).text));
    for (guint i = 0; i < words->len; i++) {
        LtRawWord *word = &g_array_index(words, LtRawWord, i);
        gboolean joined = i > 0 && ends_open(word - 1);
        const char *before = joined ? g_ptr_array_index(keys, i - 1) : "";
        const char *after =
            ends_open(word) && i + 1 < words->len ? g_ptr_array_index(keys, i + 1) : "";
        const char *second = i + 2 < words->len ? g_ptr_array_index(keys, i + 2) : "";
        g_autofree char *pair = *after ? g_strdup_printf("%s-%s", after, second) : g_strdup("");

        mend_word(word, g_ptr_array_index(keys, i), before, after, pair);
    }
}

/* The issuing agency and the one above it, as the letterhead names them. */
#include <string.h>

#include "ingest/fields/letterhead.h"

#define MAX_JOINT 40u         /* parts of a joint letterhead */
#define MAX_JOINED 4u         /* parts that one agency's name may be cut into */
#define SHORTEST_COMPLETED 6u /* letters of a name that an abbreviation completes */

/* Confidence of a name that the notation's abbreviation confirms, and of one it does not. */
#define CONFIRMED 0.975
#define PRINTED 0.92
#define UNCONFIRMED 0.82
#define UNSETTLED 0.86
/* Of one that the authority file has letter for letter; of one it has nearly so, with and
 * without the abbreviation that stands for it. */
#define LISTED 0.945
#define MENDED_CONFIRMED 0.94
#define MENDED 0.84
/* Of an issuer known from its abbreviation alone, where its place is known too. */
#define BY_CODE 0.75

/* The place that the letterhead's date names. */
static const LtPlace *
place_of_date(const LtReading *reading, guint levels)
{
    const LtField *place = &reading->record->fields[LT_FIELD_PLACE];
    return place->value ? lt_authority_place(reading->rules->authority, place->value, levels)
                        : NULL;
}

/* The agency of the authority file that is printed here. code: (nullable) the abbreviation in
 * the number. */
gboolean
lt_letterhead_find(const LtReading *reading, const char *name, const char *code,
                   LtNaming *ret_naming)
{
    const LtField *date = &reading->record->fields[LT_FIELD_ISSUED_DATE];
    LtNamingHints hints = {code, place_of_date(reading, 1u << LT_PLACE_PROVINCE),
                           date->confidence >= LT_DOUBTFUL ? date->value : NULL,
                           reading->record->fields[LT_FIELD_PLACE].value};
    return lt_authority_name(reading->rules->authority, name, &hints, ret_naming);
}

/* Whether the abbreviation in the notation stands for this name, by its first letters. */
static gboolean
code_confirms(const LtReading *reading, const char *name)
{
    if (!reading->issuer_code)
        return FALSE;
    g_autofree char *initials = lt_issuer_initials(name);
    g_autofree char *short_name = lt_text_letters(initials);
    g_autofree char *code = lt_text_letters(reading->issuer_code);
    return strlen(code) > 1 &&
           (g_str_has_prefix(short_name, code) || g_str_has_suffix(short_name, code));
}

static char *
dup_name(const LtLetterheadName *agency)
{
    char *name = g_strdup(agency->name->str);
    while (*name && strchr(" -,", name[strlen(name) - 1]))
        name[strlen(name) - 1] = '\0';
    return name;
}

/* Whether a word is neither a syllable nor an abbreviation, short of all but letters. */
static gboolean
has_foreign_word(const char *name)
{
    g_auto(GStrv) words = g_strsplit_set(name, " -,;.&()\"'", -1);
    for (char **word = words; *word; word++) {
        guint letters;
        g_autofree char *fold = lt_text_fold(*word);
        lt_text_capitals(*word, &letters);
        if (letters > 3 && strpbrk(fold, "aeiouy") && !lt_text_is_syllable(*word))
            return TRUE;
    }
    return FALSE;
}

/* How far a name that the authority file has is right. */
static double
listed_confidence(const LtNaming *naming, gboolean confirmed, gboolean ocr)
{
    if (naming->unlisted && naming->wrong)
        return MENDED;
    if (naming->unlisted)
        return !naming->dated && (ocr || has_foreign_word(naming->name)) ? UNSETTLED : PRINTED;
    /* The abbreviation speaks for the office, not for its place. */
    if (naming->wrong)
        return confirmed && naming->place_wrong <= 1 ? MENDED_CONFIRMED : MENDED;
    return confirmed ? CONFIRMED : LISTED;
}

static void
set_listed(LtReading *reading, LtFieldId field, const LtLetterheadName *agency,
           const LtNaming *naming)
{
    const LtStretch *spans = (const LtStretch *)agency->spans->data;
    gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
    gboolean coded = lt_office_is_coded(naming->office, reading->issuer_code, reading->type_code);
    gboolean confirmed = field == LT_FIELD_ISSUER &&
                         (coded || (!naming->wrong && code_confirms(reading, naming->name)));
    double confidence = listed_confidence(naming, confirmed, ocr);
    lt_reading_set(reading, field, naming->name, NULL, confidence, spans, agency->spans->len,
                   FALSE);
    LtField *set = &reading->record->fields[field];
    /* A name that the file has is right however faint its print. */
    if (!naming->unlisted)
        set->confidence = MAX(set->confidence, confidence);
    if (agency->mended)
        set->confidence = MIN(set->confidence, UNSETTLED);
    set->rule = g_strdup("authority.tsv");
}

static void
set_unlisted(LtReading *reading, LtFieldId field, const LtLetterheadName *agency)
{
    g_autofree char *name = dup_name(agency);
    const LtStretch *spans = (const LtStretch *)agency->spans->data;
    gboolean settled;
    g_autofree char *cased = lt_case_agency(reading->rules, name, &settled);
    gboolean confirmed = field == LT_FIELD_ISSUER && code_confirms(reading, cased);
    gboolean ocr = lt_reading_is_ocr(reading, spans[0].line);
    double confidence = confirmed ? CONFIRMED : ocr ? UNCONFIRMED : PRINTED;
    if (!agency->level)
        confidence *= 0.8;
    /* Words that stand in no table may have been misread, whatever recognition thinks of them; those that no word of the
     * language can be were, most likely, in a text layer too. */
    if (agency->mended || (!settled && (ocr || has_foreign_word(name))))
        confidence = MIN(confidence, UNSETTLED);
    lt_reading_set(reading, field, cased, NULL, confidence, spans, agency->spans->len, FALSE);
    reading->record->fields[field].rule = g_strdup("letterhead");
}

/* Sets a field from a name of the letterhead; TRUE where the authority file has it. */
static gboolean
set_agency(LtReading *reading, LtFieldId field, const LtLetterheadName *agency,
           LtNaming *ret_naming)
{
    g_autofree char *name = dup_name(agency);
    const char *code = field == LT_FIELD_ISSUER ? reading->issuer_code : NULL;
    gboolean listed = lt_letterhead_find(reading, name, code, ret_naming);
    if (listed)
        set_listed(reading, field, agency, ret_naming);
    else
        set_unlisted(reading, field, agency);
    return listed;
}

/* A body of the agency above it that the file knows by both names together: Ban Tuyên giáo below
 * TỈNH ỦY. */
static gboolean
join_parent(LtReading *reading, const LtLetterheadName *agency, const LtLetterheadName *parent,
            LtNaming *ret_naming)
{
    g_autofree char *name = dup_name(agency);
    g_autofree char *above = dup_name(parent);
    g_autofree char *joined = g_strconcat(name, " ", above, NULL);
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    if (!lt_letterhead_find(reading, joined, reading->issuer_code, &naming) || naming.unlisted)
        return FALSE;
    set_listed(reading, LT_FIELD_ISSUER, agency, &naming);
    *ret_naming = naming;
    naming.name = NULL;
    return TRUE;
}

/* Whether what a name goes on with is another place than that of the date. */
static gboolean
lies_elsewhere(const LtReading *reading, const char *rest)
{
    const LtPlace *here = place_of_date(reading, 1u << LT_PLACE_PROVINCE);
    const GPtrArray *places = reading->rules->authority->places;
    for (guint i = 0; here && i < places->len; i++) {
        const LtPlace *place = g_ptr_array_index(places, i);
        if (place != here && place->level == LT_PLACE_PROVINCE &&
            g_str_has_suffix(rest, place->key))
            return TRUE;
    }
    return FALSE;
}

/* BAN THƯỜNG VỤ below TỈNH ĐOÀN CÀ MAU: a body that is nothing without whose it is. Those of the State's own committees and
 * of the Party the authority file has. */
static gboolean
is_body_of(const LtReading *reading, const LtLetterheadName *agency, const LtLetterheadName *parent)
{
    static const char *const bodies[] = {
        "ban thuong vu", "ban chap hanh", "thuong truc", "ban thuong truc",
        "doan chu tich", "thanh tra",     NULL};
    static const char *const others[] = {"uy ban nhan dan", "hoi dong nhan dan"};
    g_autofree char *name = lt_naming_expand(reading->rules->authority, agency->name->str);
    g_autofree char *above = lt_naming_expand(reading->rules->authority, parent->name->str);
    g_autofree char *fold = lt_text_fold(name), *above_fold = lt_text_fold(above);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++)
        if (g_str_has_prefix(above_fold, others[i]))
            return FALSE;
    return g_strv_contains(bodies, fold);
}

/* Its name goes on with that of the agency above it. */
static void
append_parent(LtReading *reading)
{
    LtField *issuer = &reading->record->fields[LT_FIELD_ISSUER];
    const LtField *parent = &reading->record->fields[LT_FIELD_PARENT_ISSUER];
    if (!issuer->value || !parent->value)
        return;
    char *whole = g_strconcat(issuer->value, " ", parent->value, NULL);
    g_free(issuer->value);
    issuer->value = whole;
    issuer->confidence = MIN(issuer->confidence, parent->confidence);
}

/* A body for the country, printed without what it is of: BAN TỔ CHỨC, with BTCTW in its number. */
static gboolean
complete_by_code(LtReading *reading, const LtLetterheadName *agency, LtNaming *ret_naming)
{
    const GPtrArray *coded =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    const LtOffice *office = coded && coded->len == 1 ? g_ptr_array_index(coded, 0) : NULL;
    g_autofree char *name = dup_name(agency);
    g_autofree char *key = lt_text_letters(name);
    if (!office || office->where || strlen(key) < SHORTEST_COMPLETED ||
        !g_str_has_prefix(office->keys[0], key) ||
        lies_elsewhere(reading, office->keys[0] + strlen(key)))
        return FALSE;
    *ret_naming = (LtNaming){.office = office, .name = g_strdup(office->names[0])};
    set_listed(reading, LT_FIELD_ISSUER, agency, ret_naming);
    return TRUE;
}

/* Identity: an agency of a province, district or commune is one by its own place, or that of the
 * agency above it, or of the letterhead's date. */
static void
identify(LtReading *reading, const LtNaming *issuer, const LtPlace *above)
{
    const LtOffice *office = issuer->office;
    const LtPlace *place = issuer->place;
    if (!place && !issuer->unlisted)
        place = lt_office_is_at(office, above) ? above : place_of_date(reading, office->where);
    reading->office = office;
    reading->office_place = place;
    reading->record->issuer_id = lt_office_id(office, place);
}

gboolean
lt_reading_is_joint(const LtReading *reading)
{
    static const char *const codes[] = {"TTLT", "NQLT", "TTLB", "KHLT",  "HDLT", "QCLT", "CTrLT",
                                        "TTLN", "HDLN", "KHLN", "TTrLS", "HDLS", "KHLS", NULL};
    return reading->joint || (reading->type_code && g_strv_contains(codes, reading->type_code)) ||
           (reading->title && g_strv_contains(codes, reading->title->code));
}

/* A joint letterhead cut at its dashes and line ends. */
typedef struct {
    GPtrArray *parts; /* of char * */
    GArray *dashes;   /* of gboolean: a dash stands before the part */
} Joint;

static void
joint_clear(Joint *joint)
{
    g_ptr_array_unref(joint->parts);
    g_array_unref(joint->dashes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Joint, joint_clear)

/* Without the dashes that end a line. (transfer full) */
static char *
dup_trimmed(const char *part)
{
    char *trimmed = g_strstrip(g_strdup(part));
    while (g_str_has_suffix(trimmed, "-") || g_str_has_suffix(trimmed, "–"))
        g_strchomp(memset(g_utf8_find_prev_char(trimmed, trimmed + strlen(trimmed)), '\0', 1));
    return trimmed;
}

static void
joint_add(Joint *joint, const char *name)
{
    g_autoptr(GRegex) dashes = g_regex_new("\\s[-–.]\\s", 0, 0, NULL);
    g_auto(GStrv) parts = g_regex_split(dashes, name, 0);
    for (guint i = 0; parts[i] && joint->parts->len < MAX_JOINT; i++) {
        gboolean dash = i > 0;
        g_ptr_array_add(joint->parts, dup_trimmed(parts[i]));
        g_array_append_val(joint->dashes, dash);
    }
}

/* n parts from the first on as one name. (transfer full) */
static char *
joint_dup(const Joint *joint, guint first, guint n)
{
    GString *name = g_string_new(g_ptr_array_index(joint->parts, first));
    for (guint i = first + 1; i < first + n; i++)
        g_string_append_printf(name, "%s%s",
                               g_array_index(joint->dashes, gboolean, i) ? " - " : " ",
                               (const char *)g_ptr_array_index(joint->parts, i));
    return g_string_free(name, FALSE);
}

/* The next agency: the longest name that the authority file has (BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI), else
 * as many parts as do not begin like another one. Returns how many parts it takes. */
static guint
joint_next(const LtReading *reading, const Joint *joint, guint first, char **ret_name,
           gboolean *ret_listed)
{
    guint left = joint->parts->len - first;
    for (guint n = MIN(left, MAX_JOINED); n > 0; n--) {
        g_autofree char *name = joint_dup(joint, first, n);
        g_auto(LtNaming) naming = LT_NAMING_INIT;
        if (lt_letterhead_find(reading, name, NULL, &naming) && !naming.unlisted) {
            *ret_name = g_steal_pointer(&naming.name);
            *ret_listed = naming.wrong == 0;
            return n;
        }
    }
    guint n = 1;
    for (; n < left; n++) {
        g_autofree char *next = lt_text_fold(g_ptr_array_index(joint->parts, first + n));
        if (lt_issuer_level(reading->rules, next))
            break;
    }
    gboolean settled;
    g_autofree char *name = joint_dup(joint, first, n);
    *ret_name = lt_case_agency(reading->rules, name, &settled);
    *ret_listed = FALSE;
    return n;
}

/* All that issue a joint document, parted by semicolons as archives list them. */
static void
set_joint(LtReading *reading, GPtrArray *agencies)
{
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GArray) spans = g_array_new(FALSE, FALSE, sizeof(LtStretch));
    g_auto(Joint) joint = {g_ptr_array_new_with_free_func(g_free),
                           g_array_new(FALSE, FALSE, sizeof(gboolean))};
    for (guint i = 0; i < agencies->len; i++) {
        const LtLetterheadName *agency = g_ptr_array_index(agencies, i);
        joint_add(&joint, agency->name->str);
        g_array_append_vals(spans, agency->spans->data, agency->spans->len);
    }
    gboolean listed = TRUE;
    for (guint i = 0; i < joint.parts->len;) {
        g_autofree char *name = NULL;
        gboolean known;
        i += joint_next(reading, &joint, i, &name, &known);
        listed = listed && known;
        g_string_append_printf(names, "%s%s", names->len ? "; " : "", name);
    }
    gboolean ocr = joint.parts->len && lt_reading_is_ocr(reading, reading->head->pdata[0]);
    gboolean settled = listed || (!ocr && !has_foreign_word(names->str));
    lt_reading_set(reading, LT_FIELD_ISSUER, names->str, NULL, settled ? PRINTED : UNSETTLED,
                   (const LtStretch *)spans->data, spans->len, FALSE);
    reading->record->fields[LT_FIELD_ISSUER].rule = g_strdup("letterhead");
}

/* BỘ A - SỞ B on a line: two agencies of like height, both of the authority file. */
static gboolean
names_two(const LtReading *reading, const LtLetterheadName *agency)
{
    g_auto(Joint) joint = {g_ptr_array_new_with_free_func(g_free),
                           g_array_new(FALSE, FALSE, sizeof(gboolean))};
    g_auto(LtNaming) whole = LT_NAMING_INIT;
    joint_add(&joint, agency->name->str);
    if (joint.parts->len < 2 || lt_letterhead_find(reading, agency->name->str, NULL, &whole))
        return FALSE;
    for (guint i = 0; i < joint.parts->len; i++) {
        const char *part = g_ptr_array_index(joint.parts, i);
        g_auto(LtNaming) naming = LT_NAMING_INIT;
        g_autofree char *fold = lt_text_fold(part);
        if (lt_issuer_level(reading->rules, fold) != agency->level ||
            !lt_letterhead_find(reading, part, NULL, &naming) || naming.wrong)
            return FALSE;
    }
    return TRUE;
}

/* What stands above two agencies on a line, and higher than both, issues nothing. */
static void
leave_parent(LtReading *reading, GPtrArray *agencies)
{
    reading->joint = TRUE;
    const LtLetterheadName *last = g_ptr_array_index(agencies, agencies->len - 1);
    while (agencies->len > 1) {
        const LtLetterheadName *above = g_ptr_array_index(agencies, 0);
        g_auto(LtNaming) naming = LT_NAMING_INIT;
        if (above->level >= last->level)
            return;
        set_agency(reading, LT_FIELD_PARENT_ISSUER, above, &naming);
        g_ptr_array_remove_index(agencies, 0);
    }
}

/* NGÂN HÀNG NHÀ NƯỚC VIỆT NAM / CHI NHÁNH TỈNH LAI CHÂU is one agency of another, which its name begins with. */
static void
set_parent_of_branch(LtReading *reading, const LtLetterheadName *agency)
{
    g_autofree char *fold = lt_text_fold(agency->name->str);
    const char *branch = strstr(fold, " chi nhanh ");
    g_auto(LtNaming) naming = LT_NAMING_INIT;
    if (!branch || reading->record->fields[LT_FIELD_PARENT_ISSUER].value)
        return;
    g_autofree char *of =
        lt_text_slice(agency->name->str, 0, (guint)g_utf8_pointer_to_offset(fold, branch));
    if (lt_letterhead_find(reading, of, NULL, &naming) && !naming.unlisted)
        set_listed(reading, LT_FIELD_PARENT_ISSUER, agency, &naming);
}

/* Where the letterhead names no agency, the abbreviation in the number may. */
static void
set_by_code(LtReading *reading)
{
    LtField *issuer = &reading->record->fields[LT_FIELD_ISSUER];
    const GPtrArray *offices =
        lt_authority_offices_of_code(reading->rules->authority, reading->issuer_code);
    for (guint i = 0; offices && i < offices->len; i++) {
        const LtOffice *office = g_ptr_array_index(offices, i);
        lt_field_add_candidate(issuer, office->names[0], 0.5 / (i + 1));
    }
    if (!offices || offices->len != 1)
        return;
    const LtOffice *office = g_ptr_array_index(offices, 0);
    const LtPlace *place = place_of_date(reading, office->where);
    if (!place || !office->where)
        return;
    issuer->value = g_strdup(office->names[0]);
    issuer->confidence = BY_CODE;
    issuer->rule = g_strdup("authority.tsv");
    reading->office = office;
    reading->office_place = place;
    reading->record->issuer_id = lt_office_id(office, place);
}

void
lt_read_issuer(LtReading *reading)
{
    g_autoptr(GPtrArray) agencies = lt_letterhead_names(reading);
    if (agencies->len == 0) {
        if (reading->issuer_code)
            set_by_code(reading);
        return;
    }
    const LtLetterheadName *agency = g_ptr_array_index(agencies, agencies->len - 1);
    if (names_two(reading, agency))
        leave_parent(reading, agencies);
    if (lt_reading_is_joint(reading)) {
        set_joint(reading, agencies);
        return;
    }
    const LtLetterheadName *parent =
        agencies->len > 1 ? g_ptr_array_index(agencies, agencies->len - 2) : NULL;
    g_auto(LtNaming) above = LT_NAMING_INIT;
    g_auto(LtNaming) issuer = LT_NAMING_INIT;
    if (parent)
        set_agency(reading, LT_FIELD_PARENT_ISSUER, parent, &above);
    gboolean listed = set_agency(reading, LT_FIELD_ISSUER, agency, &issuer);
    gboolean body = parent && is_body_of(reading, agency, parent);
    if ((!listed || body) && parent)
        listed = join_parent(reading, agency, parent, &issuer);
    if (body && !listed)
        append_parent(reading);
    if (!listed && !body)
        listed = complete_by_code(reading, agency, &issuer);
    if (listed)
        identify(reading, &issuer, above.place);
    set_parent_of_branch(reading, agency);
}

/* The registers that Decree 30/2020/NĐ-CP prescribes, as tables ready to be printed. Part of the front
 * door of store/. Their headings are Vietnamese in every language of the program: the decree's own. */
#pragma once

#include "store/sheet.h"

typedef enum {
    LT_REGISTER_DOCUMENTS, /* mục lục văn bản, tài liệu: Appendix V, IV */
    LT_REGISTER_DOSSIERS,  /* mục lục hồ sơ, tài liệu nộp lưu: Appendix V, III */
    LT_REGISTER_INCOMING,  /* sổ đăng ký văn bản đến: Appendix IV, VI */
    LT_REGISTER_OUTGOING,  /* sổ đăng ký văn bản đi: Appendix IV, I */
    LT_REGISTER_N_KINDS
} LtRegisterKind;

const char *lt_register_name(LtRegisterKind kind); /* "muc-luc-van-ban" */
gboolean lt_register_from_name(const char *name, LtRegisterKind *ret_kind);

#define LT_REGISTER_MAX_ROWS 100000u

struct LtSearch;

typedef struct {
    LtRegisterKind kind;
    const struct LtSearch *search; /* which documents; of dossiers none is looked for */
    gint64
        dossier; /* 0, or of LT_REGISTER_DOCUMENTS: this dossier in its order; search is not used */
    guint year;  /* 0: of every year. Of incoming documents the year of arrival counts */
    const char
        *office; /* (nullable) whose register it is: stands at its head; outgoing is what it issued,
                           incoming what others did. Without it, incoming is what bears a stamp of arrival
                           and outgoing what bears none */
    const char *parent; /* (nullable) the body above it, for the head */
} LtRegisterRequest;

/* Documents that are marked secret and were not released stand in no register: they have registers of
 * their own. LT_STORE_ERROR_INVALID where there are more rows than LT_REGISTER_MAX_ROWS. (transfer full) */
LtSheet *lt_store_register(LtStore *store, const LtRegisterRequest *request, GError **error);

# luutru: one Makefile, objects under build/.
#   make            builds build/luutru, build/luutru-worker, build/luutru-print and build/luutru-web
#   make help       lists the targets
# Variables: PREFIX, DESTDIR, DEVELOPER=1 (strict warnings as errors), MODE=asan|fault|fuzz, V=1 (shows commands)

PREFIX ?= /usr/local
DESTDIR ?=
MODE ?= release
CC ?= gcc
PKG_CONFIG ?= pkg-config
VERSION := 0.1.0

B := build
ifneq ($(MODE),release)
B := build/$(MODE)
endif

ifeq ($(V),1)
Q :=
else
Q := @
endif

LIB_PKGS := gio-unix-2.0 sqlite3 json-glib-1.0
OCR_PKGS := gio-unix-2.0 poppler-glib cairo lept tesseract libseccomp
PRINT_PKGS := gio-2.0 pangocairo
WEB_PKGS := libsoup-3.0
XLSX_LIBS := -lxlsxwriter
CRYPT_LIBS := -lcrypt

# Asked for only by targets that compile, so that 'make help' and 'make demo' work on a bare machine.
lib_cflags = $(shell $(PKG_CONFIG) --cflags $(LIB_PKGS))
lib_libs = $(shell $(PKG_CONFIG) --libs $(LIB_PKGS)) $(XLSX_LIBS) $(CRYPT_LIBS) -lm
ocr_cflags = $(shell $(PKG_CONFIG) --cflags $(OCR_PKGS))
web_cflags = $(shell $(PKG_CONFIG) --cflags $(WEB_PKGS))
web_libs = $(shell $(PKG_CONFIG) --libs $(WEB_PKGS))
print_cflags = $(shell $(PKG_CONFIG) --cflags $(PRINT_PKGS))
print_libs = $(shell $(PKG_CONFIG) --libs $(PRINT_PKGS)) -lm
ocr_libs = $(shell $(PKG_CONFIG) --libs $(OCR_PKGS)) -lm

WARN := -Wall -Wextra
ifeq ($(DEVELOPER),1)
WARN += -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wwrite-strings \
        -Wundef -Wvla -Wformat=2 -Wimplicit-fallthrough -Wnull-dereference -Wduplicated-cond \
        -Wlogical-op -Wdeclaration-after-statement
WARN := $(filter-out -Wdeclaration-after-statement,$(WARN))
endif
OPT := -O2 -g
ifeq ($(MODE),asan)
OPT := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer \
    -DLUUTRU_FAULTS
endif
ifeq ($(MODE),fault)
OPT := -O1 -g -DLUUTRU_FAULTS
endif
FUZZ_MAIN = $(B)/obj/tests/fuzz/replay.o
ifeq ($(MODE),fuzz)
CC := clang
OPT := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=undefined \
    -fno-omit-frame-pointer
FUZZ_LINK := -fsanitize=fuzzer
FUZZ_MAIN :=
endif
ALL_CFLAGS = -std=gnu17 $(OPT) $(WARN) -I. -D_GNU_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong \
    -DG_LOG_DOMAIN='"luutru"' -DGETTEXT_PACKAGE='"luutru"' -DLUUTRU_VERSION='"$(VERSION)"' \
    -DLUUTRU_PREFIX='"$(PREFIX)"' $(CFLAGS)
ifneq ($(MODE),release)
ALL_CFLAGS := $(filter-out -D_FORTIFY_SOURCE=2,$(ALL_CFLAGS))
endif

TEXT_SRCS := $(wildcard text/*.c)
STORE_SRCS := $(wildcard store/*.c)
INGEST_SRCS := $(wildcard ingest/*.c ingest/fields/*.c)
PROTOCOL_SRCS := ocr/protocol.c
OCR_SRCS := $(filter-out $(PROTOCOL_SRCS) ocr/worker.c,$(wildcard ocr/*.c))
CLI_SRCS := $(wildcard cli/*.c)
# What knows of a network is in the server alone; handlers and routes are tested without.
WEB_NET_SRCS := web/main.c web/server.c web/exchange.c web/listener.c web/turn.c web/events.c
WEB_SRCS := $(filter-out $(WEB_NET_SRCS),$(wildcard web/*.c))
WEB_ASSETS := $(sort $(wildcard web/assets/*))
UNIT_SRCS := $(wildcard tests/unit/*.c)
FAULT_SRCS := $(wildcard tests/fault/*.c)

obj = $(patsubst %.c,$(B)/obj/%.o,$(1))
LIB_OBJS := $(call obj,$(INGEST_SRCS) $(STORE_SRCS) $(PROTOCOL_SRCS) $(TEXT_SRCS))
OCR_OBJS := $(call obj,$(OCR_SRCS) $(PROTOCOL_SRCS) $(TEXT_SRCS))
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(UNIT_SRCS))
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,$(B)/tests/fuzz/%,$(wildcard tests/fuzz/fuzz-*.c))
FAULT_PROGRAMS := $(patsubst tests/fault/%.c,$(B)/tests/fault/%,$(FAULT_SRCS))
MO_FILES := $(patsubst po/%.po,$(B)/locale/%/LC_MESSAGES/luutru.mo,$(wildcard po/*.po))

.PHONY: all
all: $(B)/luutru $(B)/luutru-worker $(B)/luutru-print $(B)/luutru-web $(MO_FILES)

$(B)/luutru: $(call obj,$(CLI_SRCS)) $(B)/libluutru.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(lib_libs)

$(B)/luutru-worker: $(call obj,ocr/worker.c) $(B)/libocr.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ocr_libs)

$(B)/luutru-print: $(call obj,print/print.c)
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(print_libs)

$(B)/luutru-web: $(call obj,$(WEB_NET_SRCS)) $(B)/libweb.a $(B)/libluutru.a
	@echo "  LINK  $@"
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(web_libs) $(lib_libs)

$(B)/libweb.a: $(call obj,$(WEB_SRCS)) $(B)/obj/web/assets.o
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# The front end, compiled in: every file of web/assets under its name.
$(B)/web/assets.xml: $(WEB_ASSETS) Makefile
	@mkdir -p $(@D)
	$(Q){ echo '<gresources><gresource prefix="/luutru/assets">'; \
	    for file in $(notdir $(WEB_ASSETS)); do echo "<file>$$file</file>"; done; \
	    echo '</gresource></gresources>'; } >$@

$(B)/web/assets.c: $(B)/web/assets.xml
	$(Q)glib-compile-resources --sourcedir=web/assets --generate-source --c-name lt_assets \
	    --internal --target=$@ $<

$(B)/obj/web/assets.o: $(B)/web/assets.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(lib_cflags) -c -o $@ $<

$(B)/libluutru.a: $(LIB_OBJS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/libocr.a: $(OCR_OBJS)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/obj/ocr/%.o: ocr/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ocr_cflags) -MMD -MP -c -o $@ $<

$(B)/obj/tools/%.o: tools/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ocr_cflags) -MMD -MP -c -o $@ $<

$(B)/obj/print/%.o: print/%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(print_cflags) -MMD -MP -c -o $@ $<

$(patsubst %.c,$(B)/obj/%.o,$(WEB_NET_SRCS)): $(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(web_cflags) $(lib_cflags) -MMD -MP -c -o $@ $<

$(B)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(lib_cflags) -MMD -MP -c -o $@ $<

$(B)/obj/ocr/digits.o: ocr/digits.model
$(B)/obj/ocr/expressions.o: ocr/expressions.txt

# Unit tests named ocr-* link the worker's parts, all others the program's.
$(B)/tests/unit/ocr-%: $(B)/obj/tests/unit/ocr-%.o $(B)/libocr.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ocr_libs)

$(B)/obj/tests/unit/ocr-%.o: tests/unit/ocr-%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ocr_cflags) -MMD -MP -c -o $@ $<

# Fuzz targets named ocr-* link the worker's parts, all others the program's. Under MODE=fuzz libFuzzer brings
# main; otherwise replay.c does.
$(B)/tests/fuzz/fuzz-ocr-%: $(B)/obj/tests/fuzz/fuzz-ocr-%.o $(FUZZ_MAIN) $(B)/libocr.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) $(LDFLAGS) -o $@ $^ $(ocr_libs)

$(B)/obj/tests/fuzz/fuzz-ocr-%.o: tests/fuzz/fuzz-ocr-%.c
	@mkdir -p $(@D)
	@echo "  CC    $<"
	$(Q)$(CC) $(ALL_CFLAGS) $(ocr_cflags) -MMD -MP -c -o $@ $<

$(B)/tests/fuzz/fuzz-%: $(B)/obj/tests/fuzz/fuzz-%.o $(FUZZ_MAIN) $(B)/libluutru.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) $(LDFLAGS) -o $@ $^ $(lib_libs)

# Those named web-* link the handlers and routes of the server, too, without its network.
$(B)/tests/unit/web-%: $(B)/obj/tests/unit/web-%.o $(B)/libweb.a $(B)/libluutru.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(lib_libs)

$(B)/tests/fuzz/fuzz-web-%: $(B)/obj/tests/fuzz/fuzz-web-%.o $(FUZZ_MAIN) $(B)/libweb.a $(B)/libluutru.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(FUZZ_LINK) $(LDFLAGS) -o $@ $^ $(lib_libs)

$(B)/tests/%: $(B)/obj/tests/%.o $(B)/libluutru.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(lib_libs)

$(B)/locale/%/LC_MESSAGES/luutru.mo: po/%.po
	@mkdir -p $(@D)
	$(Q)msgfmt --check-format -o $@ $<

# --- for people ---

.PHONY: demo
demo: ## installs what is missing, builds, files samples/ into an archive and searches it
	$(Q)./packages.sh build
	$(Q)$(MAKE) --no-print-directory all
	$(Q)samples/demo.sh $(B)

BINDIR := $(DESTDIR)$(PREFIX)/bin
LIBEXECDIR := $(DESTDIR)$(PREFIX)/libexec/luutru
DATADIR := $(DESTDIR)$(PREFIX)/share/luutru
UNITDIR := $(DESTDIR)$(PREFIX)/lib/systemd
SYSUSERSDIR := $(DESTDIR)$(PREFIX)/lib/sysusers.d
RULE_FILES = $(shell find ingest/fields -type f ! -name '*.[ch]')

.PHONY: install
install: all ## installs under DESTDIR and PREFIX
	install -d $(BINDIR) $(LIBEXECDIR) $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $(B)/luutru $(BINDIR)/luutru
	install -m 755 $(B)/luutru-worker $(LIBEXECDIR)/luutru-worker
	install -m 755 $(B)/luutru-print $(LIBEXECDIR)/luutru-print
	install -m 755 $(B)/luutru-web $(LIBEXECDIR)/luutru-web
	for file in $(RULE_FILES); do \
	    install -D -m 644 $$file $(DATADIR)/fields/$${file#ingest/fields/} || exit 1; done
	for file in $(patsubst $(B)/%,%,$(MO_FILES)); do \
	    install -D -m 644 $(B)/$$file $(DESTDIR)$(PREFIX)/share/$$file || exit 1; done
	install -m 644 docs/luutru.1 $(DESTDIR)$(PREFIX)/share/man/man1/luutru.1
	install -d $(UNITDIR)/system $(UNITDIR)/user
	sed 's|@PREFIX@|$(PREFIX)|' systemd/luutru-watch.service.in >$(UNITDIR)/system/luutru-watch.service
	sed 's|@PREFIX@|$(PREFIX)|' systemd/luutru-watch-user.service.in >$(UNITDIR)/user/luutru-watch.service
	sed 's|@PREFIX@|$(PREFIX)|' systemd/luutru-serve.service.in >$(UNITDIR)/system/luutru-serve.service
	chmod 644 $(UNITDIR)/system/luutru-watch.service $(UNITDIR)/user/luutru-watch.service \
	    $(UNITDIR)/system/luutru-serve.service
	install -D -m 644 systemd/luutru.sysusers $(SYSUSERSDIR)/luutru.conf

.PHONY: uninstall
uninstall: ## takes away what install put there
	rm -rf $(BINDIR)/luutru $(LIBEXECDIR) $(DATADIR) $(DESTDIR)$(PREFIX)/share/man/man1/luutru.1
	rm -f $(UNITDIR)/system/luutru-watch.service $(UNITDIR)/user/luutru-watch.service \
	    $(UNITDIR)/system/luutru-serve.service
	rm -f $(SYSUSERSDIR)/luutru.conf $(patsubst $(B)/%,$(DESTDIR)$(PREFIX)/share/%,$(MO_FILES))

# --- tests ---

.PHONY: check
check: ## installs what the tests need, builds and runs every test
	$(Q)./packages.sh build check
	$(Q)$(MAKE) --no-print-directory all tests
	$(Q)$(MAKE) --no-print-directory MODE=asan tests
	$(Q)BUILD=$(B) ASAN_BUILD=build/asan prove --jobs 2 --timer --exec tests/run-test \
	    $(UNIT_TESTS) $(patsubst tests/unit/%.c,build/asan/tests/unit/%,$(UNIT_SRCS)) \
	    $(sort $(wildcard tests/cli/*.sh tests/fault/*.sh tests/fuzz/*.sh tests/web/*.sh))

.PHONY: tests
tests: all $(UNIT_TESTS) $(FAULT_PROGRAMS) $(FUZZ_TARGETS) ## builds the test programs

.PHONY: accuracy
CORPUS ?= ../shared/corpus
accuracy: all ## scores the documents of CORPUS (../shared/corpus) against their known answers
	$(Q)tests/bench/accuracy.py --build $(B) $(ACCURACY) $(CORPUS)

.PHONY: bench
BENCH ?= ../shared/corpus/typeset
bench: all ## times luutru against pdftoppm | tesseract, pdftotext and OCRmyPDF on BENCH
	$(Q)./packages.sh bench check
	$(Q)tests/bench/bench.py --build $(B) $(BENCH)

.PHONY: train-digits
train-digits: ## trains the networks that read handwritten digits and writes ocr/digits.model (CROPS=DIR adapts them)
	$(Q)./packages.sh train
	$(Q)tools/train-digits/run.sh $(B)/train

$(B)/tools/read-digits: $(call obj,tools/train-digits/read-digits.c) $(B)/libocr.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -o $@ $^ $(ocr_libs)

$(B)/tools/cut-digits: $(call obj,tools/train-digits/cut-digits.c) $(B)/libocr.a
	@mkdir -p $(@D)
	$(Q)$(CC) $(ALL_CFLAGS) $(LDFLAGS) -Wl,--wrap=lt_strip_cut -o $@ $^ $(ocr_libs)

.PHONY: bench-ink
LETTERHEADS ?= 60
bench-ink: all ## measures how handwriting is found and read in LETTERHEADS (60) made ones of many shapes
	$(Q)./packages.sh train
	$(Q)tests/bench/ink.sh $(B) $(LETTERHEADS)

.PHONY: bench-search
DOCS ?= 100000
SEARCH_BENCH ?= $(B)/search-bench
bench-search: all $(patsubst %,$(B)/tests/bench/search-%,fill run known) ## fills an archive with DOCS made dispatches and times searches of it; RECOLL=1: Recoll beside it
	$(Q)./packages.sh build $(if $(RECOLL),bench)
	$(Q)tests/bench/search.sh $(B)/tests/bench $(SEARCH_BENCH) $(CORPUS)/texts $(DOCS) $(RECOLL)

.PHONY: bench-web
bench-web: bench-web-archive ## the server under 50 people at once over DOCS made dispatches; SECONDS=600
	$(Q)./packages.sh build bench
	$(Q)tests/bench/web.sh $(B) $(SEARCH_BENCH)/archive-$(DOCS) $(or $(SECONDS),600)

.PHONY: bench-web-archive
bench-web-archive: all $(B)/tests/bench/search-fill
	$(Q)mkdir -p $(SEARCH_BENCH)
	$(Q)[ -e $(SEARCH_BENCH)/archive-$(DOCS)/archive.db ] || \
	    $(B)/tests/bench/search-fill $(SEARCH_BENCH)/archive-$(DOCS) $(CORPUS)/texts $(DOCS)

.PHONY: soak
SOAK ?= fuzz kills points files day
soak: tests ## what takes hours (SOAK=fuzz kills points files day); totals add up in tests/soak/totals.tsv
	$(Q)case "$(SOAK)" in *fuzz*) ./packages.sh soak && $(MAKE) --no-print-directory MODE=fuzz fuzz-targets;; esac
	$(Q)case "$(SOAK)" in *points*) $(MAKE) --no-print-directory MODE=asan all;; esac
	$(Q)BUILD=$(B) tests/soak/soak.sh $(SOAK)

.PHONY: fuzz-targets
fuzz-targets: $(FUZZ_TARGETS)

.PHONY: format
format: ## lays the C files out as the house does
	$(Q)clang-format -i $(shell git ls-files '*.c' '*.h')

.PHONY: pot
pot: ## collects the messages that people see and brings po/*.po up to them
	$(Q)po/extract.sh
	$(Q)for file in po/*.po; do msgmerge --quiet --update --backup=none $$file po/luutru.pot || exit 1; done

.PRECIOUS: $(B)/obj/%.o
-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)

.PHONY: clean
clean: ## removes build/
	rm -rf build

.PHONY: help
help: ## lists the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

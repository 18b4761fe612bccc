# baogan: build, test, install. `make help` lists the targets.

VERSION  := $(shell sed -n 's/.*BG_VERSION *"\(.*\)"/\1/p' include/baogan/version.h)
SOVERSION := $(firstword $(subst ., ,$(VERSION)))
BUILD    ?= build
PREFIX   ?= /usr/local
CC       := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS   ?= -O2 -g
SANITIZE ?=
WERROR   ?= -Werror

# A variant (another compiler, a sanitizer) needs a BUILD directory of its own.
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla $(WERROR)
OPENMP   := -fopenmp
DIALECT  := -std=c17 -D_POSIX_C_SOURCE=200809L -Iinclude -Isim
BASE     := $(DIALECT) $(WARNINGS) -ffp-contract=off -fPIC -pthread $(OPENMP) $(SANITIZE)
LINK     := $(CC) $(OPENMP) $(SANITIZE) -pthread $(LDFLAGS)
LIB_LIBS := -lgsl -lgslcblas -lyaml -ljansson -lmd -lm
APP_LIBS := -lsqlite3 -lxlsxwriter

# Rooms of the library, in the order of their dependencies, and those of the command.
LIB_FILES    := $(wildcard $(addprefix sim/,$(addsuffix /*.c,base random statistics format scenario rules settlement demand contract actual projection study report whatif)))
# Compiled once for each instruction set; see sim/base/isa.h.
SIMD_SOURCES := $(filter %_simd.c,$(LIB_FILES))
LIB_SOURCES  := $(filter-out $(SIMD_SOURCES),$(LIB_FILES))
APP_SOURCES  := $(filter-out sim/command/main.c,$(wildcard $(addsuffix /*.c,$(addprefix sim/,store chart command))))
TEST_SOURCES := $(wildcard tests/unit/*/test_*.c tests/property/test_*.c)
LONG_SOURCES := $(wildcard tests/verify/test_*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/fuzz_*.c)
CLI_TESTS    := $(wildcard tests/cli/*.sh)
LONG_SCRIPTS := $(wildcard tests/verify/*_check.sh)

ISAS        := baseline $(if $(filter x86_64-%,$(shell $(CC) -dumpmachine)),avx2 avx512)
ISA_baseline :=
ISA_avx2     := -mavx2
ISA_avx512   := -mavx512f -mavx512dq -mavx512bw -mavx512vl -mprefer-vector-width=512
SIMD_FLAGS   := -O3 -fno-math-errno -fno-trapping-math $(if $(SANITIZE),-Wno-pass-failed)
LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) \
               $(foreach isa,$(ISAS),$(SIMD_SOURCES:%.c=$(BUILD)/%.$(isa).o))
APP_OBJECTS := $(APP_SOURCES:%.c=$(BUILD)/%.o)
TESTS       := $(TEST_SOURCES:%.c=$(BUILD)/%)
LONG_TESTS  := $(LONG_SOURCES:%.c=$(BUILD)/%)
FUZZERS     := $(FUZZ_SOURCES:%.c=$(BUILD)/%)
HELPERS     := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))

MAKEFLAGS += --no-print-directory
# A line a file; V=1 shows the commands.
Q = $(if $(V),,@echo "  $(@:$(BUILD)/%=%)";)
# make run, make test and the like build on all processors unless -j says otherwise.
PARALLEL = $(MAKE) $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all
all: $(BUILD)/baogan $(BUILD)/libbaogan.a $(BUILD)/libbaogan.so ## build the command and the library (default)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(BASE) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c $< -o $@

define COMPILE_FOR
$(BUILD)/%.$(1).o: %.c
	@mkdir -p $$(@D)
	$$(Q)$$(CC) $$(BASE) $$(CPPFLAGS) $$(CFLAGS) $$(SIMD_FLAGS) $$(ISA_$(1)) -DBG_ISA_SUFFIX=_$(1) -MMD -MP -c $$< -o $$@
endef
$(foreach isa,$(ISAS),$(eval $(call COMPILE_FOR,$(isa))))

$(BUILD)/libbaogan.a: $(LIB_OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/libbaogan.so: $(LIB_OBJECTS)
	$(Q)$(LINK) -shared $(if $(SANITIZE),,-Wl,--no-undefined) -Wl,-soname,libbaogan.so.$(SOVERSION) $^ $(LIB_LIBS) -o $@

$(BUILD)/libcommand.a: $(APP_OBJECTS)
	@rm -f $@
	$(Q)$(AR) rcs $@ $^

$(BUILD)/baogan: $(BUILD)/sim/command/main.o $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(Q)$(LINK) $^ $(LIB_LIBS) $(APP_LIBS) -o $@

.PHONY: run
run: ## install what is missing, build, and run scenarios/county.yaml
	@.ci/packages build run
	@$(PARALLEL) all
	@$(BUILD)/baogan run scenarios/county.yaml

# ---- tests ----
$(TESTS) $(LONG_TESTS): %: %.o $(HELPERS) $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(Q)$(LINK) -Wl,--wrap=bg_errors_free $^ -lcmocka $(LIB_LIBS) $(APP_LIBS) -o $@

.PHONY: test
test: ## install what is missing, build, and run every test
	@.ci/packages build run test
	@$(PARALLEL) $(BUILD)/baogan programs
	@BAOGAN=$(abspath $(BUILD)/baogan) tests/run $(BUILD)/logs $(TESTS) $(CLI_TESTS)

.PHONY: programs check check-numbered
programs: $(TESTS)
check: ## run the unit and property tests only
	@$(PARALLEL) programs
	@tests/run $(BUILD)/logs $(TESTS)
check-numbered: ## run them with a number in the place of every sentence of the library
	@$(MAKE) check BUILD=build/numbered CPPFLAGS="$(CPPFLAGS) -DBG_NUMBERED_SENTENCES"

.PHONY: verify
verify: ## long statistical checks; some need data named by BAOGAN_VERIFY_DATA
	@.ci/packages build run test office
	@$(PARALLEL) $(BUILD)/baogan $(LONG_TESTS)
	@BAOGAN=$(abspath $(BUILD)/baogan) TEST_SECONDS=3600 tests/run $(BUILD)/verify $(LONG_TESTS) $(LONG_SCRIPTS)

.PHONY: test-cluster
test-cluster: ## run a sweep on a Slurm that the test starts and stops
	@.ci/packages build cluster
	@$(PARALLEL) $(BUILD)/baogan
	@BAOGAN=$(abspath $(BUILD)/baogan) tests/run $(BUILD)/cluster tests/cluster/slurm.sh

.PHONY: test-browser
test-browser: ## look at reports in Chromium: valid, readable by everyone, whole on paper
	@.ci/packages build run browser
	@$(PARALLEL) $(BUILD)/baogan
	@BAOGAN=$(abspath $(BUILD)/baogan) BROWSER_MODULES=$(abspath $(BUILD)/browser) \
	    TEST_SECONDS=180 tests/run $(BUILD)/browser-logs tests/browser/report.sh

.PHONY: test-arm64
test-arm64: ## compile for arm64 and compare its files, made under qemu, with those made here
	@.ci/packages build arm64
	@$(PARALLEL) $(BUILD)/baogan
	@BAOGAN=$(abspath $(BUILD)/baogan) TEST_SECONDS=900 tests/run $(BUILD)/arm64-logs tests/arm64/arm64.sh

FUZZ_SECONDS ?= 60
FUZZ_SANITIZE := -fno-sanitize-recover=all -fsanitize=address,undefined,fuzzer-no-link
.PHONY: fuzz fuzzers
fuzz: ## feed the readers mutated input for FUZZ_SECONDS (60)
	@.ci/packages build ci
	@$(PARALLEL) fuzzers BUILD=build/fuzz CC=clang SANITIZE="$(FUZZ_SANITIZE)"
	@FUZZ_SECONDS=$(FUZZ_SECONDS) tests/fuzz/run build/fuzz
fuzzers: $(FUZZERS)
$(FUZZERS): %: %.o $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(Q)$(LINK) -fsanitize=fuzzer $^ $(LIB_LIBS) $(APP_LIBS) -o $@

# The command with calls of the C library that can be made to fail.
WRAPPED := malloc calloc realloc aligned_alloc posix_memalign free strdup strndup realpath open_memstream \
           fmemopen tsearch iconv_open opendir scandir fwrite fputs puts fputc putc putchar vfprintf fprintf \
           printf fflush fclose fsync ftruncate fchmod close write rename link mkdir fdopen fopen open
.PHONY: test-faults faulty
test-faults: ## let each allocation and each write fail once
	@.ci/packages build test
	@$(PARALLEL) faulty
	@tests/faults/run.py $(BUILD)
faulty: $(BUILD)/tests/faults/baogan
$(BUILD)/tests/faults/baogan: $(BUILD)/tests/faults/interpose.o $(BUILD)/sim/command/main.o $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(Q)$(LINK) $(WRAPPED:%=-Wl,--wrap=%) $^ $(LIB_LIBS) $(APP_LIBS) -o $@

.PHONY: mutants
mutants: ## put faults into the code and see the tests catch them
	@.ci/packages build run test mutants
	@tests/mutants/run.py

BENCHES := $(addprefix $(BUILD)/tests/bench/,bench engine noise)
.PHONY: bench bench-programs
bench: ## time the engine beside other programs; writes build/bench.json
	@.ci/packages build
	@.ci/packages bench || echo "Programs that are missing are left out."
	@$(PARALLEL) bench-programs
	@tests/bench/run $(BUILD)
	@tests/bench/studies $(BUILD)
bench-programs: $(BENCHES) $(BUILD)/tests/bench/sweep $(BUILD)/tests/bench/peers/gsl_peer
$(BUILD)/tests/bench/sweep: %: %.o $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(Q)$(LINK) $^ $(LIB_LIBS) $(APP_LIBS) -o $@
$(BENCHES): %: %.o $(BUILD)/libbaogan.a
	$(Q)$(LINK) $^ $(LIB_LIBS) -o $@
# As who writes it for one machine would.
$(BUILD)/tests/bench/peers/gsl_peer: tests/bench/peers/gsl_peer.c
	@mkdir -p $(@D)
	$(Q)$(CC) $(DIALECT) $(WARNINGS) $(OPENMP) -O3 -march=native $< -lgsl -lgslcblas -lm -o $@

# ---- lint ----
C_SOURCES := $(LIB_FILES) $(APP_SOURCES) $(wildcard sim/command/main.c tests/*/*.c tests/unit/*/*.c tests/bench/peers/*.c)
HEADERS   := $(wildcard include/baogan/*.h sim/*/*.h tests/*/*.h)
SCRIPTS   := $(shell grep -lsE '^.!/bin/(ba)?sh' .ci/* tests/* tests/*/*)
TIDY      := $(C_SOURCES:%.c=$(BUILD)/tidy/%.ok)

.PHONY: lint lint-tidy lint-cppcheck lint-format lint-shell lint-mutants lint-rooms
lint: ## clang-tidy, cppcheck, clang-format, shellcheck, the rooms and the places of chosen faults
	@.ci/packages build test lint
	@$(PARALLEL) -k lint-format lint-shell lint-rooms lint-mutants lint-cppcheck lint-tidy
lint-tidy: $(TIDY)
# A fifth of the usual bound on the paths that the analyzer follows: a third of the time, for the same findings so far.
ANALYZER := -Xclang -analyzer-config -Xclang max-nodes=45000
$(BUILD)/tidy/%.ok: %.c $(HEADERS) .clang-tidy tests/.clang-tidy .ci/analyzer.h
	@mkdir -p $(@D)
	@echo clang-tidy $<
	@clang-tidy-14 --quiet $< -- $(DIALECT) $(OPENMP) $(ANALYZER) $(if $(filter sim/base/error.c,$<),,-include .ci/analyzer.h) \
	    2>$(@:.ok=.log) || { cat $(@:.ok=.log); false; }
	@touch $@
lint-cppcheck:
	@echo cppcheck
	@cppcheck --quiet --std=c11 --library=posix --enable=warning,style,performance,portability \
	    --inline-suppr --suppressions-list=.cppcheck --error-exitcode=1 -Iinclude -Isim $(C_SOURCES)
lint-format:
	@echo clang-format
	@clang-format-14 --dry-run -Werror $(C_SOURCES) $(HEADERS)
lint-shell:
	@echo shellcheck
	@shellcheck $(SCRIPTS)

lint-rooms:
	@.ci/rooms
lint-mutants:
	@tests/mutants/run.py --check
	@! tests/mutants/run.py --check --from 'sim/*/no_such_file.c' 2>/dev/null || { echo "A pattern without files passed."; false; }

.PHONY: format
format: ## format all C files
	@.ci/packages lint
	@clang-format-14 -i $(C_SOURCES) $(HEADERS)

# ---- install ----
BINDIR     = $(DESTDIR)$(PREFIX)/bin
LIBDIR     = $(DESTDIR)$(PREFIX)/lib
INCLUDEDIR = $(DESTDIR)$(PREFIX)/include/baogan
MANDIR     = $(DESTDIR)$(PREFIX)/share/man/man1
MANDIR_ZH  = $(DESTDIR)$(PREFIX)/share/man/zh_CN/man1
COMPDIR    = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
DATADIR    = $(DESTDIR)$(PREFIX)/share/baogan
SHARED     = libbaogan.so.$(VERSION)

.PHONY: install uninstall
install: all ## install under PREFIX (/usr/local), inside DESTDIR
	install -d $(BINDIR) $(LIBDIR)/pkgconfig $(INCLUDEDIR) $(MANDIR) $(MANDIR_ZH) $(COMPDIR) $(DATADIR)
	install $(BUILD)/baogan $(BINDIR)/baogan
	install -m 644 $(BUILD)/libbaogan.a $(LIBDIR)
	install -m 644 $(BUILD)/libbaogan.so $(LIBDIR)/$(SHARED)
	ln -sf $(SHARED) $(LIBDIR)/libbaogan.so.$(SOVERSION)
	ln -sf $(SHARED) $(LIBDIR)/libbaogan.so
	install -m 644 include/baogan/*.h $(INCLUDEDIR)
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|' sim/baogan.pc.in >$(LIBDIR)/pkgconfig/baogan.pc
	$(BUILD)/baogan help --man --lang en >$(MANDIR)/baogan.1
	$(BUILD)/baogan help --man --lang zh >$(MANDIR_ZH)/baogan.1
	$(BUILD)/baogan help --completion >$(COMPDIR)/baogan
	cp -R plots scenarios $(DATADIR)
uninstall: ## remove what install put there
	rm -rf $(INCLUDEDIR) $(DATADIR) $(COMPDIR)/baogan $(MANDIR)/baogan.1 $(MANDIR_ZH)/baogan.1 $(BINDIR)/baogan \
	    $(LIBDIR)/pkgconfig/baogan.pc $(LIBDIR)/libbaogan.a $(LIBDIR)/libbaogan.so \
	    $(LIBDIR)/libbaogan.so.$(SOVERSION) $(LIBDIR)/$(SHARED)

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
	@echo "Variables: BUILD CC CFLAGS SANITIZE PREFIX DESTDIR FUZZ_SECONDS TEST_JOBS BAOGAN_VERIFY_DATA"

-include $(shell find $(BUILD) -type f -name '*.d' 2>/dev/null)

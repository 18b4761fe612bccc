# baogan: build, test, install. `make help` lists the targets.

VERSION  := $(shell sed -n 's/.*BG_VERSION *"\(.*\)"/\1/p' include/baogan/version.h)
BUILD    ?= build
PREFIX   ?= /usr/local
CC       := $(if $(filter default,$(origin CC)),gcc,$(CC))
CFLAGS   ?= -O2 -g
SANITIZE ?=

WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wcast-qual -Wwrite-strings -Wformat=2 -Wundef -Wvla -Werror
OPENMP   := -fopenmp
BASE     := -std=c17 -D_POSIX_C_SOURCE=200809L -Iinclude -Isim $(WARNINGS) -ffp-contract=off -fPIC \
            -pthread $(OPENMP) $(SANITIZE)
LIB_LIBS := -lgsl -lgslcblas -lyaml -lm
APP_LIBS := -ljansson -lmd

# Rooms of the library, in the order of their dependencies, and those of the command.
LIB_SOURCES  := $(wildcard $(addprefix sim/,$(addsuffix /*.c,base scenario rules demand projection)))
APP_SOURCES  := $(filter-out sim/command/main.c,$(wildcard sim/report/*.c sim/command/*.c))
UNIT_SOURCES := $(wildcard tests/unit/test_*.c tests/property/test_*.c)

LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o)
APP_OBJECTS := $(APP_SOURCES:%.c=$(BUILD)/%.o)
UNIT_TESTS  := $(UNIT_SOURCES:%.c=$(BUILD)/%)
HELPERS     := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/support/*.c))

.DELETE_ON_ERROR:
.PHONY: all
all: $(BUILD)/baogan $(BUILD)/libbaogan.a $(BUILD)/libbaogan.so

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(BASE) $(CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/libbaogan.a: $(LIB_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/libbaogan.so: $(LIB_OBJECTS)
	$(CC) -shared $(OPENMP) $(SANITIZE) -Wl,-soname,libbaogan.so.0 $^ $(LIB_LIBS) -o $@

$(BUILD)/libcommand.a: $(APP_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/baogan: $(BUILD)/sim/command/main.o $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(CC) $(OPENMP) $(SANITIZE) -pthread $^ $(LIB_LIBS) $(APP_LIBS) -o $@

# ---- tests ----
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(HELPERS) $(BUILD)/libcommand.a $(BUILD)/libbaogan.a
	$(CC) $(OPENMP) $(SANITIZE) -pthread $^ -lcmocka $(LIB_LIBS) $(APP_LIBS) -o $@

.PHONY: clean
clean:
	rm -rf build

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

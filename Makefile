# The work is done by meson; this file sets a machine up and gives the usual jobs a name.
#   make            build/copydesk, optimised
#   make demo       copydesk at work on the articles in fixtures/
#   make test       every quick test          make sanitize   the same under ASan+UBSan (asan), threads under TSan (tsan)
#   make bench      speed beside wc -w; BENCH_FILE=corpus.jsonl measures that file
#   make fuzz       each fuzz target for FUZZ_SECONDS, with libFuzzer
#   make install    into PREFIX               make format     clang-format over src/ and tests/
#   make clean      removes build/
BUILD ?= build
BUILDTYPE ?= release
PREFIX ?= /usr/local
MESON_ARGS ?=
TEST_ARGS ?=
FUZZ_SECONDS ?= 60
BENCH_FILE ?=

# The thread sanitizer cannot map its memory where addresses are randomised more than it knows.
NO_ASLR := $(shell command -v setarch >/dev/null && setarch -R true 2>/dev/null && echo setarch -R)
ASAN_OPTIONS ?= abort_on_error=1:allocator_may_return_null=1:detect_leaks=1
UBSAN_OPTIONS ?= abort_on_error=1:halt_on_error=1:print_stacktrace=1
TSAN_OPTIONS ?= halt_on_error=1
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS

all: $(BUILD)/build.ninja
	@meson compile -C $(BUILD)

$(BUILD)/build.ninja:
	@tests/ci/packages.sh test
	@said=$$(meson setup $(BUILD) --buildtype=$(BUILDTYPE) --prefix=$(PREFIX) $(MESON_ARGS) 2>&1) || \
		{ echo "$$said"; exit 1; }

demo: all
	@tests/ci/demo.sh $(BUILD)/copydesk

test: all
	@meson test -C $(BUILD) --no-rebuild --print-errorlogs $(TEST_ARGS)

sanitize: asan tsan

asan:
	@tests/ci/packages.sh ci
	@CC=clang CXX=clang++ $(MAKE) --no-print-directory test BUILD=$(BUILD)/asan BUILDTYPE=debugoptimized \
		MESON_ARGS='-Db_sanitize=address,undefined -Db_lundef=false -Db_ndebug=false $(MESON_ARGS)' \
		TEST_ARGS='--timeout-multiplier=4 --no-suite=lint $(TEST_ARGS)'

tsan:
	@tests/ci/packages.sh ci
	@CC=clang CXX=clang++ $(NO_ASLR) $(MAKE) --no-print-directory test BUILD=$(BUILD)/tsan BUILDTYPE=debugoptimized \
		MESON_ARGS='-Db_sanitize=thread -Db_lundef=false -Db_ndebug=false $(MESON_ARGS)' \
		TEST_ARGS='--timeout-multiplier=4 --suite=threads $(TEST_ARGS)'

fuzz:
	@tests/ci/packages.sh ci
	@CC=clang CXX=clang++ $(MAKE) --no-print-directory all BUILD=$(BUILD)/fuzz BUILDTYPE=debugoptimized \
		MESON_ARGS='-Dlibfuzzer=true -Db_sanitize=address,undefined -Db_lundef=false -Db_ndebug=false $(MESON_ARGS)'
	@tests/ci/fuzz.sh $(BUILD)/fuzz $(FUZZ_SECONDS)

bench: all
	@tests/ci/packages.sh bench
	@python3 tests/bench/speed.py --copydesk $(BUILD)/copydesk $(BENCH_FILE)

install: all
	@meson install -C $(BUILD) --no-rebuild

format:
	@tests/ci/packages.sh format
	@find src tests -name '*.[ch]' -o -name '*.cc' | xargs clang-format -i

clean:
	rm -rf $(BUILD)

.PHONY: all demo test sanitize asan tsan fuzz bench install format clean

# Two commands: `make run` serves the app, `make test` checks everything. The rest is for people who change it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
LIGHT := .venv-light/bin
UV_VERSION := 0.13.9
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
# Debian's packages need root; in a container we often are root and there is no sudo.
ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PORT ?= 8501
export CHROMIUM
# glibc keeps a heap for each thread, and the page process has many threads: two heaps save it 20 MB.
export MALLOC_ARENA_MAX ?= 2

.PHONY: run test light lint format words pictures frontend clean

run: .venv/installed
	@exec $(BIN)/python -m streamlit run app.py --server.port $(PORT)

# The pinned packages; where an NVIDIA GPU is present, TensorFlow's GPU build takes the place of the CPU build.
.venv/installed: requirements.txt frontend/modelyard_editor/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Modelyard needs Python 3.11 or newer; this is $$($(PYTHON) --version). Install it, or say PYTHON=/path/to/python3.11."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
	  { echo "Python could not make a virtual environment. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@if nvidia-smi -L >/dev/null 2>&1; then sed 's/^tensorflow-cpu==/tensorflow[and-cuda]==/' requirements.txt; \
	  else cat requirements.txt; fi > .venv/requirements.txt
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python -r .venv/requirements.txt
	@touch $@

.venv/installed-for-tests: .venv/installed tests/requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r tests/requirements.txt
	@touch $@

# A second environment without TensorFlow, Keras, scikit-learn and ONNX: the page and the engine's rooms must
# load and work there.
.venv-light/installed: requirements.txt tests/requirements.txt frontend/modelyard_editor/pyproject.toml .venv/installed
	@test -x $(LIGHT)/python || $(PYTHON) -m venv --without-pip .venv-light
	@grep -viE '^(tensorflow|keras|tf2onnx|scikit-learn|onnx==)' requirements.txt > .venv-light/requirements.txt
	$(BIN)/uv pip install --quiet --python $(LIGHT)/python --no-deps -r .venv-light/requirements.txt
	$(BIN)/uv pip install --quiet --python $(LIGHT)/python -r tests/requirements.txt
	@touch $@

# In parts, each in processes of its own: with a thousand networks in one process, memory grows to gigabytes, and each drawing of a
# page takes seconds, because Streamlit then clears Keras's session and collects all garbage.
test: .venv/installed-for-tests lint light
	@test -n "$(CHROMIUM)" || { $(ROOT) apt-get update -qq && $(ROOT) apt-get install -qq -y chromium; }
	@command -v npm >/dev/null || { $(ROOT) apt-get update -qq && $(ROOT) apt-get install -qq -y nodejs npm; }
	$(BIN)/python -m pytest tests/pages -m "not browser" -n 2 --dist loadfile
	$(BIN)/python -m pytest tests/core/worker -m "not browser" -n 2 --dist loadfile
	$(BIN)/python -m pytest --ignore=tests/pages --ignore=tests/core/worker -m "not browser" -n 2 --dist loadfile
	CHROMIUM=$${CHROMIUM:-/usr/bin/chromium} $(BIN)/python -m pytest -m browser

light: .venv-light/installed
	$(LIGHT)/python -m pytest -m "not heavy and not browser and not node" --ignore=core/worker -n 2 --dist loadfile

lint: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: .venv/installed-for-tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Collects every sentence for the translators, then compiles what they wrote.
words: .venv/installed
	PYTHONPATH=. $(BIN)/pybabel --quiet extract --no-location --sort-output --project Modelyard --version "" -F core/locale/babel.cfg \
	  -o core/locale/modelyard.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching -D modelyard -d core/locale -i core/locale/modelyard.pot
	$(BIN)/pybabel compile --statistics -D modelyard -d core/locale

# Screenshots for the README, from the real app in Chromium.
pictures: .venv/installed-for-tests
	$(BIN)/python -m tests.browser.pictures

frontend:
	cd frontend && npm ci && npm run build

clean:
	rm -rf .venv .venv-light frontend/node_modules

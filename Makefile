# The commands of the project. `make run` and `make test` are all the set-up there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
Q ?= 高平中专2022年招生目标是多少

.PHONY: help install run ask test check format bench eval clean

help:
	@echo "make run      打开网页（首次会安装依赖、建立索引）"
	@echo "make ask Q=…  在命令行问一个问题"
	@echo "make test     运行测试        make check   格式、类型、导入检查"
	@echo "make eval     问答集评测      make bench   速度与内存"

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "需要 Python 3.11 或更新版本"; exit 1)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(STAMP)

run: install
	$(BIN)/python app.py

ask: install
	@$(BIN)/python -m assistant ask "$(Q)"

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: install
	$(BIN)/python -m eval qa

bench: install
	$(BIN)/python -m eval bench

clean:
	rm -rf $(VENV) .index .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

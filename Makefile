# Every habit of the project is a target; .ci/run calls `make check` and nothing else.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2 -q
ROOMS_GATED := --cov=guong --cov-branch --cov-report=

.PHONY: help setup run test test-sqlite test-postgres journeys check lint fix bench pictures licences lock

help: ## danh sách việc
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/ready ## cài đặt (Python 3.11, không cần gì khác)

.venv/ready: requirements/dev.txt pyproject.toml
	scripts/setup.sh

run: setup ## chạy thử với dữ liệu mẫu trong var-demo/
	scripts/run.sh

test: test-sqlite test-postgres journeys ## cả bộ kiểm thử: SQLite, PostgreSQL, hành trình

test-sqlite: setup
	$(PYTEST) $(ROOMS_GATED)
	$(BIN)/python scripts/coverage_gate.py

test-postgres: setup
	scripts/need.sh postgres
	scripts/postgres.sh $(PYTEST)

journeys: setup
	scripts/need.sh chromium
	$(BIN)/python -m pytest -q -p no:xdist tests/journeys
	scripts/need.sh postgres
	scripts/postgres.sh $(BIN)/python -m pytest -q -p no:xdist tests/journeys -k path

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet guong
	$(BIN)/mypy guong/core guong/sentinel
	$(BIN)/lint-imports
	scripts/django.sh makemigrations --check --dry-run
	scripts/django.sh check --fail-level WARNING
	$(BIN)/python scripts/check_links.py
	$(BIN)/python scripts/licences.py --quiet

check: lint test ## mọi thứ CI chạy

fix: setup ## sửa những gì máy sửa được
	$(BIN)/ruff check --fix . || true
	$(BIN)/ruff format .

bench: setup ## đo tốc độ và bộ nhớ, in JSON
	$(BIN)/python -m bench.import_list
	$(BIN)/python -m bench.release

pictures: setup ## chụp lại ảnh trong README từ bản chạy thử
	$(BIN)/python scripts/pictures.py

licences: setup ## giấy phép của các thư viện
	$(BIN)/python scripts/licences.py

lock: ## viết lại requirements/ (cần uv)
	uv lock
	uv export --no-emit-project --no-dev --no-header -q -o requirements/base.txt
	uv export --no-emit-project --no-header -q -o requirements/dev.txt
	rm uv.lock

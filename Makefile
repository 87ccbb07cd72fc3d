# Every habit of the project is a target; .ci/run calls `make check` and nothing else.
# A target that misses something it cannot install says so and its recipe ends with 3.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -q -n 2

.PHONY: help setup run test test-sqlite test-postgres test-servers journeys check lint fix bench pictures licences lock

help: ## danh sách các lệnh này
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: .venv/ready ## cài những gì cần để chạy, vào .venv/
run: setup ## chạy tỉnh mẫu (var-demo/, hay GUONG_HOME nếu có đặt)
	@scripts/run.sh

test: .venv/ready-dev ## mọi phép thử: SQLite, PostgreSQL, nginx và Caddy, rồi các hành trình trong trình duyệt
	@scripts/test.sh sqlite postgres servers journeys

test-sqlite: .venv/ready-dev ## chỉ bộ thử trên SQLite, kèm cửa độ phủ
	@scripts/test.sh sqlite

test-postgres: .venv/ready-dev ## chỉ bộ thử trên PostgreSQL
	@scripts/test.sh postgres

test-servers: .venv/ready-dev ## chỉ bộ thử với nginx và Caddy thật
	@scripts/test.sh servers

journeys: .venv/ready-dev ## chỉ các hành trình
	@scripts/test.sh journeys

check: lint ## mọi điều CI đòi: soát mã, rồi make test
	@scripts/test.sh sqlite postgres servers journeys

lint: .venv/ready-dev ## chỉ soát mã
	@scripts/lint.sh

fix: .venv/ready-dev ## sửa những gì máy tự sửa được
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format --quiet .

bench: .venv/ready-dev ## đo tốc độ; kết quả JSON vào bench/results/
	@scripts/need.sh nginx wrk chromium
	$(BIN)/python -m bench

pictures: .venv/ready-dev ## chụp lại các ảnh của README từ tỉnh mẫu
	$(BIN)/python -m scripts.pictures

licences: .venv/ready-dev ## giấy phép của mọi thư viện
	@$(BIN)/python scripts/licences.py

lock: ## ghi lại requirements/ (cần uv; không giữ uv.lock)
	@scripts/lock.sh

.venv/ready: requirements/base.txt pyproject.toml scripts/setup.sh
	@scripts/setup.sh base
	@touch $@

.venv/ready-dev: .venv/ready requirements/dev.txt
	@scripts/setup.sh dev
	@touch $@

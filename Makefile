# What one does here: `make help`. Each target sets up what it needs and repeats nothing that is done.
.DEFAULT_GOAL := help
.PHONY: help run chat test evaluate bench bench-quick setup lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target what; do \
	  printf '%-15s %s\n' "$$target" "$$what"; done

run: ## set everything up and run the assistant (Ctrl-C stops it)
	@requirements/install runtime
	@widget/build
	@.venv/bin/migraine serve

chat: ## set everything up and talk with it in the terminal
	@requirements/install runtime
	@.venv/bin/migraine chat

test: setup ## set everything up and run all checks and tests
	@requirements/chromium
	@widget/build check
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/pytest

evaluate: setup ## measure how well questions are understood
	@.venv/bin/migraine evaluate

bench: setup ## measure quality, speed and load beside Rasa's default, and write docs/benchmarks.md (over two hours)
	@.venv/bin/python -m bench all

bench-quick: setup ## the same, roughly, in about three minutes; nothing is written to docs
	@.venv/bin/python -m bench all --quick

setup: ## install the environment with the tools for development
	@requirements/install development

lock: setup ## resolve requirements/*.in again into the lock files
	@requirements/lock

clean: ## remove the environment, the trained models and everything made, but not what was published
	rm -rf .venv .uv .node .rasa results widget/dist widget/node_modules widget/.made.* models/*.tar.gz models/.training-* .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

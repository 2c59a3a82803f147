# The Python package: one file a line. Installed where configure found a Python.
python_modules = \
  %D%/nsobench/__init__.py \
  %D%/nsobench/errors.py \
  %D%/nsobench/find.py \
  %D%/nsobench/function.py \
  %D%/nsobench/library.py \
  %D%/nsobench/methods.py \
  %D%/nsobench/objectives.py \
  %D%/nsobench/program.py \
  %D%/nsobench/records.py \
  %D%/nsobench/runs.py \
  %D%/nsobench/scipy.py \
  %D%/nsobench/serve.py \
  %D%/nsobench/table.py \
  %D%/nsobench/torch.py \
  %D%/nsobench/wire.py
if HAVE_PYTHON
pkgpython_PYTHON = $(python_modules)
pkgpython_DATA = %D%/nsobench/py.typed
endif
EXTRA_DIST += $(python_modules) %D%/nsobench/py.typed %D%/pyproject.toml %D%/README.md
EXTRA_DIST += docs/tutorial.md examples/evaluate.py examples/compare.py

# bench_program.sh BUILD SOURCE -- what a method in a program costs beside the same in C, and torch.optim's Adam
# through the harness beside a bare loop of torch. Medians and bests of runs in turn.
b=$1 s=$2
python=$(sed -n 's/#define PYTHON "\(.*\)"/\1/p' "$b/src/build.h")
if ! "$python" -c 'import numpy' 2>/dev/null; then echo "SKIP: no Python with numpy"; exit 0; fi
exec "$python" "$s/bench/program_step.py" "$b" "$s"

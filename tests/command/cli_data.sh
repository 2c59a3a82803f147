# Networks through the real program: data sets written, shown, refused; a run on written files; the
# pictures of what networks learned. TAP; runs in a scratch folder.
nso=`pwd`/nsobench
dir=`mktemp -d ./cli-data-XXXXXX` || exit 99
cd "$dir" || exit 99
n=0
unset NSOBENCH_DATA
t() { n=`expr $n + 1`; if eval "$2" >out.log 2>err.log; then echo "ok $n - $1"; else echo "not ok $n - $1"; sed 's/^/# /' err.log; fi; }

t 'glyphs are written as IDX' '"$nso" data write glyphs --format idx -o d/mnist --rows 300 --test 60'
t 'and read back' '"$nso" data show mnist --data d | grep -q "300 training rows, 60 test rows of 28 x 28 x 1 bytes, 10 classes"'
t 'the same seed, the same bytes' '"$nso" data write glyphs -o e --rows 300 --test 60 && cmp e/train-images-idx3-ubyte d/mnist/train-images-idx3-ubyte'
t 'another seed, other bytes' '"$nso" data write glyphs -o g --rows 300 --test 60 --seed 2 && ! cmp -s g/train-images-idx3-ubyte e/train-images-idx3-ubyte'
t 'glyphs-rgb are written as CIFAR-100' '"$nso" data write glyphs-rgb -o d/cifar-100 --rows 200 --test 40 && "$nso" data show cifar-100 --data d | grep -q "32 x 32 x 3 bytes, 100 classes"'
t 'spirals are written as CSV' '"$nso" data write spirals -o s --rows 100 --test 20 && "$nso" data show s/data.csv | grep -q "2 numbers, 2 classes"'
t 'a format that does not fit: exit 4' '"$nso" data write glyphs --format cifar -o x; test $? = 4 && grep -q "do not fit" err.log'
t 'an unknown data set: exit 3, with those there are' '"$nso" data show mnits; test $? = 3 && grep -q "expected glyphs" err.log'
t 'missing files: exit 3, named' '"$nso" data show cifar-10 --data d; test $? = 3 && grep -q "data_batch_1.bin" err.log'
t 'a count that is none: exit 2' '"$nso" data write glyphs --rows 1.5; test $? = 2'
t 'no verb: exit 2' '"$nso" data; test $? = 2'

t 'a network runs on written files' '"$nso" run -q -P mlp:data=mnist,width=16 -P spirals:rows=200,test=50 -P qat-mlp:data=mnist,width=16 -O adam:lr=0.01 -O sgd:lr=0.1 --data d --batch 50 --epochs 3 --record x -o runs'
t 'its records hold the score' 'test `grep -c "\"score\":\[0" runs/runs.jsonl` = 6'
t 'one and two workers leave the same traces' '"$nso" run -q -P mlp:data=mnist,width=16 -O adam -O s-adam --data d --batch 50 --epochs 2 -j1 -o one && "$nso" run -q -P mlp:data=mnist,width=16 -O adam -O s-adam --data d --batch 50 --epochs 2 -j2 -o two && sed "s/.*\"trace\"/trace/" one/runs.jsonl | sort >1.txt && sed "s/.*\"trace\"/trace/" two/runs.jsonl | sort >2.txt && cmp 1.txt 2.txt'
t 'a file that is not there skips, with the reason' '"$nso" run -q -P mlp:data=fashion-mnist -O adam -o gone; grep -q "no readable file" gone/runs.jsonl'
t 'decision regions: points and a grid for each method' 'GNUPLOT=/nonexistent "$nso" plot runs --kind regions; ls runs/plots/regions-spirals-*.dat && test `grep -c . runs/plots/regions-spirals-*.dat` = 29000'
t 'weights: before and after, three layers, two methods' 'NSOBENCH_DATA=d GNUPLOT=/nonexistent "$nso" plot runs --kind weights; ls runs/plots/weights-qat-mlp-*.gp && grep -q "^layers = 3" runs/plots/weights-qat-mlp-*.gp'
t 'a GAN is played' '"$nso" run -q -P wgan-mix:rows=200 -O adam --batch 20 --steps 3 -o gan && grep -q "\"subgradient\":18" gan/runs.jsonl'

cd .. && rm -rf "$dir"
echo "1..$n"

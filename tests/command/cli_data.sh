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


printf '1,2,0\n2,3,1\n3,4,0\n4,5,1\n5,6,0\n\n' >t.csv
printf ',2,0\n2,3,1\n' >missing.csv
printf '0:1 1:2\n' >bad.libsvm
printf '+1 0:0.5 1:1\n-1 0:0.2\n' >zero.libsvm
printf '24.1 1:0.5 2:1\n21.6 1:0.2\n' >price.libsvm
printf '1,5;2;0\n2;3,5;1\n' >german.csv
t 'a table: the rows, and what was taken for what' '"$nso" data show ./t.csv | tee show && grep -q "4 training rows, 1 test rows" show && grep -q "no header; target: column 3" show && grep -q "2 labels: 0 (3 rows), 1 (2 rows)" show'
t 'a missing value: line and column' '"$nso" data show missing.csv; test $? = 3 && grep -q "line 1, column 1" err.log'
t 'columns from 0: the option that reads them' '"$nso" data show zero.libsvm; test $? = 3 && grep -q "index=zero" err.log && "$nso" data show zero.libsvm --read index=zero'
t 'decimal commas: the option that reads them' '"$nso" data show german.csv; test $? = 3 && grep -q "decimal=comma" err.log && "$nso" data show german.csv --read decimal=comma,target=2 | grep -q "target: column 2"'
t 'a misspelt way to read: exit 2, with the nearest' '"$nso" data show t.csv --read taget=1; test $? = 2 && grep -q "did you mean .target" err.log'
t 'numbers as target are read, and refused by svm' '"$nso" data show price.libsvm | grep -q "a number as target" && "$nso" run -q -P svm:data=price.libsvm -O adam -o priced; grep -q "real numbers 21.6, 24.1" priced/runs.jsonl'
t 'a trailing byte behind a gzip stream' 'gzip -c t.csv >z.csv.gz && "$nso" data show z.csv.gz && printf x >>z.csv.gz && ! "$nso" data show z.csv.gz && grep -q "behind the end" err.log'
t 'the test set as training set is said by show and in the record' 'mkdir -p alone/mnist && cp d/mnist/t10k* alone/mnist && "$nso" data show mnist --data alone | grep -q "warning: mnist has no training files" && "$nso" run -q -P mlp:data=mnist,width=4 -O adam --steps 1 --data alone -o alone/runs && grep -q "\"note\":\"warning: mnist has no training files" alone/runs/runs.jsonl'
t 'a folder of the same name hides nothing' 'mkdir here && mkdir here/mnist here/set && cp t.csv d/set && (cd here && "$nso" data show mnist --data ../d && "$nso" eval lasso:data=../t.csv </dev/null)'
t 'options added later leave keys and records as they were' '"$nso" run -q -P lasso -O adam --steps 1 -o plain && grep -q "\"options\":{\"m\":100,\"n\":50,\"k\":10,\"lambda\":0.1,\"rho\":0.5,\"snr\":3,\"perturb\":0,\"design\":\"planted\"}" plain/runs.jsonl && grep -q "\"key\":\"7a7e5b3f2a8259ce\"" plain/runs.jsonl'

cd .. && rm -rf "$dir"
echo "1..$n"

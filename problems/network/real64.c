/* real64.c -- the networks' arithmetic in double. */
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <gsl/gsl_cblas.h>
#include "network.h"

#define REAL       double
#define PICK       uint64_t
#define GEMM       cblas_dgemm
#define ARITHMETIC arithmetic_64
#include "layers.inc"
#include "recurrent.inc"
#include "pass.inc"

/* real32.c -- the networks' arithmetic in float. */
#include <stdlib.h>
#include <string.h>
#include <tgmath.h>
#include <gsl/gsl_cblas.h>
#include "network.h"

#define REAL       float
#define PICK       uint32_t
#define GEMM       cblas_sgemm
#define ARITHMETIC arithmetic_32
#include "layers.inc"
#include "recurrent.inc"
#include "pass.inc"

// What the C peers share: the protocol of rounds, the common numbers, and vector mathematics without libm.
//
//   clang -O3 -march=native -fno-math-errno peers/NAME.c -lm -o NAME && ./NAME SIZE
//
// A peer prints its results as one line of numbers, then does one round for each line that it reads, and answers with
// wall seconds, processor seconds and the amount of work: what `rounds` does in Swift.

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VECTORISE _Pragma("clang loop vectorize(assume_safety)")
#define INLINE static inline __attribute__((always_inline))

static double seconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void print_results(const double *results, size_t count) {
    for (size_t i = 0; i < count; i++) printf(i ? " %.17g" : "%.17g", results[i]);
    printf("\n");
    fflush(stdout);
}

// Answers every line of the input with one round.
static void serve_rounds(double (*round)(void)) {
    char line[64];
    while (fgets(line, sizeof line, stdin)) {
        const double wall = seconds(CLOCK_MONOTONIC), processor = seconds(CLOCK_PROCESS_CPUTIME_ID);
        const double amount = round();
        printf("%.9f %.9f %.17g\n", seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - processor, amount);
        fflush(stdout);
    }
}

static size_t size_argument(int count, char **words) {
    const long size = count > 1 ? atol(words[1]) : 0;
    if (size <= 0) {
        fprintf(stderr, "usage: %s SIZE\n", words[0]);
        exit(64);
    }
    return (size_t)size;
}

static inline double *numbers(size_t count) {
    double *place = aligned_alloc(64, (count * sizeof(double) + 63) / 64 * 64);
    if (!place) exit(1);
    return place;
}

// Uniform in [0, 1): SplitMix64 of a place in a stream, the same in every language here.
INLINE double common_uniform(uint64_t stream, uint64_t place) {
    uint64_t word = ((stream << 40) + place + 1) * 0x9E3779B97F4A7C15u;
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9u;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBu;
    word ^= word >> 31;
    return (double)(word >> 11) * 0x1p-53;
}

// Bell-shaped with mean 0 and variance 1.
INLINE double common_bell(uint64_t stream, uint64_t place) {
    const double sum = common_uniform(3 * stream, place) + common_uniform(3 * stream + 1, place)
        + common_uniform(3 * stream + 2, place);
    return 2 * sum - 3;
}

INLINE double as_double(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

INLINE uint64_t as_bits(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

// exp of a number in [-700, 700], to about 1e-15: reduced by a multiple of log 2, then a polynomial of degree 11.
INLINE double fast_exp(double x) {
    const double shifted = x * 0x1.71547652b82fep0 + 0x1.8p52;
    const double n = shifted - 0x1.8p52;
    const double r = fma(n, -0x1.abc9e3b39803fp-56, fma(n, -0x1.62e42fefa39efp-1, x));
    double p = 1.0 / 39916800;
    p = fma(p, r, 1.0 / 3628800);
    p = fma(p, r, 1.0 / 362880);
    p = fma(p, r, 1.0 / 40320);
    p = fma(p, r, 1.0 / 5040);
    p = fma(p, r, 1.0 / 720);
    p = fma(p, r, 1.0 / 120);
    p = fma(p, r, 1.0 / 24);
    p = fma(p, r, 1.0 / 6);
    p = fma(p, r, 0.5);
    p = fma(p, r, 1);
    p = fma(p, r, 1);
    return as_double(as_bits(p) + (as_bits(shifted) << 52));
}

// log of a positive normal number, to about 1e-15: m 2^e with m near 1, then the series of 2 artanh((m - 1)/(m + 1)).
INLINE double fast_log(double x) {
    const uint64_t bits = as_bits(x) - 0x3fe6a09e667f3bcdu;
    const int64_t exponent = (int64_t)bits >> 52;
    const double m = as_double((bits & 0xfffffffffffffu) + 0x3fe6a09e667f3bcdu);
    const double s = (m - 1) / (m + 1), z = s * s;
    double p = 2.0 / 19;
    p = fma(p, z, 2.0 / 17);
    p = fma(p, z, 2.0 / 15);
    p = fma(p, z, 2.0 / 13);
    p = fma(p, z, 2.0 / 11);
    p = fma(p, z, 2.0 / 9);
    p = fma(p, z, 2.0 / 7);
    p = fma(p, z, 2.0 / 5);
    p = fma(p, z, 2.0 / 3);
    return fma((double)exponent, 0.6931471805599453, fma(p * z, s, 2 * s));
}

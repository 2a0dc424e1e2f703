// What every kernel shares: one rounding rule, one way to reach wide vectors, and a few words on bits.

#ifndef BERTRAND_KERNEL_H
#define BERTRAND_KERNEL_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "CKernels.h"

// Left to itself clang fuses a * b + c where the processor can, so that the copies of one function below would differ
// in the last bit. Instead a kernel says what is fused, with `fused`, and every copy does just that.
#pragma STDC FP_CONTRACT OFF

// The compiler makes three copies of a function that carries this mark, and the loader picks the widest one that the
// processor runs: no build flags, no code of ours. It needs indirect functions, which only glibc on x86-64 offers
// here; elsewhere (arm64, macOS, musl) the plain function is compiled and vectorised for the target's baseline. Under
// the thread sanitizer too: the loader asks which copy to take before the sanitizer is ready to be called.
#if defined(__has_feature) && !defined(BERTRAND_PLAIN_KERNELS)
#if __has_feature(thread_sanitizer)
#define BERTRAND_PLAIN_KERNELS
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(BERTRAND_PLAIN_KERNELS)
#define BERTRAND_KERNEL __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
// Clang prefers vectors half as wide as AVX-512 has them. A kernel that names vectors of eight doubles says so here.
#define BERTRAND_WIDE_KERNEL BERTRAND_KERNEL __attribute__((min_vector_width(512)))
#else
#define BERTRAND_KERNEL
#define BERTRAND_WIDE_KERNEL
#endif

// Stands before a loop that must become vectors, whatever the compiler thinks that costs; it warns where it cannot.
#define BERTRAND_VECTORISE _Pragma("clang loop vectorize(enable)")

// The same, four vectors abreast: for a chain of operations so long that the processor would wait for each.
#define BERTRAND_VECTORISE_ABREAST _Pragma("clang loop vectorize(enable) interleave_count(4)")

// The same where input and output may be the same array. The compiler would test for overlap at run time and fall
// back to a scalar loop in exactly that case; this tells it that no element depends on another.
#define BERTRAND_VECTORISE_IN_PLACE _Pragma("clang loop vectorize(assume_safety)")

#define BERTRAND_INLINE static inline __attribute__((always_inline))

// Long enough to amortise a loop's start, short enough that scratch arrays stay in the first-level cache.
enum { BERTRAND_BLOCK = 256 };

// Scratch arrays begin at a cache line, so that no vector of theirs straddles two.
#define BERTRAND_SCRATCH _Alignas(64)

// a * b + c, rounded once: of numbers, or of vectors of numbers. One instruction on x86-64 since 2013 (in the copies for
// AVX2 and AVX-512) and on every arm64; older processors compute the same with libm's function, which takes its time.
#define fused(a, b, c) __builtin_elementwise_fma(a, b, c)

BERTRAND_INLINE uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

BERTRAND_INLINE double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

// The next double below; -infinity stays. Written out because nextafter lives in libm.
BERTRAND_INLINE double next_below(double value) {
    if (value == 0.0) {
        return -0x1p-1074;
    }
    if (!(value > -__builtin_inf())) {
        return value;
    }
    return double_of(value > 0.0 ? bits_of(value) - 1 : bits_of(value) + 1);
}

BERTRAND_INLINE double magnitude(double value) {
    return double_of(bits_of(value) & 0x7fffffffffffffffu);
}

BERTRAND_INLINE size_t smaller_size(size_t first, size_t second) {
    return first < second ? first : second;
}

#endif

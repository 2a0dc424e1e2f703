// Exponential and logarithm of one number, without branches and without libm, for loops that vectorise.
//
// The reductions are the classic ones (Cody & Waite 1980, Software Manual for the Elementary Functions; the logarithm
// through s = f / (2 + f) as in Ng's fdlibm, 1993). The polynomials are minimax fits of our own: Remez exchange in 60
// digits with mpmath, coefficients then rounded to double; the error left by the fit stands beside each.

#ifndef BERTRAND_ELEMENTARY_H
#define BERTRAND_ELEMENTARY_H

#include "kernel.h"

// log 2 in two parts. The first has 33 bits, so that its product with any exponent of a double is exact.
#define LOG_TWO_HIGH 0x1.62e42fef00000p-1
#define LOG_TWO_LOW 0x1.473de6af278edp-34

// The results of larger arguments are infinite, those of smaller ones below the normal numbers.
#define EXPONENTIAL_UPPER_LIMIT 0x1.62e42fefa39efp+9
#define EXPONENTIAL_LOWER_LIMIT -0x1.6232bdd7abcd2p+9

// What is left of a number when its nearest multiple of log 2 is taken off; that multiple, times 1 / log 2 and plus
// 1.5 * 2^52, stands in `shifted`: rounded to an integer, which is in the low bits, ready for the exponent field.
BERTRAND_INLINE double rest_of(double value, double *shifted) {
    const double rounder = 0x1.8p52;
    *shifted = fused(value, 0x1.71547652b82fep+0, rounder);
    const double exponent = *shifted - rounder;
    return fused(exponent, -LOG_TWO_LOW, fused(exponent, -LOG_TWO_HIGH, value));
}

// exp of what is left, times the power of two.
BERTRAND_INLINE double power_of(double rest, double shifted) {
    // (exp(r) - 1 - r) / r^2 on |r| <= log(2)/2 + 1e-4; error 2^-58 of exp(r). In pairs (Estrin), not in a row
    // (Horner): a long chain of dependent operations would leave the processor waiting.
    const double square = rest * rest;
    const double fourth = square * square;
    const double terms01 = fused(rest, 0x1.5555555555561p-3, 0x1.000000000000bp-1);
    const double terms23 = fused(rest, 0x1.111111110d668p-7, 0x1.555555555001fp-5);
    const double terms45 = fused(rest, 0x1.a01a01bad04a0p-13, 0x1.6c16c185ac50ap-10);
    const double terms67 = fused(rest, 0x1.71dddff6cec0ep-19, 0x1.a0199683a1567p-16);
    const double terms89 = fused(rest, 0x1.af8542af901e4p-26, 0x1.28b059e79ec69p-22);
    const double series = fused(
        fourth, fused(fourth, terms89, fused(square, terms67, terms45)), fused(square, terms23, terms01));
    const double mantissa = 1.0 + fused(square, series, rest);

    return double_of(bits_of(mantissa) + (bits_of(shifted) << 52));
}

// exp(value) between the limits; anything else gives nonsense, never a trap.
BERTRAND_INLINE double exponential_between_limits(double value) {
    double shifted;
    const double rest = rest_of(value, &shifted);
    return power_of(rest, shifted);
}

BERTRAND_INLINE double exponential(double value) {
    const double regular = exponential_between_limits(value);
    // The product is infinity for what is too large, and hands on a NaN, which fails every comparison.
    const double upper = value <= EXPONENTIAL_UPPER_LIMIT ? regular : value * __builtin_inf();
    return value < EXPONENTIAL_LOWER_LIMIT ? 0.0 : upper;
}

// The weight of a utility that lies so far below the largest one (a difference of at most 0); 0 for a NaN.
BERTRAND_INLINE double exponential_of_shortfall(double value) {
    const double regular = exponential_between_limits(value);
    return value >= EXPONENTIAL_LOWER_LIMIT ? regular : 0.0;
}

// log((1 + fraction) * 2^exponent), with 1 + fraction between sqrt(1/2) and sqrt(2).
BERTRAND_INLINE double logarithm_of_parts(double fraction, double exponent) {
    // log(1+f) = 2s + s R(s^2) with s = f / (2 + f); R(z) / z on 0 <= z <= 0.0295, error 2^-59 of log(1+f).
    const double ratio = fraction / (2.0 + fraction);
    const double square = ratio * ratio;
    const double fourth = square * square;
    const double terms01 = fused(square, 0x1.999999997fd77p-2, 0x1.5555555555592p-1);
    const double terms23 = fused(square, 0x1.c71c5205fd2b9p-3, 0x1.24924941f5051p-2);
    const double terms45 = fused(square, 0x1.39a1a6b886c9dp-3, 0x1.74663fa487d42p-3);
    const double term6 = 0x1.2f063705f71e0p-3;
    const double terms03 = fused(fourth, terms23, terms01);
    const double terms46 = fused(fourth, term6, terms45);
    const double series = fused(fourth * fourth, terms46, terms03);
    // 2s + sR = f - (f^2/2 - s (f^2/2 + R)) adds the leading term last and exactly (Ng's arrangement).
    const double half_square = 0.5 * fraction * fraction;
    const double correction = fused(ratio, fused(square, series, half_square), exponent * LOG_TWO_LOW);
    return fused(exponent, LOG_TWO_HIGH, fraction - (half_square - correction));
}

// Splits a positive normal number into 1 + fraction in [sqrt(1/2), sqrt(2)) and a power of two.
BERTRAND_INLINE void split(double value, double *fraction, double *exponent) {
    // sqrt(1/2) has the bits 3fe6a09e667f3bcd: counting from there makes the exponent field turn over at sqrt(2).
    const uint64_t offset = 0x3ff0000000000000u - 0x3fe6a09e667f3bcdu;
    const uint64_t moved = bits_of(value) + offset;
    *fraction = double_of((moved & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
    // The exponent, as the low bits of a number near 2^52, becomes a double without an integer conversion.
    *exponent = double_of((moved >> 52) | 0x4330000000000000u) - (0x1p52 + 1023.0);
}

// log of 0 is -infinity, of a negative number NaN, of infinity infinity.
BERTRAND_INLINE double logarithm_edges(double value, double regular) {
    const double infinity = __builtin_inf();
    const double finite = value == 0.0 ? -infinity : regular;
    const double real = value < 0.0 ? __builtin_nan("") : finite;
    // The last choice also hands on a NaN.
    return value < infinity ? real : value;
}

BERTRAND_INLINE double logarithm(double value) {
    const int tiny = value < 0x1p-1022;
    double fraction, exponent;
    split(tiny ? value * 0x1p54 : value, &fraction, &exponent);
    return logarithm_edges(value, logarithm_of_parts(fraction, tiny ? exponent - 54.0 : exponent));
}

// Whether a number needs neither care for numbers near 0 nor edges.
BERTRAND_INLINE int is_plain(double value) {
    return (value >= 0x1p-1022) & (value < __builtin_inf());
}

// The same for plain numbers, to the last bit.
BERTRAND_INLINE double logarithm_of_plain(double value) {
    double fraction, exponent;
    split(value, &fraction, &exponent);
    return logarithm_of_parts(fraction, exponent);
}

#endif

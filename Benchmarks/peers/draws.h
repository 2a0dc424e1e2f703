// Random draws of customers for the C peers: addressable by customer, so that every candidate strategy meets the same
// people, as in Bertrand: each has a counter of Philox4x32-10 (Salmon et al. 2011) for every two rows of draws. Everything
// is drawn by the inverse of its distribution function; all loops run over a block of customers and vectorise.

#include "rounds.h"

enum { BLOCK = 256 };

// Two rows of uniforms in (0, 1) for the customers `first`, `first + 1`, ... of a replication; `slot` tells rows apart.
INLINE void draw_uniforms(
    uint64_t first, uint32_t slot, uint32_t replication, double *restrict one, double *restrict two
) {
    VECTORISE
    for (uint64_t i = 0; i < BLOCK; i++) {
        uint64_t a = first + i, b = slot, c = 0, d = replication, low = 7, high = 0;
        for (int turn = 0; turn < 10; turn++) {
            const uint64_t left = 0xD2511F53u * (a & 0xffffffffu), right = 0xCD9E8D57u * (c & 0xffffffffu);
            a = (right >> 32) ^ b ^ low;
            b = right & 0xffffffffu;
            c = (left >> 32) ^ d ^ high;
            d = left & 0xffffffffu;
            low = (low + 0x9E3779B9u) & 0xffffffffu;
            high = (high + 0xBB67AE85u) & 0xffffffffu;
        }
        const uint64_t first_word = a << 32 | b, second_word = c << 32 | d;
        one[i] = as_double(0x3ff0000000000000u | first_word >> 12) - (1 - 0x1p-53);
        two[i] = as_double(0x3ff0000000000000u | second_word >> 12) - (1 - 0x1p-53);
    }
}

// The ratio of two polynomials of degree 7.
INLINE double rational(const double above[8], const double below[8], double x) {
    double p = above[7], q = below[7];
    for (int k = 6; k >= 0; k--) {
        p = fma(p, x, above[k]);
        q = fma(q, x, below[k]);
    }
    return p / q;
}

static const double central_above[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
static const double central_below[8] = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
static const double near_above[8] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double near_below[8] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
static const double far_above[8] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double far_below[8] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};

// A row of uniforms becomes standard normals by the inverse of their distribution function (Wichura 1988, AS 241): a draw is
// then monotone in its uniform, which is what pairs candidates and carries copulas; Box & Muller's is not. The three draws
// in twenty that lie in a tail are gathered, so that no vector is spent on roots and logarithms of the others.
INLINE void normals(double *restrict row) {
    uint16_t place[BLOCK];
    _Alignas(64) double tail[BLOCK], root[BLOCK];
    int count = 0, far = 0;
    for (int i = 0; i < BLOCK; i++) {
        place[count] = (uint16_t)i;
        count += fabs(row[i] - 0.5) > 0.425;
    }
    for (int k = 0; k < count; k++) tail[k] = row[place[k]];
    VECTORISE
    for (int i = 0; i < BLOCK; i++) {
        const double offset = row[i] - 0.5;
        row[i] = offset * rational(central_above, central_below, 0.180625 - offset * offset);
    }
    VECTORISE
    for (int k = 0; k < count; k++) {
        const double side = tail[k] < 0.5 ? tail[k] : 1 - tail[k];
        root[k] = sqrt(-fast_log(side));
        far |= root[k] > 5;
        tail[k] = copysign(rational(near_above, near_below, root[k] - 1.6), tail[k] - 0.5);
    }
    if (far)
        for (int k = 0; k < count; k++)
            if (root[k] > 5) tail[k] = copysign(rational(far_above, far_below, root[k] - 5), tail[k]);
    for (int k = 0; k < count; k++) row[place[k]] = tail[k];
}

INLINE double gumbel(double uniform) { return -fast_log(-fast_log(uniform)); }

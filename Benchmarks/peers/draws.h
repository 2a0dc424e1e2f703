// Random draws of customers for the C peers: addressable by customer, so that every candidate strategy meets the same
// people, as in Bertrand. Philox4x32-10 (Salmon et al. 2011), normals by Box & Muller, Gumbels by inversion; all loops
// run over a block of customers and vectorise.

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

// Two rows of uniforms become two rows of independent standard normals.
INLINE void box_muller(double *restrict one, double *restrict two) {
    VECTORISE
    for (int i = 0; i < BLOCK; i++) {
        const double radius = sqrt(-2 * fast_log(one[i]));
        const double shifted = 4 * two[i] + 0x1.8p52, quarter = shifted - 0x1.8p52;
        const double t = 0x1.921fb54442d18p+0 * (4 * two[i] - quarter), z = t * t;
        double s = -1.0 / 1307674368000, c = 1.0 / 87178291200 * -1;
        s = fma(s, z, 1.0 / 6227020800);
        s = fma(s, z, -1.0 / 39916800);
        s = fma(s, z, 1.0 / 362880);
        s = fma(s, z, -1.0 / 5040);
        s = fma(s, z, 1.0 / 120);
        s = fma(s, z, -1.0 / 6);
        s = fma(s * z, t, t);
        c = fma(c, z, 1.0 / 479001600);
        c = fma(c, z, -1.0 / 3628800);
        c = fma(c, z, 1.0 / 40320);
        c = fma(c, z, -1.0 / 720);
        c = fma(c, z, 1.0 / 24);
        c = fma(c, z, -0.5);
        c = fma(c, z, 1);
        // A turn by a quarter swaps sine and cosine; a turn by half changes both signs.
        const uint64_t place = as_bits(shifted);
        const double sine = place & 1 ? c : s, cosine = place & 1 ? s : c;
        one[i] = radius * as_double(as_bits(cosine) ^ ((place + 1) >> 1 & 1) << 63);
        two[i] = radius * as_double(as_bits(sine) ^ (place >> 1 & 1) << 63);
    }
}

INLINE double gumbel(double uniform) { return -fast_log(-fast_log(uniform)); }

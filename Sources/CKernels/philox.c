// Philox4x32-10: Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3. SC11.
//
// A counter-based generator is a function of (seed, counter) without state, so a customer's draws do not depend on
// which customers were drawn before, on which core, or for which strategy.

#include "kernel.h"

BERTRAND_KERNEL
void bertrand_uniform_pairs(
    const uint32_t *restrict customers, size_t count, uint32_t lane, uint32_t period, uint32_t replication,
    uint64_t seed, double *restrict first, double *restrict second
) {
    // Words are held in 64 bits: the vector multiply of two 32-bit words to 64 bits wants them there.
    const uint64_t low_word = 0xffffffffu;
    BERTRAND_VECTORISE_ABREAST
    for (size_t i = 0; i < count; i++) {
        uint64_t word0 = customers[i];
        uint64_t word1 = lane;
        uint64_t word2 = period;
        uint64_t word3 = replication;
        uint32_t key0 = (uint32_t)seed;
        uint32_t key1 = (uint32_t)(seed >> 32);
#pragma clang loop unroll(full)
        for (int round = 0; round < 10; round++) {
            const uint64_t product0 = (word0 & low_word) * 0xD2511F53u;
            const uint64_t product2 = (word2 & low_word) * 0xCD9E8D57u;
            // What stands above the 32 bits of a word is never looked at, so nothing is spent on clearing it.
            word0 = (product2 >> 32) ^ word1 ^ key0;
            word1 = product2;
            word2 = (product0 >> 32) ^ word3 ^ key1;
            word3 = product0;
            key0 += 0x9E3779B9u;
            key1 += 0xBB67AE85u;
        }
        // 52 bits as the fraction of a number in [1, 2), then the middle of its cell: never 0, never 1, all exact.
        const uint64_t bits01 = (word1 << 32) | (word0 & low_word);
        const uint64_t bits23 = (word3 << 32) | (word2 & low_word);
        first[i] = (double_of((bits01 >> 12) | 0x3ff0000000000000u) - 1.0) + 0x1p-53;
        second[i] = (double_of((bits23 >> 12) | 0x3ff0000000000000u) - 1.0) + 0x1p-53;
    }
}

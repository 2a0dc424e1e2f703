// What Swift needs to see of the GNU Scientific Library, and two things that it cannot reach by itself:
//
// 1. accessors for GSL's global pointers, which Swift 6 refuses as shared mutable state;
// 2. a counter-based random number generator, Philox4x32-10, in the shape of a `gsl_rng_type`, so that GSL's own
//    distributions draw from it.
#ifndef CGSL_SHIM_H
#define CGSL_SHIM_H

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multimin.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_erf.h>
#include <gsl/gsl_sf_expint.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_lambert.h>
#include <gsl/gsl_sf_log.h>
#include <gsl/gsl_vector.h>
#include <gsl/gsl_version.h>
#include <stdint.h>

// MARK: Accessors

static inline const char *cgsl_version(void) { return gsl_version; }

static inline const gsl_min_fminimizer_type *cgsl_min_brent(void) { return gsl_min_fminimizer_brent; }

static inline const gsl_root_fsolver_type *cgsl_root_brent(void) { return gsl_root_fsolver_brent; }

static inline const gsl_multimin_fminimizer_type *cgsl_multimin_nmsimplex2(void) {
  return gsl_multimin_fminimizer_nmsimplex2;
}

static inline const gsl_multimin_fdfminimizer_type *cgsl_multimin_vector_bfgs2(void) {
  return gsl_multimin_fdfminimizer_vector_bfgs2;
}

static inline const gsl_qrng_type *cgsl_qrng_sobol(void) { return gsl_qrng_sobol; }

// MARK: Philox4x32-10

// Ten rounds of Philox4x32: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as
// 1, 2, 3", SC 2011. A bijection of the counter for each key; its four words pass as independent and uniform.
static inline void cgsl_philox4x32_10(const uint32_t counter[4], const uint32_t key[2], uint32_t word[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; ++round) {
    const uint64_t product0 = (uint64_t)0xD2511F53u * c0;
    const uint64_t product1 = (uint64_t)0xCD9E8D57u * c2;
    const uint32_t next0 = (uint32_t)(product1 >> 32) ^ c1 ^ k0;
    const uint32_t next2 = (uint32_t)(product0 >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)product1;
    c3 = (uint32_t)product0;
    c0 = next0;
    c2 = next2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  word[0] = c0;
  word[1] = c1;
  word[2] = c2;
  word[3] = c3;
}

// A stream of Philox blocks. `counter` names the next block: index, purpose << 24 | slot, period, replication.
// `position` counts the words taken from the present block; 4 means that none is left.
typedef struct {
  uint32_t key[2];
  uint32_t counter[4];
  uint32_t word[4];
  uint32_t position;
} cgsl_philox_state;

static inline cgsl_philox_state cgsl_philox_start(uint64_t seed, uint32_t replication, uint8_t purpose,
                                                  uint32_t period, uint32_t index) {
  cgsl_philox_state state = {
      {(uint32_t)seed, (uint32_t)(seed >> 32)},
      {index, (uint32_t)purpose << 24, period, replication},
      {0, 0, 0, 0},
      4,
  };
  return state;
}

static inline uint32_t cgsl_philox_word(cgsl_philox_state *state) {
  if (state->position == 4) {
    cgsl_philox4x32_10(state->counter, state->key, state->word);
    // Only the slot moves, in its 24 bits: a long stream must never run into the words of another purpose.
    state->counter[1] = (state->counter[1] & 0xFF000000u) | ((state->counter[1] + 1u) & 0x00FFFFFFu);
    state->position = 0;
  }
  return state->word[state->position++];
}

// The double of two words, with 52 random bits and half a step on top: never 0, never 1, so that logarithms and
// quantiles of it are finite. It starts at an even word, so the n-th double never depends on how words pair up.
static inline double cgsl_philox_double(cgsl_philox_state *state) {
  state->position += state->position & 1u;
  const uint64_t low = cgsl_philox_word(state);
  const uint64_t high = cgsl_philox_word(state);
  return ((double)((high << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

static inline unsigned long cgsl_philox_rng_get(void *state) {
  return cgsl_philox_word((cgsl_philox_state *)state);
}

static inline double cgsl_philox_rng_get_double(void *state) {
  return cgsl_philox_double((cgsl_philox_state *)state);
}

static inline void cgsl_philox_rng_set(void *state, unsigned long seed) {
  *(cgsl_philox_state *)state = cgsl_philox_start(seed, 0, 0, 0, 0);
}

// A GSL generator that draws from `state` and lives no longer than it.
static inline gsl_rng cgsl_philox_rng(cgsl_philox_state *state) {
  static const gsl_rng_type type = {
      "philox4x32-10",           0xFFFFFFFFul,         0, sizeof(cgsl_philox_state), cgsl_philox_rng_set,
      cgsl_philox_rng_get, cgsl_philox_rng_get_double,
  };
  gsl_rng rng = {&type, state};
  return rng;
}

#endif

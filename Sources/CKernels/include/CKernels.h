// The vector kernels of the hot path. Everything else in the program may be slow; these may not.
//
// What holds for all of them:
// - Arrays belong to the caller and need no alignment; `count` may be 0. Where a kernel takes one array in and gives
//   one out, both may be the same array, but they may not overlap in any other way. `restrict` forbids both.
// - No kernel allocates, keeps state or traps, or calls libm, but for `fma` where the processor has none. An element's
//   result depends on that element only, not on its place in the array.
// - Results are the same bits on every processor, the sign of a NaN aside: what is fused or not is written down, nothing
//   is reordered, and every sum has one fixed order.
// - A NaN comes out as a NaN where a kernel maps numbers to numbers.

#ifndef BERTRAND_CKERNELS_H
#define BERTRAND_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

// ---- Draws ----------------------------------------------------------------------------------------------------------

// Two independent uniforms for each customer from Philox4x32-10 with the counter (customer, lane, period, replication)
// and the key `seed`. Each lies in the open interval (0, 1), in the middle of one of 2^52 equal cells.
void bertrand_uniform_pairs(
    const uint32_t *restrict customers, size_t count, uint32_t lane, uint32_t period, uint32_t replication,
    uint64_t seed, double *restrict first, double *restrict second
);

// The standard normal quantile: -infinity at 0, infinity at 1, NaN outside [0, 1]. Relative error below 1.5e-15.
void bertrand_normal_quantiles(const double *probabilities, size_t count, double *quantiles);

// The standard normal distribution function. Relative error below 2e-15 from -37.5 up, on the way to 0 below -37.64.
void bertrand_normal_probabilities(const double *values, size_t count, double *probabilities);

// -log(-log(u)): -infinity at 0, infinity at 1, NaN outside [0, 1]. Error below 4e-16, relative where the quantile is
// larger than 1.
void bertrand_standard_gumbel_quantiles(const double *probabilities, size_t count, double *quantiles);

// -log(1 - u), within 1 ulp also at small u: 0 at 0, infinity at 1, NaN above 1.
void bertrand_standard_exponential_quantiles(const double *probabilities, size_t count, double *quantiles);

// ---- Transforms -----------------------------------------------------------------------------------------------------

// exp, within 1.1 ulp; infinity above the largest double, 0 where the result would be below 2^-1022.
void bertrand_exponentials(const double *values, size_t count, double *results);

// log, within 1 ulp; -infinity at 0, NaN below. Numbers below 2^-1022 are handled too.
void bertrand_logarithms(const double *values, size_t count, double *results);

// values = values * scale + shift, rounded once.
void bertrand_scale_and_shift(double *values, size_t count, double scale, double shift);

// values = values + scale * addend, rounded once.
void bertrand_add_scaled(const double *restrict addend, size_t count, double scale, double *restrict values);

// sums = start + first + second, rounded twice.
void bertrand_sum_of_two(
    const double *restrict first, const double *restrict second, size_t count, double start, double *restrict sums
);

// ---- Choices --------------------------------------------------------------------------------------------------------
// Values are laid out by alternative: customer i values alternative a at values[a * stride + i], stride >= count. A
// price of infinity takes an alternative off offer.

// Each customer takes the alternative with the largest surplus, value - price, or nothing (choice -1, surplus
// `outside`) if that is below `outside`. A surplus equal to `outside` buys. A surplus of -infinity or NaN never does,
// whatever `outside` is. Returns how many customers buy while two or more alternatives share the largest surplus:
// their choice is the first of these, for the caller to settle otherwise.
size_t bertrand_best_alternatives(
    const double *restrict values, size_t stride, const double *restrict prices, size_t alternatives, size_t count,
    double outside, int32_t *restrict choices, double *restrict surpluses
);

// Logit demand of customers who differ in everything, with its price derivatives. Customer i has the utility
// utilities[a * stride + i] - sensitivities[i] * price for alternative a, plus standard Gumbel noise, and the weight
// weights[i]. With `has_outside` there is one more alternative of utility 0. Adds, summed over customers by weight:
// to units[a] the share s of each alternative; to own[a] sensitivity * s; to cross[a * alternatives + b], for b >= a
// only, sensitivity * s of a * s of b; to *surplus the logarithm of the sum of exponentials over sensitivity. The price
// derivative of the demand for a is therefore cross - own on the diagonal and cross elsewhere. `own` and `cross` may be
// null together. `scratch` holds alternatives * 256 numbers. Sensitivities are positive. Sums run in blocks of 256
// customers, element i of a block in partial sum i mod 8.
void bertrand_mixed_logit(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, size_t alternatives, size_t count, int has_outside,
    double *restrict scratch, double *restrict units, double *restrict own, double *restrict cross,
    double *restrict surplus
);

// What first-order conditions need of the same customers, and no more: adds to units[a] and own[a] as above, and to
// effects[a] the sum of sensitivity * s of a * what the owner of a earns from the customer, the sum of markup * s over all
// that is owners[a]'s. Owners are 0 ..< owner_count. `scratch` holds (alternatives + owner_count) * 256 numbers.
void bertrand_logit_conditions(
    const double *restrict utilities, size_t stride, const double *restrict sensitivities,
    const double *restrict weights, const double *restrict prices, const double *restrict markups,
    const int32_t *restrict owners, size_t owner_count, size_t alternatives, size_t count, int has_outside,
    double *restrict scratch, double *restrict units, double *restrict own, double *restrict effects
);

// Puts the upper triangle of a square matrix in the place of its lower one.
void bertrand_mirror(double *matrix, size_t order);

// Adds to counts[a] how many chose number first + a, and to *surplus_total the sum of all surpluses (of those who chose
// nothing too): element i goes to partial sum i mod 8, and the eight are joined in a fixed order. Choices outside
// first ..< first + alternatives are not counted. The sum over 256 customers at a time, total by total, is therefore not the sum
// over all at once: keep to one size of block. Where `surplus_total` is null surpluses are not summed, and may be null too.
void bertrand_tally(
    const int32_t *restrict choices, const double *restrict surpluses, size_t count, int32_t first, size_t alternatives,
    double *restrict counts, double *restrict surplus_total
);

// Puts a trial in the place of the best so far for the customers to whom it is worth more: choices[i] becomes `number`,
// ties[i] becomes 1. Returns how many customers find both equally good, for whom nothing changes.
size_t bertrand_take_better(
    const double *restrict trials, size_t count, int32_t number, double *restrict bests, int32_t *restrict choices,
    int32_t *restrict ties
);

// choices[i] becomes -1 where marks[numbers[i]] is not 0.
void bertrand_drop_marked(
    const int32_t *restrict numbers, size_t count, const int32_t *restrict marks, int32_t *restrict choices
);

// The same for at most 32 numbers, of which number n is marked where bit n of `marks` is set.
void bertrand_drop_few_marked(
    const int32_t *restrict numbers, size_t count, uint32_t marks, int32_t *restrict choices
);

// sums[i] grows by table[choices[i]]; by nothing for a choice below 0. Choices are below `size`, that of the table.
void bertrand_look_up(
    const int32_t *restrict choices, size_t count, const int32_t *restrict table, size_t size, int32_t *restrict sums
);

// How many numbers are above 0.
size_t bertrand_count_positive(const int32_t *restrict numbers, size_t count);

// How many of those who stand in line can be served in order until the next would bring the sum of their needs above
// `room`: the places of the line are `order`, and needs[order[k]] is that of the k-th.
size_t bertrand_serve_in_line(
    const int32_t *restrict order, size_t count, const int32_t *restrict needs, int64_t room
);

// The sum of numbers one after the other, from `start` on.
double bertrand_running_sum(const double *restrict numbers, size_t count, double start);

// ---- Bundles --------------------------------------------------------------------------------------------------------
// Customers to whom a set of products is worth the sum of its parts. values[a * stride + i] is what alternative a is
// worth to customer i, others[c * stride + i] what category c leaves him without the offers named here; null for nothing.

// A menu is the offers on sale in one list of numbers: how many categories, products on their own, bundles and packings
// there are; of the products on their own all offers, then all alternatives, then all categories; of the bundles all
// offers, then where the parts of each begin and, last, end; the alternatives of all parts, then their categories; where
// the bundles of each packing begin and, last, end; these bundles. Offers are places among prices; -1 is a bundle of a
// rival's, whose price stands in `rival_prices`. The bundles of a packing share no category; the first packing is empty.
// Worths that differ by no more than the tolerance are equal: the customer takes what earns more.

// The bytes of `scratch` that each category and each bundle of a menu need, on a boundary of 64.
enum { BERTRAND_BUNDLE_ROOM = 1024 };

// What customers leave in margin at these prices, by weight: of each what every category leaves by itself, then what
// bundles add; summed one after the other, of two products and their bundle offer by offer in partial sums i mod 8 that
// are joined in a fixed order. `margins` is the margin of each offer; null weights are all 1.
double bertrand_bundle_margins(
    const int32_t *restrict menu, const double *restrict rival_prices, double tolerance, const double *restrict prices,
    const double *restrict margins, const double *restrict values, const double *restrict others,
    const double *restrict weights, size_t stride, size_t count, void *restrict scratch
);

// For each customer the price up to which one offer is taken while the others keep theirs; what he leaves in margin when
// he takes it, its own price apart, and what he leaves when he does not. The offer is place `single` among the single
// offers, at a price of infinity, or bundle number `bundle`, at a price of 0 and a margin of 0 less its cost; the other
// is -1. `unit_cost` is that of the single offer.
void bertrand_bundle_thresholds(
    const int32_t *restrict menu, const double *restrict rival_prices, double tolerance, const double *restrict prices,
    const double *restrict margins, const double *restrict values, const double *restrict others,
    size_t stride, size_t count, int32_t single, int32_t bundle, double unit_cost, void *restrict scratch,
    double *restrict thresholds, double *restrict takers, double *restrict refusers
);

// The price at which most is earned from customers who take something up to a threshold: of those who take, `takers` and
// the price; of the others, `refusers`. `otherwise` where it is best that nobody takes it; no price is below 0. Of prices
// that earn the same, the highest. What is earned in all is written to *earned. `numbers` holds
// 2 * count, `scratch` 6 * count + 1.
double bertrand_best_threshold(
    const double *restrict thresholds, const double *restrict takers, const double *restrict refusers,
    const double *restrict weights, size_t count, double otherwise, double *restrict numbers,
    uint32_t *restrict scratch, double *restrict earned
);

// Places of numbers in falling order, equal ones by rising place. `scratch` holds 2 * count + 1 numbers.
void bertrand_falling_order(
    const double *restrict values, size_t count, uint32_t *restrict order, uint32_t *restrict scratch
);

#endif

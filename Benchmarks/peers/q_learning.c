// Two Q-learning sellers as in Calvano, Calzolari, Denicolo & Pastorello (2020), in plain C: what the Swift loop of
// `bertrand learn` is measured against. Same market, same rule, same stopping rule; its own random numbers
// (xoshiro256++), a cached greedy price in every state, nothing else.

#include "rounds.h"

enum { PRICES = 15, STATES = PRICES * PRICES };

static const double learning_rate = 0.15, decay = 4e-6, discount = 0.95;
static const long still = 100000, limit = 1000000000;

static uint64_t s[4];

static inline uint64_t rotated(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next(void) {
    const uint64_t result = rotated(s[0] + s[3], 23) + s[0];
    const uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotated(s[3], 45);
    return result;
}

static inline double uniform01(void) { return (double)(next() >> 11) * 0x1p-53; }

static double profit[2][STATES];
static double q[2][STATES][PRICES];
static int greedy[2][STATES];

static int best(const double *values) {
    int place = 0;
    for (int a = 1; a < PRICES; a++)
        if (values[a] > values[place]) place = a;
    return place;
}

static double session(uint64_t seed, long *periods) {
    for (int i = 0; i < 4; i++) {
        uint64_t z = (seed += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        s[i] = z ^ (z >> 31);
    }
    for (int i = 0; i < 2; i++) {
        for (int a = 0; a < PRICES; a++) {
            double sum = 0;
            for (int b = 0; b < PRICES; b++) sum += profit[i][i == 0 ? a * PRICES + b : b * PRICES + a];
            for (int state = 0; state < STATES; state++) q[i][state][a] = sum / PRICES / (1 - discount);
        }
        for (int state = 0; state < STATES; state++) greedy[i][state] = best(q[i][state]);
    }
    int state = (int)(next() % STATES);
    double epsilon = 1;
    const double shrink = exp(-decay);
    long t = 0, last_change = 0;
    for (; t < limit && t - last_change < still; t++) {
        int action[2];
        for (int i = 0; i < 2; i++)
            action[i] = uniform01() < epsilon ? (int)(((next() >> 32) * PRICES) >> 32) : greedy[i][state];
        epsilon *= shrink;
        const int after = action[0] * PRICES + action[1];
        for (int i = 0; i < 2; i++) {
            double *row = q[i][state];
            const int a = action[i], g = greedy[i][state];
            const double old = row[a];
            const double value = (1 - learning_rate) * old
                + learning_rate * (profit[i][after] + discount * q[i][after][greedy[i][after]]);
            row[a] = value;
            int now = g;
            if (a == g) {
                if (value < old) now = best(row);
            } else if (value > row[g]) {
                now = a;
            }
            if (now != g) {
                greedy[i][state] = now;
                last_change = t;
            }
        }
        state = after;
    }
    *periods = t;
    // The greedy cycle: after as many steps as there are states one is on it.
    for (int k = 0; k < STATES; k++) state = greedy[0][state] * PRICES + greedy[1][state];
    const int start = state;
    double sum = 0;
    int length = 0;
    do {
        state = greedy[0][state] * PRICES + greedy[1][state];
        sum += (profit[0][state] + profit[1][state]) / 2;
        length++;
    } while (state != start);
    return sum / length;
}

static double share(double own, double other) {
    const double mine = exp((2 - own) / 0.25);
    return mine / (mine + exp((2 - other) / 0.25) + 1);
}

static int sessions;
static uint64_t seed;
static double least, most, gain, periods;

static double work(void) {
    gain = periods = 0;
    for (int k = 0; k < sessions; k++) {
        long length;
        gain += (session(seed++, &length) - least) / (most - least);
        periods += (double)length;
    }
    return periods;
}

int main(int count, char **words) {
    sessions = (int)size_argument(count, words);
    const double nash = 1.4729273733327968, joint = 1.9249808915977464;
    double price[PRICES];
    for (int a = 0; a < PRICES; a++)
        price[a] = nash - 0.1 * (joint - nash) + 1.2 * (joint - nash) * a / (PRICES - 1);
    for (int a = 0; a < PRICES; a++)
        for (int b = 0; b < PRICES; b++) {
            profit[0][a * PRICES + b] = (price[a] - 1) * share(price[a], price[b]);
            profit[1][a * PRICES + b] = (price[b] - 1) * share(price[b], price[a]);
        }
    least = (nash - 1) * share(nash, nash);
    most = (joint - 1) * share(joint, joint);
    work();
    const double results[2] = {gain / sessions, periods / sessions / 1e6};
    print_results(results, 2);
    serve_rounds(work);
}

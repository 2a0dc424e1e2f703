// Customers drawn with valuations of one distribution: the limit of what `Draws` does.

#include "draws.h"

static size_t customers;
static uint32_t replication;
static const char *kind;
_Alignas(64) double v[4][BLOCK];  // not static, or the compiler sees that nobody reads it
static double lower[4][4];

static int products(void) { return strcmp(kind, "correlated") ? 1 : 4; }

// A block of customers. Of single products the second row of draws is spare, as each customer has a counter of his own and
// the next row belongs to another product.
static void draw_block(size_t first) {
    draw_uniforms(first, 1, replication, v[0], v[1]);
    if (!strcmp(kind, "correlated")) {
        draw_uniforms(first, 2, replication, v[2], v[3]);
        for (int row = 0; row < 4; row++) normals(v[row]);
        VECTORISE
        for (int i = 0; i < BLOCK; i++) {
            const double a = v[0][i], b = v[1][i], c = v[2][i], d = v[3][i];
            v[0][i] = 20 + 5 * a;
            v[1][i] = 21 + 5 * (lower[1][0] * a + lower[1][1] * b);
            v[2][i] = 22 + 5 * (lower[2][0] * a + lower[2][1] * b + lower[2][2] * c);
            v[3][i] = 23 + 5 * (lower[3][0] * a + lower[3][1] * b + lower[3][2] * c + lower[3][3] * d);
        }
        return;
    }
    if (!strcmp(kind, "normal") || !strcmp(kind, "log-normal")) {
        const double variance = log(1 + 25.0 / 400), mean = log(20) - variance / 2, deviation = sqrt(variance);
        normals(v[0]);
        if (!strcmp(kind, "normal")) {
            VECTORISE
            for (int i = 0; i < BLOCK; i++) v[0][i] = 20 + 5 * v[0][i];
        } else {
            VECTORISE
            for (int i = 0; i < BLOCK; i++) v[0][i] = fast_exp(mean + deviation * v[0][i]);
        }
    } else if (!strcmp(kind, "exponential")) {
        VECTORISE
        for (int i = 0; i < BLOCK; i++) v[0][i] = -20 * fast_log(1 - v[0][i]);
    } else {
        VECTORISE
        for (int i = 0; i < BLOCK; i++) v[0][i] = 20 + 5 * gumbel(v[0][i]);
    }
}

static double work(void) {
    replication++;
    for (size_t first = 0; first < customers; first += BLOCK) draw_block(first);
    return (double)customers;
}

int main(int count, char **words) {
    customers = size_argument(count, words);
    kind = count > 2 ? words[2] : "normal";
    // Cholesky factor of the matrix of 1 on and 1/2 off the diagonal.
    for (int i = 0; i < 4; i++)
        for (int j = 0; j <= i; j++) {
            double sum = i == j ? 1 : 0.5;
            for (int k = 0; k < j; k++) sum -= lower[i][k] * lower[j][k];
            lower[i][j] = i == j ? sqrt(sum) : sum / lower[j][j];
        }
    double sums[4] = {0}, drawn = 0;
    for (size_t first = 0; first < customers; first += BLOCK) {
        draw_block(first);
        for (int i = 0; i < BLOCK; i++) {
            const double a = v[0][i], b = v[products() - 1][i];
            sums[0] += a;
            sums[1] += a * a;
            sums[2] += b;
            sums[3] += b * b;
        }
        drawn += BLOCK;
    }
    for (int i = 0; i < 4; i++) sums[i] /= drawn;
    const double results[4] = {sums[0], sqrt(sums[1] - sums[0] * sums[0]), sums[2], sqrt(sums[3] - sums[2] * sums[2])};
    print_results(results, 4);
    serve_rounds(work);
}

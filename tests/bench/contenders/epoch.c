/* One epoch of Xor by hand: 2 -> H -> H -> 1 (ReLU, ReLU, sigmoid), log loss, gradient descent.
 *
 * What one would write in C for this one network; gcc -O3 -march=native does the rest.
 * It reads H, N, the rate, the parameters and the points from a file, then epochs to run from
 * stdin, a number a line, and answers with the seconds they took and the last loss.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int H, N;
static double rate, *x, *y;
static double *w1, *b1, *w2, *b2, *w3, *b3;       /* parameters, in the order of the Network */
static double *g1, *c1, *g2, *c2, *g3, *c3;       /* their derivatives */
static double *h1, *h2, *d1, *d2;
static double *parameters, *gradients;
static int count;

/* Eight partial sums: in one, gcc may not change the order of additions, and at H = 100 the whole
 * epoch would take twice as long. */
static double dot(const double *a, const double *b) {
    double sums[8] = {0}, sum = 0;
    int j = 0;
    for (; j + 8 <= H; j += 8)
        for (int k = 0; k < 8; k++) sums[k] += a[j + k] * b[j + k];
    for (; j < H; j++) sum += a[j] * b[j];
    for (int k = 0; k < 8; k++) sum += sums[k];
    return sum;
}

static double epoch(void) {
    const double eps = 1e-6;
    double total = 0;
    for (int s = 0; s < N; s++) {
        const double *in = x + 2 * s;
        for (int j = 0; j < H; j++) h1[j] = b1[j] + in[0] * w1[j] + in[1] * w1[H + j];
        for (int j = 0; j < H; j++) h1[j] = h1[j] > 0 ? h1[j] : 0;
        for (int j = 0; j < H; j++) h2[j] = b2[j];
        for (int i = 0; i < H; i++)
            for (int j = 0; j < H; j++) h2[j] += h1[i] * w2[i * H + j];
        for (int j = 0; j < H; j++) h2[j] = h2[j] > 0 ? h2[j] : 0;
        double z = b3[0];
        for (int j = 0; j < H; j++) z += h2[j] * w3[j];
        double out = 1 / (1 + exp(-z)), p = y[s] ? out : 1 - out;
        total -= log(p + eps);
        double d = -1.0 / N / (p + eps) * (y[s] ? 1 : -1) * out * (1 - out);
        c3[0] += d;
        for (int j = 0; j < H; j++) {
            g3[j] += d * h2[j];
            d2[j] = h2[j] > 0 ? d * w3[j] : 0;
            c2[j] += d2[j];
        }
        for (int i = 0; i < H; i++)
            for (int j = 0; j < H; j++) g2[i * H + j] += h1[i] * d2[j];
        for (int i = 0; i < H; i++) d1[i] = h1[i] > 0 ? dot(w2 + i * H, d2) : 0;
        for (int i = 0; i < H; i++) {
            c1[i] += d1[i];
            g1[i] += in[0] * d1[i];
            g1[H + i] += in[1] * d1[i];
        }
    }
    for (int i = 0; i < count; i++) parameters[i] -= rate * gradients[i], gradients[i] = 0;
    return total;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + 1e-9 * t.tv_nsec;
}

static double *numbers(int n) { return aligned_alloc(64, (n * sizeof(double) + 63) / 64 * 64); }

static double *split(double *at, double **w, double **b, int rows, int columns) {
    *w = at, *b = at + rows * columns;
    return *b + columns;
}

int main(int argc, char **argv) {
    FILE *file = fopen(argv[argc - 1], "r");
    if (!file || fscanf(file, "%d %d %lf %d", &H, &N, &rate, &count) != 4) return 1;
    parameters = numbers(count), gradients = numbers(count);
    x = numbers(2 * N), y = numbers(N);
    h1 = numbers(H), h2 = numbers(H), d1 = numbers(H), d2 = numbers(H);
    for (int i = 0; i < count; i++) gradients[i] = 0;
    split(split(split(parameters, &w1, &b1, 2, H), &w2, &b2, H, H), &w3, &b3, H, 1);
    split(split(split(gradients, &g1, &c1, 2, H), &g2, &c2, H, H), &g3, &c3, H, 1);
    for (int i = 0; i < count; i++) if (fscanf(file, "%lf", parameters + i) != 1) return 1;
    for (int i = 0; i < N; i++)
        if (fscanf(file, "%lf %lf %lf", x + 2 * i, x + 2 * i + 1, y + i) != 3) return 1;
    for (int epochs; scanf("%d", &epochs) == 1;) {
        double loss = 0, start = now();
        for (int i = 0; i < epochs; i++) loss = epoch();
        printf("%.9g %.17g\n", now() - start, loss);
        fflush(stdout);
    }
}

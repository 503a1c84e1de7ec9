// Principal components by OpenCV, t-SNE by its authors' plain algorithm.
#include "probe/projection.hpp"

#include "base/random.hpp"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace ostrich::probe {

namespace {

using Matrix = std::vector<double>; // N × N or N × 2, row by row

constexpr double kPerplexity = 30.0;
constexpr int kIterations = 500;
constexpr int kExaggerated = 100; // iterations with larger shares, which part the clusters
constexpr double kExaggeration = 4.0;
constexpr double kTiny = 1e-12;

Matrix squaredDistances(const Array &rows)
{
    const auto count = static_cast<std::size_t>(rows.dim(0));
    const auto width = static_cast<std::size_t>(rows.dim(1));
    Matrix distances(count * count, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0.0;
            for (std::size_t f = 0; f < width; ++f) {
                const double gap = static_cast<double>(rows.values[i * width + f])
                                   - static_cast<double>(rows.values[j * width + f]);
                sum += gap * gap;
            }
            distances[i * count + j] = distances[j * count + i] = sum;
        }
    }
    return distances;
}

/// Shares of row `i`'s neighbours under a Gaussian of this precision; their entropy in nats.
double neighbours(const double *distances, std::size_t count, std::size_t i, double precision,
                  double *shares)
{
    double nearest = -1.0;
    for (std::size_t j = 0; j < count; ++j)
        if (j != i && (nearest < 0.0 || distances[j] < nearest)) nearest = distances[j];
    double sum = 0.0, moment = 0.0;
    for (std::size_t j = 0; j < count; ++j) {
        const double gap = distances[j] - nearest; // keeps the largest share at 1 before the sum
        shares[j] = j == i ? 0.0 : std::exp(-gap * precision);
        sum += shares[j];
        moment += gap * shares[j];
    }
    for (std::size_t j = 0; j < count; ++j) shares[j] /= sum;
    return std::log(sum) + precision * moment / sum;
}

/// Symmetric shares of all pairs, each row's Gaussian as wide as the perplexity asks.
Matrix jointShares(const Matrix &distances, std::size_t count)
{
    const double wanted =
        std::log(std::clamp((static_cast<double>(count) - 1.0) / 3.0, 1.0, kPerplexity));
    Matrix shares(count * count);
    for (std::size_t i = 0; i < count; ++i) {
        double low = 0.0, high = 0.0, precision = 1.0;
        for (int tries = 0; tries < 60; ++tries) {
            const double entropy =
                neighbours(&distances[i * count], count, i, precision, &shares[i * count]);
            if (std::abs(entropy - wanted) < 1e-5) break;
            (entropy > wanted ? low : high) = precision;
            precision = high > 0.0 ? (low + high) / 2.0 : precision * 2.0;
        }
    }
    Matrix joint(count * count);
    const double total = 2.0 * static_cast<double>(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j)
            joint[i * count + j] =
                std::max((shares[i * count + j] + shares[j * count + i]) / total, kTiny);
    return joint;
}

/// The gradient of the Kullback-Leibler divergence at `points` (N × 2).
void slope(const Matrix &joint, const Matrix &points, double exaggeration, Matrix &kernel,
           Matrix &gradient)
{
    const std::size_t count = points.size() / 2;
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        kernel[i * count + i] = 0.0;
        for (std::size_t j = 0; j < i; ++j) {
            const double dx = points[2 * i] - points[2 * j];
            const double dy = points[2 * i + 1] - points[2 * j + 1];
            const double closeness = 1.0 / (1.0 + dx * dx + dy * dy);
            kernel[i * count + j] = kernel[j * count + i] = closeness;
            sum += 2.0 * closeness;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        double x = 0.0, y = 0.0;
        for (std::size_t j = 0; j < count; ++j) {
            const double closeness = kernel[i * count + j];
            const double pull =
                (exaggeration * joint[i * count + j] - std::max(closeness / sum, kTiny))
                * closeness;
            x += pull * (points[2 * i] - points[2 * j]);
            y += pull * (points[2 * i + 1] - points[2 * j + 1]);
        }
        gradient[2 * i] = 4.0 * x;
        gradient[2 * i + 1] = 4.0 * y;
    }
}

void centre(Matrix &points)
{
    const std::size_t count = points.size() / 2;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        double mean = 0.0;
        for (std::size_t i = 0; i < count; ++i) mean += points[2 * i + axis];
        mean /= static_cast<double>(count);
        for (std::size_t i = 0; i < count; ++i) points[2 * i + axis] -= mean;
    }
}

/// Descends with momentum, each coordinate with a gain of its own; false when stopped.
bool descend(const Matrix &joint, Matrix &points, const std::stop_token &stop)
{
    const std::size_t count = points.size() / 2;
    const double rate =
        std::max(static_cast<double>(count) / kExaggeration, 50.0); // Belkina et al. 2019
    Matrix velocity(points.size(), 0.0), gains(points.size(), 1.0), gradient(points.size());
    Matrix kernel(count * count);
    for (int iteration = 0; iteration < kIterations; ++iteration) {
        if (stop.stop_requested()) return false;
        const bool early = iteration < kExaggerated;
        slope(joint, points, early ? kExaggeration : 1.0, kernel, gradient);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const bool turned = (gradient[i] > 0.0) == (velocity[i] > 0.0);
            gains[i] = turned ? std::max(gains[i] * 0.8, 0.01) : gains[i] + 0.2;
            velocity[i] = (early ? 0.5 : 0.8) * velocity[i] - rate * gains[i] * gradient[i];
            points[i] += velocity[i];
        }
        centre(points);
    }
    return true;
}

} // namespace

Array principalComponents(const Array &rows, std::int64_t count)
{
    Array projected{{rows.dim(0), count}, {}};
    projected.values.assign(static_cast<std::size_t>(rows.dim(0) * count), 0.0F);
    if (rows.dim(0) < 2) return projected;
    const cv::Mat matrix(static_cast<int>(rows.dim(0)), static_cast<int>(rows.dim(1)), CV_32F,
                         const_cast<float *>(rows.values.data()));
    cv::PCA found(matrix, cv::noArray(), cv::PCA::DATA_AS_ROW, static_cast<int>(count));
    cv::Mat &axes = found.eigenvectors;
    for (int axis = 0; axis < axes.rows; ++axis) {
        double least = 0.0, most = 0.0;
        cv::minMaxLoc(axes.row(axis), &least, &most);
        if (-least > most) axes.row(axis) *= -1.0;
    }
    const cv::Mat values = found.project(matrix);
    for (int row = 0; row < values.rows; ++row)
        for (int column = 0; column < values.cols; ++column)
            projected.values[static_cast<std::size_t>(row * count + column)] =
                values.at<float>(row, column);
    return projected;
}

Array tSne(const Array &rows, std::uint64_t seed, const std::stop_token &stop)
{
    const auto count = static_cast<std::size_t>(rows.dim(0));
    RandomStream random(seed, "t-SNE");
    Matrix points(2 * count);
    for (double &coordinate : points) coordinate = random.normal(0.0, 1e-4);
    if (count > 2 && !descend(jointShares(squaredDistances(rows), count), points, stop)) return {};
    Array projected{{rows.dim(0), 2}, {}};
    for (const double coordinate : points)
        projected.values.push_back(static_cast<float>(coordinate));
    return projected;
}

} // namespace ostrich::probe

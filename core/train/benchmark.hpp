// How fast a network trains and answers on this machine, against the floor that its matrix products
// set.
#pragma once

#include "base/result.hpp"
#include "project/project.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace ostrich::train {

/// One measurement.
struct BenchmarkLine {
    std::string model;
    std::string mode; // "train", "infer"
    std::int64_t batch = 0;
    std::string precision;           // "fp32", "bf16"
    double samples_per_second = 0.0; // batch / median seconds of a step
    /// Share of the FLOP/s of a large matrix product here: samples/s × 2 multiply-adds (× 3 for
    /// training) / FLOP/s.
    double floor_ratio = 0.0;
    std::int64_t peak_memory_bytes = 0; // CPU: of the whole process; CUDA: taken on the device
};

/// FLOP/s of a 1024×1024 matrix product (median of several): what the machine gives at best.
/// Calling thread.
Result<double> matrixProductFlops(const std::string &device, const std::string &precision);

/// Measures `project`'s network on random samples of its data's shape with the trainer's own step;
/// `name` goes into the lines. `onLine` is called on the calling thread after each: training (the
/// recipe's batch size) and inference (the same, and 1), fp32, and bf16 where the device is fast at
/// it. Median of 40 steps, or of what fits into about 6 s. Errors: as Trainer::create and
/// engine::compile tell.
Result<void> benchmark(const std::string &name, const project::Project &project,
                       const std::string &device,
                       const std::function<void(const BenchmarkLine &)> &onLine);

} // namespace ostrich::train

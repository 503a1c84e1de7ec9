// The machine's facts: devices, threads, memory, LibTorch and its BLAS.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace ostrich::engine {

struct Device {
    std::string name;  // "cpu", "cuda:0"
    std::string title; // "CPU", "NVIDIA H100"
    std::int64_t totalBytes = 0;
    std::int64_t freeBytes = 0;
    bool fastBfloat16 = false; // computes in bfloat16 at least as fast as in float32
};

std::vector<Device> devices(); // CPU first
/// "auto" -> "cuda:0" or "cpu"; error: no such device here (names those that there are).
/// What is computed on a GPU from then on is exact to float32 (or bfloat16, where that was asked
/// for).
Result<std::string> resolveDevice(const std::string &wish);

struct MachineFacts {
    std::string torchVersion;
    std::string blas;       // "mkl", "openblas", "reference" ...
    std::string cpu;        // model name
    std::string capability; // "AVX2", "AVX512" ...
    int cores = 0;
    int torchThreads = 0;
    std::int64_t totalBytes = 0;
    std::int64_t availableBytes = 0;
    bool fastBfloat16 = false;
    bool shortWaits = false; // OpenMP's threads leave the core to others soon (short_waits.cpp)
};
MachineFacts machineFacts();

/// What of the CPU's memory this process may still take: the machine's free memory, or less where a
/// limit (ulimit -v) leaves less.
std::int64_t availableBytes();

/// Whether this process was started with short waits of OpenMP's threads: so is every program that
/// links this room, unless the environment said otherwise.
bool shortWaits();

/// LibTorch's threads for the calling thread's parallel regions. Call once when a thread starts.
void setThreadCount(int threads);
/// Makes the calling thread (and the threads it will start) yield to the window: nice 10.
void lowerPriority();

} // namespace ostrich::engine

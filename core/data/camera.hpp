// One frame of a camera, through OpenCV.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace ostrich::data {

struct CameraFrame {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb = {}; // height × width × 3
};

/// An open camera; closed with its owner. One thread at a time.
class Camera {
public:
    /// `device` counts from 0. Takes up to seconds. Error: there is none, or it cannot be opened.
    static Result<Camera> open(int device = 0);
    Camera(Camera &&other) noexcept;
    Camera &operator=(Camera &&other) noexcept;
    ~Camera();

    /// The next frame; waits for it. Error: the camera has gone.
    Result<CameraFrame> frame();

private:
    struct Device;
    explicit Camera(std::unique_ptr<Device> device);
    std::unique_ptr<Device> m_device;
    int m_index = 0;
};

} // namespace ostrich::data

// The camera as OpenCV opens it.
#include "data/camera.hpp"

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

#include <exception>
#include <string>
#include <utility>

namespace ostrich::data {

struct Camera::Device {
    cv::VideoCapture capture;
    cv::Mat frame = {}, rgb = {};
};

namespace {

Error noCamera(int device)
{
    return {std::to_string(device), {"data.camera_none", {}}, {"data.camera_none_hint", {}}};
}

} // namespace

Camera::Camera(std::unique_ptr<Device> device) : m_device(std::move(device)) {}
Camera::Camera(Camera &&other) noexcept = default;
Camera &Camera::operator=(Camera &&other) noexcept = default;
Camera::~Camera() = default;

Result<Camera> Camera::open(int device)
{
    // What it tries on the way is nobody's business on the error stream.
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    try {
        auto opened = std::make_unique<Device>();
        if (!opened->capture.open(device)) return noCamera(device);
        Camera camera(std::move(opened));
        camera.m_index = device;
        return camera;
    } catch (const std::exception &) { // OpenCV's own words name its files and lines
        return noCamera(device);
    }
}

Result<CameraFrame> Camera::frame()
{
    try {
        auto &[capture, frame, rgb] = *m_device;
        if (!capture.read(frame) || frame.empty() || frame.type() != CV_8UC3)
            return noCamera(m_index);
        cv::cvtColor(frame, rgb, cv::COLOR_BGR2RGB);
        return CameraFrame{rgb.cols, rgb.rows, {rgb.datastart, rgb.dataend}};
    } catch (const std::exception &) {
        return noCamera(m_index);
    }
}

} // namespace ostrich::data

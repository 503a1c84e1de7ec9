// Digital: faded contrast, stretched, too few pixels, too small a file.
#include "robustness/corruptions/families.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace ostrich::robustness {

namespace {

cv::Mat contrast(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kLeft{0.75, 0.5, 0.4, 0.3, 0.15};
    const double left = kLeft[static_cast<std::size_t>(severity - 1)];
    cv::Mat faded = picture * left;
    cv::add(faded, cv::mean(picture) * (1.0 - left), faded);
    return faded;
}

/// Pulled about like rubber: a smooth random displacement (Simard et al. 2003).
cv::Mat elastic(const cv::Mat &picture, int severity, RandomStream &random)
{
    constexpr std::array kReach{0.6, 0.9, 1.2, 1.5, 1.9}; // pixels, root mean square
    const double size = scaleOf(picture);
    const double reach = kReach[static_cast<std::size_t>(severity - 1)] * size;
    const double sigma = 2.5 * size;
    std::array<cv::Mat, 2> places;
    for (std::size_t axis = 0; axis < 2; ++axis) {
        cv::Mat field = normalNoise(picture.rows, picture.cols, 1, random);
        cv::GaussianBlur(field, field, {}, sigma, sigma, cv::BORDER_REFLECT);
        const double length = cv::norm(field) / std::sqrt(static_cast<double>(field.total()));
        places[axis] = field * (reach / std::max(length, 1e-9));
        for (int y = 0; y < picture.rows; ++y) {
            for (int x = 0; x < picture.cols; ++x)
                places[axis].at<float>(y, x) += static_cast<float>(axis == 0 ? x : y);
        }
    }
    cv::Mat stretched;
    cv::remap(picture, stretched, places[0], places[1], cv::INTER_LINEAR, cv::BORDER_REFLECT);
    return stretched;
}

cv::Mat pixelate(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kShare{0.75, 0.6, 0.45, 0.33, 0.22}; // of the pixels along a side
    const double share = kShare[static_cast<std::size_t>(severity - 1)];
    const cv::Size fewer(std::max(1, static_cast<int>(picture.cols * share)),
                         std::max(1, static_cast<int>(picture.rows * share)));
    cv::Mat coarse, back;
    cv::resize(picture, coarse, fewer, 0, 0, cv::INTER_AREA);
    cv::resize(coarse, back, picture.size(), 0, 0, cv::INTER_NEAREST);
    return back;
}

cv::Mat jpeg(const cv::Mat &picture, int severity, RandomStream &)
{
    constexpr std::array kQuality{80, 65, 50, 30, 15};
    cv::Mat bytes, blueFirst = picture;
    const bool colour = picture.channels() == 3; // files hold blue first
    if (colour) cv::cvtColor(picture, blueFirst, cv::COLOR_RGB2BGR);
    blueFirst.convertTo(bytes, CV_8U, 255.0);
    std::vector<unsigned char> file;
    cv::imencode(".jpg", bytes, file,
                 {cv::IMWRITE_JPEG_QUALITY, kQuality[static_cast<std::size_t>(severity - 1)]});
    cv::Mat read = cv::imdecode(file, colour ? cv::IMREAD_COLOR : cv::IMREAD_GRAYSCALE);
    if (colour) cv::cvtColor(read, read, cv::COLOR_BGR2RGB);
    cv::Mat spoilt;
    read.convertTo(spoilt, CV_32F, 1.0 / 255.0);
    return spoilt;
}

} // namespace

std::vector<Corruption> digitalCorruptions()
{
    return {{"contrast", "digital", contrast},
            {"elastic", "digital", elastic},
            {"pixelate", "digital", pixelate},
            {"jpeg", "digital", jpeg}};
}

} // namespace ostrich::robustness

// JPEG: each picture is written and read again in memory.
#include "attack/filter_torch.hpp"
#include "data/option.hpp"

#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace ostrich::attack::jpeg {

namespace {

/// `picture` as 8 bits of grey or BGR through JPEG.
cv::Mat compressed(const cv::Mat &picture, int quality)
{
    std::vector<std::uint8_t> file;
    cv::imencode(".jpg", picture, file, {cv::IMWRITE_JPEG_QUALITY, quality});
    return cv::imdecode(file, picture.channels() == 1 ? cv::IMREAD_GRAYSCALE : cv::IMREAD_COLOR);
}

/// One picture (C, H, W) of bytes in place: RGB together, any other channels each as grey.
void compress(std::uint8_t *values, int channels, int rows, int columns, int quality)
{
    std::vector<cv::Mat> planes;
    for (int channel = 0; channel < channels; ++channel)
        planes.emplace_back(rows, columns, CV_8UC1,
                            values + static_cast<std::ptrdiff_t>(channel) * rows * columns);
    if (channels != 3) {
        for (cv::Mat &plane : planes) compressed(plane, quality).copyTo(plane);
        return;
    }
    cv::Mat colour;
    cv::merge(std::vector{planes[2], planes[1], planes[0]}, colour);
    std::vector<cv::Mat> after;
    cv::split(compressed(colour, quality), after);
    for (std::size_t channel = 0; channel < 3; ++channel)
        after[2 - channel].copyTo(planes[channel]);
}

class Jpeg : public Filter {
public:
    const FilterDescription &description() const override
    {
        static const FilterDescription description{
            .name = "jpeg",
            .label = {"JPEG", "JPEG"},
            .help = {"Compresses each picture, which throws away what the eye hardly sees.",
                     "Compresse chaque image, ce qui jette ce que l'œil voit à peine."},
            .source = "Guo et al. 2018, Countering adversarial images using input transformations",
            .parameters = {data::integerOption("quality", 75, 1, 100, {"Quality", "Qualité"},
                                               {"Of the JPEG file: 1 is coarse, 100 is fine.",
                                                "Du fichier JPEG : 1 est grossier, 100 est fin."})},
        };
        return description;
    }

    at::Tensor apply(const at::Tensor &x, const graph::Parameters &parameters) const override
    {
        const auto quality = static_cast<int>(graph::integer(parameters, "quality"));
        const at::Tensor bytes =
            (x.detach() * 255.0).round().clamp(0.0, 255.0).to(at::kCPU, at::kByte).contiguous();
        const auto channels = static_cast<int>(x.size(1)), rows = static_cast<int>(x.size(2)),
                   columns = static_cast<int>(x.size(3));
        auto *values = bytes.mutable_data_ptr<std::uint8_t>();
        at::parallel_for(0, x.size(0), 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end; ++i)
                compress(values + i * channels * rows * columns, channels, rows, columns, quality);
        });
        return bytes.to(x.device(), x.scalar_type()) / 255.0;
    }
};

} // namespace

std::unique_ptr<Filter> create()
{
    return std::make_unique<Jpeg>();
}

} // namespace ostrich::attack::jpeg

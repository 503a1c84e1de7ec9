// The lines at the end of the network's constructor that choose a layout.
#include "export/pytorch_layout.hpp"

#include <algorithm>

namespace ostrich::exporting {

void layOutForConvolution(std::vector<PythonClass> &classes)
{
    const auto convolves = [](const PythonClass &made) {
        return std::ranges::any_of(made.constructor, [](const std::string &line) {
            return line.find("nn.Conv2d(") != std::string::npos;
        });
    };
    if (std::ranges::none_of(classes, convolves)) return;
    for (const auto *line :
         {"# On such processors convolutions of pictures are faster in this layout.",
          "if torch.backends.cpu.get_cpu_capability() == \"AVX512\":",
          "    self.to(memory_format=torch.channels_last)"})
        classes.back().constructor.emplace_back(line);
}

} // namespace ostrich::exporting

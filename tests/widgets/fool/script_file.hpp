// A TorchScript file put together byte by byte: a network without weights, in a few lines of
// TorchScript.
#pragma once

#include "../../core/engine/pickle_writing.hpp"

#include <QFile>
#include <QString>

namespace script {

/// A file whose network answers `logits`, an expression in `x` (N, C, H, W). False: not written.
inline bool write(const QString &path, const std::string &logits)
{
    using namespace ostrich::test;
    const std::string code = "class Net(Module):\n"
                             "  __parameters__ = []\n"
                             "  __buffers__ = []\n"
                             "  training : bool\n"
                             "  def forward(self: __torch__.Net,\n"
                             "    x: Tensor) -> Tensor:\n"
                             "    return "
                             + logits + "\n";
    const std::string network =
        global("__torch__", "Net") + ")\x81" + dict({{"training", "\x89"}}) + "b";
    std::vector<Zipped> entries;
    const auto put = [&](const std::string &name, const std::string &bytes) {
        Zipped one;
        one.name = "net/" + name;
        one.bytes = bytes;
        entries.push_back(one);
    };
    put("data.pkl", pickled(network));
    put("code/__torch__.py", code);
    put("constants.pkl", pickled(")"));
    put("version", "3\n");
    const std::string bytes = zipFile(entries);
    QFile file(path);
    return file.open(QIODevice::WriteOnly)
           && file.write(bytes.data(), static_cast<qint64>(bytes.size()))
                  == static_cast<qint64>(bytes.size());
}

/// Ten classes, by how bright ten parts of the picture are.
inline const char *const kTenParts =
    "torch.mul(torch.flatten(torch.adaptive_avg_pool2d(x, [2, 5]), 1, -1), 8)";
/// A thousand classes, of which only the first three are ever said.
inline const char *const kThreeOfThousand =
    "torch.constant_pad_nd(torch.flatten(torch.adaptive_avg_pool2d(x, [1, 1]), 1, -1), [0, 997], "
    "-5)";

} // namespace script

// What is selected, one for all places: blocks, wires, sample.
#pragma once

#include "graph/network.hpp"
#include "model/data_model.hpp"

#include <QObject>

#include <string>
#include <vector>

namespace ostrich::ui {

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const std::vector<std::string> &blocks() const { return m_blocks; }
    /// The block that the inspector shows: the only or last selected one; empty: none.
    std::string currentBlock() const { return m_blocks.empty() ? std::string() : m_blocks.back(); }
    void setBlocks(std::vector<std::string> ids);

    SampleRef sample() const { return m_sample; }
    void setSample(SampleRef sample);

signals:
    void blocksChanged();
    void sampleChanged();

private:
    std::vector<std::string> m_blocks;
    SampleRef m_sample;
};

} // namespace ostrich::ui

// Selection: tells only real changes.
#include "model/selection.hpp"

namespace ostrich::ui {

void Selection::setBlocks(std::vector<std::string> ids)
{
    if (ids == m_blocks) return;
    m_blocks = std::move(ids);
    emit blocksChanged();
}

void Selection::setSample(SampleRef sample)
{
    if (sample == m_sample) return;
    m_sample = sample;
    emit sampleChanged();
}

} // namespace ostrich::ui

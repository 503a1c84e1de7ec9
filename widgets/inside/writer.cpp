// Compiles where the network is another one, restores where the weights are.
#include "inside/writer.hpp"

#include "graph/group.hpp"
#include "model/session.hpp"
#include "train/prediction.hpp"

namespace ostrich::ui {

std::optional<WriteRequest> writeRequest(const Session &session)
{
    const project::Project *run = session.run.runProject();
    if (!run || !session.run.snapshot() || !session.run.sameData() || !session.data.dataset())
        return {};
    WriteRequest request;
    request.subject.network = graph::withoutLooks(run->network);
    request.subject.seed = run->recipe.seed;
    request.subject.whole = session.data.dataset();
    request.snapshot = session.run.snapshot();
    return request;
}

bool writesText(const data::Dataset &dataset)
{
    return train::writesText(dataset.facts, dataset.tokenizer.get());
}

Result<engine::ModelHandle> Writer::model(const WriteRequest &request)
{
    if (!m_model || m_subject != request.subject) {
        m_model = nullptr; // the old weights go first
        m_used = nullptr;
        auto model = engine::compile(request.subject.network,
                                     {.facts = request.subject.whole->facts,
                                      .statistics = request.subject.whole->statistics,
                                      .seed = request.subject.seed});
        if (!model) return model.error();
        m_model = std::move(*model);
        m_subject = request.subject;
    }
    if (request.snapshot != m_used) {
        if (auto restored = engine::restore(m_model, request.snapshot); !restored)
            return restored.error();
        m_used = request.snapshot;
    }
    return m_model;
}

} // namespace ostrich::ui

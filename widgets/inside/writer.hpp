// The network at hand for those who let it write: compiled once, the newest weights put in. No
// widgets.
#pragma once

#include "inside/looker.hpp"

namespace ostrich::ui {

struct Session;

struct WriteRequest {
    LookSubject subject;
    engine::SnapshotHandle snapshot;
};

/// The run of the session with the weights of now; empty: there is none, or it has learned other
/// data than the project's.
std::optional<WriteRequest> writeRequest(const Session &session);

/// Whether its texts can be written on, token by token.
bool writesText(const data::Dataset &dataset);

/// One thread.
class Writer {
public:
    /// The model with the weights asked for; evaluation only. Errors: as engine::compile().
    Result<engine::ModelHandle> model(const WriteRequest &request);

private:
    std::optional<LookSubject> m_subject;
    engine::ModelHandle m_model;
    engine::SnapshotHandle m_used; // the weights that the model holds
};

} // namespace ostrich::ui

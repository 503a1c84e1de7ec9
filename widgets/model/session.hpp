// All that the places share, owned in one place.
#pragma once

#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "model/run_model.hpp"
#include "model/selection.hpp"
#include "model/thumbnail_model.hpp"

namespace ostrich::ui {

/// Destruction goes backwards: thumbnails, then the run, then data, then the project.
struct Session {
    ProjectModel project;
    DataModel data{&project};
    Selection selection;
    RunModel run{&project, &data};
    ThumbnailModel thumbnails{&project, &data, &run, &selection};
};

} // namespace ostrich::ui

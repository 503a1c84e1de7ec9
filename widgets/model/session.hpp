// All that the places share, owned in one place.
#pragma once

#include "model/compare_model.hpp"
#include "model/data_model.hpp"
#include "model/project_model.hpp"
#include "model/run_model.hpp"
#include "model/selection.hpp"
#include "model/thumbnail_model.hpp"

namespace ostrich::ui {

/// Destruction goes backwards: thumbnails, then the comparison, the run, data, the project.
struct Session {
    ProjectModel project;
    DataModel data{&project};
    Selection selection;
    RunModel run{&project, &data};
    CompareModel compare{&project, &data, &run};
    ThumbnailModel thumbnails{&project, &data, &run, &selection};
};

} // namespace ostrich::ui

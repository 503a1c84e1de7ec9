// The page of one series over a network that tells waves apart, and how long a change is.
#pragma once

#include "fool/epsilon_slider.hpp"
#include "fool/fool_model.hpp"
#include "fool/series_chart.hpp"
#include "fool/series_choice.hpp"
#include "fool/series_model.hpp"
#include "fool/series_panel.hpp"
#include "fool/series_view.hpp"
#include "open_place.hpp"

#include <QSignalSpy>

#include <vector>

namespace fool {

class SeriesPage : public OpenPlace {
public:
    SeriesModel &model() const { return *place().series(); }
    SeriesView *view() const { return place().findChild<SeriesView *>(); }
    SeriesChart *chart() const { return view()->findChild<SeriesChart *>(); }
    SeriesPanel *panel() const { return view()->findChild<SeriesPanel *>(); }
    EpsilonSlider *slider() const { return view()->findChild<EpsilonSlider *>(); }

    /// On the table, not yet trained.
    bool chooseWaves()
    {
        session().project.setProject(small::project("conv1d", "waveforms?count=1000", 8), {});
        return small::waitForData(session());
    }

    /// The first series and PGD at a quarter of a deviation.
    bool begin()
    {
        model().useSample(model().suggestions(1).front());
        attack::AttackOptions options;
        options.epsilon = 0.25;
        options.steps = 10;
        return attacked(options);
    }

    /// Until there is a result of these settings.
    bool attacked(const attack::AttackOptions &options)
    {
        QSignalSpy ended(&model().live(), &LiveAttack::ended);
        attack::AttackOptions once = options;
        ++once.seed; // asks in any case
        model().setOptions(once);
        model().setOptions(options);
        return QTest::qWaitFor([&] { return !ended.isEmpty() && !model().live().running(); },
                               small::kPatience);
    }

    /// By how many deviations of the training data each value was moved.
    std::vector<double> moves() const
    {
        const auto &deviation = session().data.dataset()->statistics.deviation;
        const attack::AttackResult &result = *model().result();
        std::vector<double> moves;
        for (std::size_t i = 0; i < result.x.values.size(); ++i)
            moves.push_back((double{result.x_adv.values[i]} - double{result.x.values[i]})
                            / (deviation.empty() ? 1.0 : double{deviation[i % deviation.size()]}));
        return moves;
    }
};

} // namespace fool

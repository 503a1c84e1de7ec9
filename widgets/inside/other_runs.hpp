// The other runs of the project whose memory can be laid beside that of the run at hand: which
// there are, which are chosen, and how far back they remember.
#pragma once

#include "inside/sample_at_hand.hpp"
#include "model/background.hpp"
#include "train/run.hpp"

#include <QObject>

#include <map>
#include <optional>

namespace ostrich::ui {

struct Session;

/// The farthest step back whose depth is at least one half; empty: there is none.
std::optional<int> halfMemoryOf(const std::vector<float> &depth);

/// The labels of the recurrent blocks of a network and of its groups, each once: "LSTM",
/// "LSTM + GRU". Empty: it has none.
QString recurrentName(const graph::Network &network);

/// Runs that have ended, on the data at hand, of networks with a recurrent block; the run at hand
/// is none of them.
class OtherRuns : public QObject {
    Q_OBJECT
public:
    explicit OtherRuns(Session *session, QObject *parent = nullptr);

    struct Item {
        std::string folder;
        QString name;             // "GRU", or "GRU, run 002" where there are several
        QString accuracy;         // on the validation split; may be empty
        int place = -1;           // among those that are drawn: its colour; -1: not chosen
        std::vector<float> depth; // by steps back; empty: not chosen, or not measured yet
        QString trouble;          // why it cannot be measured
        bool operator==(const Item &) const = default;
    };
    /// Oldest first.
    const std::vector<Item> &items() const { return m_items; }
    void choose(const std::string &folder, bool chosen);
    bool measuring() const { return !m_asked.empty(); }

signals:
    void changed();

private:
    struct Told {
        std::vector<float> depth;
        std::optional<Error> error;
    };
    static Told measured(const train::Run &run, const DatasetHandle &whole, std::stop_token stop);
    void refresh();
    void numberNames();
    void fill();
    void ask();
    const train::Run *runIn(const std::string &folder) const;

    Session *m_session;
    DatasetHandle m_whole;
    std::vector<Item> m_items;
    std::vector<std::pair<std::string, int>> m_chosen; // folders with their places, newest last
    std::map<std::string, Told> m_told;                // by folder: an ended run changes no more
    std::string m_asked;                               // being measured; empty: none
    Background m_background{1};
};

} // namespace ostrich::ui

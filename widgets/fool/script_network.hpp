// A stranger's network from a TorchScript file: opened in the background, and asked at once about
// the first test pictures.
#pragma once

#include "attack/filter.hpp"
#include "data/dataset.hpp"
#include "model/background.hpp"
#include "train/evaluation.hpp"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace ostrich::ui {

class ScriptNetwork : public QObject {
    Q_OBJECT
public:
    explicit ScriptNetwork(QObject *parent = nullptr);

    /// A file that is a program: who calls has asked. The one at hand stays until it is there.
    void open(const attack::TorchScriptChoice &choice,
              std::shared_ptr<const data::Dataset> dataset);
    void forget();
    bool isOpening() const { return m_isOpening; }
    /// Empty: there is none.
    const std::optional<attack::Subject> &subject() const { return m_subject; }
    /// How subject() was opened.
    const attack::TorchScriptChoice &choice() const { return m_choice; }
    /// Whose pictures it reads; null: there is none.
    const std::shared_ptr<const data::Dataset> &dataset() const { return m_dataset; }
    /// To the first kAsked test pictures.
    const std::vector<train::Answer> &answers() const { return m_answers; }
    static constexpr std::int64_t kAsked = 200;

signals:
    void opened();
    void failed(const Error &error); // the one at hand stays

private:
    std::shared_ptr<const data::Dataset> m_dataset;
    std::optional<attack::Subject> m_subject;
    attack::TorchScriptChoice m_choice;
    std::vector<train::Answer> m_answers;
    bool m_isOpening = false;
    Background m_background{2}; // last: joins first
};

} // namespace ostrich::ui

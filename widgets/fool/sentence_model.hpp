// One sentence and the search for the fewest words whose exchange changes the network's answer.
#pragma once

#include "attack/words.hpp"
#include "model/background.hpp"
#include "model/data_model.hpp"

#include <QObject>
#include <QStringList>

#include <optional>
#include <vector>

namespace ostrich::ui {

struct Session;
class FoolModel;

class SentenceModel : public QObject {
    Q_OBJECT
public:
    /// `fool` knows the network at hand.
    SentenceModel(Session *session, FoolModel *fool, QObject *parent = nullptr);

    /// Why no sentence can be fooled yet, and what to do; empty: one can.
    QString obstacle() const;

    const QString &text() const { return m_text; }
    const std::optional<SampleRef> &sample() const { return m_sample; } // empty: typed
    const std::vector<std::int32_t> &ids() const { return m_ids; }      // as the network reads it
    /// How each of ids() reads; a typed word that the vocabulary does not hold, as it was typed.
    const QStringList &words() const { return m_words; }
    bool isCut() const;  // typed, and too long to be read to its end
    int unknown() const; // words that its vocabulary does not hold
    void setText(const QString &text);
    void useSample(const SampleRef &sample);
    /// Test sentences that the network reads rightly, short ones first, of every class in turn.
    std::vector<SampleRef> suggestions(int count) const;
    /// Why this sentence cannot be fooled, in one line; empty: it can.
    QString trouble() const;

    /// Of attack::wordParameters().
    const graph::Parameters &parameters() const { return m_parameters; }
    void setParameters(const graph::Parameters &parameters);
    const std::optional<std::int64_t> &target() const { return m_target; }
    void setTarget(std::optional<std::int64_t> target);

    void start();
    void cancel(); // what was found on the way stays
    bool running() const { return m_running; }
    bool stopped() const { return m_stopped; } // cancelled on its way

    /// The answer to the sentence as it is; empty: not known yet.
    const std::vector<float> &before() const { return m_before; }
    /// After 1, 2, ... exchanges the sentence that is nearest to fooling.
    const std::vector<attack::WordResult> &found() const { return m_found; }
    const std::optional<attack::WordResult> &result() const { return m_result; }
    /// The result, or the nearest so far; null: nothing yet.
    const attack::WordResult *newest() const;
    /// The class whose probability tells how near it is: the target, else the first answer.
    std::int64_t watchedClass() const;

signals:
    void sentenceChanged();
    void optionsChanged();
    void resultChanged(); // running, before, found, result
    void statusMessage(const QString &text, bool isError);

private:
    void follow();
    void read(const QString &text);
    QStringList wordsOf() const;
    void becomeSentence(QString text, std::optional<SampleRef> sample,
                        std::vector<std::int32_t> ids);
    void forget();
    void askBefore();
    void take(attack::WordResult result);
    void fail(const Error &error);

    Session *m_session;
    FoolModel *m_fool;
    engine::ModelHandle m_network;
    graph::DataFacts m_known; // of the data whose target and typed sentence these are
    QString m_text, m_problem;
    QString m_own; // the typed sentence, while there is no network for it
    std::optional<SampleRef> m_sample;
    std::vector<std::int32_t> m_ids;
    QStringList m_words;
    graph::Parameters m_parameters;
    std::optional<std::int64_t> m_target;
    std::vector<float> m_before;
    std::vector<attack::WordResult> m_found;
    std::optional<attack::WordResult> m_result;
    bool m_running = false, m_stopped = false;
    int m_serial = 0;                  // of the search at hand
    Background m_asker, m_searcher{2}; // last: they join first
};

} // namespace ostrich::ui

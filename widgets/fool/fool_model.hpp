// What Fool is about: one picture, one attack on the trained network, and the curve over many test
// pictures.
#pragma once

#include "attack/threat.hpp"
#include "model/background.hpp"
#include "model/data_model.hpp"

#include <QImage>
#include <QObject>

#include <optional>
#include <vector>

namespace ostrich::ui {

struct Session;

class FoolModel : public QObject {
    Q_OBJECT
public:
    explicit FoolModel(Session *session, QObject *parent = nullptr);

    /// Why nothing can be fooled yet, and what to do; empty: all is there.
    QString obstacle() const;
    bool lacksPictures() const; // the data are none

    const Array &picture() const { return m_picture; } // (C, H, W)
    const std::optional<SampleRef> &sample() const
    {
        return m_sample;
    } // empty: a picture from outside
    void useSample(SampleRef sample);
    void useFile(const QString &path);
    void useImage(const QImage &image);
    /// The first test pictures that the network reads rightly, of the class that is fooled most
    /// tellingly first.
    std::vector<SampleRef> suggestions(int count) const;

    const attack::AttackOptions &options() const { return m_options; }
    void setOptions(const attack::AttackOptions &options); // attacks anew
    void setEpsilon(double epsilon);
    double largestEpsilon() const; // of the slider, in the units of options().norm

    const std::optional<attack::AttackResult> &result() const { return m_result; }
    std::optional<double> flip() const
    {
        return m_flip;
    } // the smallest epsilon that flips this picture

    void startSweep(int pictures);
    void cancelSweep();
    bool sweeping() const { return m_sweeping; }
    const std::vector<attack::SweepPoint> &sweep() const { return m_sweep; }
    int sweepPictures() const { return m_sweepPictures; }

signals:
    void pictureChanged();
    void optionsChanged();
    void resultChanged();
    void flipChanged();
    void sweepChanged();
    void sweepProgressed(double fraction); // negative: ended
    void statusMessage(const QString &text, bool isError);

private:
    engine::ModelHandle usableModel() const; // null: none, or the data are other ones by now
    bool ready();                            // false: told why not
    void modelChanged();
    void attackNow();
    void findFlip();
    void clearSweep();
    void setPicture(Array picture, std::optional<SampleRef> sample);
    void tell(const Error &error);

    Session *m_session;
    Background m_attacker, m_flipper, m_sweeper;
    engine::ModelHandle m_model;
    Array m_picture;
    std::optional<SampleRef> m_sample;
    std::optional<std::int64_t> m_label;
    attack::AttackOptions m_options;
    std::optional<attack::AttackResult> m_result;
    std::optional<double> m_flip;
    std::vector<attack::SweepPoint> m_sweep;
    int m_sweepPictures = 0;
    bool m_sweeping = false;
};

} // namespace ostrich::ui

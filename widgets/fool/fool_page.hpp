// How the parts of Fool stand: probabilities left and right of the triptych, or below it where the
// window is narrow; where it is low, the bottom row is reached by scrolling.
#pragma once

#include <QScrollArea>

class QGridLayout;
class QHBoxLayout;
class QVBoxLayout;

namespace ostrich::ui {

class PictureChoice;
class ProbabilityBars;
class Triptych;

class FoolPage : public QScrollArea {
    Q_OBJECT
public:
    struct Parts {
        QWidget *hint; // above all, where there is something to say
        Triptych *triptych;
        ProbabilityBars *before, *after;
        PictureChoice *choice;
        QWidget *live;                       // below the probabilities after the attack
        QWidget *epsilon, *slider, *largest; // one row
        QWidget *sentence, *noise;           // one below the other
        QWidget *bottom;                     // as high as it is
    };
    /// Takes the parts as its children.
    explicit FoolPage(const Parts &parts, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *upperPart();
    void arrange(bool narrow);
    void orderTabs();
    void followPictures();

    Parts m_parts;
    QGridLayout *m_pictures = nullptr;
    QWidget *m_below;
    QHBoxLayout *m_belowLayout;
    QWidget *m_between;
    QVBoxLayout *m_betweenLayout; // choice and live, where they stand below the pictures
    bool m_narrow = false;
};

} // namespace ostrich::ui

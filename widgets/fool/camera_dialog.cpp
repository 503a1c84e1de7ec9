// Frames come as they are taken; the newest is the photograph.
#include "fool/camera_dialog.hpp"

#include "data/camera.hpp"
#include "theme/controls.hpp"
#include "theme/theme.hpp"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <atomic>

namespace ostrich::ui {

namespace {

constexpr QSize kView(480, 360);

QImage imageOf(const data::CameraFrame &frame)
{
    return QImage(frame.rgb.data(), frame.width, frame.height, 3 * frame.width,
                  QImage::Format_RGB888)
        .copy();
}

} // namespace

CameraDialog::CameraDialog(QWidget *parent)
    : QDialog(parent), m_view(new QLabel), m_text(mutedLabel()), m_shoot(nullptr)
{
    setWindowTitle(tr("Shoot a picture"));
    auto *layout = new QVBoxLayout(this);
    m_view->setMinimumSize(kView);
    m_view->setAlignment(Qt::AlignCenter);
    m_view->setWordWrap(true);
    m_view->setText(tr("Opening the camera…"));
    m_text->setText(tr("The middle is cut out and made to fit the network."));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_shoot = buttons->addButton(tr("Shoot"), QDialogButtonBox::AcceptRole);
    m_shoot->setEnabled(false);
    m_shoot->setDefault(true);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_text);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(this, &QDialog::finished, this, &CameraDialog::release);
    look();
}

void CameraDialog::look()
{
    m_background.run([this](std::stop_token stop) -> Background::Finish {
        const auto failed = [this](const Error &error) -> Background::Finish {
            return [this, text = QString::fromStdString(
                              ostrich::sentence(Error{{}, error.what, error.hint}, language()))] {
                m_shoot->setEnabled(false);
                m_picture = {};
                m_view->setText(text);
            };
        };
        auto camera = data::Camera::open();
        if (!camera) return failed(camera.error());
        // One frame at a time is on its way: a slow window sees fewer of them.
        const auto waiting = std::make_shared<std::atomic<bool>>(false);
        while (!stop.stop_requested()) {
            const auto frame = camera->frame();
            if (!frame) return failed(frame.error());
            if (waiting->exchange(true)) continue;
            QMetaObject::invokeMethod(
                this,
                [this, waiting, image = imageOf(*frame)] {
                    *waiting = false;
                    if (result() != QDialog::Accepted) take(image);
                },
                Qt::QueuedConnection);
        }
        return {};
    });
}

void CameraDialog::release()
{
    m_background.cancel();
    if (!m_background.busy()) return deleteLater();
    connect(&m_background, &Background::busyChanged, this, [this](bool busy) {
        if (!busy) deleteLater();
    });
}

void CameraDialog::take(const QImage &frame)
{
    m_picture = frame;
    m_shoot->setEnabled(true);
    paintFrame();
}

void CameraDialog::paintFrame()
{
    const double ratio = devicePixelRatioF();
    // As in a mirror: so one finds the middle.
    const QImage mirror = m_picture.mirrored(true, false);
    QPixmap shown = QPixmap::fromImage(
        mirror.scaled(m_view->size() * ratio, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    shown.setDevicePixelRatio(ratio);
    m_view->setPixmap(shown);
}

void CameraDialog::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (!m_picture.isNull()) paintFrame();
}

} // namespace ostrich::ui

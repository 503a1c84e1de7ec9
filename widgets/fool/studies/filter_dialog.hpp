// A filter that is set before a network: what it can be told, and whether attacks know of it.
#pragma once

#include "attack/filter.hpp"

#include <QDialog>

#include <optional>

namespace ostrich::ui {

class ParameterForm;

class FilterDialog : public QDialog {
    Q_OBJECT
public:
    FilterDialog(const attack::FilterDescription &filter, const QString &network,
                 QWidget *parent = nullptr);

    attack::FilterChoice choice() const;
    /// Asks; empty: none is set before it.
    static std::optional<attack::FilterChoice> ask(const attack::FilterDescription &filter,
                                                   const QString &network, QWidget *parent);

private:
    std::string m_filter;
    ParameterForm *m_form;
};

} // namespace ostrich::ui

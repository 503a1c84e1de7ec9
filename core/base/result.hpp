// Errors as values: what every call that a user's input can reach returns.
#pragma once

#include "base/message.hpp"

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

namespace ostrich {

/// What went wrong, where, and what to do: one line that a student understands.
struct Error {
    std::string where; // a file's path, a block's id, an argument's name
    Message what;
    Message hint; // may be empty

    bool operator==(const Error &) const = default;
};

/// "where: what hint", on one line (line breaks inside the parts become spaces).
std::string sentence(const Error &error, Language language);

/// A value or the error that explains its absence.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return m_state.index() == 0; }
    const T &operator*() const & { return std::get<0>(m_state); }
    T &operator*() & { return std::get<0>(m_state); }
    T &&operator*() && { return std::get<0>(std::move(m_state)); }
    const T *operator->() const { return &std::get<0>(m_state); }
    T *operator->() { return &std::get<0>(m_state); }
    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)) {}

    explicit operator bool() const { return !m_error; }
    const Error &error() const { return *m_error; }

private:
    std::optional<Error> m_error;
};

} // namespace ostrich

// The canvas's measures, in logical pixels at zoom 1 (design: "Canvas geometry").
#pragma once

namespace ostrich::ui {

inline constexpr double kGrid = 8.0;
inline constexpr double kDotPitch = 16.0;
inline constexpr double kPortPitch = 16.0;
inline constexpr double kPort = 10.0;
inline constexpr double kLitPort = 14.0;
inline constexpr double kPortReach = 12.0; // half of its hit area
inline constexpr double kCardRadius = 8.0;
inline constexpr double kStripe = 5.0;
inline constexpr double kHalo = 3.0;
inline constexpr double kContentLeft = 14.0; // border and padding
inline constexpr double kContentRight = 10.0;
inline constexpr double kStripTop = 52.0;
inline constexpr double kStripHeight = 33.0;
inline constexpr double kMapGap = 4.0;
inline constexpr double kRowGap = 24.0; // between neighbours in a row
inline constexpr double kForkDot = 8.0;
inline constexpr double kWireReach = 6.0;      // how near the pointer must be
inline constexpr double kWordsFromZoom = 0.35; // below it words are no longer drawn

} // namespace ostrich::ui

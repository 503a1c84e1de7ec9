// Archives by libzip, in memory.
#include "data/stored_zip.hpp"

#include <zip.h>

#include <memory>

namespace ostrich::data {

namespace {

using SourceKeeper = std::unique_ptr<zip_source_t, decltype(&zip_source_free)>;

/// Adds `bytes`, which must live until the archive is closed.
bool add(zip_t *archive, const std::string &name, const std::string &bytes)
{
    zip_source_t *source = zip_source_buffer(archive, bytes.data(), bytes.size(), 0);
    if (!source) return false;
    const zip_int64_t index = zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0)
           == 0;
}

} // namespace

std::string storedZip(const std::vector<StoredFile> &files)
{
    zip_error_t error;
    zip_error_init(&error);
    const SourceKeeper target(zip_source_buffer_create(nullptr, 0, 0, &error), zip_source_free);
    if (!target) return {};
    zip_t *archive = zip_open_from_source(target.get(), ZIP_TRUNCATE, &error);
    if (!archive) return {};
    zip_source_keep(target.get()); // closing the archive gives one reference back
    for (const auto &[name, bytes] : files) {
        if (!add(archive, name, bytes)) {
            zip_discard(archive);
            return {};
        }
    }
    if (zip_close(archive) != 0) {
        zip_discard(archive);
        return {};
    }
    if (zip_source_open(target.get()) != 0) return {};
    zip_source_seek(target.get(), 0, SEEK_END);
    const zip_int64_t size = zip_source_tell(target.get());
    zip_source_seek(target.get(), 0, SEEK_SET);
    std::string bytes(size > 0 ? static_cast<std::size_t>(size) : 0, '\0');
    const zip_int64_t read = zip_source_read(target.get(), bytes.data(), bytes.size());
    zip_source_close(target.get());
    return read == size ? bytes : std::string();
}

} // namespace ostrich::data

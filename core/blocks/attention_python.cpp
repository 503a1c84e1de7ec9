// Attention over sequences of unequal length in PyTorch's own words.
#include "blocks/attention_python.hpp"

namespace ostrich::blocks {

const std::string &attentionPython()
{
    static const std::string text = R"(def without_padding(x, lengths):
    """x (N, T, F) with 0 in every step beyond a sample's length."""
    if lengths is None:
        return x
    real = torch.arange(x.shape[1], device=x.device) < lengths[:, None]
    return x.masked_fill(~real[:, :, None], 0)


def padded_keys(x, lengths):
    """(N, T), True where nobody may look. Step 0 of an empty sample stays: a row needs a key."""
    if lengths is None:
        return None
    return torch.arange(x.shape[1], device=x.device) >= lengths.clamp(min=1)[:, None]


def later_keys(query, key, causal=True):
    """(T, S), True where the key is later than the query."""
    if not causal:
        return None
    shape = (query.shape[1], key.shape[1])
    return torch.ones(shape, dtype=torch.bool, device=query.device).triu(1)


class SequenceAttention(nn.MultiheadAttention):
    def __init__(self, *args, causal=False, **kwargs):
        super().__init__(*args, batch_first=True, **kwargs)
        self.causal = causal

    def forward(self, query, key, value, query_lengths=None, key_lengths=None):
        y, _ = super().forward(
            without_padding(query, query_lengths),
            without_padding(key, key_lengths),
            without_padding(value, key_lengths),
            key_padding_mask=padded_keys(key, key_lengths),
            attn_mask=later_keys(query, key, self.causal),
            need_weights=False,
        )
        return without_padding(y, query_lengths)


class SequenceEncoderLayer(nn.TransformerEncoderLayer):
    def __init__(self, *args, causal=False, **kwargs):
        super().__init__(*args, batch_first=True, **kwargs)
        self.causal = causal

    def forward(self, x, lengths=None):
        y = super().forward(
            without_padding(x, lengths),
            src_mask=later_keys(x, x, self.causal),
            src_key_padding_mask=padded_keys(x, lengths),
        )
        return without_padding(y, lengths)


class SequenceDecoderLayer(nn.TransformerDecoderLayer):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, batch_first=True, **kwargs)

    def forward(self, x, memory, lengths=None, memory_lengths=None):
        y = super().forward(
            without_padding(x, lengths),
            without_padding(memory, memory_lengths),
            tgt_mask=later_keys(x, x),
            tgt_key_padding_mask=padded_keys(x, lengths),
            memory_key_padding_mask=padded_keys(memory, memory_lengths),
        )
        return without_padding(y, lengths)
)";
    return text;
}

std::string pythonBoolean(bool value)
{
    return value ? "True" : "False";
}

} // namespace ostrich::blocks

// The best point of each sample that an attack has found so far.
#include "attack/attack_torch.hpp"

#include <ATen/ops/full.h>
#include <ATen/ops/nonzero.h>
#include <ATen/ops/where.h>

#include <limits>

namespace ostrich::attack {

Best::Best(const AttackBatch &batch)
    : m_x(batch.x.clone()),
      m_loss(
          at::full({batch.x.size(0)}, -std::numeric_limits<double>::infinity(), batch.x.options())),
      m_fooled(at::full({batch.x.size(0)}, false, batch.y.options().dtype(at::kBool)))
{
}

void Best::offer(const at::Tensor &indices, const at::Tensor &x, const at::Tensor &loss,
                 const at::Tensor &fooled)
{
    const at::Tensor was = m_fooled.index_select(0, indices);
    const at::Tensor larger = loss.gt(m_loss.index_select(0, indices));
    const at::Tensor better = at::where(fooled == was, larger, fooled);
    const at::Tensor rows = at::nonzero(better).squeeze(1);
    const at::Tensor improved = indices.index_select(0, rows);
    m_x.index_copy_(0, improved, x.index_select(0, rows));
    m_loss.index_copy_(0, improved, loss.index_select(0, rows));
    m_fooled.index_copy_(0, indices, was.logical_or(fooled));
}

at::Tensor Best::stillRight() const
{
    return at::nonzero(m_fooled.logical_not()).squeeze(1);
}

} // namespace ostrich::attack

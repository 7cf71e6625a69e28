import { changesOf, trialOfEdit } from './edit-trial'
import { OPENSHIFT } from './settings'
import * as S from './settings'
const setting = (S as any)[process.env['SETTING'] ?? 'OPENSHIFT']
const step = Number(process.env['STEP'] ?? '1'),
  at = Number(process.env['AT'] ?? '0')
const from = process.env['FROM'],
  to = process.env['TO']
let n = 0,
  failed = 0
const t0 = performance.now()
for (const [i, change] of changesOf(setting ?? OPENSHIFT).entries()) {
  if (from !== undefined && change.before.name !== from) continue
  if (to !== undefined && change.after.name !== to) continue
  if (i % step !== at) continue
  n += 1
  const { failures, history } = await trialOfEdit(setting, change)
  if (failures.length > 0) {
    failed += 1
    console.log(
      `== ${change.before.name} -> ${change.after.name}\n` +
        failures.map((f) => `   ${f}`).join('\n'),
    )
  }
  if (process.env['TRACE']) console.log(history.trace.join('\n'))
  if (process.env['END']) console.log(history.end)
}
console.log(`${n} pairs, ${failed} failed, ${((performance.now() - t0) / 1000).toFixed(1)} s`)

import { ordealsOf, trialOfTrouble } from './edit-trial'
import { SETTINGS } from './settings'
const setting = Object.values(SETTINGS)[Number(process.env['SETTING'] ?? '0')]!
const step = Number(process.env['STEP'] ?? '1'),
  at = Number(process.env['AT'] ?? '0')
const { WISH, TROUBLE, BEGINS } = process.env
let n = 0,
  failed = 0
const t0 = performance.now()
for (const [i, o] of ordealsOf(setting).entries()) {
  if (WISH !== undefined && o.wish.name !== WISH) continue
  if (TROUBLE !== undefined && o.trouble.name !== TROUBLE) continue
  if (BEGINS !== undefined && o.begins !== BEGINS) continue
  if (i % step !== at) continue
  n += 1
  const { failures, history } = await trialOfTrouble(setting, o)
  if (failures.length > 0) {
    failed += 1
    console.log(
      `== ${o.wish.name}, ${o.trouble.name} ${o.begins}\n` +
        failures.map((f) => `   ${f}`).join('\n'),
    )
  }
  if (process.env['TRACE']) console.log(history.trace.join('\n'))
}
console.log(`${n} ordeals, ${failed} failed, ${((performance.now() - t0) / 1000).toFixed(1)} s`)

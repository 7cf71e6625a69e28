import { LONGER_SCENARIOS } from './longer-scenarios'
import { FAULTS } from './faults'
import { trialOfFault, trialOfSeed, undisturbed, report } from './trial'
const step = Number(process.env['STEP'] ?? '1'),
  at = Number(process.env['AT'] ?? '0'),
  seeds = Number(process.env['SEEDS'] ?? '0')
const { ONLY, FAULT } = process.env
let n = 0,
  failed = 0
const t0 = performance.now()
for (const scenario of LONGER_SCENARIOS) {
  if (ONLY !== undefined && !scenario.name.includes(ONLY)) continue
  const u = await undisturbed(scenario)
  const line = u.end.split('\n').find((l) => l.startsWith('Config /')) ?? 'Config /{}'
  const c = JSON.parse(line.slice(line.indexOf('{')))
  const bad = c.status?.conditions?.filter(
    (x: any) =>
      (x.type === 'Available' && x.status !== 'True') ||
      (['Degraded', 'Progressing'].includes(x.type) && x.status === 'True'),
  )
  console.log(
    '--',
    scenario.name,
    u.steps,
    u.effects.length,
    JSON.stringify(u.violations),
    JSON.stringify(bad).slice(0, 300),
  )
  if (process.env['TRACE']) console.log(u.trace.join('\n'))
  const effects = u.effects.map((_, i) => i).filter((i) => !u.effects[i]!.includes('Lease'))
  for (const effect of effects)
    for (const [f, fault] of FAULTS.entries()) {
      if ((effect * 8 + f) % step !== at) continue
      if (FAULT !== undefined && fault !== FAULT) continue
      n += 1
      const t = await trialOfFault(scenario, effect, fault)
      if (t.failures.length > 0) {
        failed += 1
        console.log(
          `== ${scenario.name}: ${fault} ${effect} ${u.effects[effect]}\n` +
            t.failures.map((x) => '   ' + x.slice(0, 500)).join('\n'),
        )
        if (process.env['TRACE']) console.log(report(scenario, t, []))
      }
    }
  for (let seed = 1; seed <= seeds; seed += 1) {
    n += 1
    const t = await trialOfSeed(scenario, seed)
    if (t.failures.length > 0) {
      failed += 1
      console.log(
        `== ${scenario.name}: seed ${seed}\n` +
          t.failures.map((x) => '   ' + x.slice(0, 500)).join('\n'),
      )
    }
  }
}
console.log(`${n} histories, ${failed} failed, ${((performance.now() - t0) / 1000).toFixed(1)} s`)

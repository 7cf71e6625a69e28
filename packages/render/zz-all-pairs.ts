import { appendFileSync } from 'node:fs'
const R = '/work/main/packages/render/src/testing'
const { caseNames, loadCase } = await import(R + '/compatibility/case.ts')
const { askedFor, caseWorld } = await import(R + '/compatibility/case-world.ts')
const { compared } = await import(R + '/compatibility/compared.ts')
const { foundDifferences } = await import(R + '/compatibility/found-differences.ts')
const { ownedWork } = await import(R + '/compatibility/owned-work.ts')
const { pastDifferences } = await import(R + '/compatibility/past-differences.ts')
const { verdictOf } = await import(R + '/compatibility/verdict.ts')
const { missingAuthorities } = await import(R + '/compatibility/case-groups.ts')
const { atRest } = await import(R + '/simulated-cluster/simulated-cluster.ts')
const log = (s: string) => appendFileSync('/tmp/work/y-pairs.log', s + '\n')
const cases = caseNames().map(loadCase).filter((c: any) => c.config !== null)
const ends: any[] = []
for (const way of ['replace', 'apply']) for (const given of cases) {
  const work = ownedWork(atRest(caseWorld(given, way)), given)
  if (given.config.managementState !== 'Unmanaged' && /^T \w+ \/ F \w+ \/ F AsExpected$/.test(verdictOf(work)) && !missingAuthorities.includes(given.name)) ends.push({ way, given, work })
}
log(`${cases.length} cases, ${ends.length} ends, ${cases.length * ends.length} pairs`)
// All pairs, in an order that visits everything early.
const total = cases.length * ends.length
const step = 104729
let bad = 0
const start = Date.now()
for (let k = 0; k < total; k++) {
  const index = (k * step) % total
  const from = cases[index % cases.length], to = ends[Math.floor(index / cases.length)]
  const { facts, imagePruner } = to.given
  try {
    const before = atRest(caseWorld({ ...from, facts, imagePruner }, to.way))
    const after = ownedWork(atRest(askedFor(to.given, to.way)(before)), to.given)
    const lines = compared(pastDifferences, `${from.name} → ${to.given.name} (${to.way})`, foundDifferences(to.work, after)).unexpected
    if (lines.length > 0) { bad++; lines.slice(0, 4).forEach((l: string) => log('BAD ' + l.slice(0, 300))) }
  } catch (e) { bad++; log(`BAD ${from.name} → ${to.given.name} (${to.way}) ${String(e).slice(0, 200)}`) }
  if (k % 1000 === 999) log(`${k + 1} pairs, ${bad} bad, ${Math.round((Date.now() - start) / 1000)} s`)
}
log(`done ${total}, ${bad} bad`)

import { availableParallelism } from 'node:os'

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

const line = ({ name, what }, { code, passed, failed, note }, ms) => {
  const tests = passed === undefined ? undefined : `${passed} passed, ${failed} failed`
  const said = [what, tests, note].filter((text) => text !== undefined).join(' · ')
  return `${code === 0 ? '✓' : '✗'} ${name.padEnd(8)} ${seconds(ms).padStart(7)}  ${said}`
}

/**
 * Runs the steps, two at a time where there are two cores. Each prints a line when it is done, and all of its
 * output when it failed. Gives the steps with their results.
 */
export const runSteps = async (steps) => {
  const results = new Map()
  const waiting = [...steps]
  const isDue = ({ after }) =>
    after === undefined || results.has(after) || !steps.some(({ name }) => name === after)
  const running = new Map()

  const start = (step) => {
    const began = Date.now()
    const done = step.run().then((result) => {
      running.delete(step.name)
      results.set(step.name, { step, ...result })
      console.log(line(step, result, Date.now() - began))
      if (result.code !== 0) console.log(`\n${result.output.trimEnd()}\n`)
    })
    running.set(step.name, done)
  }

  const began = Date.now()
  const heartbeat = setInterval(() => {
    console.log(`… ${seconds(Date.now() - began)}: ${[...running.keys()].join(', ')}`)
  }, 15_000)
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex(isDue)
    if (next >= 0 && running.size < Math.min(2, availableParallelism())) {
      start(...waiting.splice(next, 1))
    } else {
      await Promise.race(running.values())
    }
  }
  clearInterval(heartbeat)
  return steps.map(({ name }) => results.get(name))
}

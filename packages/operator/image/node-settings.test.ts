import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { describe, expect, it } from 'vitest'

import { NODE_ARGUMENT, NODE_ENVIRONMENT } from './node-settings'

const dockerfile = join(import.meta.dirname, '../../../Dockerfile')

/** What a Dockerfile sets in the last image that it makes. */
const variablesIn = (text: string): ReadonlyArray<string> => {
  const last = text.slice(text.lastIndexOf('\nFROM ')).replaceAll('\\\n', ' ')
  const [, line = ''] = /^ENV (.*)$/m.exec(last) ?? []
  return [...line.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(
    ([, name, quoted, plain]) => `${name}=${quoted ?? plain}`,
  )
}

/** What a program may do under the settings: the code of the refusal, for each thing that it tries. */
const refusals = async (...tried: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const program = `const tried = [${tried.map((one) => `() => ${one}`).join()}]
    Promise.all(tried.map((one) => Promise.resolve().then(one).then(() => 'done', ({ code }) => code)))
      .then((codes) => console.log(JSON.stringify(codes)))`
  const { stdout } = await promisify(execFile)(process.execPath, [NODE_ARGUMENT, '-e', program], {
    env: { NODE_OPTIONS: NODE_ENVIRONMENT['NODE_OPTIONS'] ?? '' },
  })
  return JSON.parse(stdout) as ReadonlyArray<string>
}

describe("the settings of the image's Node", () => {
  it('are the same in the image that an engine makes', async () => {
    const wanted = { PATH: '/usr/bin', ...NODE_ENVIRONMENT }
    expect(variablesIn(await readFile(dockerfile, 'utf8'))).toEqual(
      Object.entries(wanted).map(([name, value]) => `${name}=${value}`),
    )
  })

  it('let it start no program, no thread and no debugger, and load no native code', async () => {
    expect(
      await refusals(
        "require('child_process').spawnSync('true')",
        "new (require('worker_threads').Worker)('1', { eval: true })",
        "require('inspector').open(0)",
        "process.dlopen({ exports: {} }, '/none.node')",
        "require('fs').promises.readFile('/proc/self/status')",
      ),
    ).toEqual([
      ...Array.from({ length: 3 }, () => 'ERR_ACCESS_DENIED'),
      'ERR_DLOPEN_DISABLED',
      'done',
    ])
  })

  it('write nothing of what is in memory, whatever happens to it', () => {
    const said = `${NODE_ARGUMENT} ${Object.values(NODE_ENVIRONMENT).join(' ')}`
    expect(said).not.toMatch(/--(report|heap|inspect|prof|cpu-prof|abort-on|trace|perf|diagnostic)/)
  })
})

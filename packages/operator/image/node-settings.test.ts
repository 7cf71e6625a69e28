import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { NODE_ENVIRONMENT } from './node-settings'

const dockerfile = join(import.meta.dirname, '../../../Dockerfile')

/** What a Dockerfile sets in the last image that it makes. */
const variablesIn = (text: string): ReadonlyArray<string> => {
  const last = text.slice(text.lastIndexOf('\nFROM ')).replaceAll('\\\n', ' ')
  const [, line = ''] = /^ENV (.*)$/m.exec(last) ?? []
  return [...line.matchAll(/(\w+)=(?:"([^"]*)"|(\S+))/g)].map(
    ([, name, quoted, plain]) => `${name}=${quoted ?? plain}`,
  )
}

describe("the settings of the image's Node", () => {
  it('are the same in the image that an engine makes', async () => {
    const wanted = { PATH: '/usr/bin', ...NODE_ENVIRONMENT }
    expect(variablesIn(await readFile(dockerfile, 'utf8'))).toEqual(
      Object.entries(wanted).map(([name, value]) => `${name}=${value}`),
    )
  })
})

import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { startInMemoryApiServer } from '@image-registry-operator/apply/testing'
import { expect, it, onTestFinished } from 'vitest'

import { openshiftObjects } from '../../testing/openshift-objects'
import { selfSigned } from '@image-registry-operator/storage-drivers/testing'
import { eventually, startedOperator } from '../../testing/started-operator'
import { temporaryFolder } from '../../testing/temporary-folder'

const cluster = async () => {
  const server = await startInMemoryApiServer({ objects: await openshiftObjects() })
  onTestFinished(server.close)
  return server
}

it('ends when a watched file changes, and says which', async () => {
  const folder = await temporaryFolder({ 'tls.crt': 'old', 'tls.key': 'old' })
  const files = [join(folder, 'tls.crt'), join(folder, 'tls.key')]
  const operator = startedOperator(await cluster(), { files })
  await eventually(
    () => operator.log().map(({ msg }) => msg),
    (messages) =>
      messages.includes(`Watching files [${files.join(' ')}]...`) &&
      messages.includes('serving health and metrics'),
  )
  await writeFile(join(folder, 'tls.key'), 'new')
  expect(await operator.ended).toBe(0)
  expect(operator.log()).toContainEqual(
    expect.objectContaining({ event: 'FileChanged', file: join(folder, 'tls.key') }),
  )
})

it('does not start when it cannot serve metrics as it is asked to', async () => {
  const pair = await selfSigned()
  const folder = await temporaryFolder({
    'tls.crt': pair.certificate,
    'tls.key': pair.privateKey,
    'config.yaml': 'servingInfo: {bindAddress: nowhere}',
  })
  const server = await cluster()
  const problemOf = async (settings: { readonly config: string }) => {
    const operator = startedOperator(server, {
      tlsCertFile: join(folder, 'tls.crt'),
      tlsKeyFile: join(folder, 'tls.key'),
      ...settings,
    })
    expect(await operator.ended).toBe(1)
    return operator.log().find(({ event }) => event === 'CannotStart')
  }
  expect(await problemOf({ config: join(folder, 'missing.yaml') })).toMatchObject({
    level: 'error',
    error: expect.stringMatching(/^failed to read config file: /) as string,
  })
  expect(await problemOf({ config: join(folder, 'config.yaml') })).toMatchObject({
    error: expect.stringMatching(
      /^failed to run metrics server: failed to start metrics listener: nowhere: /,
    ) as string,
  })
})

it('serves metrics while another instance leads', async () => {
  const server = await cluster()
  const first = startedOperator(server)
  await eventually(
    () => first.log().some(({ event }) => event === 'LeadershipAcquired'),
    (is) => is,
  )
  const second = startedOperator(server)
  const listening = await eventually(
    () => second.log().find(({ event }) => event === 'Listening'),
    (line) => line !== undefined,
  )
  const { address } = listening as unknown as { readonly address: string }
  const text = await (await fetch(`http://${address}/metrics`)).text()
  expect(text).toContain('image_registry_operator_leader 0\n')
  expect(text).not.toMatch(/^image_registry_operator_image_pruner_install_status/m)
  expect(second.log().filter(({ event }) => event === 'LeadershipAcquired')).toEqual([])
})

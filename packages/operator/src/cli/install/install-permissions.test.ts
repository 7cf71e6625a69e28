import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import { recordedIo } from '../../testing/recorded-io'
import { runCli } from '../run-cli'

type Ended = { readonly code: number; readonly out: string; readonly err: string }

const installed = async (...args: ReadonlyArray<string>): Promise<Ended> => {
  const { io, out, err } = recordedIo()
  const code = await runCli(io, ['install', ...args])()
  return { code, out: out(), err: err() }
}

const json = ({ out }: Ended): unknown => JSON.parse(out)

describe('install --permissions', () => {
  it('prints what each cloud takes, in the form in which it takes it', async () => {
    const scope = ['--scope', '/subscriptions/1']
    expect(json(await installed('--permissions', 'aws'))).toHaveProperty('Statement')
    expect(json(await installed('--permissions', 'azure', ...scope))).toHaveProperty('DataActions')
    expect(json(await installed('--permissions', 'ibmcloud'))).toHaveProperty('0.roles')
    expect(json(await installed('--permissions', 'openstack'))).toHaveProperty('0.method')
    const { out } = await installed('--permissions', 'gcp')
    expect(out).toMatch(/^title: /)
    expect(parse(out)).toHaveProperty('includedPermissions')
  })

  it('prints in another form when it is asked to', async () => {
    const yaml = await installed('--permissions', 'gcp')
    expect(json(await installed('--permissions', 'gcp', '-o', 'json'))).toEqual(parse(yaml.out))
    const { out } = await installed('--permissions', 'aws', '-o', 'yaml')
    expect(out).toMatch(/^Version: /)
  })

  it('asks for no image', async () => {
    expect(await installed('--permissions', 'aws')).toMatchObject({ code: 0, err: '' })
  })

  it('says that a role of Azure still needs a scope', async () => {
    const { code, err } = await installed('--permissions', 'azure')
    expect(code).toBe(0)
    expect(err).toMatch(/^warning: --scope: /)
  })

  it.each([
    [['--bucket', 'my-images'], '--bucket: says nothing without --permissions'],
    [['--permissions', 'gcp', '--bucket', 'my-images'], '--bucket: says nothing to gcp'],
    [['--permissions', 'aws', '--scope', '/subscriptions/1'], '--scope: says nothing to aws'],
    [['--permissions', 'aws', '--bucket', 's3://my-images'], '--bucket: "s3://my-images"'],
    [['--permissions', 'aws', '--bucket', '*'], '--bucket: "*"'],
    [['--permissions', 'aws', '--bucket', ''], '--bucket: ""'],
    [['--permissions', 'aws', '--kms-key', 'alias/mine'], '--kms-key: "alias/mine"'],
    [['--permissions', 'azure', '--scope', 'mine'], '--scope: "mine"'],
  ])('names the option that cannot be used: %j', async (args, message) => {
    const { code, out, err } = await installed(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(message)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('knows no other clouds', async () => {
    const { code, err } = await installed('--permissions', 'vsphere')
    expect(code).toBe(1)
    expect(err).toContain('--permissions <cloud>')
    expect(err).toContain('openstack')
  })
})

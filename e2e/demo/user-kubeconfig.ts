import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'

import { type ClusterEntry, type Kubeconfig, singleContext } from '../cluster/kubeconfig'
import { fileProblem, shownPath } from './file-problem'

type Fields = Readonly<Record<string, unknown>>

type UserKubeconfig = Readonly<{
  'current-context'?: string
  contexts?: ReadonlyArray<Readonly<{ name: string; context: Fields }>>
  clusters?: ReadonlyArray<Readonly<{ name: string; cluster: Fields }>>
  users?: ReadonlyArray<Readonly<{ name: string; user: Fields }>>
}>

const named = <A extends Readonly<{ name: string }>>(
  list: ReadonlyArray<A> | undefined,
  what: string,
  name: unknown,
): A => {
  const found = list?.find((item) => item.name === name)
  if (found === undefined) throw new Error(`it has no ${what} named ${String(name)}`)
  return found
}

const fileFields = {
  'certificate-authority': 'certificate-authority-data',
  'client-certificate': 'client-certificate-data',
  'client-key': 'client-key-data',
}

/** Fields with the contents of files in place of their paths. */
const inlined = async (fields: Fields, folder: string): Promise<Fields> => {
  const pairs = Object.entries(fileFields).map(async ([field, inline]) => {
    const path = fields[field]
    if (typeof path !== 'string') return []
    return [[inline, (await readFile(resolve(folder, path))).toString('base64')]] as const
  })
  const tokenFile = fields['tokenFile']
  const token =
    typeof tokenFile === 'string'
      ? { token: (await readFile(resolve(folder, tokenFile), 'utf8')).trim() }
      : {}
  return { ...fields, ...Object.fromEntries((await Promise.all(pairs)).flat()), ...token }
}

const unusable = ['exec', 'auth-provider', 'username', 'proxy-url']

const flat = async (path: string): Promise<Kubeconfig> => {
  const config = parse(await readFile(path, 'utf8')) as UserKubeconfig | null
  const { context } = named(config?.contexts, 'context', config?.['current-context'])
  const { cluster } = named(config?.clusters, 'cluster', context['cluster'])
  const { user } = named(config?.users, 'user', context['user'])
  const strange = unusable.find((field) => field in cluster || field in user)
  if (strange !== undefined)
    throw new Error(
      `it uses ${strange}, but the demo has certificates and tokens only; see kubectl create token`,
    )
  const folder = dirname(path)
  return singleContext('given', (await inlined(cluster, folder)) as ClusterEntry, [
    'given',
    await inlined(user, folder),
  ])
}

/** The current context of somebody's kubeconfig, with everything inline; throws one line if it cannot be used. */
export const userKubeconfig = async (path: string): Promise<Kubeconfig> => {
  try {
    return await flat(path)
  } catch (error) {
    throw new Error(`${shownPath(path)} cannot be used as a kubeconfig: ${fileProblem(error)}.`, {
      cause: error,
    })
  }
}

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The Go module that is built. */
export const sourceFolder = join(import.meta.dirname, 'control-plane-binary')

/** The version of Kubernetes that go.mod asks for, as in `v1.35.4`. */
export const kubernetesVersion = (): string => {
  const required = /k8s\.io\/kubernetes (v\S+)/.exec(
    readFileSync(join(sourceFolder, 'go.mod'), 'utf8'),
  )
  if (required?.[1] === undefined)
    throw new Error('control-plane-binary/go.mod requires no k8s.io/kubernetes')
  return required[1]
}

const isSource = (name: string): boolean =>
  name === 'go.mod' || name === 'go.sum' || name.endsWith('.go')

/**
 * A hash of what decides the outcome of the build: the sources (versions included) and the platform.
 *
 * The version of the Go on PATH stays out: no test depends on it, and so a finished build serves
 * without any Go on the machine.
 */
const buildKey = (): string => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`)
  for (const name of readdirSync(sourceFolder).filter(isSource).sort()) {
    hash.update(`${name}\n`).update(readFileSync(join(sourceFolder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}

const cacheRoot = (): string => process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')

/** Where the build of these sources is, or will be. */
export const cachedBuildFolder = (): string =>
  join(cacheRoot(), 'image-registry-operator', 'control-plane', buildKey())

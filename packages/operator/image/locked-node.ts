import { isJsonObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { parse } from 'yaml'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'

/** A package of the npm registry, as the lock file has it. */
export type LockedPackage = {
  readonly name: string
  readonly version: string
  readonly integrity: string
}

const field = (value: unknown, name: string): unknown =>
  isJsonObject(value) ? value[name] : undefined

/** The one version of a package in a lock file of pnpm. */
export const lockedPackage = (
  lockFile: string,
  name: string,
): E.Either<InputProblem, LockedPackage> => {
  const packages = field(parse(lockFile), 'packages')
  const [found] = isJsonObject(packages)
    ? Object.keys(packages).filter((key) => key.startsWith(`${name}@`))
    : []
  const integrity = field(field(field(packages, found ?? ''), 'resolution'), 'integrity')
  return found === undefined || typeof integrity !== 'string'
    ? E.left(
        inputProblem('pnpm-lock.yaml', `it does not have ${name}`, 'run npx -y pnpm@12 install'),
      )
    : E.right({ name, version: found.slice(name.length + 1), integrity })
}

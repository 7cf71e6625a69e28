import { buildControlPlane } from '../cluster/build'
import { buildBundle } from './bundle'

const say = (line: string): void => {
  process.stderr.write(`e2e: ${line}\n`)
}

/** Builds, once for all files, what they run: the program, anew, and the control plane, if it is not there yet. */
export const setup = async (): Promise<void> => {
  await buildBundle()
  await buildControlPlane({ onProgress: say })
}

import { pauseArchive, probeArchive, registryArchive } from './node-images'
import { nodePrograms } from './node-programs'

/** Installs what a node and the tests on it need and this machine does not have yet. Minutes the first time. */
export const installNode = async (): Promise<void> => {
  const programs = await nodePrograms()
  await pauseArchive(programs)
  await probeArchive(programs)
  await registryArchive()
}

import { debianPrograms } from '../installed/debian-programs'
import { goProgram } from '../installed/go-program'

/**
 * The registries there are to run: the one of today, and the last line that still had a driver for Swift. Neither
 * is the registry of OpenShift, which is no published program.
 */
export type RegistryProgram = 'distribution-3' | 'docker-registry-2.8'

const DISTRIBUTION = 'github.com/distribution/distribution/v3/cmd/registry@v3.1.2'

/** The path of a registry, which is installed if this machine does not have it yet. */
export const registryProgram = async (program: RegistryProgram): Promise<string> => {
  switch (program) {
    case 'distribution-3':
      return goProgram({ name: 'registry', source: DISTRIBUTION })
    case 'docker-registry-2.8': {
      const packages = ['docker-registry']
      return (await debianPrograms({ name: 'docker-registry', packages })).program(
        'docker-registry',
      )
    }
  }
}

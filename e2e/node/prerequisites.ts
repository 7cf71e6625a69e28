import { accessSync, constants } from 'node:fs'

import { missingPrerequisites, programOnPath } from '../storage-servers/installed/tools'
import { isNodeCompiled } from './node-programs'

const isThere = (path: string): boolean => {
  try {
    accessSync(path, constants.F_OK)
    return true
  } catch {
    return false
  }
}

/** What this machine lacks for a node of its own, each as a sentence that says what to do; empty if nothing. */
export const missingNodePrerequisites = (): ReadonlyArray<string> => {
  if (process.platform !== 'linux') return [`This is ${process.platform}; a node runs on Linux.`]
  return [
    ...(process.getuid?.() === 0
      ? []
      : ['A node runs containers, which takes root: run this as root.']),
    ...(isThere('/sys/fs/cgroup') ? [] : ['No control groups in /sys/fs/cgroup: mount them.']),
    ...(programOnPath('mount') === undefined
      ? ['No `mount` on PATH, by which the kubelet mounts volumes: install util-linux.']
      : []),
    ...missingPrerequisites('the node', ['apt-get', 'dpkg-deb']),
    ...(isNodeCompiled() ? [] : missingPrerequisites('the node', ['go'])),
  ]
}

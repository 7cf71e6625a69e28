import { type Entry, file, folder } from '@image-registry-operator/oci-image'

const lines = (...all: ReadonlyArray<string>): string => all.map((line) => `${line}\n`).join('')

/** What the C library, and those who look into the image, expect to find. */
export const systemFiles: ReadonlyArray<Entry> = [
  file(
    'etc/passwd',
    lines(
      'root:x:0:0:root:/:/nonexistent',
      'nobody:x:65534:65534:nobody:/:/nonexistent',
      'nonroot:x:65532:65532:nonroot:/:/nonexistent',
    ),
  ),
  file('etc/group', lines('root:x:0:', 'nogroup:x:65534:', 'nonroot:x:65532:')),
  // Without it, names would be asked of DNS before /etc/hosts.
  file('etc/nsswitch.conf', lines('passwd: files', 'group: files', 'hosts: files dns')),
  // Whose libraries these are, for scanners.
  file(
    'etc/os-release',
    lines(
      'PRETTY_NAME="Libraries of Debian 12 (bookworm)"',
      'NAME="Debian GNU/Linux"',
      'ID=debian',
      'VERSION_ID="12"',
      'VERSION_CODENAME=bookworm',
    ),
  ),
  // A place for volumes to be mounted at; the program itself writes no files there.
  folder('tmp', { mode: 0o1777 }),
]

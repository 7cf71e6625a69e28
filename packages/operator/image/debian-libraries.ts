import { join } from 'node:path'

import { describeOciError, type Entry, file, tarFiles } from '@image-registry-operator/oci-image'
import { pipe } from 'fp-ts/function'
import * as RA from 'fp-ts/ReadonlyArray'
import * as TE from 'fp-ts/TaskEither'

import { inputProblem, type InputProblem } from '../src/cli/input/input-problem'
import { type Architecture, architectures } from './architecture'
import { debianArchives, type DebianPackage, debianPackages } from './debian-packages'
import { type FetchFile, pinnedFile } from './pinned-file'
import { runTool } from './run-tool'

const NEEDS_APT = 'this needs apt-get and dpkg-deb of Debian; or build the Dockerfile'

const fileName = ({ name, version }: DebianPackage, architecture: Architecture): string =>
  `${name}_${version}_${architecture}.deb`

const fetchFrom =
  (archive: string, { folder: place }: DebianPackage, name: string): FetchFile =>
  (folder) =>
    runTool({
      program: '/usr/lib/apt/apt-helper',
      args: [
        // There is no other user to become without root.
        '-oAPT::Sandbox::User=root',
        '-oAcquire::Retries=2',
        'download-file',
        `${archive}/pool/main/${place}/${name}`,
        join(folder, name),
      ],
      folder,
      remedy: `${NEEDS_APT}. A version that Debian has replaced is renewed in debian-packages.ts`,
    })

/** What the first archive does not have any more, the next one may have. */
const fetchFromAny =
  (wanted: DebianPackage, name: string): FetchFile =>
  (folder) =>
    debianArchives.slice(1).reduce(
      (before, archive) =>
        pipe(
          before,
          TE.orElse(() => fetchFrom(archive, wanted, name)(folder)),
        ),
      fetchFrom(debianArchives[0] ?? '', wanted, name)(folder),
    )

/** What of a package goes into the image: libraries that programs link to, the loader, and copyrights. */
const isWanted = (architecture: Architecture, path: string): boolean => {
  const { libraries, loader } = architectures[architecture]
  return (
    path === loader ||
    new RegExp(
      `^(usr/)?lib/${libraries}/(ld-linux-[\\w-]+|lib(c|m|dl|pthread|rt|resolv|gcc_s|stdc\\+\\+|nss_dns|nss_files))\\.so[.\\d]*$`,
    ).test(path) ||
    /^usr\/share\/doc\/[^/]+(\/copyright)?$/.test(path)
  )
}

const cacheName = (wanted: DebianPackage, architecture: Architecture) => ({
  name: fileName(wanted, architecture),
  integrity: `sha256-${Buffer.from(wanted.sha256[architecture], 'hex').toString('base64')}`,
})

/** Scanners for known weaknesses look here for what is installed. */
const statusFile = ({ name }: DebianPackage, control: Uint8Array): Entry =>
  file(`var/lib/dpkg/status.d/${name}`, control)

const unpacked =
  (wanted: DebianPackage, architecture: Architecture, cache: string) =>
  (): TE.TaskEither<InputProblem, ReadonlyArray<Entry>> => {
    const name = fileName(wanted, architecture)
    const ask = (question: string) =>
      runTool({ program: 'dpkg-deb', args: [question, name], folder: cache, remedy: NEEDS_APT })
    return pipe(
      ask('--fsys-tarfile'),
      TE.flatMap((archive) =>
        pipe(
          tarFiles(archive, (path) => (isWanted(architecture, path) ? path : undefined)),
          TE.mapLeft((error) => inputProblem(name, describeOciError(error), '')),
        ),
      ),
      TE.flatMap((entries) =>
        pipe(
          ask('--field'),
          TE.map((control) => [...entries, statusFile(wanted, control)]),
        ),
      ),
    )
  }

const libraries =
  (architecture: Architecture, cache: string) =>
  (wanted: DebianPackage): TE.TaskEither<InputProblem, ReadonlyArray<Entry>> => {
    const pinned = cacheName(wanted, architecture)
    return pipe(
      pinnedFile(cache, fetchFromAny(wanted, pinned.name))(pinned),
      TE.flatMap(unpacked(wanted, architecture, cache)),
    )
  }

/** The libraries that Node's program is linked to, and their copyrights. */
export const debianLibraries = (
  architecture: Architecture,
  cache: string,
): TE.TaskEither<InputProblem, ReadonlyArray<Entry>> =>
  pipe(debianPackages, TE.traverseSeqArray(libraries(architecture, cache)), TE.map(RA.flatten))

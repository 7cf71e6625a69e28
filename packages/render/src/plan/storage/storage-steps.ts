import type { EnsureStorage, PartRemoval, RemoveStorage, StorageStep } from '../../model'

/** What is done outside of the cluster, for a person: one line for each step, in order. */
export const storageSteps = (action: EnsureStorage | RemoveStorage): ReadonlyArray<string> =>
  action._tag === 'EnsureStorage'
    ? action.steps.map((step) => makingStep(action, step))
    : action.parts.map((removal) => removalStep(action, removal))

const partName = ({ target }: EnsureStorage | RemoveStorage, kind: string): string => {
  const name = target.parts.find((part) => part.kind === kind)?.name ?? ''
  return `${target.backend} ${kind}${name === '' ? '' : ` ${name}`}`
}

const makingStep = (action: EnsureStorage, step: StorageStep): string => {
  const part = partName(action, step.part)
  switch (step._tag) {
    case 'Create':
      return `create ${part}`
    case 'Mark':
      return `mark ${part} as ours, which we began to make`
    case 'Set':
      return `set ${step.setting.name} of ${part}`
  }
}

const removalStep = (action: RemoveStorage, { part }: PartRemoval): string => {
  const holdsImages = action.target.parts.some((one) => one.kind === part && one.holdsImages)
  return `remove ${partName(action, part)}${holdsImages ? contents(action) : ''}`
}

const contents = ({ contents: counted }: RemoveStorage): string => {
  if (counted === undefined) return ' with everything in it'
  const { isWhole, objects, bytes } = counted
  return ` with ${isWhole ? '' : 'at least '}${objects} ${objects === 1 ? 'object' : 'objects'}, ${sizeText(bytes)}`
}

const UNITS: ReadonlyArray<string> = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** With three digits, as people read sizes. */
const sizeText = (bytes: number): string => {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  const size = bytes / 1024 ** power
  return `${power === 0 || size >= 100 ? Math.round(size) : Number(size.toPrecision(3))} ${UNITS[power] ?? ''}`
}

import {
  type DesiredObject,
  type DesiredState,
  type ComposedValue,
  type Fill,
  type IssuedValue,
  type JsonObject,
  refOf,
  showRef,
  type ValueSource,
} from '../src/model'
import { type Compared, shortened, unlessEmpty } from './shortened'

/** What should be: whole objects, and how they come about where that is not the usual way. */
export const desiredText = (desired: DesiredState, others: Compared<DesiredObject>): JsonObject => {
  const { shown, hint, missing } = shortened(desired.objects, others, ({ object }) => object)
  const names = desired.objects.map(nameOf)
  const ofMode = (mode: DesiredObject['mode']) =>
    shown.filter((object) => object.mode === mode).map(nameOf)
  return {
    objects: [...shown.map(({ object }) => object), ...hint],
    ...unlessEmpty(
      'without',
      missing.map(nameOf).filter((name) => !names.includes(name)),
    ),
    ...unlessEmpty('createdOnce', ofMode('create-only')),
    ...unlessEmpty('bootstrapped', ofMode('bootstrap')),
    ...unlessEmpty('decided', ofMode('decide')),
    ...unlessEmpty(
      'statusOnly',
      shown.filter(({ subresource }) => subresource === 'status').map(nameOf),
    ),
    ...unlessEmpty(
      'fills',
      shown.flatMap((object) => object.fills.map(fillText(object))),
    ),
    ...unlessEmpty(
      'withheld',
      desired.withheld.map(({ ref, problem }) => ({ object: showRef(ref), ...problem })),
    ),
  }
}

const nameOf = ({ object }: DesiredObject): string => showRef(refOf(object))

const fillText =
  (desired: DesiredObject) =>
  ({ path, source }: Fill): JsonObject => ({
    object: nameOf(desired),
    field: path.join(' '),
    from: sourceText(source),
  })

const issuedText = ({ part, request, key, authority }: IssuedValue): string => {
  const { commonName, names, days, issue } = request
  const named = names.length === 0 ? '' : ` for ${names.join(', ')}`
  const kept = key === undefined ? 'a new key' : `<${sourceText(key)}>`
  const signer = authority === undefined ? 'itself' : `<${sourceText(authority.key)}>`
  return `${part} no. ${issue} of ${commonName}${named}, ${days} days, ${kept}, signed by ${signer}`
}

type Part = Exclude<ComposedValue['parts'][number], string>

const sourceText = (source: ValueSource | Part): string => {
  switch (source._tag) {
    case 'Hashed':
      return `bcrypt of ${showRef(source.ref)}: ${source.path.join(' ')}`
    case 'UserLines':
      return `right lines of ${showRef(source.ref)}: ${source.path.join(' ')}`
    case 'Extracted':
      return `${showRef(source.ref)}: ${source.path.join(' ')}: ${source.field} of ${source.cloud}`
    case 'CopyOf':
      return `${showRef(source.ref)}: ${source.path.join(' ')}`
    case 'Composed':
      return source.parts
        .map((part) => (typeof part === 'string' ? part : `<${sourceText(part)}>`))
        .join('')
    case 'Issued':
      return issuedText(source)
    case 'Literal':
      return source.text
    case 'Generated':
      return `${source.bytes} random bytes`
  }
}

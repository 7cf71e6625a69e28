import { parseDocument } from 'yaml'

import {
  type CopiedValue,
  type DesiredObject,
  envScalar,
  type ExtractedValue,
  type Fill,
  type HashedValue,
  isJsonObject,
  type Json,
  keyOf,
  type KubeObject,
  userLines,
  type UserLinesValue,
  type ValueSource,
} from '../../model'
import { digestOfText } from '../../digest'
import { fieldStep } from '../../fields/field-path'
import { valueAt } from '../../fields/value-at'
import { withPart } from '../server-side-apply'
import type { World } from './world'

const copied = (world: World, { ref, path }: Pick<CopiedValue, 'ref' | 'path'>): Buffer => {
  const value = valueAt(world.get(keyOf(ref)), path.map(fieldStep))
  if (typeof value !== 'string')
    throw new Error(`Nothing to copy at ${path.join('.')} of ${ref.name}`)
  return Buffer.from(value, ref.kind === 'Secret' ? 'base64' : 'utf8')
}

const partOf = (
  world: World,
  part: CopiedValue | ExtractedValue | HashedValue | UserLinesValue,
): string => {
  const text = copied(world, part).toString('utf8')
  switch (part._tag) {
    case 'CopyOf':
      return text
    case 'Extracted':
      return String(parseDocument(text).getIn(['clouds', part.cloud, 'auth', part.field]))
    case 'Hashed':
      return `hash of ${digestOfText(text)}`
    case 'UserLines':
      return userLines(text)
  }
}

const valueOf = (world: World, source: ValueSource): Buffer => {
  switch (source._tag) {
    case 'CopyOf':
      return copied(world, source)
    case 'Composed': {
      const text = source.parts
        .map((part) => (typeof part === 'string' ? part : partOf(world, part)))
        .join('')
      return Buffer.from(source.form === 'variable' ? envScalar(text) : text)
    }
    case 'Generated':
      return Buffer.from('5a'.repeat(source.bytes))
    case 'Issued':
      return Buffer.from(`${source.part} ${JSON.stringify([source.request, source.authority])}`)
    case 'Literal':
      return Buffer.from(source.text)
  }
}

const filledIn =
  (world: World) =>
  (object: Json, { path, encoding, source }: Fill): Json =>
    isJsonObject(object)
      ? withPart(
          object,
          path.map(fieldStep),
          valueOf(world, source).toString(encoding === 'base64' ? 'base64' : 'utf8'),
        )
      : object

/** The object with its values in their places, as it is sent to the API server. */
export const filled = (world: World, { object, fills }: DesiredObject): KubeObject =>
  // Values never are part of what identifies an object.
  fills.reduce<Json>(filledIn(world), object) as KubeObject

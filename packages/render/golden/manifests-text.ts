import { Document, type Pair, visit } from 'yaml'

import type { KubeObject } from '../src/model'

const isFieldSet = ({ key }: Pair): boolean => String(key) === 'fieldsV1'

/** Objects as YAML documents below a comment; who holds which fields is one line of each. */
export const manifestsText = (comment: string, objects: ReadonlyArray<KubeObject>): string =>
  [`# ${comment}\n`, objects.map(documentText).join('---\n')].join('')

const documentText = (object: KubeObject): string => {
  const document = new Document(inOrder(object), { aliasDuplicateObjects: false })
  visit(document, {
    Pair: (_, pair) => {
      if (isFieldSet(pair)) Object.assign(pair.value ?? {}, { flow: true })
    },
  })
  return document.toString({ lineWidth: 0, indentSeq: false, flowCollectionPadding: false })
}

/** What an object is first; what others say of it last. */
const inOrder = ({ apiVersion, kind, metadata, status, ...content }: KubeObject): object => {
  const { name, namespace, managedFields, ...rest } = metadata
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...rest,
      ...(managedFields === undefined ? {} : { managedFields }),
    },
    ...content,
    ...(status === undefined ? {} : { status }),
  }
}

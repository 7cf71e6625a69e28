import * as E from 'fp-ts/Either'

import { type Config, names, type Wishes } from '../model'
import { decided, type Rendered } from './rendered'

const decidedConfig = ({ decisions: { finalizer, spec } }: Config): Rendered =>
  decided({
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: names.SINGLETON_NAME,
      ...(finalizer ? { finalizers: [names.FINALIZER] } : {}),
    },
    ...(Object.keys(spec).length === 0 ? {} : { spec }),
  })

/** What we decide in the Config: its finalizer, and the fields that the user left to us. */
export const configDecisions = ({ config }: Wishes): ReadonlyArray<Rendered> =>
  E.isRight(config) ? [decidedConfig(config.right)] : []

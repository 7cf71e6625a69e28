import type { ValueSource } from '../../model'
import type { Variables } from '../deployment/variable'
import type { Volume } from '../deployment/volume'

/** An entry of the Secret of the registry's own settings. */
export type SecretEntry = {
  readonly key: string
  /** Of the value; of what it is composed from where nobody knows it before it is. */
  readonly digest: string
  readonly source: ValueSource
}

/** What a kind of storage adds to the objects of the registry. */
export type Contribution = {
  /** In the original's order. */
  readonly variables: Variables
  readonly volumes: ReadonlyArray<Volume>
  readonly secretEntries: ReadonlyArray<SecretEntry>
  /** Names of further Secrets in our namespace that the pods read. */
  readonly mountedSecrets: ReadonlyArray<string>
  /** This registry cannot make addresses at which its storage would let clients in, so it hands images on itself. */
  readonly cannotRedirect?: true
}

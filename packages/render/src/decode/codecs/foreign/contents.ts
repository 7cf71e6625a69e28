import { CredentialReadings } from '../../storage/credential-readings-codec'
import { lenient, textByKey } from '../../manifest/lenient'

/** What is read of a Secret. Its values are digests; what its documents say besides stands beside them. */
export const Secret = lenient({ data: textByKey, seen: CredentialReadings })

/** What is read of a ConfigMap. */
export const ConfigMap = lenient({ data: textByKey, binaryData: textByKey })

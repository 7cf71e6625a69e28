import { lenient, textByKey } from '../lenient'

/** What is read of a Secret. Its values are digests. */
export const Secret = lenient({ data: textByKey })

/** What is read of a ConfigMap. */
export const ConfigMap = lenient({ data: textByKey, binaryData: textByKey })

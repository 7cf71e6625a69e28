/** The TLS versions that the registry can be told to begin with. */
export const TLS_VERSIONS: ReadonlyArray<string> = [
  'VersionTLS10',
  'VersionTLS11',
  'VersionTLS12',
  'VersionTLS13',
]

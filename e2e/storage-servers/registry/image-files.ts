/** What the image of a registry has besides its program: nothing of it comes from this machine. */

const CONFIGURATION = `version: 0.1
log:
  level: info
http:
  addr: :5000
storage:
  filesystem:
    rootdirectory: /registry
  delete:
    enabled: true
`

/** As the tool of that name: it gathers whatever is mounted where authorities are looked for. */
const UPDATE_CA_TRUST = `#!/bin/sh
for file in /etc/pki/ca-trust/source/anchors/* /usr/share/pki/ca-trust-source/anchors/* /usr/share/pki/ca-trust-source/*; do
  if [ -f "$file" ]; then cat "$file"; echo; fi
done > "$3/pem/tls-ca-bundle.pem"
`

const START_REGISTRY = `#!/bin/sh
exec /usr/bin/registry serve /config.yml
`

/** The files of the image, by their paths; those in /usr/bin can be run. */
export const imageFiles: Readonly<Record<string, string>> = {
  '/config.yml': CONFIGURATION,
  '/usr/bin/dockerregistry': START_REGISTRY,
  '/usr/bin/update-ca-trust': UPDATE_CA_TRUST,
  '/etc/passwd': 'root:x:0:0:root:/:/sbin/nologin\n',
}

/** Symbolic links of the image: where programs look for authorities, and what is found there. */
export const imageLinks: Readonly<Record<string, string>> = {
  '/bin': 'usr/bin',
  '/etc/pki/tls/certs/ca-bundle.crt': '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
}

/** What the image itself puts into the environment. */
export const imageVariables: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/',
  // Otherwise it sends traces to a port of this machine that is not ours.
  OTEL_TRACES_EXPORTER: 'none',
}

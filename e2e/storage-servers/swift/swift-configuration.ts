import { userInfo } from 'node:os'
import { join } from 'node:path'

/** Ports of everything that listens. */
export type OpenstackPorts = Readonly<
  Record<
    | 'memcached'
    | 'account'
    | 'container'
    | 'object'
    | 'tempauthProxy'
    | 'keystoneProxy'
    | 'keystone',
    number
  >
>

/** What the configuration files are made from. */
export type SwiftSettings = Readonly<{
  folder: string
  ports: OpenstackPorts
  tokenLifeSeconds: number
  /** For how long Swift believes a token without asking Keystone again; -1: never. */
  tokenCacheSeconds: number
  /** Of the user by which Swift asks Keystone about tokens. */
  servicePassword: string
}>

type Section = readonly [name: string, settings: Readonly<Record<string, string | number>>]

const ini = (sections: ReadonlyArray<Section>): string =>
  sections
    .map(([name, settings]) =>
      [
        `[${name}]`,
        ...Object.entries(settings).map(([key, value]) => `${key} = ${value}`),
        '',
      ].join('\n'),
    )
    .join('\n')

/** The same for each Swift: parts of the paths of objects on disk. */
export const swiftConf = ini([
  ['swift-hash', { swift_hash_path_suffix: 'tests', swift_hash_path_prefix: 'tests' }],
  ['storage-policy:0', { name: 'Policy-0', default: 'yes' }],
])

/**
 * How long the servers wait for each other. By default half a second for a connection: on a busy machine that is too
 * short, and a listing that was not told in time stays wrong, because nobody runs Swift's updaters here.
 */
const patience = { conn_timeout: 20, node_timeout: 60, container_update_timeout: 60 }

const server = (folder: string, port: number): Readonly<Record<string, string | number>> => ({
  bind_ip: '127.0.0.1',
  bind_port: port,
  // One process, without children to look after.
  workers: 0,
  user: userInfo().username,
  swift_dir: folder,
  log_level: 'WARNING',
  // There is no syslog to write to; what is left goes to the standard streams.
  log_address: join(folder, 'no-syslog'),
  ...patience,
})

/** One of the three servers behind the proxies. */
export const storageServerConf = (
  { folder, ports }: SwiftSettings,
  kind: 'account' | 'container' | 'object',
): string =>
  ini([
    [
      'DEFAULT',
      {
        ...server(folder, ports[kind]),
        devices: join(folder, 'devices'),
        mount_check: 'false',
        disable_fallocate: 'true',
        fallocate_reserve: 0,
      },
    ],
    ['pipeline:main', { pipeline: `${kind}-server` }],
    [`app:${kind}-server`, { use: `egg:swift#${kind}`, allow_versions: 'true' }],
  ])

const tempauth = ({ ports, tokenLifeSeconds }: SwiftSettings): Section => [
  'filter:tempauth',
  {
    use: 'egg:swift#tempauth',
    user_demo_demo: `demopass .admin http://127.0.0.1:${ports.tempauthProxy}/v1/AUTH_demo`,
    user_demo_reader: 'readerpass',
    token_life: tokenLifeSeconds,
  },
]

const keystoneauth = ({
  ports,
  servicePassword,
  tokenCacheSeconds,
}: SwiftSettings): ReadonlyArray<Section> => [
  [
    'filter:authtoken',
    {
      'paste.filter_factory': 'keystonemiddleware.auth_token:filter_factory',
      www_authenticate_uri: `http://127.0.0.1:${ports.keystone}/v3`,
      auth_url: `http://127.0.0.1:${ports.keystone}/v3`,
      auth_type: 'password',
      username: 'swift',
      password: servicePassword,
      project_name: 'service',
      user_domain_id: 'default',
      project_domain_id: 'default',
      delay_auth_decision: 'true',
      cache: 'swift.cache',
      token_cache_time: tokenCacheSeconds,
      include_service_catalog: 'false',
      service_token_roles_required: 'false',
    },
  ],
  [
    'filter:keystoneauth',
    {
      use: 'egg:swift#keystoneauth',
      reseller_prefix: 'AUTH',
      operator_roles: 'admin, swiftoperator',
      // Keystone's administrator may look into the account of every project.
      reseller_admin_role: 'admin',
    },
  ],
]

const filters: ReadonlyArray<Section> = [
  ['filter:catch_errors', { use: 'egg:swift#catch_errors' }],
  ['filter:gatekeeper', { use: 'egg:swift#gatekeeper' }],
  ['filter:healthcheck', { use: 'egg:swift#healthcheck' }],
  ['filter:proxy-logging', { use: 'egg:swift#proxy_logging', access_log_level: 'WARNING' }],
  ['filter:listing_formats', { use: 'egg:swift#listing_formats' }],
  ['filter:bulk', { use: 'egg:swift#bulk' }],
  ['filter:tempurl', { use: 'egg:swift#tempurl' }],
  ['filter:copy', { use: 'egg:swift#copy' }],
  ['filter:container-quotas', { use: 'egg:swift#container_quotas' }],
  ['filter:account-quotas', { use: 'egg:swift#account_quotas' }],
  ['filter:slo', { use: 'egg:swift#slo' }],
  ['filter:dlo', { use: 'egg:swift#dlo' }],
  [
    'filter:versioned_writes',
    {
      use: 'egg:swift#versioned_writes',
      allow_versioned_writes: 'true',
      allow_object_versioning: 'true',
    },
  ],
  ['filter:symlink', { use: 'egg:swift#symlink' }],
]

/** How a proxy knows who asks: Swift's own users and auth v1, or Keystone's. */
export type ProxyAuth = 'tempauth' | 'keystone'

// proxy-logging gives answers without a body a length; without one Node refuses to read them.
const pipeline = (auth: string): string =>
  [
    'catch_errors gatekeeper healthcheck proxy-logging cache listing_formats bulk tempurl',
    auth,
    'copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-logging proxy-server',
  ].join(' ')

/** The server that clients speak to. */
export const proxyConf = (settings: SwiftSettings, auth: ProxyAuth): string => {
  const { folder, ports } = settings
  const isTempauth = auth === 'tempauth'
  return ini([
    ['DEFAULT', server(folder, isTempauth ? ports.tempauthProxy : ports.keystoneProxy)],
    ['pipeline:main', { pipeline: pipeline(isTempauth ? 'tempauth' : 'authtoken keystoneauth') }],
    [
      'app:proxy-server',
      {
        use: 'egg:swift#proxy',
        account_autocreate: 'true',
        allow_account_management: 'true',
        // There is one server of each kind: to leave it alone for a minute is to answer nothing.
        error_suppression_limit: 1_000_000,
      },
    ],
    ...(isTempauth ? [tempauth(settings)] : keystoneauth(settings)),
    [
      'filter:cache',
      { use: 'egg:swift#memcache', memcache_servers: `127.0.0.1:${ports.memcached}` },
    ],
    ...filters,
  ])
}

/** Where Keystone keeps everybody. */
export const keystoneDatabase = (folder: string): string => join(folder, 'keystone.db')

/** Keystone's configuration. */
export const keystoneConf = ({ folder, tokenLifeSeconds }: SwiftSettings): string =>
  ini([
    ['database', { connection: `sqlite:///${keystoneDatabase(folder)}` }],
    // The fewest there can be: passwords of tests need no protection, and each login costs a hash.
    ['identity', { password_hash_rounds: 4 }],
    ['token', { provider: 'fernet', expiration: tokenLifeSeconds }],
    ['fernet_tokens', { key_repository: join(folder, 'fernet') }],
    ['credential', { key_repository: join(folder, 'credential') }],
    ['cache', { enabled: 'false' }],
  ])

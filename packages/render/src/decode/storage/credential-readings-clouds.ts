import {
  type CloudReading,
  type CloudSecret,
  type CredentialReading,
  isJsonObject,
  type JsonObject,
  textOf,
} from '../../model'

const SECRETS: ReadonlyArray<CloudSecret> = [
  'username',
  'password',
  'application_credential_id',
  'application_credential_name',
  'application_credential_secret',
  'token',
]

/** What a clouds.yaml says that is no secret, given what stands in it. */
export const cloudsReading = (document: unknown): CredentialReading => {
  const clouds = isJsonObject(document) ? document['clouds'] : undefined
  return isJsonObject(clouds)
    ? {
        _tag: 'Clouds',
        clouds: Object.fromEntries(
          Object.entries(clouds).flatMap(([name, cloud]) =>
            isJsonObject(cloud) ? [[name, cloudReading(cloud)]] : [],
          ),
        ),
      }
    : { _tag: 'Unreadable', problem: 'has no clouds in it' }
}

const cloudReading = (cloud: JsonObject): CloudReading => {
  const auth = isJsonObject(cloud['auth']) ? cloud['auth'] : {}
  const first = (...names: ReadonlyArray<string>): string =>
    names.map((name) => scalar(auth[name])).find((text) => text !== '') ?? ''
  return {
    authUrl: withoutUser(first('auth_url')),
    identityVersion: scalar(cloud['identity_api_version']),
    region: scalar(cloud['region_name']),
    project: first('project_name', 'tenant_name'),
    projectId: first('project_id', 'tenant_id'),
    domain: first('domain_name', 'user_domain_name'),
    domainId: first('domain_id', 'user_domain_id'),
    secrets: SECRETS.filter((name) => scalar(auth[name]) !== ''),
  }
}

/** A parser may take `3` and `"3"` for different things; here they mean the same. */
const scalar = (value: unknown): string =>
  typeof value === 'number' ? `${value}` : textOf(typeof value === 'string' ? value : undefined)

/** Whoever stands in an address may stand there with a password, which may hold what usually ends it. */
const withoutUser = (url: string): string => url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1')

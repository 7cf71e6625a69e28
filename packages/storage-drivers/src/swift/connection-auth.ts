import type { JsonObject, SwiftConnection } from '@image-registry-operator/render/model'

const DOMAINS: ReadonlyArray<string> = ['', 'user_', 'project_'].flatMap((prefix) => [
  `${prefix}domain_id`,
  `${prefix}domain_name`,
])

const PROJECTS: ReadonlyArray<string> = ['project_id', 'project_name', 'tenant_id', 'tenant_name']

const without = (auth: JsonObject, fields: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(auth).filter(([field]) => !fields.includes(field)))

/** One choice in two fields: what the Config says of it takes the place of all that the file says of it. */
const chosen = (
  auth: JsonObject,
  fields: ReadonlyArray<string>,
  { id, name, prefix }: { readonly id: string; readonly name: string; readonly prefix: string },
): JsonObject =>
  id === '' && name === ''
    ? auth
    : {
        ...without(auth, fields),
        ...(id === '' ? {} : { [`${prefix}_id`]: id }),
        ...(name === '' ? {} : { [`${prefix}_name`]: name }),
      }

/** The `auth` of a clouds.yaml, or one that holds credentials only, with what the Config says of the cloud in its place. */
export const connectionAuth = (auth: JsonObject, connection: SwiftConnection): JsonObject => {
  const { authUrl, domain, domainId, tenant, tenantId } = connection
  const inDomain = chosen(auth, DOMAINS, { id: domainId, name: domain, prefix: 'domain' })
  const inProject = chosen(inDomain, PROJECTS, { id: tenantId, name: tenant, prefix: 'project' })
  return authUrl === '' ? inProject : { ...inProject, auth_url: authUrl }
}

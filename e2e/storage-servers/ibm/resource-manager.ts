import type { IbmAccount, IbmGroup } from './ibm-account'
import { type IbmAnswer, rmError } from './ibm-answer'

const QUERY = new Set(['account_id', 'name', 'default', 'include_deleted', 'date'])

const shown = (account: IbmAccount, { id, name, isDefault }: IbmGroup): unknown => ({
  id,
  crn: `crn:v1:bluemix:public:resource-controller::a/${account.id}::resource-group:${id}`,
  account_id: account.id,
  name,
  state: 'ACTIVE',
  default: isDefault,
  quota_id: 'a3d7b8d01e261c24677937c29ab33f3c',
  payment_methods_url: `/v2/resource_groups/${id}/payment_methods`,
  created_at: '2024-01-01T00:00:00.000Z',
  updated_at: '2024-01-01T00:00:00.000Z',
})

/** Resource groups, which are looked at only. */
export const answerResourceManager = (
  account: IbmAccount,
  method: string,
  { pathname, searchParams }: URL,
): IbmAnswer => {
  const [, id] = /^\/v2\/resource_groups(?:\/([^/]+))?$/.exec(pathname) ?? []
  if (method !== 'GET') return rmError(405, 'method_not_allowed', 'Method not allowed')
  if (id !== undefined) {
    const group = account.groups.find((one) => one.id === id)
    return group === undefined
      ? rmError(404, 'not_found', 'Resource group not found')
      : { status: 200, body: shown(account, group) }
  }
  if ([...searchParams.keys()].some((name) => !QUERY.has(name)))
    return rmError(400, 'bad_request', 'Unknown query parameter')
  if (searchParams.get('account_id') !== account.id)
    return rmError(403, 'insufficient_permissions', 'You do not have access to this account')
  const [name, isDefault] = [searchParams.get('name'), searchParams.get('default') === 'true']
  const found = account.groups.filter(
    (group) => (name === null || group.name === name) && (!isDefault || group.isDefault),
  )
  return { status: 200, body: { resources: found.map((group) => shown(account, group)) } }
}

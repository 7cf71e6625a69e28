import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'

import { showProblem } from './input-problem'
import { parseManifests } from './parse-manifests'

/** What was read of a file, and what was wrong with it, as it is printed. */
const parsed = (text: string) => {
  const results = parseManifests({ name: 'a.yaml', text })
  return {
    manifests: results.flatMap((one) => (E.isRight(one) ? [one.right] : [])),
    problems: results.flatMap((one) => (E.isLeft(one) ? [showProblem(one.left)] : [])),
  }
}

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n'

/** A document that would take 10 to the 9 nodes. */
const bomb = (): string => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const item = level === 0 ? 'x' : `*l${level - 1}`
    return `l${level}: &l${level} [${Array.from({ length: 10 }, () => item).join(', ')}]`
  })
  return `${SECRET}${levels.join('\n')}\n`
}

describe('parsing manifests', () => {
  it('takes several documents, and knows where each stands', () => {
    const { manifests, problems } = parsed(`${SECRET}---\n---\n# nothing\n---\n${SECRET}`)
    expect(problems).toEqual([])
    expect(manifests.map(({ where }) => where)).toEqual(['a.yaml:1', 'a.yaml:2'])
  })

  it('takes lists apart, and gives their items what they leave out', () => {
    const list = { apiVersion: 'v1', kind: 'SecretList', items: [{ metadata: { name: 'a' } }] }
    const { manifests } = parsed(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [list] }))
    expect(manifests).toEqual([
      {
        value: { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
        where: 'a.yaml:1[0][0]',
      },
    ])
  })

  it('keeps the list of served groups whole', () => {
    const served = {
      apiVersion: 'apidiscovery.k8s.io/v2',
      kind: 'APIGroupDiscoveryList',
      items: [],
    }
    expect(parsed(JSON.stringify(served)).manifests.map(({ value }) => value)).toEqual([served])
  })

  it('reads nothing of a file without documents', () => {
    expect(parsed('# only a comment\n')).toEqual({ manifests: [], problems: [] })
  })

  it('names all documents that are no objects, and goes on behind them', () => {
    const { manifests, problems } = parsed(`- 1\n---\nkind: Secret\n---\n${SECRET}---\n42\n`)
    expect(manifests).toHaveLength(1)
    expect(problems).toEqual([
      'a.yaml:1: it is not a Kubernetes object; correct the file: kubectl get -o yaml prints what is expected',
      'a.yaml:2: apiVersion: must be a text, as every object has it; correct the file: kubectl get -o yaml prints what is expected',
      'a.yaml:4: it is not a Kubernetes object; correct the file: kubectl get -o yaml prints what is expected',
    ])
  })

  it('says in which line YAML is broken', () => {
    const { problems } = parsed(`${SECRET}---\na: [1\nb: 2\n`)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^a\.yaml:2: it is not YAML \(.*line \d+, column \d+\); correct/)
  })

  it('refuses a bomb of aliases instead of exploding', () => {
    const { manifests, problems } = parsed(bomb())
    expect(manifests).toEqual([])
    expect(problems).toEqual([
      expect.stringMatching(/^a\.yaml:1: it cannot be expanded \(Excessive alias count/),
    ])
  })

  it('refuses two values for one field', () => {
    expect(parsed(`${SECRET}kind: Pod\n`).problems).toEqual([
      expect.stringContaining('Map keys must be unique'),
    ])
  })
})

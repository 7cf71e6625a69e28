import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { describe, expect, it } from 'vitest'

import { jsonFault } from './json-fault'
import { showProblem } from './input-problem'
import { LIMITS } from './limits'
import { parseManifests } from './parse-manifests'
import { yamlDocuments } from './yaml-documents'

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
    expect(problems[0]).toMatch(/^a\.yaml:2: it is not YAML \(.*\) at line 6, column 1; correct/)
  })

  it('refuses a bomb of aliases instead of exploding', () => {
    const { manifests, problems } = parsed(bomb())
    expect(manifests).toEqual([])
    expect(problems).toEqual([
      expect.stringMatching(/^a\.yaml:1: it cannot be expanded \(Excessive alias count/),
    ])
  })

  it('refuses two values for one field, wherever it stands and whatever the format', () => {
    const twice = 'there are two values for the field "a\\"b"'
    expect(
      [
        `${SECRET}kind: Pod\n`,
        `${SECRET}data: {'a"b': 1, 'a"b': 2}\n`,
        `${SECRET}data: {1: a, "1": b}\n`,
        JSON.stringify({ a: [{ b: 1 }] }, undefined, 1).replace(
          '"b": 1',
          '"a\\"b": 1,\n"\\u0061\\"b": 2',
        ),
      ].map((text) => parsed(text).problems),
    ).toEqual([
      [
        'a.yaml:1: there are two values for the field "kind" at line 4, column 1; remove one of them',
      ],
      [`a.yaml:1: ${twice} at line 4, column 18; remove one of them`],
      ['a.yaml:1: there are two values for the field "1" at line 4, column 14; remove one of them'],
      [`a.yaml:1: ${twice} at line 5, column 1; remove one of them`],
    ])
  })

  it('lets the same name stand in different objects', () => {
    const text = '{"a":{"a":[{"a":1},{"a":"a:"}]},"b":{"a":"\\\\"},"c":"a"}'
    expect(parsed(text).problems).toEqual([expect.stringContaining('apiVersion: must be a text')])
  })

  it('takes what kubectl takes: merged maps and texts that several places share', () => {
    const shared = `a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n`
    expect(parsed(`${SECRET}${shared}`).manifests.map(({ value }) => value)).toMatchObject([
      { a: { x: 1, y: 2 }, b: { x: 1, y: 3 }, c: { x: 1, y: 2 } },
    ])
  })

  it('takes nothing for a program, and no name for a prototype', () => {
    const { manifests } = parsed(
      `${SECRET}a: !!js/function "function(){ throw 1 }"\n__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n`,
    )
    expect(manifests.map(({ value }) => [value['a'], Object.hasOwn(value, '__proto__')])).toEqual([
      ['function(){ throw 1 }', true],
    ])
    expect('polluted' in {}).toBe(false)
  })

  it.each([
    ['lists in JSON', `{"apiVersion":"v1","kind":"List","items":[${'['.repeat(5_000)}`],
    ['lists of manifests', '{"apiVersion":"v1","kind":"List","items":['.repeat(5_000)],
    ['brackets', `${SECRET}a: ${'['.repeat(5_000)}`],
    ['dashes', `${SECRET}a:\n${'- '.repeat(5_000)}x`],
    ['lines', SECRET + Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['question marks', `${SECRET}${'? '.repeat(5_000)}`],
  ])('refuses what is nested too deeply: %s', (_, text) => {
    expect(parsed(text)).toEqual({
      manifests: [],
      problems: [
        expect.stringMatching(
          /^a\.yaml:1: it is nested more than 200 deep at line \d+, column \d+; no Kubernetes object is: check what wrote the file$/,
        ),
      ],
    })
  })

  it('refuses many aliases in one document, but not in many', () => {
    const aliases = (count: number): string => `${SECRET}a: &a x\nb:\n${'- *a\n'.repeat(count)}`
    expect(parsed(Array.from({ length: 3 }, () => aliases(99)).join('---\n')).problems).toEqual([])
    expect(parsed(aliases(101)).problems).toEqual([
      'a.yaml:1: it has more than 100 aliases in one document at line 106, column 3; write repeated values out instead of using aliases',
    ])
  })

  it('needs time in proportion to the number of fields', () => {
    const workOf = (count: number): number => {
      const fields = Array.from({ length: count }, (_, i) => `  k${i}: 1\n`).join('')
      const before = process.cpuUsage()
      expect(parsed(`${SECRET}data:\n${fields}`).manifests).toHaveLength(1)
      return process.cpuUsage(before).user
    }
    const least = (count: number): number =>
      Math.min(...Array.from({ length: 4 }, () => workOf(count)))
    // Eight times as many: each with each would be 64 times the work.
    expect(least(40_000) / least(5_000)).toBeLessThan(24)
  })

  it('reads no further than a limit, and says where it is', () => {
    const limits = { ...LIMITS, yamlTokens: 100, jsonValues: 100 }
    const text = `${SECRET}a: [${'1,'.repeat(100)}]\n`
    expect([...yamlDocuments(text, limits)]).toEqual([
      E.left({
        message: 'it is more than is read of YAML (100 words and signs)',
        remedy: 'give it as JSON, which takes less memory (observe -o json), or split it',
        offset: 96,
      }),
    ])
    expect(jsonFault(`[${'1,'.repeat(101)}`, limits)).toEqual(
      O.some({
        message: 'it has more than 100 values',
        remedy: 'split it, or leave out what the registry does not need',
        offset: 200,
      }),
    )
  })

  it('stops after a hundred broken documents', () => {
    expect(parsed('---\n}\n'.repeat(100_000)).problems).toHaveLength(101)
  })

  it('repeats nothing that may be secret', () => {
    const secret = 'canary'
    const broken = ['"\\x', "'", '{', '}', '*', '&', '`', '@', '%', '- a\n b', '\t', '? ', ': : ']
    const problems = broken.flatMap((sign) =>
      [
        `${SECRET}stringData:\n  a: ${sign}${secret}\n`,
        `${SECRET}${sign}${secret}\n  ${secret}`,
      ].flatMap((text) => parsed(text).problems),
    )
    expect(problems.length).toBeGreaterThan(10)
    expect(problems.filter((problem) => problem.includes(secret))).toEqual([])
  })
})

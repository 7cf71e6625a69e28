import { isFree, type Move, movesFrom, type Played } from './moves'
import { availableIn, keyOfScene, replicasOf, type Scene, type Template } from './scene'

/** Everything that can come of a scenario. */
export type Explored = {
  readonly scenes: ReadonlyArray<Scene>
  /** The numbers of the scenes that one can come from, without help of people or accidents. */
  readonly from: ReadonlyArray<ReadonlyArray<number>>
  /** How one first came to a scene: from which, and by whom. */
  readonly ways: ReadonlyArray<{ readonly from: number; readonly by: Move['by'] } | undefined>
  readonly moves: number
}

const NO_PODS = { starting: 0, available: 0, going: 0 }

/** Before anything: the Deployment of the Config of before has just been made. */
export const beginning = ({ scenario }: Played): Scene => ({
  wish: 0,
  spec: scenario.wishes[0][0],
  isSeen: false,
  sets: [undefined, undefined],
  newest: 0,
  pending: [0, 0],
  nodes: Array.from({ length: scenario.nodes }, () => ({
    isCordoned: false,
    hasVolume: false,
    pods: [NO_PODS, NO_PODS] as const,
  })),
})

/** Every scene that there can be, from a Deployment that has just been made on. `onMove` is told every move. */
export const explored = (
  played: Played,
  onMove: (from: Scene, move: Move) => void = () => undefined,
): Explored => {
  const start = beginning(played)
  const numbers = new Map([[keyOfScene(start), 0]])
  const scenes = [start]
  const from: number[][] = [[]]
  const ways: Array<Explored['ways'][number]> = [undefined]
  let moves = 0
  for (let at = 0; at < scenes.length; at += 1) {
    const scene = scenes[at] ?? start
    movesFrom(played, scene).forEach((move) => {
      moves += 1
      onMove(scene, move)
      const key = keyOfScene(move.to)
      const number = numbers.get(key) ?? scenes.length
      if (number === scenes.length) {
        numbers.set(key, number)
        scenes.push(move.to)
        from.push([])
        ways.push({ from: at, by: move.by })
      }
      if (!isFree(move)) from[number]?.push(at)
    })
  }
  return { scenes, from, ways, moves }
}

/** Everything is as the Config says, and nothing is left to do. */
export const isDone = ({ scenario }: Played, scene: Scene): boolean => {
  const index = scenario.wishes[scene.wish][0]
  const spec = scenario.specs[index]
  if (spec === undefined || scene.spec !== index || !scene.isSeen) return false
  const old: Template = spec.template === 0 ? 1 : 0
  return (
    availableIn(scene) === spec.replicas &&
    replicasOf(scene, spec.template) === spec.replicas &&
    replicasOf(scene, old) === 0 &&
    !scene.nodes.some(({ isCordoned, pods }) => isCordoned || pods.some(({ going }) => going > 0))
  )
}

/** The numbers of the scenes from which none of the others can be come to. */
export const stuck = (
  { scenes, from }: Explored,
  isEnd: (scene: Scene) => boolean,
): ReadonlyArray<number> => {
  const reaches = scenes.map(isEnd)
  const waiting = scenes.flatMap((_, number) => (reaches[number] === true ? [number] : []))
  for (let at = 0; at < waiting.length; at += 1) {
    from[waiting[at] ?? 0]?.forEach((number) => {
      if (reaches[number] === true) return
      reaches[number] = true
      waiting.push(number)
    })
  }
  return scenes.flatMap((_, number) => (reaches[number] === true ? [] : [number]))
}

/** How one comes to a scene, for people. */
export const wayTo = ({ scenes, ways }: Explored, number: number): ReadonlyArray<string> => {
  const way = ways[number]
  const scene = scenes[number]
  const said = scene === undefined ? '' : keyOfScene(scene)
  return way === undefined
    ? [said]
    : [...wayTo({ scenes, ways, from: [], moves: 0 }, way.from), `${way.by}: ${said}`]
}

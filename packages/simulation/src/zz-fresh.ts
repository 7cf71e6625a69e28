import { undisturbed } from './trial'
import { SETTINGS } from './settings'
const setting = Object.values(SETTINGS)[Number(process.env['SETTING'] ?? '1')]!
const { WISH } = process.env
for (const [wish, scenario] of setting.scenarios) {
  if (WISH !== undefined && wish.name !== WISH) continue
  const h = await undisturbed(scenario)
  const line = h.end.split('\n').find((l) => l.startsWith('Config /')) ?? 'Config /{}'
  const c = JSON.parse(line.slice(line.indexOf('{')))
  const bad = c.status?.conditions?.filter(
    (x: any) =>
      (x.type === 'Available' && x.status !== 'True') ||
      (['Degraded', 'Progressing'].includes(x.type) && x.status === 'True'),
  )
  console.log(wish.name, h.steps, JSON.stringify(h.violations), JSON.stringify(bad).slice(0, 600))
  if (WISH) console.log(h.trace.join('\n') + '\n' + h.end)
}

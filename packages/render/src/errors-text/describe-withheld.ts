import { showRef, type Withheld } from '../model'
import { describeRenderProblem } from './describe-render-problem'

/** Which object is withheld, why and what to do, in one line. */
export const describeWithheld = ({ ref, problem }: Withheld): string =>
  aboutObject(showRef(ref), describeRenderProblem(problem))

/** Many problems are about the object itself and begin with its name; it is said once. */
const aboutObject = (name: string, text: string): string =>
  text.startsWith(name) ? text : `${name}: ${text}`

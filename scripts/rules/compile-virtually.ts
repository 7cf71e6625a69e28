import { dirname, join } from 'node:path'

import ts from 'typescript'

const root = join(import.meta.dirname, '../..')

const optionsOf = (configPath: string): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(configPath, ts.sys.readFile) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(configPath))
  // One file stands for the whole project here, and nothing is written.
  return { ...options, composite: false, noEmit: true, emitDeclarationOnly: false }
}

/**
 * What the compiler has against files that exist in memory only, by their names, under the settings
 * of a project. The work tree stays as it is.
 */
export const compileVirtually = (
  project: string,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, ReadonlyArray<string>>> => {
  const options = optionsOf(join(root, project, 'tsconfig.json'))
  const pathOf = (name: string): string => join(root, project, 'src', name)
  const texts = new Map(Object.entries(files).map(([name, text]) => [pathOf(name), text]))
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram([...texts.keys()], options, {
    ...host,
    fileExists: (path) => texts.has(path) || host.fileExists(path),
    readFile: (path) => texts.get(path) ?? host.readFile(path),
    getSourceFile: (path, languageVersion, ...rest) => {
      const text = texts.get(path)
      return text === undefined
        ? host.getSourceFile(path, languageVersion, ...rest)
        : ts.createSourceFile(path, text, languageVersion)
    },
  })
  const problemsOf = (name: string): ReadonlyArray<string> => {
    const source = program.getSourceFile(pathOf(name))
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ code, messageText }) => `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    )
  }
  return Object.fromEntries(Object.keys(files).map((name) => [name, problemsOf(name)]))
}

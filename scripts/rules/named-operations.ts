import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'

/** What the sources of a driver call their requests, and the places where that cannot be read off. */
export type NamedOperations = {
  readonly names: ReadonlyArray<string>
  readonly unreadable: ReadonlyArray<string>
}

const sourcesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => join(folder, name))

// Without the libraries, which do not matter here and take long to read.
const programOf = (files: ReadonlyArray<string>): ts.Program => {
  const options: ts.CompilerOptions = {
    noLib: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
  }
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    resolveModuleNameLiterals: (literals, importer) =>
      literals.map(({ text }) => {
        const resolvedFileName = resolve(dirname(importer), `${text}.ts`)
        const isLocal = text.startsWith('.') && existsSync(resolvedFileName)
        return {
          resolvedModule: isLocal ? { resolvedFileName, extension: ts.Extension.Ts } : undefined,
        }
      }),
  }
  return ts.createProgram([...files], options, host)
}

const propertyNames = (object: ts.ObjectLiteralExpression): ReadonlyArray<string> =>
  object.properties.map(({ name }) => name?.getText() ?? '')

const MAKES_ERROR = /^(TE\.TaskEither<StorageError, never>|StorageError|Extract<StorageError, .*>)$/

/** What is handed to a parameter that is called so, unless all that comes of it is an error. */
const argumentsOf = (
  call: ts.CallExpression,
  checker: ts.TypeChecker,
): ReadonlyArray<ts.Expression> => {
  const { declaration } = checker.getResolvedSignature(call) ?? {}
  if (declaration === undefined || ts.isJSDocSignature(declaration)) return []
  if (MAKES_ERROR.test(declaration.type?.getText() ?? '')) return []
  const index = declaration.parameters.findIndex(
    ({ name, type }) => name.getText() === 'operation' && type?.getText() === 'string',
  )
  return call.arguments.slice(index, index + 1).filter(() => index >= 0)
}

/** Members that are called so, of records that are no errors. */
const membersOf = (record: ts.ObjectLiteralExpression): ReadonlyArray<ts.Expression> =>
  propertyNames(record).includes('_tag')
    ? []
    : record.properties.flatMap((property) =>
        ts.isPropertyAssignment(property) && property.name.getText() === 'operation'
          ? [property.initializer]
          : [],
      )

const operationsAt = (node: ts.Node, checker: ts.TypeChecker): ReadonlyArray<ts.Expression> => {
  if (ts.isObjectLiteralExpression(node)) return membersOf(node)
  return ts.isCallExpression(node) ? argumentsOf(node, checker) : []
}

/** Where a name comes from, in this file or in the one that it is imported from. */
const originOf = (name: ts.Identifier, checker: ts.TypeChecker): ts.Declaration | undefined => {
  const symbol = checker.getSymbolAtLocation(name)
  const isImported = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0
  return (isImported ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration
}

const textsOfOrigin = (origin: ts.Declaration | undefined): ReadonlyArray<string> | undefined => {
  if (origin === undefined) return undefined
  if (ts.isParameter(origin) || ts.isBindingElement(origin))
    return origin.name.getText() === 'operation' ? [] : undefined
  const value = ts.isVariableDeclaration(origin) ? origin.initializer : undefined
  return value !== undefined && ts.isStringLiteral(value) ? [value.text] : undefined
}

/** The text; none where it is handed on from a caller, who is looked at himself; undefined where nobody knows. */
const textsOf = (
  value: ts.Expression,
  checker: ts.TypeChecker,
): ReadonlyArray<string> | undefined => {
  if (ts.isStringLiteral(value)) return [value.text]
  if (ts.isPropertyAccessExpression(value) && value.name.text === 'operation') return []
  return ts.isIdentifier(value) ? textsOfOrigin(originOf(value, checker)) : undefined
}

const within = (node: ts.Node): ReadonlyArray<ts.Node> => {
  const children: ts.Node[] = []
  node.forEachChild((child) => void children.push(child, ...within(child)))
  return children
}

/** What the requests of a driver are called, by the sources in its folders. */
export const namedOperations = (folders: ReadonlyArray<string>): NamedOperations => {
  const files = folders.flatMap(sourcesIn)
  const program = programOf(files)
  const checker = program.getTypeChecker()
  const found = files
    .flatMap((file) => program.getSourceFile(file) ?? [])
    .flatMap(within)
    .flatMap((node) => operationsAt(node, checker))
    .map((value) => ({ value, texts: textsOf(value, checker) }))
  return {
    names: [...new Set(found.flatMap(({ texts }) => texts ?? []))].sort(),
    unreadable: found
      .filter(({ texts }) => texts === undefined)
      .map(({ value }) => `${value.getSourceFile().fileName}: ${value.getText()}`),
  }
}

import { type Catalog, type Finding, type Plan, type PlatformSpec, sortFindings, type Tree } from '@openova/core'
import { locate } from './locate.ts'
import { parse } from './parse.ts'
import { providersOf } from './providers.ts'
import { readRepository, type Repository } from './repository.ts'
import type { Context, Draft, Means, Rule } from './rule.ts'
import { rules } from './rules/index.ts'
import { sourceOfFile } from './sources.ts'

/** What can be said before there is a plan; while one of these is an error, `createPlan` may not work. */
export function validateSpec(spec: PlatformSpec, catalog: Catalog): Finding[] {
  return finish(
    only('spec').flatMap((rule) => report(rule, rule.check(spec, catalog))),
    new Map(),
  )
}

/** All rules. Findings about the spec have no file, those about what is generated one below `clusters/`. */
export function validate(plan: Plan, tree: Tree, context: Context): Finding[] {
  const repository = readRepository(
    new Map([...tree].map(([path, text]) => [`clusters/${path}`, text])),
    plan.regions.map(({ region }) => `clusters/${region.name}`),
  )
  const { disk, previous, checkObjects } = context
  const drafts = [
    ...only('spec').flatMap((rule) => report(rule, rule.check(plan.spec, context.catalog))),
    ...only('plan').flatMap((rule) => report(rule, rule.check(plan, context))),
    ...checkRepository(repository, { checkObjects, providers: providersOf(plan) }),
    ...(disk
      ? only('disk').flatMap((rule) =>
          report(
            rule,
            rule.check(tree, disk, previous?.files ?? {}).map((draft) => ({ ...draft, file: `clusters/${draft.file}` })),
          ),
        )
      : []),
  ]
  return finish(drafts, repository.files)
}

/** The rules that hold in any Flux repository; paths are relative to its root. */
export function validateTree(tree: Tree, means: Pick<Means, 'checkObjects'> = {}): Finding[] {
  return finish(checkRepository(readRepository(tree), means), tree)
}

type Reported = Draft & Pick<Finding, 'code' | 'severity'>

function checkRepository(repository: Repository, means: Means): Reported[] {
  const about = only('object').flatMap((rule) =>
    repository.objects(rule.kinds).flatMap(({ object, file, document }) => {
      const source = (repository.own && sourceOfFile(file, repository.files.get(file))) || file
      return report(
        rule,
        rule.check(object, { source, own: repository.own }).map((draft) => ({ ...draft, file, document })),
      )
    }),
  )
  return [...about, ...only('tree').flatMap((rule) => report(rule, rule.check(repository, means)))]
}

const only = <S extends Rule['on']>(scope: S) => rules.filter((rule): rule is Extract<Rule, { on: S }> => rule.on === scope)

const report = ({ name, severity }: Rule, drafts: readonly Draft[]): Reported[] =>
  drafts.map((draft) => ({ code: name, ...draft, severity: draft.severity ?? severity }))

/** A file is read for its lines when, and only when, a finding points into it. */
function finish(drafts: readonly Reported[], files: Tree): Finding[] {
  const findings = drafts.map(({ document, file = '', code, severity, at, message, fix, ...rest }): Finding => {
    const text = files.get(file)
    const place = at === '' || text === undefined || parse(text).error ? undefined : locate(text, at, document)
    return { code, severity, file, at, ...rest, ...place, message, fix }
  })
  return sortFindings(findings)
}

import type { Command } from '../command.ts'

interface Entry {
  summary: string
  load: () => Promise<{ default: Command }>
}

/** Every command; only the one that is called is loaded. */
export const commands: Readonly<Record<string, Entry>> = {
  init: { summary: 'write a platform spec from a template', load: () => import('./init.ts') },
  build: { summary: 'regenerate the tree from the platform spec', load: () => import('./build.ts') },
  validate: { summary: 'report all findings, write nothing', load: () => import('./validate.ts') },
  schemas: { summary: 'list the schemas of kinds, or add those of a CRD', load: () => import('./schemas.ts') },
  list: { summary: 'list the components: who is chosen, and why', load: () => import('./list.ts') },
  capacity: { summary: 'show what each region asks for, beside what its nodes can give', load: () => import('./capacity.ts') },
  secrets: { summary: 'list what a person supplies', load: () => import('./secrets.ts') },
  explain: { summary: 'explain a rule, a component, or one of its values', load: () => import('./explain.ts') },
  values: { summary: 'show merged Helm values with the origin of each key', load: () => import('./values.ts') },
}

import { join } from 'node:path'
import type { Project } from '../project.ts'

/** Where the schemas of kinds lie: those that OpenOva brings, and those that a user adds, which win. */
export const broughtFolder = 'schemas/kubernetes'
export const extraFolder = 'schemas/extra'

export const inProject = ({ root }: Pick<Project, 'root'>, path: string): string => join(root, ...path.split('/'))

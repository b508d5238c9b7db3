import { type Facts, type Problem, present } from '@openova/core'
import type { FlinkValues } from './values.ts'

/** A job without a slot would wait for ever. */
export function checkJobs({ values: { jobs, taskManager } }: Facts<FlinkValues>): Problem[] {
  const wanted = jobs.reduce((sum, { parallelism }) => sum + parallelism, 0)
  const slots = taskManager.replicas * taskManager.slots
  const names = jobs.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return present<Problem>([
    wanted > slots && {
      at: 'jobs',
      message: `Unexpected ${wanted} slots for the jobs, expected at most the ${slots} that there are (${taskManager.replicas} task managers of ${taskManager.slots})`,
      fix: 'raise `taskManager.replicas` or `taskManager.slots`, or lower the `parallelism` of a job',
    },
    twice !== undefined && {
      at: 'jobs',
      message: `Unexpected second job \`${twice}\`, expected a name for each`,
      fix: 'rename one of the two',
    },
  ])
}

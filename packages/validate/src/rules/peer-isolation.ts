import { sourceOf } from '../sources.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'peer-isolation',
  severity: 'error',
  description: 'Nothing waits for a `peer` stage, so that the loss of one region never stops the other.',
  on: 'plan',

  check({ regions }) {
    const waiting = new Map(
      regions.flatMap(({ units }) =>
        units.flatMap(({ name, stages }) => stages.map((stage) => [stage.name, { name, dependsOn: stage.dependsOn }] as const)),
      ),
    )
    return [...waiting].flatMap(([stage, { name, dependsOn }]) =>
      dependsOn
        .filter((other) => other.endsWith('/peer'))
        .map((other): Draft => ({
          file: sourceOf(name),
          at: stage,
          message: `Unexpected dependency of \`${stage}\` on \`${other}\`, expected none on a stage that needs the other region`,
          fix: `move what ${name} waits for out of stage \`peer\`, or what waits into a \`peer\` stage without that edge`,
        })),
    )
  },

  examples: {
    pass: 'units: { harbor: { dependsOn: { config: [minio/install] } } }',
    fail: 'units: { harbor: { dependsOn: { config: [minio/peer] } } }',
  },
})

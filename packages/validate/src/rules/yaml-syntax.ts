import { isKustomizationFile, isTemplate } from '../folders.ts'
import { kindsIn, parse } from '../parse.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

export default defineRule<TreeRule>({
  name: 'yaml-syntax',
  severity: 'error',
  description: 'Every Kubernetes object can be read, or Flux applies nothing of its folder.',
  on: 'tree',

  check(repository) {
    return [...repository.files].flatMap(([file, text]): Draft[] => {
      if (!/\.ya?ml$/.test(file) || (kindsIn(text).length === 0 && !isKustomizationFile(file)) || isTemplate(file, repository.files))
        return []
      const { error } = parse(text)
      return error
        ? [
            {
              file,
              at: '',
              line: error.line,
              column: error.column,
              message: `Unexpected text, expected YAML: ${error.message}`,
              fix: 'correct the file',
            },
          ]
        : []
    })
  },

  examples: {
    pass: `
# clusters/region-a/settings.yaml
kind: ConfigMap
data: { a: b }`,
    fail: `
# clusters/region-a/settings.yaml
kind: ConfigMap
data: { a: b`,
  },
})

import { join } from 'node:path'
import type { Catalog, Component } from '@openova/core'
import { printJson } from '@openova/report'
import { rules } from '@openova/validate'
import type { Rule } from '@openova/validate'
import { defineCommand, jsonOption, unknownWord } from '../command.ts'
import { codes } from '../explain/codes.ts'
import { describeComponent, printComponent, printSetting } from '../explain/component.ts'
import { findProject } from '../project.ts'
import type { World } from '../world.ts'

interface Explanation {
  data: object
  text: string
}

export default defineCommand({
  arguments: ['<word>'],
  options: { ...jsonOption },
  examples: [
    ['explain category-budget', 'a rule: what must hold, and an example of each side'],
    ['explain harbor', 'a component: what it is, and all its values'],
    ['explain harbor.replicas', 'one value: type, default, meaning'],
  ],

  async run({ options, arguments: [word = ''] }, world) {
    const explanation = explain(word, await world.loadCatalog(), world)
    world.print(options.json ? printJson(explanation.data) : explanation.text)
    return 0
  },
})

function explain(word: string, catalog: Catalog, world: World): Explanation {
  const rule = rules.find(({ name }) => name === word)
  if (rule) return explainRule(rule)
  const meaning = codes[word]
  if (meaning) return { data: { code: word, description: meaning }, text: `${word}\n\n${meaning}\n` }

  const [name = '', ...key] = word.split('.')
  const units = new Map<string, Component>([...catalog.components, ...catalog.products])
  const unit = units.get(name)
  if (!unit)
    throw unknownWord(
      'word',
      word,
      [...units.keys(), ...rules.map((rule) => rule.name), ...Object.keys(codes)],
      'a rule, a component, or component.value',
    )
  return explainUnit(unit, key.join('.'), world)
}

function explainRule({ name, severity, description, examples }: Rule): Explanation {
  const example = (title: string, text: string) => `${title}:\n${text.trim().replaceAll(/^/gm, '  ')}\n`
  const text = [`${name} (${severity})`, description, example('passes', examples.pass), example('fails', examples.fail)].join('\n\n')
  return { data: { rule: name, severity, description, examples }, text: text.replaceAll(/\n{3,}/g, '\n\n') }
}

function explainUnit(unit: Component, key: string, { folder, disk }: World): Explanation {
  const readme = join(findProject(folder).root, unit.tier === 'product' ? 'products' : 'components', unit.name, 'README.md')
  const described = describeComponent(unit, disk.kind(readme) === 'file' ? disk.read(readme).toString() : '')
  if (key === '') return { data: described, text: printComponent(described) }

  const values = described.values.filter((setting) => setting.key === key || setting.key.startsWith(`${key}.`))
  const [only] = values
  if (!only)
    throw unknownWord(
      'value',
      key,
      described.values.map((setting) => setting.key),
    )
  return { data: { component: unit.name, values }, text: values.map((setting) => printSetting(unit.name, setting)).join('\n') }
}

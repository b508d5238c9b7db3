import type { Component } from '@openova/core'
import { printTable, settingsOf } from '@openova/report'
import type { Setting } from '@openova/report'

/** A component as data: what it is and what it can be told. */
export interface ComponentText {
  component: string
  sentence: string
  tier: string
  category: string
  budget?: string
  requires: readonly string[]
  serves: readonly string[]
  values: Setting[]
}

/** `readme` is the component's own; its first paragraph is the sentence. */
export function describeComponent(component: Component, readme: string): ComponentText {
  return {
    component: component.name,
    sentence: firstParagraph(readme),
    tier: component.tier,
    category: component.category,
    ...(component.budget && { budget: component.budget }),
    requires: component.requires ?? [],
    serves: Object.keys(component.serves ?? {}),
    values: settingsOf(component.values.schema),
  }
}

export function printComponent({ component, sentence, tier, category, budget, requires, serves, values }: ComponentText): string {
  const facts = [
    tier,
    category,
    budget && `budget ${budget}`,
    ...requires.map((name) => `requires ${name}`),
    ...serves.map((kind) => `serves each ${kind}`),
  ]
  const table = printTable(
    values.map(({ key, type, default: fallback = '', description }) => [key, type, fallback, description]),
    { indent: '  ' },
  )
  return [
    `${component}: ${facts.filter(Boolean).join(', ')}\n`,
    sentence && `${sentence}\n`,
    values.length > 0 && `values (type, default, meaning):\n${table}`,
  ]
    .filter(Boolean)
    .join('\n')
}

export function printSetting(component: string, { key, type, default: fallback, description }: Setting): string {
  const where = `spec.components.${component}.values.${key}`
  return `${component}.${key}\n\n${description}\n\n${printTable(
    [
      ['type', type],
      ['default', fallback ?? 'none'],
      ['set at', where],
    ],
    { indent: '  ' },
  )}`
}

function firstParagraph(readme: string): string {
  const [paragraph = ''] = readme.split(/\n\s*\n/).filter((text) => text.trim() !== '' && !text.startsWith('#') && !text.startsWith('<!--'))
  return paragraph.trim()
}

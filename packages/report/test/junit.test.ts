import { expect, test } from 'vitest'
import { printJunit } from '../src/index.ts'
import { awkward, finding, rules } from './findings.ts'

test('a rule without findings is a case that passes', () => {
  expect(printJunit([], rules)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="openova" tests="2" failures="0" errors="0">
  <testsuite name="openova" tests="2" failures="0" errors="0" skipped="0">
    <testcase name="unknown-product" classname="openova"/>
    <testcase name="plain" classname="openova"/>
  </testsuite>
</testsuites>
`)
})

test('a rule with findings has a case a file; several errors are one failure, and a warning is none', () => {
  const short = { message: 'm', fix: 'f', code: 'plain' }
  const findings = [
    finding({}),
    finding({ ...short, file: 'b.yaml', line: 2 }),
    finding({ ...short, file: 'b.yaml', line: 1, at: '' }),
    finding({ ...short, file: 'c.yaml', severity: 'warning' }),
  ]
  expect(printJunit(findings, rules)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="openova" tests="3" failures="2" errors="0">
  <testsuite name="openova" tests="3" failures="2" errors="0" skipped="0">
    <testcase name="unknown-product" classname="clusters/platform.yaml" file="clusters/platform.yaml">
      <failure type="unknown-product" message="Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay">clusters/platform.yaml:14:5  spec.products[1]&#10;  error: Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay&#10;  fix: did you mean \`cortex\`?&#10;</failure>
    </testcase>
    <testcase name="plain" classname="b.yaml" file="b.yaml">
      <failure type="plain" message="2 errors">b.yaml:1:5&#10;  error: m&#10;  fix: f&#10;&#10;b.yaml:2:5  spec.products[1]&#10;  error: m&#10;  fix: f&#10;</failure>
    </testcase>
    <testcase name="plain" classname="c.yaml" file="c.yaml">
      <system-out>c.yaml:14:5  spec.products[1]&#10;  warning: m&#10;  fix: f&#10;</system-out>
    </testcase>
  </testsuite>
</testsuites>
`)
})

test('escapes what XML would read, and replaces what it cannot hold', () => {
  const text = printJunit(awkward, rules)
  expect(text).toContain(`<testcase name="unknown-product" classname="a, b: 100%/&lt;&quot;x&quot;&gt;&amp;&apos;.yaml" file=`)
  expect(text).toContain('message="one&#13;&#10;two ]]&gt; &amp; &lt;b&gt; \uFFFD\uFFFD 100%"')
  expect(text).toContain('<testcase name="unknown-product" classname="openova">')
  expect(text).toContain('<testcase name="undescribed" classname="clusters/platform.yaml"')
})

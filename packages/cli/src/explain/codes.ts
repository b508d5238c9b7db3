/** Findings that no rule of the validator reports: what they mean. */
export const codes: Readonly<Record<string, string>> = {
  'spec-syntax':
    'The platform spec is not the YAML that it should be: one document, without duplicate keys, anchors that explode, tabs or a byte order mark.',
  'spec-schema': 'Something in the platform spec has the wrong type, an unknown key or a value outside of its choice.',
  'component-check': 'A component refuses a combination of its own values.',
  'unreadable-platform': 'The platform spec cannot be read: it is absent, a folder, not readable or not UTF-8.',
  'foreign-file': 'A file that the generator does not own stands where it would write. It is never overwritten without `--force`.',
  'unsafe-path': 'A path leaves the output folder, passes a symbolic link, or differs from another in upper and lower case only.',
  'broken-manifest': 'The list of generated files cannot be read, so that nobody knows what may be overwritten.',
  'unreadable-file': 'A file cannot be read, or is not UTF-8, so that nobody knows what is in it.',
  'not-a-crd': 'What was to become a schema is no CustomResourceDefinition, or one that Kubernetes would not take.',
  'broken-schema': 'A file below `schemas/` cannot be read as what describes a kind, so that the kind cannot be checked.',
  'schema-differs': 'Another schema stands where one would be written. It is never overwritten without `--force`.',
  'write-failed': 'The disk refused a write. Nothing is lost: the next build finishes what was begun.',
}

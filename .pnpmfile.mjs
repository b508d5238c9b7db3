// The Node packages state os and cpu as strings, which pnpm drops: without lists it would install Windows' Node on Linux.
const nodePackage = /^node-(bin-)?(linux|darwin|win)-/

export const hooks = {
  readPackage(manifest) {
    if (nodePackage.test(manifest.name)) {
      manifest.os = toList(manifest.os)
      manifest.cpu = toList(manifest.cpu)
    }
    return manifest
  },
}

function toList(value) {
  return value === undefined || Array.isArray(value) ? value : [value]
}

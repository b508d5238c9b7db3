export { render } from './render.ts'
export { printYaml } from './yaml.ts'

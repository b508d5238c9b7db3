export { printYaml } from './yaml.ts'
